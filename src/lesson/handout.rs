use std::io;
use std::path::PathBuf;

use super::check::{known, training_images};
use super::handout_text::{Block, answer_of, answer_pages, blocks_of, height_of, margin, solution_of, text_page};
use super::lesson_watch::LessonWatch;
use super::stage::LessonStage;
use super::step_figure::{HandoutPage, figure_of, look_of};
use super::steps::Lesson;
use crate::data_file::Unresolved;
use crate::engine::{Failure, Measurer};
use crate::page::{Fonts, Page, PageError, PageFormat, Texts, Writing};
use crate::views::NoView;

/// A lesson on paper: a page for every step, with its figure, its text and its question, and the answers at the end, each with its
/// figure where that is another.
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
/// What stays white at either side, as a part of the width: 10 mm of A4 on its side.
const WHITE: f64 = 10.0 / 297.0;

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
            let mut measured =
                |stage: &LessonStage| known(stage, step.quantities(), (None, usize::MAX), &mut measurer, watch.goes_on);
            let setting = Setting { lesson, index, set, fonts, watch };
            let below = blocks_of(step, &measured(stage)?.evidence());
            pages.push(setting.page(&format!("{} of {}", index + 1, lesson.steps.len()), stage, &below)?);
            let answer = format!("answer to {}", index + 1);
            if step.question.is_some() {
                let revealed = of_step.next().unwrap_or(stage);
                let blocks = answer_of(step, &measured(revealed)?.evidence());
                answers.push(if revealed == stage {
                    let heading = Block::heading(format!("{}. {}", index + 1, step.title));
                    Answer::Text([vec![heading], blocks].concat())
                } else {
                    Answer::Page(setting.page(&answer, revealed, &blocks)?)
                });
            } else if let Some(goal) = &step.until {
                answers.push(Answer::Page(setting.page(&answer, &stage.reached(goal), &solution_of(goal))?));
            }
            if !(watch.goes_on)() {
                return Err(HandoutError::Stopped);
            }
        }
        (watch.say)(lesson.steps.len(), lesson.steps.len());
        // Those without a picture share a page.
        let (mut texts, mut pictured) = (Vec::new(), Vec::new());
        for answer in answers {
            match answer {
                Answer::Text(blocks) => texts.push(blocks),
                Answer::Page(page) => pictured.push(page),
            }
        }
        if !texts.is_empty() {
            let title = format!("{}: answers", lesson.title);
            let set_in = answer_pages(&title, &texts, inner(set), &look_of(set), fonts);
            pages.extend(set_in.into_iter().map(|page| on_paper(page, set)));
        }
        pages.extend(pictured);
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

/// What is said of a question at the end.
enum Answer {
    /// The picture is the question's.
    Text(Vec<Block>),
    /// It has a picture of its own.
    Page(Page),
}

/// What a page of a step is set with.
struct Setting<'a> {
    lesson: &'a Lesson,
    /// The step, from 0.
    index: usize,
    set: &'a HandoutPage,
    fonts: &'a Fonts,
    watch: &'a LessonWatch<'a>,
}

impl Setting<'_> {
    /// A page of the step: which it is, its title, what it shows, and what stands below.
    fn page(&self, place: &str, stage: &LessonStage, below: &[Block]) -> Result<Page, HandoutError> {
        let Self { lesson, index, set, fonts, watch } = *self;
        let (look, step) = (look_of(set), &lesson.steps[index]);
        let (width, height) = inner(set);
        let above = [Block::small(format!("{}  ·  {place}", lesson.title)), Block::title(step.title.clone())];
        let head = height_of(&above, width, &look, fonts);
        let text = height_of(below, width, &look, fonts).min(height * (1.0 - FIGURE) - head);
        let figure = figure_of(step, stage, (width, height - head - text), (set, fonts), watch.goes_on)
            .map_err(|error| HandoutError::Figure { step: index + 1, error })?;
        let head = text_page(&above, (width, head), &look, fonts);
        let below = text_page(below, (width, text), &look, fonts);
        let page = head.over(figure).over(below);
        Ok(on_paper(Page { title: lesson.title.clone(), ..page }, set))
    }
}

/// Room for text and figure, which have a margin of their own.
fn inner(set: &HandoutPage) -> (f64, f64) {
    let around = around(set);
    (set.size.0 - 2.0 * around, set.size.1 - 2.0 * around)
}

/// What is left white around that.
fn around(set: &HandoutPage) -> f64 {
    (set.size.0 * WHITE - margin(&look_of(set))).max(0.0)
}

fn on_paper(page: Page, set: &HandoutPage) -> Page {
    page.within(set.size, (around(set), around(set)))
}
