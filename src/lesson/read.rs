use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::condition::Condition;
use super::error::LessonError;
use super::expression::Unreadable;
use super::lit::{KEYS, Lit};
use super::stage::Refused;
use super::steps::{ANSWERS, Goal, Lesson, LessonQuestion, LessonStep, SceneChange};
use super::text::LessonText;
use crate::experiment::{SettingError, Settings};
use crate::figure::{Scene, SceneError, Shown, ViewName, one_line, place_in_text, plain_words, scene_key_of};
use crate::page::{Carried, scene_in};
use crate::regular_file;
use crate::training::TrainingSettings;

/// The file as it is read; what it says of a scene is read by itself.
#[derive(Deserialize)]
struct ReadLesson {
    lesson: ReadAbout,
    #[serde(default)]
    steps: Vec<Spanned<ReadStep>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadAbout {
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default = "usual_minutes")]
    minutes: u32,
}

fn usual_minutes() -> u32 {
    10
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadStep {
    title: String,
    #[serde(default)]
    text: Option<Spanned<String>>,
    #[serde(default)]
    set: Option<Spanned<Settings>>,
    #[serde(default)]
    experiments: Vec<Spanned<Settings>>,
    #[serde(default)]
    shown: Option<Spanned<Shown>>,
    #[serde(default)]
    training: Option<Spanned<TrainingSettings>>,
    #[serde(default)]
    train: bool,
    #[serde(default)]
    lit: Vec<Spanned<String>>,
    #[serde(default)]
    question: Option<Spanned<String>>,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    right: Option<Spanned<usize>>,
    #[serde(default)]
    why: Option<Spanned<String>>,
    #[serde(default)]
    hints: Vec<Spanned<String>>,
    #[serde(default)]
    reveal: Option<Spanned<ReadReveal>>,
    #[serde(default)]
    until: Option<Spanned<String>>,
    #[serde(default)]
    way: Option<Spanned<Settings>>,
    #[serde(default)]
    claims: Vec<Spanned<String>>,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    notes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadReveal {
    #[serde(default)]
    set: Option<Spanned<Settings>>,
    #[serde(default)]
    experiments: Vec<Spanned<Settings>>,
    #[serde(default)]
    shown: Option<Spanned<Shown>>,
    #[serde(default)]
    training: Option<Spanned<TrainingSettings>>,
    #[serde(default)]
    train: bool,
}

/// Where the parts of a change stand in the text.
#[derive(Default)]
struct ChangePlaces {
    set: Option<Range<usize>>,
    experiments: Vec<Range<usize>>,
    shown: Option<Range<usize>>,
    training: Option<Range<usize>>,
}

/// The most bytes of a lesson, or of a film that carries one (256 MiB).
const LARGEST: u64 = 256 << 20;

impl Lesson {
    /// Reads a lesson file, or the film of one. Data folders in it are looked for from where it is.
    ///
    /// # Errors
    /// If it cannot be read, or is not as it must be.
    pub fn read(path: &Path) -> Result<Self, LessonError> {
        let is_lesson = match Scene::read(path) {
            Ok(_) => false,
            Err(SceneError::Lesson { .. }) => true,
            Err(error) => return Err(error.into()),
        };
        if !is_lesson {
            return Err(LessonError::NoSteps { path: path.to_owned() });
        }
        let unreadable = |error| LessonError::Unreadable { error, path: path.to_owned() };
        let bytes = regular_file::read(path, LARGEST).map_err(unreadable)?;
        // A film carries its lesson, as a figure carries its scene.
        let text = match scene_in(&bytes) {
            Some(Carried::Scene(text)) => text,
            Some(Carried::None(_)) | None => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|error| match error {
            LessonError::Scene(error) => LessonError::Scene(error.at(path)),
            LessonError::Content { problem, .. } => LessonError::Content { problem, path: path.to_owned() },
            LessonError::NoSteps { .. } => LessonError::NoSteps { path: path.to_owned() },
            error => error,
        })
    }

    /// Reads a lesson's text; data folders are looked for from `folder`.
    ///
    /// # Errors
    /// If it is not as it must be; the path is missing from it.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, LessonError> {
        let scene = Scene::parse_of_lesson(text, folder)?;
        if !scene.networks.is_empty() {
            return Err(wrong(text, None, "a lesson is about networks that are drawn: leave [network] out"));
        }
        let refused = |error: toml::de::Error| wrong(text, error.span(), &plain_words(&one_line(error.message())));
        let read: ReadLesson = toml::from_str(text).map_err(refused)?;
        let raw: toml::Table = toml::from_str(text).map_err(refused)?;
        if read.steps.is_empty() {
            return Err(LessonError::NoSteps { path: PathBuf::new() });
        }
        let raw_steps = raw.get("steps").and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
        let (mut steps, mut places) = (Vec::new(), Vec::new());
        for (step, raw) in read.steps.into_iter().zip(raw_steps) {
            let (step, of_change, of_reveal) = step_of(text, step, raw, folder)?;
            steps.push(step);
            places.push((of_change, of_reveal));
        }
        let ReadAbout { title, summary, minutes } = read.lesson;
        let lesson = Self { title, summary, minutes, scene, steps };
        match lesson.try_stages() {
            Ok(_) => Ok(lesson),
            Err((place, refused)) => {
                let (of_change, of_reveal) = &places[place.step];
                let places = if place.is_revealed { of_reveal } else { of_change };
                Err(refusal(text, place.step, places, &refused))
            }
        }
    }
}

/// A step, and where the parts of what it changes and of what it reveals stand.
fn step_of(
    text: &str,
    step: Spanned<ReadStep>,
    raw: &toml::Value,
    folder: &Path,
) -> Result<(LessonStep, ChangePlaces, ChangePlaces), LessonError> {
    let span = step.span();
    let read = step.into_inner();
    let table = |key: &str| raw.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let written =
        |text: &Option<Spanned<String>>| text.as_ref().map_or_else(String::new, |text| text.get_ref().clone());
    let (source, why_source, question_source) = (written(&read.text), written(&read.why), written(&read.question));
    let prose = |said: Option<Spanned<String>>| said.map_or(Ok(LessonText::default()), |said| prose(text, &said));
    let (change, of_change) = change_of(
        (read.set, read.experiments, read.training, read.train),
        (read.shown.map(|shown| shown.span()), table("shown")),
        folder,
    );
    let reveal = table("reveal");
    let shown_of_reveal = reveal.get("shown").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let (revealed, of_reveal) = match read.reveal {
        None => (None, ChangePlaces::default()),
        Some(reveal) => {
            let span = reveal.span();
            let ReadReveal { set, experiments, shown, training, train } = reveal.into_inner();
            let parts = (set, experiments, training, train);
            let (change, places) = change_of(parts, (shown.map(|shown| shown.span()), shown_of_reveal), folder);
            (Some((change, span)), places)
        }
    };
    let question = match (read.question, revealed) {
        (None, Some((_, span))) => {
            return Err(wrong(text, Some(span), "`reveal` needs a `question`: add one, or use `set`"));
        }
        (None, None) if !read.answers.is_empty() || read.right.is_some() || read.why.is_some() => {
            return Err(wrong(
                text,
                Some(span),
                "`answers`, `right` and `why` need a `question`: add one, or leave them out",
            ));
        }
        (None, None) => None,
        (Some(question), revealed) => {
            let of_question = question.span();
            let count = read.answers.len();
            if !ANSWERS.contains(&count) {
                return Err(wrong(text, Some(of_question), &format!("a question has 2 to 4 `answers`, not {count}")));
            }
            let Some(right) = read.right else {
                return Err(wrong(text, Some(of_question), "it must say which answer is `right`, counted from 1"));
            };
            let place = right.get_ref().checked_sub(1).filter(|place| *place < count);
            let Some(place) = place else {
                let problem = format!("`right` counts the answers from 1 to {count}");
                return Err(wrong(text, Some(right.span()), &problem));
            };
            if read.why.is_none() {
                return Err(wrong(text, Some(of_question), "it must say `why` the right answer is right"));
            }
            if !read.hints.is_empty() && read.hints.len() != count {
                let problem = format!("`hints` are as many as the answers, {count}: \"\" for one that needs none");
                return Err(wrong(text, Some(of_question), &problem));
            }
            let hint = |said: Spanned<String>| Ok((prose(Some(said.clone()))?, said.into_inner()));
            Some(LessonQuestion {
                text: prose(Some(question))?,
                source: question_source,
                answers: read.answers,
                right: place,
                why: prose(read.why)?,
                why_source,
                hints: read.hints.into_iter().map(hint).collect::<Result<_, LessonError>>()?,
                reveal: revealed.map(|(change, _)| change).unwrap_or_default(),
            })
        }
    };
    let until = match (read.until, read.way) {
        (None, None) => None,
        (None, Some(way)) => {
            return Err(wrong(text, Some(way.span()), "`way` leads to an `until`: add one, or leave it out"));
        }
        (Some(until), None) => {
            return Err(wrong(
                text,
                Some(until.span()),
                "`until` needs a `way`: settings with which it holds, for those who skip it",
            ));
        }
        (Some(until), Some(way)) => Some(Goal { condition: condition(text, &until)?, way: way.into_inner() }),
    };
    let claims: Result<Vec<_>, _> = read.claims.iter().map(|claim| condition(text, claim)).collect();
    let step = LessonStep {
        title: read.title,
        text: prose(read.text)?,
        source,
        change,
        lit: lit_of(text, &read.lit)?,
        question,
        until,
        claims: claims?,
        general: read.general,
        notes: read.notes.trim().to_owned(),
    };
    Ok((step, of_change, of_reveal))
}

type ChangeParts = (Option<Spanned<Settings>>, Vec<Spanned<Settings>>, Option<Spanned<TrainingSettings>>, bool);

/// A change, and where its parts stand.
fn change_of(
    (set, experiments, training, train): ChangeParts,
    (of_shown, shown): (Option<Range<usize>>, toml::Table),
    folder: &Path,
) -> (SceneChange, ChangePlaces) {
    let places = ChangePlaces {
        set: set.as_ref().map(Spanned::span),
        experiments: experiments.iter().map(Spanned::span).collect(),
        shown: of_shown,
        training: training.as_ref().map(Spanned::span),
    };
    let change = SceneChange {
        set: set.map(Spanned::into_inner),
        experiments: experiments.into_iter().map(Spanned::into_inner).collect(),
        shown,
        training: training.map(Spanned::into_inner).unwrap_or_default(),
        train,
        folder: folder.to_owned(),
    };
    (change, places)
}

/// Why a step cannot be, with where that stands.
fn refusal(text: &str, step: usize, places: &ChangePlaces, refused: &Refused) -> LessonError {
    let of_setting = |error: &SettingError| {
        let key = scene_key_of(error.flag());
        (error.to_string().replacen(&format!("--{}", key.replace('_', "-")), &key, 1), key)
    };
    let (span, (problem, key)) = match refused {
        Refused::Set(error) => (places.set.clone(), of_setting(error)),
        Refused::Experiment(index, error) => (places.experiments.get(*index).cloned(), of_setting(error)),
        Refused::Training(error) => (places.training.clone(), of_setting(error)),
        Refused::Shown(problem) => (places.shown.clone(), (plain_words(&one_line(problem)), String::new())),
    };
    // A table spans its heading or all of it: the key stands somewhere after its beginning.
    let at = span.map(|span| {
        let from = text.get(span.start..).unwrap_or_default();
        let lines = from.lines().scan(span.start, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        });
        let is_key =
            |line: &str| line.trim_start().strip_prefix(&*key).is_some_and(|rest| rest.trim_start().starts_with('='));
        let found = lines.into_iter().find(|(_, line)| !key.is_empty() && is_key(line)).map(|(start, _)| start);
        let inline = from.lines().next().and_then(|line| line.find(&key)).map(|within| span.start + within);
        let at = found.or(inline).unwrap_or(span.start);
        at..at
    });
    wrong(text, at, &format!("step {}: {problem}", step + 1))
}

