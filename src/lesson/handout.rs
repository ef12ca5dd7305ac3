use std::io;
use std::path::PathBuf;

use super::check::{known, training_images};
use super::evidence::LessonEvidence;
use super::handout_text::{Answers, Block, answer_pages, blocks_of, height_of, letter_of, text_page};
use super::lesson_watch::LessonWatch;
use super::stage::LessonStage;
use super::step_figure::{HandoutPage, figure_of, look_of};
use super::steps::Lesson;
use crate::data_file::Unresolved;
use crate::engine::{Failure, Measurer};
use crate::page::{Fonts, Page, PageError, PageFormat, Texts, Writing};
use crate::views::NoView;

/// A lesson on paper: a page for every step, with its figure, its text and its question, and the answers at the end.
#[derive(Clone, Debug)]
pub struct Handout {
    /// The pages.
    pub pages: Vec<Page>,
}

/// Why there is no handout; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum HandoutError {
    /// A step has no figure.
    #[error("step {step} has no figure: {error}")]
    Figure {
        /// The step, from 1.
        step: usize,
        /// Why.
        error: NoView,
    },
    /// It cannot be measured.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// Data of the user's own cannot be read.
    #[error(transparent)]
    Data(#[from] Unresolved),
    /// A page cannot be written.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The operating system refuses.
    #[error("the lesson cannot be written ({error}): choose a folder that exists and that you may write to: {}", .path.display())]
    Unwritable {
        /// What the system says.
        error: io::Error,
        /// The file or folder.
        path: PathBuf,
    },
    /// Somebody stopped it.
    #[error("stopped: nothing was written")]
    Stopped,
}

/// A figure has so much of its page at least.
const FIGURE: f64 = 0.45;

impl Handout {
    /// Measures all steps of a lesson, as they are before a question is answered, and lays them out.
    ///
    /// # Errors
    /// If something cannot be measured, a step has no figure, or it was stopped.
    pub fn of(
        lesson: &Lesson,
        set: &HandoutPage,
        fonts: &Fonts,
        watch: &LessonWatch<'_>,
    ) -> Result<Self, HandoutError> {
        let mut measurer = Measurer::with_threads(set.jobs)?;
        let stages = lesson.stages_with_data()?;
        let _kept = training_images(&stages)?;
        let (mut pages, mut answers) = (Vec::new(), Vec::new());
        for (index, step) in lesson.steps.iter().enumerate() {
            (watch.say)(index, lesson.steps.len());
            let mut of_step = stages.iter().filter(|(place, _)| place.step == index).map(|(_, stage)| stage);
            let Some(stage) = of_step.next() else { continue };
            let measured = known(stage, step.quantities(), (None, usize::MAX), &mut measurer, watch.goes_on)?;
            pages.push(page_of((lesson, index), stage, &measured.evidence(), (set, fonts), watch)?);
            if let Some(question) = &step.question {
                let revealed = of_step.next().unwrap_or(stage);
                let measured = known(revealed, step.quantities(), (None, usize::MAX), &mut measurer, watch.goes_on)?;
                let letter = letter_of(question.right);
                let heading = format!("{}. {}", index + 1, step.title);
                let right = format!("{letter}: {}", question.answers.get(question.right).map_or("", String::as_str));
                answers.push(Block::heading(heading));
                answers.push(Block::bold(right));
                answers.extend(question.why.filled(&measured.evidence()).into_iter().map(Block::of_runs));
            }
            if !(watch.goes_on)() {
                return Err(HandoutError::Stopped);
            }
        }
        (watch.say)(lesson.steps.len(), lesson.steps.len());
        if !answers.is_empty() {
            let title = format!("{}: answers", lesson.title);
            pages.extend(answer_pages(&title, &answers, set.size, &look_of(set), fonts));
        }
        Ok(Self { pages })
    }

    /// All pages as a PDF, to which the lesson's text is attached.
    ///
    /// # Errors
    /// If a page cannot be written.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, HandoutError> {
        Ok(Page::write_pdf(&self.pages, fonts)?)
    }

    /// One page as a file of its own.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn file(&self, index: usize, format: PageFormat, scale: f64, fonts: &Fonts) -> Result<Vec<u8>, HandoutError> {
        let writing = Writing { format, scale, texts: Texts::default() };
        Ok(self.pages[index].write(fonts, writing, None)?)
    }
}

fn page_of(
    (lesson, index): (&Lesson, usize),
    stage: &LessonStage,
    evidence: &LessonEvidence<'_>,
    (set, fonts): (&HandoutPage, &Fonts),
    watch: &LessonWatch<'_>,
) -> Result<Page, HandoutError> {
    let (look, step) = (look_of(set), &lesson.steps[index]);
    let (width, height) = set.size;
    let above = [
        Block::small(format!("{}  ·  {} of {}", lesson.title, index + 1, lesson.steps.len())),
        Block::title(step.title.clone()),
    ];
    let below = blocks_of(step, evidence, Answers::InLine);
    let head = height_of(&above, width, &look, fonts);
    let text = height_of(&below, width, &look, fonts).min(height * (1.0 - FIGURE) - head);
    let figure = figure_of(step, stage, (width, height - head - text), (set, fonts), watch.goes_on)
        .map_err(|error| HandoutError::Figure { step: index + 1, error })?;
    let head = text_page(&above, (width, head), &look, fonts);
    let below = text_page(&below, (width, text), &look, fonts);
    let page = head.over(figure).over(below);
    Ok(Page { title: lesson.title.clone(), ..page })
}
