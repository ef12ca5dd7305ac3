//! How networks are trained: a group that is opened when it is looked for, and with the view of training.

mod clipping;
mod decay;
mod images;
mod length;
mod optimizer;
mod rate;
mod rows;
mod seeds;

use egui::collapsing_header::CollapsingState;
use egui::{Atom, Button, Context, Id, Rect, RichText, Role, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use crate::app::App;
use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::theme::{self, colors};
use crate::training::Training;

/// What is changed of a training by a group of controls, and what decides which of them there are.
pub(super) struct TrainingControls<'a> {
    training: &'a mut Training,
    /// Whether all settings are offered.
    details: bool,
    /// Training images there are.
    available: usize,
}

impl App {
    pub(super) fn training_ui(&mut self, ui: &mut Ui) {
        ui.add_space(4.0);
        if self.takes_controls_of_training() {
            open_training(ui);
        }
        let mut state = CollapsingState::load_with_default_open(ui, section(), false);
        let before = state.is_open();
        let text = RichText::new("TRAINING").font(theme::semibold(11.0)).extra_letter_spacing(0.8);
        let heading = ui.scope(|ui| {
            ui.spacing_mut().button_padding = vec2(0.0, 2.0);
            ui.add(Button::new((text.color(colors(ui.visuals()).quiet), sign(before))).frame(false))
        });
        let heading = heading.inner;
        heading.widget_info(|| WidgetInfo::selected(Role::Button, true, before, "Settings of training"));
        let hover = "How networks are trained: framework, optimizer, learning rate, batches, and how long.";
        if heading.hover_beside(ui, hover).clicked() {
            state.set_open(!before);
        }
        if scroll_is_wanted(ui) {
            ui.scroll_to_cursor(Some(egui::Align::TOP));
        }
        if state.is_open() {
            self.training_groups_ui(ui);
        }
        state.store(ui);
    }

    fn training_groups_ui(&mut self, ui: &mut Ui) {
        let mut training = *self.plan.training();
        let mut controls = TrainingControls {
            training: &mut training,
            details: self.shown.panels.details,
            available: Training::available(&self.experiment),
        };
        controls.optimizer_ui(ui);
        self.rates_ui(ui, &mut training);
        let mut controls = TrainingControls {
            training: &mut training,
            details: self.shown.panels.details,
            available: Training::available(&self.experiment),
        };
        controls.length_ui(ui);
        controls.images_ui(ui);
        controls.decay_ui(ui);
        controls.clipping_ui(ui);
        self.race_seeds_ui(ui);
        if training == *self.plan.training() {
            return;
        }
        match training.check(&self.experiment) {
            Ok(()) => self.plan.set(training),
            // In the words of the control.
            Err(error) => self.notice = Some(error.to_string().replacen("--batch", "Batch", 1)),
        }
    }
}

/// The sign of a group that is open or closed.
fn sign(is_open: bool) -> Atom<'static> {
    Atom::paint(Vec2::splat(SIGN), move |ui, args| {
        let place = Rect::from_center_size(args.rect.center(), Vec2::splat(0.7 * SIGN));
        let points = if is_open {
            vec![place.left_top(), place.right_top(), place.center_bottom()]
        } else {
            vec![place.left_top(), place.right_center(), place.left_bottom()]
        };
        let color = colors(ui.visuals()).quiet;
        ui.painter().add(Shape::convex_polygon(points, color, Stroke::NONE));
    })
}

/// Its size.
const SIGN: f32 = 10.0;

/// Opens the group, and brings it into sight.
pub fn open_training(ctx: &Context) {
    let mut state = CollapsingState::load_with_default_open(ctx, section(), false);
    state.set_open(true);
    state.store(ctx);
    ctx.data_mut(|data| data.insert_temp(section().with("scroll"), true));
}

fn scroll_is_wanted(ctx: &Context) -> bool {
    ctx.data_mut(|data| data.remove_temp(section().with("scroll"))).unwrap_or(false)
}

fn section() -> Id {
    Id::unique("controls of training")
}