fn lit_of(text: &str, words: &[Spanned<String>]) -> Result<Vec<Lit>, LessonError> {
    let of = |word: &Spanned<String>| {
        Lit::named(word.get_ref()).ok_or_else(|| {
            let views: Vec<_> = ViewName::all().iter().map(|view| Lit::View(*view).word()).collect();
            let problem = format!(
                "`{}` cannot be lit: use the key of a setting ({}) or a view ({})",
                word.get_ref(),
                KEYS.join(", "),
                views.join(", ")
            );
            wrong(text, Some(word.span()), &problem)
        })
    };
    words.iter().map(of).collect()
}

fn condition(text: &str, said: &Spanned<String>) -> Result<Condition, LessonError> {
    Condition::read(said.get_ref()).map_err(|error| inside(text, said, &error))
}

fn prose(text: &str, said: &Spanned<String>) -> Result<LessonText, LessonError> {
    LessonText::read(said.get_ref()).map_err(|error| inside(text, said, &error))
}

/// What is wrong inside a text in quotes. Where its letters stand in the file as they are, that is where the place is.
fn inside(text: &str, said: &Spanned<String>, error: &Unreadable) -> LessonError {
    let span = said.span();
    let written = text.get(span.clone()).unwrap_or_default();
    let start = written.find(&**said.get_ref()).map_or(span.start, |quote| span.start + quote + error.at);
    wrong(text, Some(start..start), &error.problem)
}

fn wrong(text: &str, span: Option<Range<usize>>, problem: &str) -> LessonError {
    let place = span.map_or_else(String::new, |span| place_in_text(text, span.start) + ": ");
    LessonError::Content { problem: place + &one_line(problem), path: PathBuf::new() }
}
