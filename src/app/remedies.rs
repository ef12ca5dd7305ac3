use std::sync::Arc;

use egui::{Align, Button, Context, Layout, Rect, Response, RichText, Role, Ui, UiBuilder, WidgetInfo, vec2};

use super::App;
use super::commands::SLOTS;
use super::theme::{self, colors};
use crate::engine::{Companion, Job, Measurement, Request};
use crate::experiment::Experiment;
use crate::figure::training::letter;
use crate::figure::{Headline, ViewName};
use crate::number;
use crate::remedy::Trials;
use crate::subject::Subject;

/// What may help what is shown, as far as it is tried.
#[derive(Default)]
pub struct Remedies {
    /// What the trials are of, and what they are; `None` where nothing is to be tried.
    of: Option<(Arc<Measurement>, Option<Trials>)>,
    /// What was measured in them.
    measured: Vec<Arc<Measurement>>,
    /// One of them cannot be measured; the engine says why, for it has the same images.
    has_failed: bool,
}

/// Remedies that there is room for, at most.
const MOST: usize = 4;
/// Between a remedy and the next.
const APART: f32 = 10.0;
const FONT: f32 = 12.0;

/// Height of the line.
pub const HEIGHT: f32 = 24.0;

impl Remedies {
    /// Takes what was measured since the last frame.
    pub fn take(&mut self, job: &mut Job<Request, Companion>) {
        if let Some(news) = job.take().filter(|news| news.is_newest) {
            match news.found {
                Some(measurement) => self.measured.push(measurement),
                None => self.has_failed = true,
            }
        }
    }

    /// What is still to be measured, next, for a measurement.
    fn next_for(&mut self, measurement: &Arc<Measurement>) -> Option<Request> {
        let is_new = self.of.as_ref().is_none_or(|(of, _)| !Arc::ptr_eq(of, measurement));
        if is_new {
            let trials = Trials::of(measurement);
            let wanted = trials.as_ref().map(Trials::requests).unwrap_or_default();
            self.measured.retain(|known| wanted.iter().any(|request| request.subject == known.subject));
            self.of = Some((Arc::clone(measurement), trials));
            self.has_failed = false;
        }
        self.missing()
    }

    fn missing(&self) -> Option<Request> {
        let (_, trials) = self.of.as_ref()?;
        let is_missing = |request: &Request| {
            let knows = |known: &Arc<Measurement>| known.subject == request.subject && known.has(request.quantities);
            !self.measured.iter().any(knows)
        };
        trials.as_ref().filter(|_| !self.has_failed)?.requests().into_iter().find(is_missing)
    }

    /// The trials of a subject, once all of them are known.
    fn known_of(&self, subject: &Subject) -> Option<&Trials> {
        let (of, trials) = self.of.as_ref()?;
        trials.as_ref().filter(|_| of.subject == *subject && !self.has_failed && self.missing().is_none())
    }
}

/// A remedy that helps, in words.
struct Help {
    name: String,
    effect: String,
    about: String,
    experiment: Experiment,
}

impl App {
    /// Asks for trials of what may help, one after the other, while sentences are in sight, all else is measured, and nothing moves.
    pub(super) fn want_remedies(&mut self, ctx: &Context) {
        let is_in_sight = self.shown.view == ViewName::Layers && self.shown.panels.words && !self.presets.is_open();
        let is_at_rest = ctx.dragged_id().is_none() && self.is_answered() && !self.is_job_open();
        let measured = self.figure.as_ref().map(|figure| Arc::clone(&figure.measurement));
        let next = measured.filter(|_| is_in_sight && is_at_rest).and_then(|known| self.remedies.next_for(&known));
        match next {
            Some(request) => self.jobs.trials.want(request),
            None => self.jobs.trials.give_up(),
        }
    }

    /// Whether all that may help what is shown is tried.
    pub fn is_help_known(&self) -> bool {
        let is_tried = |(of, _): &(Arc<Measurement>, _)| of.subject == self.subject();
        self.remedies.of.as_ref().is_some_and(is_tried) && self.remedies.missing().is_none()
    }

    /// What helps, the best first, and the images that it was measured on, in words.
    fn help(&self) -> (Vec<Help>, String) {
        let subject = self.subject();
        let Some(trials) = self.remedies.known_of(&subject) else { return (Vec::new(), String::new()) };
        let images = self.experiment.inputs.images;
        let on = match trials.images() {
            few if few == images => format!("all {} images", number::count(few as u64)),
            few => format!("the first {} images", number::count(few as u64)),
        };
        let help = trials.effects(&self.remedies.measured).into_iter().take(MOST).map(|(remedy, effect)| {
            let inputs = self.experiment.inputs.clone();
            let experiment = Experiment { inputs, ..remedy.experiment.clone() };
            let about = format!("{} Measured on {on}.", effect.about());
            Help { name: remedy.name.clone(), effect: effect.words(), about, experiment }
        });
        (help.collect(), on)
    }

    /// What helps in a line, a button for each that takes it, and one that puts it beside what is set.
    pub(super) fn remedies_ui(&mut self, ui: &mut Ui, place: Rect) {
        let (all, on) = self.help();
        if all.is_empty() {
            return;
        }
        let (mut taken, mut beside) = (None, None);
        let layout = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(layout, |ui| {
            ui.spacing_mut().item_spacing.x = 3.0;
            ui.spacing_mut().button_padding = vec2(6.0, 1.0);
            ui.label(RichText::new("What helps: ").font(theme::semibold(13.0)));
            for (index, help) in all.iter().enumerate() {
                let text = format!("{}: {}", help.name, help.effect);
                let letter = letter(self.comparison.count());
                let room = width(ui, &text) + width(ui, &letter.to_string()) + 4.0 * 6.0 + 3.0;
                if ui.available_width() < room {
                    break;
                }
                if index > 0 {
                    ui.add_space(APART - 3.0);
                }
                let now = Headline::of(&Subject::from(&help.experiment));
                let hover = format!("Click to go on with {}: {now}\n{}", help.name, help.about);
                if button_ui(ui, &text, &format!("Take {text}"), true).on_hover_text(hover).clicked() {
                    taken = Some(help.experiment.clone());
                }
                let hover = format!("Put {} beside this as {letter}.", help.name);
                let has_room = self.comparison.count() < SLOTS;
                let name = format!("Put {} beside this", help.name);
                let button = button_ui(ui, &letter.to_string(), &name, has_room).on_hover_text(hover);
                if button.on_disabled_hover_text(format!("{SLOTS} experiments are side by side already.")).clicked() {
                    beside = Some(help.experiment.clone());
                }
            }
            let note = format!("on {on}");
            if ui.available_width() > width(ui, &note) + APART {
                ui.add_space(APART - 3.0);
                ui.label(RichText::new(note).font(theme::regular(11.5)).color(colors(ui.visuals()).quiet));
            }
        });
        if let Some(experiment) = taken {
            self.set_experiment(experiment);
        } else if let Some(experiment) = beside {
            self.put_beside(Subject::from(experiment));
        }
    }
}

fn width(ui: &Ui, text: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::regular(FONT), colors(ui.visuals()).text);
    galley.size().x
}

fn button_ui(ui: &mut Ui, text: &str, name: &str, is_enabled: bool) -> Response {
    let button = ui.add_enabled(is_enabled, Button::new(RichText::new(text).font(theme::regular(FONT))));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, name));
    button
}
