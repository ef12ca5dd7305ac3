//! A scene as a command line, to be pasted into a shell.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Scene;
use crate::experiment::{Data, Experiment, Inputs, Settings};
use crate::figure::training::{CurveScale, LayerQuantity, TimeUnit, TrainingChart};
use crate::figure::{Palette, SheetSettings, Theme, View, ViewName};
use crate::page::Texts;
use crate::training::{TrainingPlan, TrainingSettings};

/// Keys and what they say.
type Keys = Map<String, Value>;

impl Scene {
    /// The command that makes this scene's figure again: `initscope`, its name, the experiments and the figure as flags, then
    /// these. Experiments that no flags describe together are handed over as a scene.
    ///
    /// ```
    /// use initscope::figure::Scene;
    ///
    /// let text = "version = 2\n[[experiments]]\nactivation = 'tanh'\n";
    /// let scene = Scene::parse(text, std::path::Path::new(""))?;
    /// let line = scene.command("render", &[("--out", "tanh.svg".to_owned())]);
    /// assert!(line.starts_with("initscope render --activation tanh") && line.ends_with("--out tanh.svg"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn command(&self, name: &str, more: &[(&str, String)]) -> String {
        let more = more.iter().map(|(flag, value)| flag_of(flag, value));
        let experiments = self.flags_of_experiments();
        let Some(experiments) = experiments else {
            let line = ["initscope".to_owned(), name.to_owned(), "--scene -".to_owned()].into_iter().chain(more);
            let line = line.collect::<Vec<_>>().join(" ");
            let scene = self.to_text();
            let scene = scene.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
            return if cfg!(windows) {
                format!("@'\n{scene}\n'@ | {line}")
            } else {
                format!("{line} <<'SCENE'\n{scene}\nSCENE")
            };
        };
        let figure = self.figure.clone().unwrap_or_default();
        // Other views do not look at how layers are drawn.
        let is_of_layers = figure.show.is_none_or(|show| matches!(show, ViewName::Layers | ViewName::Compare));
        let view = self.layers_view().filter(|_| is_of_layers).map(|view| flags(&view, &View::default()));
        let figure = flags(&figure, &usual());
        let training = self.training.as_ref().map(|training| flags(training, &usual_training(training)));
        let words = ["initscope".to_owned(), name.to_owned()].into_iter();
        words
            .chain(experiments)
            .chain(view.into_iter().flatten())
            .chain(figure)
            .chain(training.into_iter().flatten())
            .chain(more)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Scene {
    /// The experiments as flags, and the file of their network, but not the activation that it may lack; `None` if there are no flags that say them.
    fn flags_of_experiments(&self) -> Option<Vec<String>> {
        let network = match &self.networks[..] {
            [] => return flags_of_experiments(&self.experiments, |settings| settings),
            [one] if one.experiments.is_empty() => one,
            _ => return None,
        };
        let mut flags = vec![flag_of("--network", &network.file.to_string_lossy())];
        flags.extend(network.transposed_kernels.then(|| "--transposed-kernels".to_owned()));
        // The file decides the rest.
        let article = Experiment::article();
        let Experiment { inputs, seed, .. } = self.experiments.first()?.clone();
        let inputs = match inputs.data {
            Data::Gaussian { .. } => Inputs { data: Data::Gaussian { dim: article.inputs.dim() }, ..inputs },
            Data::Mnist | Data::Set(_) | Data::Folder(_) => inputs,
        };
        let experiment = Experiment { inputs, seed, ..article };
        let said = |settings: Settings| Settings { activation: None, ..settings.beside_network() };
        flags.extend(flags_of_experiments(&[experiment], said)?);
        (self.experiments.len() == 1).then_some(flags)
    }
}

/// What a figure is where nothing is said of it.
fn usual() -> SheetSettings {
    let (yes, no) = (Some(true), Some(false));
    SheetSettings {
        show: Some(ViewName::Layers),
        sorted: no,
        chart: Some(TrainingChart::default()),
        layer_quantity: Some(LayerQuantity::default()),
        time: Some(TimeUnit::default()),
        time_scale: Some(CurveScale::default()),
        loss_scale: Some(CurveScale::default()),
        free_axes: no,
        as_published: no,
        theme: Some(Theme::default()),
        palette: Some(Palette::default()),
        transparent: no,
        title: yes,
        caption: yes,
        numbers: yes,
        norms: no,
        marks: yes,
        legend: yes,
        text: Some(Texts::default()),
        zoom: Some(1.0),
        ..SheetSettings::default()
    }
}

/// What a training is where nothing is said of it but its framework and its optimizer.
fn usual_training(training: &TrainingSettings) -> TrainingSettings {
    let TrainingSettings { framework, optimizer, .. } = training.clone();
    let named = TrainingSettings { framework, optimizer, ..TrainingSettings::default() };
    let usual = TrainingPlan::read(&named).unwrap_or_default().settings();
    let TrainingSettings { framework, optimizer, .. } = TrainingPlan::default().settings();
    TrainingSettings { framework, optimizer, ..usual }
}

/// The flags of experiments, as few as make them of the article's case; `None` if there are none that do.
fn flags_of_experiments(experiments: &[Experiment], said: fn(Settings) -> Settings) -> Option<Vec<String>> {
    let all: Vec<_> = experiments.iter().map(|experiment| keys(&said(Settings::from(experiment)))).collect();
    let mut together = all.first()?.clone();
    for key in all.iter().flat_map(Keys::keys).collect::<std::collections::BTreeSet<_>>() {
        let mut values: Vec<&Value> = Vec::new();
        for value in all.iter().filter_map(|keys| keys.get(key)) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let value = match (values.as_slice(), key.as_str()) {
            ([one], _) => (*one).clone(),
            (several, "sigma" | "bias") => Value::Array(several.iter().map(|value| (*value).clone()).collect()),
            (several, "activation" | "init") => {
                Value::String(several.iter().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(", "))
            }
            _ => return None,
        };
        together.insert(key.clone(), value);
    }
    let article = [Experiment::article()];
    let makes_them = |keys: &Keys| {
        let settings: Option<Settings> = serde_json::from_value(Value::Object(keys.clone())).ok();
        settings.and_then(|settings| settings.apply_all(&article).ok()).is_some_and(|made| made == experiments)
    };
    if !makes_them(&together) {
        return None;
    }
    for key in together.keys().cloned().collect::<Vec<_>>() {
        let mut fewer = together.clone();
        fewer.remove(&key);
        if makes_them(&fewer) {
            together = fewer;
        }
    }
    Some(together.iter().filter_map(|(key, value)| Some(flag_of(&name_of(key), &text_of(value)?))).collect())
}

/// The flags of settings, but for those that say what is usual.
fn flags<T: Serialize>(settings: &T, usual: &T) -> Vec<String> {
    let usual = keys(usual);
    let all = keys(settings).into_iter().filter(|(key, value)| usual.get(key) != Some(value));
    all.filter_map(|(key, value)| Some(flag_of(&name_of(&key), &text_of(&value)?))).collect()
}

fn keys(settings: &impl Serialize) -> Keys {
    match serde_json::to_value(settings) {
        Ok(Value::Object(keys)) => keys,
        _ => Keys::new(),
    }
}

/// `input_scale` is the flag `--input-scale`.
fn name_of(key: &str) -> String {
    format!("--{}", key.replace('_', "-"))
}

fn text_of(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null | Value::Object(_) => return None,
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        Value::Bool(is) => is.to_string(),
        // With their points, so that 0 and 1 do not look like 0,1.
        Value::Array(several) => several.iter().map(Value::to_string).collect::<Vec<_>>().join(","),
    })
}

