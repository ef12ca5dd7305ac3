use egui::accesskit::Live;
use egui::text::{LayoutJob, TextFormat};
use egui::{Id, Label, Response, TextStyle, Ui};

use crate::app::theme::{self, colors};
use crate::lesson::{TextRun, Tone};

/// Size of what is read, and from line to line as a part of it.
pub const SIZE: f32 = 14.5;
const LINE: f32 = 1.45;
/// Where there is little room it is smaller, down to this.
const SMALLEST: f32 = 11.5;
const STEP: f32 = 0.75;

/// Size of what is read here.
pub fn text_size(ui: &Ui) -> f32 {
    ui.style().text_styles.get(&name()).map_or(SIZE, |font| font.size)
}

fn name() -> TextStyle {
    TextStyle::Name("lesson".into())
}

/// Finds the size with which a text has room, a frame after the other.
pub struct Fitting {
    place: Id,
    size: f32,
}

impl Fitting {
    /// Sets the size that was found so far.
    pub fn begin(ui: &mut Ui, place: Id) -> Self {
        let size = ui.data(|data| data.get_temp(place)).unwrap_or(SIZE);
        ui.style_mut().text_styles.insert(name(), theme::regular(size));
        Self { place, size }
    }

    /// Takes a smaller one if that one was too large, and makes the frame again.
    pub fn end(self, ui: &Ui, is_too_large: bool) {
        let size = if is_too_large { (self.size - STEP).max(SMALLEST) } else { self.size };
        ui.data_mut(|data| data.insert_temp(self.place, size));
        if size < self.size {
            ui.request_discard("a smaller text");
            ui.request_repaint();
        }
    }
}

/// How much of an answered question is left out for its reason to have room: nothing, the other answers, and in a presentation, where
/// nobody scrolls, what was said before it, and at last its title, too. Found a frame after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortened {
    #[default]
    Nothing,
    Answers,
    Text,
    Title,
}

impl Shortened {
    /// What was found so far at a place.
    pub fn at(ui: &Ui, place: Id) -> Self {
        ui.data(|data| data.get_temp(place)).unwrap_or_default()
    }

    /// Leaves out more of it, up to this, and makes the frame again.
    pub fn shorten(self, ui: &Ui, place: Id, most: Self) {
        let next = match self {
            Self::Nothing => Self::Answers,
            Self::Answers => Self::Text,
            Self::Text | Self::Title => Self::Title,
        };
        if next <= most && next > self {
            ui.data_mut(|data| data.insert_temp(place, next));
            ui.request_discard("less text");
            ui.request_repaint();
        }
    }
}

/// A paragraph of a lesson; screen readers say it when it changes.
pub fn paragraph_ui(ui: &mut Ui, runs: &[TextRun]) -> Response {
    let colors = colors(ui.visuals());
    let size = text_size(ui);
    let mut job = LayoutJob::default();
    for run in runs {
        let format = match run.tone {
            Tone::Plain => TextFormat::simple(theme::regular(size), colors.text),
            Tone::Bold => TextFormat::simple(theme::semibold(size), colors.text),
            Tone::Code => TextFormat {
                background: colors.rail.gamma_multiply(0.5),
                ..TextFormat::simple(egui::FontId::monospace(size - 1.5), colors.text)
            },
            Tone::Value => TextFormat::simple(theme::semibold(size), colors.accent),
        };
        job.append(&run.text, 0.0, TextFormat { line_height: Some((size * LINE).round()), ..format });
    }
    let said = ui.add(Label::new(job).wrap());
    ui.accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
    said
}
