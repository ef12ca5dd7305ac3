use std::io::Write;

use super::check::{known, training_images};
use super::handout::HandoutError;
use super::handout_text::{Block, answer_of, blocks_of, height_of, text_page, words_of};
use super::lesson_watch::LessonWatch;
use super::stage::LessonStage;
use super::step_figure::{HandoutPage, figure_of, look_of};
use super::steps::Lesson;
use crate::engine::Measurer;
use crate::figure::Sheet;
use crate::page::{Animation, AnimationFormat, Fonts, Page, raster};

/// A lesson as a film: every step's picture with its text beside it, held until it has been read; a question before what it asks
/// for.
#[derive(Clone, Copy, Debug)]
pub struct LessonFilm<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Size and colours of its pictures.
    pub page: &'a HandoutPage,
    /// Pixels for every px.
    pub zoom: f64,
}

/// A picture of such a film.
#[derive(Clone, Debug)]
pub struct FilmedStep {
    /// What it shows.
    pub page: Page,
    /// How long it is held.
    pub seconds: f64,
}

/// A projector's picture, of 16:9.
const SIZE: (f64, f64) = (1280.0, 720.0);
/// The text has so much of its width.
const TEXT: f64 = 0.4;
/// Sizes of the text, from a thirtieth of the height on down to where it finds room.
const SIZES: std::ops::RangeInclusive<u8> = 11..=24;
/// Words that are read in a second, seconds to look at the picture, and seconds to guess.
const READ: f64 = 3.0;
const LOOK: f64 = 3.0;
const GUESS: f64 = 4.0;

impl HandoutPage {
    /// How the pictures of a film are set.
    pub fn of_film() -> Self {
        // What was measured is said by the text.
        let sheet = Sheet { caption: false, ..Sheet::default() };
        Self { size: SIZE, sheet, ..Self::default() }
    }
}

impl LessonFilm<'_> {
    /// Measures all steps and writes their pictures.
    ///
    /// # Errors
    /// If something cannot be measured, a step has no figure, it cannot be written, or it was stopped.
    pub fn write(
        &self,
        target: impl Write,
        format: AnimationFormat,
        fonts: &Fonts,
        watch: &LessonWatch<'_>,
    ) -> Result<(), HandoutError> {
        let steps = self.steps(fonts, watch)?;
        let Some(first) = steps.first() else { return Ok(()) };
        let first = raster(&first.page, fonts, self.zoom)?;
        let (size, timing) = ((first.width, first.height), (steps.len() as u32, 1.0));
        let mut animation = Animation::begin(target, format, size, timing, &self.lesson.to_text())?;
        for step in &steps {
            if !(watch.goes_on)() {
                return Err(HandoutError::Stopped);
            }
            animation.hold(&raster(&step.page, fonts, self.zoom)?, step.seconds)?;
        }
        Ok(animation.finish()?)
    }

    /// All pictures, one after the other.
    ///
    /// # Errors
    /// If something cannot be measured, a step has no figure, or it was stopped.
    pub fn steps(&self, fonts: &Fonts, watch: &LessonWatch<'_>) -> Result<Vec<FilmedStep>, HandoutError> {
        let mut measurer = Measurer::with_threads(self.page.jobs)?;
        let stages = self.lesson.stages_with_data()?;
        let _kept = training_images(&stages)?;
        let mut filmed = Vec::new();
        for (index, step) in self.lesson.steps.iter().enumerate() {
            (watch.say)(index, self.lesson.steps.len());
            for (place, stage) in stages.iter().filter(|(place, _)| place.step == index) {
                let measured = known(stage, step.quantities(), (None, usize::MAX), &mut measurer, watch.goes_on)?;
                let evidence = measured.evidence();
                let (text, guess) = if place.is_revealed {
                    (answer_of(step, &evidence), 0.0)
                } else {
                    (blocks_of(step, &evidence), if step.question.is_some() { GUESS } else { 0.0 })
                };
                filmed.push(self.filmed(index, ((stage, &text), guess), fonts, watch)?);
                // What is asked for is shown, too.
                if let Some(goal) = &step.until {
                    let reached = stage.reached(goal);
                    let measured =
                        known(&reached, step.quantities(), (None, usize::MAX), &mut measurer, watch.goes_on)?;
                    let text = blocks_of(step, &measured.evidence());
                    filmed.push(self.filmed(index, ((&reached, &text), 0.0), fonts, watch)?);
                }
            }
            if !(watch.goes_on)() {
                return Err(HandoutError::Stopped);
            }
        }
        (watch.say)(self.lesson.steps.len(), self.lesson.steps.len());
        Ok(filmed)
    }

    fn filmed(
        &self,
        index: usize,
        ((stage, text), guess): ((&LessonStage, &[Block]), f64),
        fonts: &Fonts,
        watch: &LessonWatch<'_>,
    ) -> Result<FilmedStep, HandoutError> {
        let (lesson, step) = (self.lesson, &self.lesson.steps[index]);
        let (width, height) = self.page.size;
        let column = (width * TEXT).floor();
        let mut blocks = vec![
            Block::small(format!("{}  ·  {} of {}", lesson.title, index + 1, lesson.steps.len())),
            Block::title(step.title.clone()),
        ];
        blocks.extend_from_slice(text);
        let set = |size: u8| HandoutPage {
            sheet: Sheet { font_size: Some(f64::from(size)), ..self.page.sheet.clone() },
            ..self.page.clone()
        };
        let fits = |size: &u8| height_of(&blocks, column, &look_of(&set(*size)), fonts) <= height;
        let size = SIZES.rev().find(fits).unwrap_or(*SIZES.start());
        let figure = figure_of(step, stage, (width - column, height), (&set(*SIZES.end()), fonts), watch.goes_on)
            .map_err(|error| HandoutError::Figure { step: index + 1, error })?;
        let text = text_page(&blocks, (column, height), &look_of(&set(size)), fonts);
        let page = Page { title: lesson.title.clone(), ..figure.beside(text) };
        Ok(FilmedStep { page, seconds: LOOK + guess + words_of(&blocks) as f64 / READ })
    }
}
