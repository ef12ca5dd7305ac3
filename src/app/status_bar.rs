use std::time::{Duration, Instant};

use egui::{Align, Frame, Id, Label, Layout, Margin, Panel, Rect, RichText, Ui};

use super::App;
use super::answers::{NOTICEABLE, Timing};
use super::cut::cut_ui;
use super::notice_line::{GAP, NoticeLine};
use super::progress::{self, Progress};
use super::steady::{steady, steady_ui};
use super::theme::{self, colors};
use crate::engine::Measurement;
use crate::experiment::CLASSES;
use crate::figure::Headline;
use crate::number;

/// Where less room is left, the loss is said and the time is not.
const ROOM_FOR_TIMING: f32 = 320.0;
/// Where less is left, neither: half a number is worse than none.
const ROOM_FOR_LOSS: f32 = 84.0;

/// A first guess at how high it is.
const HEIGHT: f32 = 32.0;

/// Keeps the place of the status bar, which is drawn after all that stands over it: so it is read, too.
pub(super) fn status_bar_place(ui: &mut Ui) -> Rect {
    let height = ui.data(|data| data.get_temp(height_key())).unwrap_or(HEIGHT);
    let place = Panel::bottom("status bar").frame(Frame::NONE).resizable(false).exact_size(height);
    place.show(ui, |ui| ui.max_rect()).inner
}

fn height_key() -> Id {
    Id::unique("height of the status bar")
}

impl App {
    /// Whether there is one: a room is only told what went wrong.
    pub(super) fn has_status_bar(&self) -> bool {
        !self.presenting.is_on() || self.notice.is_some()
    }

