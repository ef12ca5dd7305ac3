use egui::accesskit::Live;
use egui::text::{LayoutJob, TextFormat};
use egui::{Label, Response, Ui};

use crate::app::theme::{self, colors};
use crate::lesson::{TextRun, Tone};

/// Size of what is read, and from line to line.
pub const SIZE: f32 = 14.5;
const LINE: f32 = 21.0;

/// A paragraph of a lesson; screen readers say it when it changes.
pub fn paragraph_ui(ui: &mut Ui, runs: &[TextRun]) -> Response {
    let colors = colors(ui.visuals());
    let mut job = LayoutJob::default();
    for run in runs {
        let format = match run.tone {
            Tone::Plain => TextFormat::simple(theme::regular(SIZE), colors.text),
            Tone::Bold => TextFormat::simple(theme::semibold(SIZE), colors.text),
            Tone::Code => TextFormat {
                background: colors.rail.gamma_multiply(0.5),
                ..TextFormat::simple(egui::FontId::monospace(SIZE - 1.5), colors.text)
            },
            Tone::Value => TextFormat::simple(theme::semibold(SIZE), colors.accent),
        };
        job.append(&run.text, 0.0, TextFormat { line_height: Some(LINE), ..format });
    }
    let said = ui.add(Label::new(job).wrap());
    ui.accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
    said
}
