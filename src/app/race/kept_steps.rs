use egui::{Context, Key, Response, Ui};

use crate::app::App;
use crate::engine::race::RacerFound;

/// Steps of the time slider's keys that lead far go so many times the length of the race.
const FAR: f64 = 0.1;

impl App {
    /// Whether the slider of the step has the focus.
    pub(in crate::app) fn is_time_slider_focused(&self, ctx: &Context) -> bool {
        self.race.slider.is_some_and(|(slider, _)| ctx.memory(egui::Memory::focused) == Some(slider))
    }

    /// Looks at the kept step before or after the one that is looked at; far away, at one a tenth of the race on.
    pub(in crate::app) fn look_at_kept_step(&mut self, after: bool, far: bool) {
        let there = self.kept_step_beside(self.step_in_sight(), after, far);
        self.look_at(Some(there));
    }

    /// Where the keys that were pressed lead from the step that is looked at, while the slider has the focus.
    pub(super) fn step_by_keys(&self, ui: &Ui, slider: &Response) -> Option<u64> {
        if !slider.has_focus() {
            return None;
        }
        let step = self.step_in_sight();
        let beside = |after, far| Some(self.kept_step_beside(step, after, far));
        let pressed = |keys: &[Key]| ui.input(|input| keys.iter().copied().find(|key| input.key_pressed(*key)));
        let is_far = ui.input(|input| input.modifiers.shift);
        match pressed(&[Key::ArrowLeft, Key::ArrowRight, Key::PageUp, Key::PageDown, Key::Home, Key::End])? {
            Key::ArrowLeft => beside(false, is_far),
            Key::ArrowRight => beside(true, is_far),
            Key::PageDown => beside(false, true),
            Key::PageUp => beside(true, true),
            Key::Home => Some(0),
            _ => Some(u64::MAX),
        }
    }

    /// The kept step of the racer whose steps are counted before or after another; the start or the newest, where there is none.
    fn kept_step_beside(&self, step: u64, after: bool, far: bool) -> u64 {
        let steps = self.leading_racer().into_iter().flat_map(RacerFound::known_steps);
        let apart = if far { (FAR * self.steps_of_race() as f64).ceil().max(1.0) as u64 } else { 1 };
        if after {
            steps.filter(|kept| *kept >= step.saturating_add(apart)).min().unwrap_or(u64::MAX)
        } else {
            let most = step.checked_sub(apart);
            steps.filter(|kept| most.is_some_and(|most| *kept <= most)).max().unwrap_or(0)
        }
    }
}
