use egui::{Button, Id, Label, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::App;
use crate::app::theme::{self, colors};
use crate::experiment::InputScale;
use crate::number;
use crate::opened_network::{Guess, nothing_fits};

/// Guesses that are shown at first.
const FEW: usize = 8;
/// Height of a guess.
const ROW: f32 = 20.0;
/// Width of what is said of pixels.
const PIXELS: f32 = 74.0;
/// Width of a share.
const SHARE: f32 = 50.0;

impl App {
    /// Whether the activation is asked for.
    pub(in crate::app) fn asks_for_activation(&self) -> bool {
        self.given.now().is_some_and(|file| file.is_guess)
    }

    /// Asks for the activation that a file does not name: with each, what share of labelled images it gets right, the best first.
    pub(in crate::app) fn guesses_ui(&mut self, ui: &mut Ui) {
        let Some(file) = self.given.now().filter(|file| file.is_guess).cloned() else { return };
        let quiet = colors(ui.visuals()).quiet;
        ui.label(RichText::new("Which activation?").font(theme::semibold(14.0)));
        let Some(first) = file.guesses.first() else {
            let text = format!(
                "{} names none, and {}. It is looked at with {}: choose another in the controls.",
                file.label(),
                if file.network.opened().file.outputs() == 1 {
                    "with one output it tells no classes apart, by which it could be guessed"
                } else {
                    "no labelled images fit it by which it could be guessed"
                },
                self.experiment.activation
            );
            ui.add(Label::new(RichText::new(text).color(quiet)).wrap());
            let keep = format!("Keep {}", self.experiment.activation);
            if ui.button(keep).on_hover_text("It is right as it is.").clicked()
                && let Some(file) = &mut self.given.now
            {
                file.is_guess = false;
            }
            return;
        };
        let (label, shown) = (file.label(), self.experiment.activation);
        let images = number::count(first.images as u64);
        let text = if nothing_fits(&file.guesses) {
            format!(
                "{label} names none, and none fits: with each it is near guessing on the first {images} labelled images, as a network \
                 is that was not trained, or was trained for other images. It is looked at with {shown}: click the right one."
            )
        } else {
            format!(
                "{label} names none. Shares of the first {images} labelled images that each gets right, with the pixels it does best \
                 with. {shown} is a guess, the commonest of those that are as good as the best on so few: click the right one."
            )
        };
        ui.add(Label::new(RichText::new(text).font(theme::regular(12.0)).color(quiet)).wrap());
        ui.add_space(4.0);
        let mut picked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let shows_all = Id::unique("all guesses are shown");
        let all = ui.data(|data| data.get_temp(shows_all)).unwrap_or(false);
        for (place, guess) in file.guesses.iter().enumerate() {
            let is_shown = guess.activation == self.experiment.activation;
            if place >= FEW && !all && !is_shown {
                continue;
            }
            if guess_ui(ui, guess, is_shown) {
                picked = Some(*guess);
            }
        }
        if !all && file.guesses.len() > FEW {
            ui.add_space(4.0);
            let text = RichText::new(format!("All {}", file.guesses.len())).font(theme::regular(12.0));
            if ui.button(text).on_hover_text("Show the activations that get fewer right, too.").clicked() {
                ui.data_mut(|data| data.insert_temp(shows_all, true));
            }
        }
        if let Some(guess) = picked {
            self.choose_guess(&guess);
        }
    }
}

/// A guess in a line; returns whether it was clicked.
fn guess_ui(ui: &mut Ui, guess: &Guess, is_shown: bool) -> bool {
    let colors = *colors(ui.visuals());
    let place = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover()).0;
    let button = ui.put(place, Button::selectable(is_shown, "").min_size(place.size()));
    let name = format!("{}: {} right, pixels {}", guess.name(), guess.share(), pixels(guess));
    button.widget_info(|| WidgetInfo::selected(Role::Button, true, is_shown, &name));
    let (text, rest) = if is_shown { (colors.on_accent, colors.on_accent) } else { (colors.text, colors.quiet) };
    let column = |left: f32, width: f32| Rect::from_min_size(place.left_top() + vec2(left, 0.0), vec2(width, ROW));
    let painted = |place: Rect, said: String, font, color, align: egui::Align2| {
        let galley = ui.painter().layout_no_wrap(said, font, color);
        let at = align.align_size_within_rect(galley.size(), place).min;
        ui.painter().with_clip_rect(place).galley(at, galley, color);
    };
    let (left, right) = (egui::Align2::LEFT_CENTER, egui::Align2::RIGHT_CENTER);
    let width = place.width() - PIXELS - SHARE - 12.0;
    painted(column(6.0, width), guess.name(), theme::semibold(12.5), text, left);
    painted(column(6.0 + width, PIXELS), pixels(guess), theme::regular(11.5), rest, left);
    painted(column(6.0 + width + PIXELS, SHARE), guess.share(), theme::regular(12.5), text, right);
    button.on_hover_text(format!("Look at it with {name}.")).clicked()
}

/// What becomes of pixels, in short.
fn pixels(guess: &Guess) -> String {
    let scale = match guess.scale {
        InputScale::Unit => "0 to 1",
        InputScale::Standardized => "standard.",
        InputScale::Centered => "−.5 to .5",
        InputScale::Bytes => "0 to 255",
    };
    let order = if guess.transposed { " T" } else { "" };
    format!("{scale}{order}")
}