    pub(super) fn status_bar_ui(&mut self, ui: &mut Ui, place: Rect) {
        let colors = *colors(ui.visuals());
        let frame = Frame::new().fill(colors.panel).inner_margin(Margin::symmetric(theme::MARGIN, 6));
        let progress = self.progress(ui);
        let mut action = None;
        let mut bar = ui.new_child(steady("status").max_rect(place));
        let shown = frame.show(&mut bar, |ui| {
            ui.set_min_width(ui.available_width());
            let images = self.images_text(progress);
            // The race has buttons of its own.
            let button = progress.filter(|progress| !matches!(progress, Progress::Training(_)));
            let said = [self.said_of_play(ui), self.said_of_race()];
            let line = self.notice_line(ui, &said, (&images, button.is_some()));
            if line == NoticeLine::Own {
                self.wrapped_notice_ui(ui);
            }
            // Where nothing is said beside it, it stands in the line that is there anyway.
            let is_beside = self.notice.is_none();
            if !is_beside {
                self.changed_files_ui(ui);
            }
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                let [play, race] = said;
                if let Some(said) = play {
                    let said = RichText::new(said).color(colors.accent);
                    cut_ui(ui, said, "The setting moves by itself to the end of its range and back.");
                }
                if let Some(said) = race {
                    ui.add(Label::new(RichText::new(said).color(colors.accent)).truncate());
                }
                if line != NoticeLine::InPlaceOfImages {
                    let hover = "How many images the numbers and shapes come from. The first few give a picture at \
                                 once; the others follow.";
                    cut_ui(ui, RichText::new(images).color(colors.quiet), hover);
                }
                if let Some(progress) = button {
                    action = steady_ui(ui, "progress", |ui| progress::button_ui(ui, progress));
                }
                if matches!(line, NoticeLine::BesideImages | NoticeLine::InPlaceOfImages) {
                    self.notice_ui(ui);
                } else if is_beside {
                    self.changed_files_ui(ui);
                }
                self.measured_ui(ui, progress);
            });
        });
        let height = shown.response.rect.height();
        // With the line over it.
        let outside = ui.data(|data| data.get_temp(height_key())).unwrap_or(HEIGHT) - place.height();
        if (height - place.height()).abs() > 0.25 {
            ui.data_mut(|data| data.insert_temp(height_key(), height + outside));
            ui.request_discard("the status bar has another height");
        }
        if let Some(action) = action {
            self.act(ui, action);
        }
    }

    /// How many images there are, and how far what is under way is.
    fn images_text(&self, progress: Option<Progress>) -> String {
        let images = self.measured().map_or_else(|| self.nothing_yet().to_owned(), images);
        match progress.filter(|_| self.is_current()) {
            Some(progress) => format!("{images} · {}", self.progress_text(progress)),
            None => images,
        }
    }

    /// What there is room for after all else: what has none elsewhere, how long it took, what is waited for, what is not finite, and
    /// the loss.
    fn measured_ui(&self, ui: &mut Ui, progress: Option<Progress>) {
        let colors = *colors(ui.visuals());
        let quiet = |text: String| RichText::new(text).color(colors.quiet);
        let has_room = self.notice.is_none() || ui.available_width() > ROOM_FOR_TIMING;
        let is_small = has_room && self.unnamed_ui(ui);
        let timing = self.answers.timing.filter(|_| !is_small && ui.available_width() > ROOM_FOR_TIMING);
        if let Some(timing) = timing {
            cut_ui(
                ui,
                quiet(took(timing)),
                "Time from the last change of a setting until the window drew the measurement: on the first images, \
                 and on all. The display itself adds up to one frame.",
            );
        }
        self.waiting_ui(ui, progress);
        let Some(measurement) = self.measured() else { return };
        if let Some(overflow) = measurement.overflow().filter(|_| has_room) {
            let alarm = RichText::new(overflow.to_string()).color(colors.alarm);
            cut_ui(ui, alarm, &format!("{} Shapes show the finite values only.", overflow.reason()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let has_loss = measurement.subject.no_loss().is_none();
            if !has_loss || ui.available_width() <= ROOM_FOR_LOSS {
                return;
            }
            let classes = measurement.subject.outputs();
            let among = if classes == CLASSES { "ten digits".to_owned() } else { format!("{classes} classes") };
            let guessing = number::value((classes as f64).ln());
            let hover = format!(
                "Mean cross-entropy of the softmax output with the true labels, before any training. Guessing evenly \
                 among {among} gives ln {classes} = {guessing}.",
            );
            cut_ui(ui, quiet(format!("loss {}", number::value(measurement.loss))), &hover);
        });
    }

    /// What is said of images when there are none.
    fn nothing_yet(&self) -> &'static str {
        if self.can_go_on_with_engine() { "no images yet" } else { "measuring …" }
    }

    /// Says what is being measured if the picture is not of it for a noticeable time.
    fn waiting_ui(&self, ui: &mut Ui, progress: Option<Progress>) {
        let Some(waiting) = self.answers.waiting(Instant::now()) else { return };
        if self.notice.is_some() {
            return;
        }
        if waiting < NOTICEABLE {
            ui.request_repaint_after(NOTICEABLE - waiting);
            return;
        }
        let headline = Headline::of(&self.subject());
        let text = match progress {
            Some(
                progress @ (Progress::Reading(_)
                | Progress::Working(..)
                | Progress::Stopped(_)
                | Progress::Beside { .. }),
            ) => {
                format!("{}: {headline}", self.progress_text(progress))
            }
            Some(Progress::Training(_) | Progress::Repeating(..) | Progress::BeforeTraining | Progress::Opening)
            | None => {
                format!("measuring {headline} …")
            }
        };
        ui.add(Label::new(RichText::new(text).color(colors(ui.visuals()).accent)).truncate());
    }
}

fn images(measurement: &Measurement) -> String {
    let all = number::count(measurement.experiment().inputs.images as u64);
    if measurement.is_exact() {
        return format!("{all} of {all} images, exact");
    }
    format!("{} of {all} images so far", number::count(measurement.images as u64))
}

fn took(timing: Timing) -> String {
    let first = milliseconds(timing.first);
    match timing.all {
        Some(all) if all > timing.first => format!("picture after {first}, exact after {}", milliseconds(all)),
        Some(_) => format!("exact picture after {first}"),
        None => format!("picture after {first}"),
    }
}

fn milliseconds(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1e3;
    match milliseconds {
        milliseconds if milliseconds < 9.95 => format!("{milliseconds:.1} ms"),
        milliseconds if milliseconds < 999.5 => format!("{milliseconds:.0} ms"),
        milliseconds => format!("{:.1} s", milliseconds / 1e3),
    }
}
