use std::time::Duration;

use egui::Context;

use crate::app::App;
use crate::engine::Stoppable as _;

impl App {
    /// Whether the learning rate can change where the race is, rather than from its first step on.
    pub(in crate::app) fn can_change_rate_from_here(&self) -> bool {
        let step = self.furthest();
        step > 0 && self.plan.training().with_rate_after(step, 1.0).is_some() && self.can_race()
    }

    /// Multiplies the learning rate from where the race is; it comes to stand first, so that this is the same step for all.
    pub(in crate::app) fn change_rate_from_here(&mut self, ctx: &Context, factor: f64) {
        if self.can_change_rate_from_here() {
            self.race.rate_change = Some(factor);
            self.jobs.race.stop();
            ctx.request_repaint();
        }
    }

    /// Changes the rate, once nobody makes a step any more; returns whether that is still waited for.
    pub(super) fn waits_to_change_rate(&mut self, ctx: &Context) -> bool {
        let Some(factor) = self.race.rate_change else { return false };
        if self.jobs.race.worker().is_busy() {
            ctx.request_repaint_after(Duration::from_millis(5));
            return true;
        }
        self.race.rate_change = None;
        self.take_race();
        if let Some(training) = self.plan.training().with_rate_after(self.furthest(), factor) {
            self.plan.set(training);
        }
        false
    }
}
