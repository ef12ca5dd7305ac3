use egui::{Button, Pos2, Rect, Role, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::hover_beside::HoverBeside as _;
use crate::app::App;
use crate::app::commands::Action;
use crate::app::theme::colors;
use crate::sweep::SweptSetting;

/// Size of the button, and of the sign in it.
const SIZE: Vec2 = vec2(20.0, 16.0);
const SIGN: f32 = 9.0;

/// A button that lets a setting move by itself, or stops that.
pub struct PlayButton {
    setting: SweptSetting,
    name: &'static str,
    is_on: bool,
    hover: String,
}

impl App {
    /// The button of a setting, if that can be played.
    pub(super) fn play_button(&self, ui: &Ui, setting: SweptSetting) -> Option<PlayButton> {
        if !self.can_play(setting) {
            return None;
        }
        let is_on = self.played() == Some(setting);
        let (name, ends) = self.play_words(setting);
        let keys = [Action::PlayOrStop, Action::Stop].map(|action| action.key(ui).unwrap_or_default());
        let stops = format!("Any change, {} or {} stops it.", keys[0], keys[1]);
        let hover = if is_on {
            stops
        } else {
            format!(
                "Let it move by itself {ends} and back, on an axis that shows all of that and stands still. {stops}"
            )
        };
        Some(PlayButton { setting, name, is_on, hover })
    }
}

impl PlayButton {
    /// Shows it; returns what was clicked.
    pub fn ui(self, ui: &mut Ui) -> Option<Action> {
        let Self { setting, name, is_on, hover } = self;
        let button = ui.add(Button::new("").small().frame_when_inactive(is_on).min_size(SIZE).selected(is_on));
        let named = if is_on { format!("Stop playing {name}") } else { format!("Play {name}") };
        button.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, &named));
        let colors = colors(ui.visuals());
        let color = if is_on {
            colors.on_accent
        } else if button.hovered() || button.has_focus() {
            colors.accent
        } else {
            colors.quiet
        };
        let place = Rect::from_center_size(button.rect.center(), Vec2::splat(SIGN));
        if is_on {
            ui.painter().rect_filled(place, 1.0, color);
        } else {
            let points: Vec<Pos2> = vec![place.left_top(), pos2(place.right(), place.center().y), place.left_bottom()];
            ui.painter().add(Shape::convex_polygon(points, color, Stroke::NONE));
        }
        button.hover_beside(ui, hover).clicked().then_some(Action::Play(setting))
    }
}
