use std::io::Write as _;
use std::path::Path;

use toml::{Table, Value};

use super::error::LessonError;
use super::stage::LessonStage;
use super::steps::{Goal, Lesson, LessonStep, SceneChange};
use crate::experiment::{Experiment, Settings};
use crate::figure::{Scene, Shown};
use crate::training::TrainingSettings;
use crate::whole_file::WholeFile;

impl Lesson {
    /// The lesson as a file's text.
    pub fn to_text(&self) -> String {
        let mut all: Table = toml::from_str(&self.scene.to_text()).unwrap_or_default();
        let mut about = Table::new();
        about.insert("title".to_owned(), self.title.clone().into());
        about.insert("summary".to_owned(), self.summary.clone().into());
        about.insert("minutes".to_owned(), i64::from(self.minutes).into());
        let steps = self.steps.iter().map(|step| Value::Table(step_table(step))).collect::<Vec<_>>();
        // The scene's own tables stand before the steps.
        let experiments = all.remove("experiments");
        all.insert("lesson".to_owned(), about.into());
        all.extend(experiments.map(|experiments| ("experiments".to_owned(), experiments)));
        all.insert("steps".to_owned(), steps.into());
        let text = toml::to_string_pretty(&all).unwrap_or_default();
        format!("# A lesson of initscope: `initscope FILE` opens it, `initscope lesson check FILE` proves it.\n{text}")
    }

    /// Writes a file, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), LessonError> {
        let write = || {
            let mut file = WholeFile::create(path)?;
            file.write_all(self.to_text().as_bytes())?;
            file.finish()
        };
        write().map_err(|error| LessonError::Unwritable { error, path: path.to_owned() })
    }

    /// A lesson that begins with this scene, without a step.
    pub fn beginning_with(scene: Scene, title: &str) -> Self {
        Self { title: title.to_owned(), summary: String::new(), minutes: 10, scene, steps: Vec::new() }
    }

    /// Adds what a scene shows as the next step: only what it changes of the one before.
    pub fn add_step(&mut self, title: &str, text: LessonStep, scene: &Scene) {
        let stages = self.stages();
        let before = stages.last().map(|(_, stage)| stage.scene.clone());
        let change = match before {
            None => SceneChange::default(),
            Some(before) => change_between(&before, scene),
        };
        self.steps.push(LessonStep { title: title.to_owned(), change, ..text });
    }
}

/// The key of the chosen layer.
const LAYER: &str = "layer";

/// What leads from one scene to another.
fn change_between(before: &Scene, scene: &Scene) -> SceneChange {
    let (set, experiments) = change_of_experiments(before, &scene.experiments);
    let table = |shown: &Option<Shown>| Table::try_from(shown.unwrap_or_default()).unwrap_or_default();
    let (then, now) = (table(&before.shown), table(&scene.shown));
    let training = match (&before.training, &scene.training) {
        (then, now) if then == now => TrainingSettings::default(),
        (_, now) => now.clone().unwrap_or_default(),
    };
    let mut shown = difference(&then, &now);
    // Where no layer is chosen it is the last one, which a step can say in place of another.
    if let (true, false, Some(first)) = (then.contains_key(LAYER), now.contains_key(LAYER), scene.experiments.first()) {
        shown.insert(LAYER.to_owned(), (first.widths.len() as i64).into());
    }
    SceneChange { set, experiments, shown, training, ..SceneChange::default() }
}

/// What makes these experiments of those of a scene: what is set of all of them, or experiments in their place; only what changes.
fn change_of_experiments(before: &Scene, wanted: &[Experiment]) -> (Option<Settings>, Vec<Settings>) {
    if before.experiments == wanted {
        return (None, Vec::new());
    }
    let leads_there = |(set, experiments): &(Option<Settings>, Vec<Settings>)| {
        let change = SceneChange { set: set.clone(), experiments: experiments.clone(), ..SceneChange::default() };
        let stage = LessonStage { scene: before.clone(), is_trained: false };
        stage.with(&change).is_ok_and(|stage| stage.scene.experiments == wanted)
    };
    let all: Vec<_> = wanted.iter().map(Settings::from).collect();
    let changed = |base: &Experiment, settings: &Settings| {
        let table = |settings: &Settings| Table::try_from(settings).unwrap_or_default();
        difference(&table(&Settings::from(base)), &table(settings)).try_into::<Settings>().ok()
    };
    let first = before.experiments.first();
    let of_all =
        first.zip(all.first()).and_then(|(base, first)| changed(base, first)).map(|set| (Some(set), Vec::new()));
    let each = first.and_then(|base| all.iter().map(|settings| changed(base, settings)).collect::<Option<Vec<_>>>());
    let shorter = of_all.into_iter().chain(each.map(|each| (None, each))).find(leads_there);
    shorter.unwrap_or((None, all))
}

/// The keys of a table that are others than in another.
fn difference(then: &Table, now: &Table) -> Table {
    let mut changed = Table::new();
    for (key, value) in now {
        match (then.get(key), value) {
            (Some(same), value) if same == value => {}
            (Some(Value::Table(then)), Value::Table(now)) => {
                changed.insert(key.clone(), difference(then, now).into());
            }
            _ => {
                changed.insert(key.clone(), value.clone());
            }
        }
    }
    changed
}

fn step_table(step: &LessonStep) -> Table {
    let mut table = Table::new();
    let mut put = |key: &str, value: Value| drop(table.insert(key.to_owned(), value));
    let texts = |words: Vec<String>| Value::Array(words.into_iter().map(Value::String).collect());
    put("title", step.title.clone().into());
    if !step.source.is_empty() {
        put("text", step.source.clone().into());
    }
    if !step.lit.is_empty() {
        put("lit", texts(step.lit.iter().map(|lit| lit.word()).collect()));
    }
    if let Some(question) = &step.question {
        put("question", question.source.clone().into());
        put("answers", texts(question.answers.clone()));
        put("right", (question.right as i64 + 1).into());
        put("why", question.why_source.clone().into());
        if !question.hints.is_empty() {
            put("hints", texts(question.hints.iter().map(|(_, source)| source.clone()).collect()));
        }
        let reveal = change_table(&question.reveal);
        if !reveal.is_empty() {
            put("reveal", reveal.into());
        }
    }
    if let Some(Goal { condition, way }) = &step.until {
        put("until", condition.text().into());
        put("way", Value::try_from(way).unwrap_or(Value::Table(Table::new())));
    }
    if !step.claims.is_empty() {
        put("claims", texts(step.claims.iter().map(|claim| claim.text().to_owned()).collect()));
    }
    if step.general {
        put("general", true.into());
    }
    if !step.notes.is_empty() {
        put("notes", step.notes.clone().into());
    }
    table.extend(change_table(&step.change));
    table
}

fn change_table(change: &SceneChange) -> Table {
    let mut table = Table::new();
    if change.train {
        table.insert("train".to_owned(), true.into());
    }
    if let Some(set) = &change.set {
        table.extend(Value::try_from(set).ok().map(|set| ("set".to_owned(), set)));
    }
    if !change.experiments.is_empty() {
        let all: Vec<_> = change.experiments.iter().filter_map(|settings| Value::try_from(settings).ok()).collect();
        table.insert("experiments".to_owned(), all.into());
    }
    if !change.shown.is_empty() {
        table.insert("shown".to_owned(), change.shown.clone().into());
    }
    if change.training != TrainingSettings::default() {
        table.extend(Value::try_from(&change.training).ok().map(|training| ("training".to_owned(), training)));
    }
    table
}
