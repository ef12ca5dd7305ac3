use super::condition::Condition;
use super::lit::Lit;
use super::text::LessonText;
use crate::experiment::Settings;
use crate::figure::Scene;
use crate::training::TrainingSettings;

/// A lesson: what it is called, the scene it begins with, and its steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Its name.
    pub title: String,
    /// What it is about, in a sentence.
    pub summary: String,
    /// About how long it takes.
    pub minutes: u32,
    /// What the first step is laid over.
    pub scene: Scene,
    /// At least one.
    pub steps: Vec<LessonStep>,
}

/// A step of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonStep {
    /// What it is called.
    pub title: String,
    /// What is said.
    pub text: LessonText,
    /// The same as it is written in the file.
    pub source: String,
    /// What is set when it begins.
    pub change: SceneChange,
    /// Controls and views that are lit.
    pub lit: Vec<Lit>,
    /// What is asked.
    pub question: Option<LessonQuestion>,
    /// What is to be reached before the next step, and how.
    pub until: Option<Goal>,
    /// What its text says, as conditions that hold when it is over.
    pub claims: Vec<Condition>,
    /// Whether it speaks of networks in general, so that its claims hold whatever the seed.
    pub general: bool,
    /// What only the speaker sees.
    pub notes: String,
}

/// What a step changes of the scene before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SceneChange {
    /// Settings of all experiments there are.
    pub set: Option<Settings>,
    /// Experiments in their place, each as it differs from the first of those before.
    pub experiments: Vec<Settings>,
    /// How it is looked at: only what changes.
    pub shown: toml::Table,
    /// How networks are trained: only what changes.
    pub training: TrainingSettings,
    /// Whether they are trained to the end.
    pub train: bool,
    /// Folder that data folders are looked for from.
    pub folder: std::path::PathBuf,
}

/// A question, which is guessed before it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonQuestion {
    /// The question.
    pub text: LessonText,
    /// The same as it is written in the file.
    pub source: String,
    /// Answers to choose from, two to four.
    pub answers: Vec<String>,
    /// The right one, from 0.
    pub right: usize,
    /// Why it is right.
    pub why: LessonText,
    /// The same as it is written in the file.
    pub why_source: String,
    /// Why each answer is not right, and the same as it is written; none, or as many as there are answers.
    pub hints: Vec<(LessonText, String)>,
    /// What is set when it is answered.
    pub reveal: SceneChange,
}

/// What is to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The condition.
    pub condition: Condition,
    /// Settings with which it holds, for those who would rather see it.
    pub way: Settings,
}

/// Answers a question may have.
pub const ANSWERS: std::ops::RangeInclusive<usize> = 2..=4;