/// A flag and its value, as a shell reads them.
fn flag_of(flag: &str, value: &str) -> String {
    let is_attached = value.starts_with('-') || matches!(value, "true" | "false" | "");
    format!("{flag}{}{}", if is_attached { "=" } else { " " }, quoted(value))
}

/// A word that a shell takes for one, and for nothing else.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:,=@%+".contains(letter);
    match word {
        word if !word.is_empty() && word.chars().all(is_plain) => word.to_owned(),
        word if cfg!(windows) => format!("\"{}\"", word.replace('"', "\\\"")),
        word => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Activation, Initializer};

    fn normal(sigma: f64, bias: f64) -> Experiment {
        Experiment { initializer: Initializer::RandomNormal { mean: 0.0, sigma }, bias, ..Experiment::article() }
    }

    #[test]
    fn only_what_differs_from_the_articles_case_is_said() {
        let out = [("--out", "a b.svg".to_owned())];
        let command = |experiments| Scene::of(experiments).command("render", &out);
        assert_eq!(command(vec![Experiment::article()]), "initscope render --out 'a b.svg'");
        let he = Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..Experiment::article() };
        assert_eq!(command(vec![he]), "initscope render --init he_normal --out 'a b.svg'");
        let several = [0.1, 0.2].into_iter().flat_map(|sigma| [0.0, -1.0].map(|bias| normal(sigma, bias)));
        let said = command(several.collect());
        assert_eq!(said, "initscope render --bias 0.0,-1.0 --sigma 0.1,0.2 --out 'a b.svg'");
        assert_eq!(command(vec![normal(0.1, -0.5)]), "initscope render --bias=-0.5 --out 'a b.svg'");
    }

    #[test]
    fn a_training_is_said_as_far_as_it_is_not_the_usual_one() {
        let command = |settings: TrainingSettings| {
            let training = TrainingPlan::read(&settings).map(|plan| plan.settings()).ok();
            Scene { training, ..Scene::of(vec![Experiment::article()]) }.command("render", &[])
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            command(TrainingSettings { steps: Some(7), ..TrainingSettings::default() }),
            "initscope render --steps 7"
        );
        let adam =
            TrainingSettings { optimizer: text("adam"), framework: text("pytorch"), ..TrainingSettings::default() };
        assert_eq!(command(adam.clone()), "initscope render --framework pytorch --optimizer adam");
        let rates = TrainingSettings { learning_rate: Some(vec![0.5, 0.1]), shuffle: Some(true), ..adam };
        assert_eq!(
            command(rates),
            "initscope render --framework pytorch --learning-rate 0.5,0.1 --optimizer adam --order-seed 0 --shuffle=true"
        );
    }

    #[test]
    fn experiments_that_no_flags_describe_together_are_a_scene() {
        let tanh = Experiment { activation: Activation::Tanh, widths: vec![7; 3], ..normal(0.3, 0.0) };
        let command = Scene::of(vec![Experiment::article(), tanh.clone()]).command("render", &[]);
        let text = command.lines().skip(1).filter(|line| *line != "SCENE").collect::<Vec<_>>().join("\n");
        let read = Scene::parse(&text, std::path::Path::new("")).map(|scene| scene.experiments).ok();
        assert_eq!(read, Some(vec![Experiment::article(), tanh]));
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("it's $HOME"), "'it'\\''s $HOME'");
        assert_eq!(quoted("#0072b2"), "'#0072b2'");
        assert_eq!(quoted("/a/b-c_1.svg"), "/a/b-c_1.svg");
    }
}
