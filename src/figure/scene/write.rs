use std::io::Write as _;
use std::path::Path;

use clap::ValueEnum;
use serde::{Serialize, Serializer};

use super::{Scene, SceneData, SceneError, SceneNetwork, VERSION, scene_network};
use crate::engine::landscape::{Plane, TrainedPlane};
use crate::experiment::Settings;
use crate::figure::training::{CurveScale, LayerQuantity, TimeUnit, TrainedValue, TrainingChart};
use crate::figure::{
    Arrange, Axes, AxisRange, Mapped, Palette, PlotShape, Quantity, Scale, SheetSettings, Shown, Theme, View, ViewName,
};
use crate::training::TrainingSettings;
use crate::whole_file::WholeFile;

/// The file as it is written.
#[derive(Serialize)]
struct Written<'a> {
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<&'a Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<View>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<&'a SheetSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    training: Option<&'a TrainingSettings>,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "networks")]
    network: &'a [SceneNetwork],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    data: Vec<SceneData>,
    experiments: Vec<Settings>,
}

/// A scene's text, with what its keys mean.
impl Scene {
    /// The scene as a file's text; every setting stands in it.
    ///
    /// ```
    /// use initscope::figure::Scene;
    /// use std::path::Path;
    ///
    /// let scene = Scene::parse("version = 2\n[[experiments]]\nseed = 3\n", Path::new(""))?;
    /// assert!(scene.to_text().contains("seed = 3"));
    /// assert_eq!(Scene::parse(&scene.to_text(), Path::new(""))?.experiments, scene.experiments);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_text(&self) -> String {
        text(self)
    }

    /// Writes a file, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), SceneError> {
        let write = || {
            let mut file = WholeFile::create(path)?;
            file.write_all(self.to_text().as_bytes())?;
            file.finish()
        };
        write().map_err(|error| SceneError::Unwritable { error, path: path.to_owned() })
    }
}

fn text(scene: &Scene) -> String {
    // What a file decides stands there.
    let settings = |(index, experiment)| match scene.network_of(index) {
        None => Settings::from(experiment),
        Some(_) => Settings::from(experiment).beside_network(),
    };
    let experiments = scene.experiments.iter().enumerate().map(settings).collect();
    let written = Written {
        version: VERSION,
        shown: scene.shown.as_ref(),
        view: scene.view,
        figure: scene.figure.as_ref(),
        training: scene.training.as_ref(),
        network: &scene.networks,
        data: scene.data_now(),
        experiments,
    };
    // All of it is numbers, words and tables of these.
    let text = toml::to_string(&written).unwrap_or_default();
    let mut lines = vec![
        "# A scene of initscope: `initscope --scene FILE` opens it, `initscope render --scene FILE --out figure.svg` draws it."
            .to_owned(),
    ];
    let (mut is_first, mut is_first_data, mut has_networks) = (true, true, false);
    for line in text.lines() {
        match line {
            "[shown]" => lines.extend(about_shown()),
            "[view]" | "[shown.layers]" => lines.extend(about_view()),
            "[shown.training]" => lines.extend(about_shown_training()),
            "[figure]" => lines.extend(about_figure()),
            "[training]" => lines.extend(about_training()),
            "[[data]]" if std::mem::take(&mut is_first_data) => lines.push(ABOUT_DATA.to_owned()),
            "[network]" => lines.push(ABOUT_NETWORK.to_owned()),
            "[[network]]" if !std::mem::replace(&mut has_networks, true) => lines.push(ABOUT_NETWORKS.to_owned()),
            "[[experiments]]" if std::mem::take(&mut is_first) => lines.extend(about_experiments()),
            _ => {}
        }
        lines.push(line.to_owned());
    }
    lines.join("\n") + "\n"
}

fn about_view() -> Vec<String> {
    vec![
        "# How layers are drawn.".to_owned(),
        format!("# quantity: {}; shape: {}", words::<Quantity>(), words::<PlotShape>()),
        format!("# scale: {}; axes: {}; range: {}", words::<Scale>(), words::<Axes>(), words::<AxisRange>()),
    ]
}

fn about_shown() -> Vec<String> {
    vec![
        "# What the window shows.".to_owned(),
        format!("# view: {}", words::<ViewName>()),
        format!("# plane: {}; mapped: {}; arrange: {}", words::<Plane>(), words::<Mapped>(), words::<Arrange>()),
    ]
}

fn about_shown_training() -> Vec<String> {
    vec![
        "# How trainings are drawn.".to_owned(),
        format!("# chart: {}; layer_quantity: {}", words::<TrainingChart>(), words::<LayerQuantity>()),
        format!("# time: {}; time_scale and loss_scale: {}", words::<TimeUnit>(), words::<CurveScale>()),
        format!("# trained_plane: {}; trained_value: {}", words::<TrainedPlane>(), words::<TrainedValue>()),
    ]
}

fn about_figure() -> Vec<String> {
    vec![
        "# How a figure of it is made: the flags of `initscope render --help`, with underscores.".to_owned(),
        format!("# show: {}; arrange: {}", words::<ViewName>(), words::<Arrange>()),
        format!("# theme: {}; palette: {}", words::<Theme>(), words::<Palette>()),
    ]
}

fn about_training() -> Vec<String> {
    vec!["# How they are trained: the flags of `initscope train --help`, with underscores.".to_owned()]
}

const ABOUT_NETWORK: &str =
    "# The file whose network is looked at in place of drawn ones, and a digest of what it held.";

const ABOUT_DATA: &str =
    "# What data of your own held, as a digest, by which other data of that name are told from them.";
const ABOUT_NETWORKS: &str = "# Files whose networks are looked at in place of drawn ones, each with a digest of what it held, and with the numbers of the \
                              experiments, counted from 1, that have its weights.";

fn networks<S: Serializer>(networks: &&[SceneNetwork], serializer: S) -> Result<S::Ok, S::Error> {
    scene_network::serialize(networks, serializer)
}

fn about_experiments() -> Vec<String> {
    vec![
        "# What is measured: the flags of `initscope --help`, with underscores. Several sigmas, as in [0.10, 0.14, 0.28], are"
            .to_owned(),
        "# several experiments, and `preset = \"NAME\"` stands for one with a name.".to_owned(),
    ]
}

/// All words that a key takes.
fn words<T: ValueEnum>() -> String {
    let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    names.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ")
}
