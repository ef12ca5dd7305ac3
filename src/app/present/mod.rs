//! Presenting: the whole screen, type for the last row, few controls, and keys that a presenter's remote has. It changes nothing of
//! what is set and of how it is looked at, and so is in no session, scene or history.

mod cover;
mod room_size;
mod speaker;
mod strip;

use std::time::Instant;

use egui::{Context, ViewportCommand};

use super::App;
use super::commands::{Action, Presentation};
use super::confirmation::confirm;
use super::reach;
use crate::figure::ViewName;
use crate::figure::training::TrainingChart;
use room_size::{ROOM, ROOM_OF_LESSON, RoomSize, picture_text};

/// A presentation, if there is one.
#[derive(Default)]
pub struct Presenting(Option<Given>);

/// A presentation that is being given.
struct Given {
    since: Instant,
    size: RoomSize,
    /// The window's size and zoom when it began, and whether it was full screen already.
    before: Before,
    /// Whether all controls are shown, rather than the few.
    controls: bool,
    black: bool,
    spotlight: bool,
    highlight: bool,
    notes: bool,
}

/// What the window was before.
#[derive(Clone, Copy)]
pub struct Before {
    /// Size of everything.
    pub zoom: f32,
    /// Size of the window in points at zoom 1.
    pub window: [f32; 2],
    is_full: bool,
}

impl Presenting {
    /// Whether there is one.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// What the window was before it began.
    pub fn before(&self) -> Option<Before> {
        self.0.as_ref().map(|given| given.before)
    }

    /// Whether one layer is to be seen before the others.
    pub fn highlights(&self) -> bool {
        self.0.as_ref().is_some_and(|given| given.highlight)
    }

    /// Whether all controls are asked for.
    pub fn has_controls(&self) -> bool {
        self.0.as_ref().is_some_and(|given| given.controls)
    }

    /// Shows all controls, or the few again; returns whether anything is presented.
    pub fn toggle_controls(&mut self) -> bool {
        self.0.as_mut().map(|given| given.controls = !given.controls).is_some()
    }

    /// Shows all controls.
    pub fn show_controls(&mut self) {
        if let Some(given) = &mut self.0 {
            given.controls = true;
        }
    }

    /// Whether an action of it is on.
    pub fn is_switched_on(&self, action: Presentation) -> bool {
        self.0.as_ref().is_some_and(|given| match action {
            Presentation::Toggle => true,
            Presentation::Black => given.black,
            Presentation::Spotlight => given.spotlight,
            Presentation::Highlight => given.highlight,
            Presentation::Notes => given.notes,
            _ => false,
        })
    }
}

impl App {
    /// Whether an action of presentations has something to do.
    pub(super) fn can_present(&self, action: Presentation) -> bool {
        match action {
            Presentation::Toggle => true,
            // The key of a remote that begins.
            Presentation::First => self.presenting.is_on() || self.has_lesson(),
            Presentation::Next => self.presenting.is_on() && (self.is_black() || self.has_lesson() || self.has_case(1)),
            Presentation::Before => {
                let has_before = if self.has_lesson() { self.can_go_back_in_lesson() } else { self.has_case(-1) };
                self.presenting.is_on() && (self.is_black() || has_before)
            }
            _ => self.presenting.is_on(),
        }
    }

    /// Does an action of presentations.
    pub(super) fn present(&mut self, ctx: &Context, action: Presentation) {
        match action {
            Presentation::Toggle if self.presenting.is_on() => self.end_presentation(ctx),
            Presentation::Toggle => self.begin_presentation(ctx),
            Presentation::First if !self.presenting.is_on() => self.begin_presentation(ctx),
            Presentation::First => {
                // In a lesson, a second press is no wish to begin again.
                if !self.uncover() && !self.has_lesson() {
                    self.go_to_first_case();
                }
            }
            Presentation::Leave => self.leave(ctx),
            Presentation::Next | Presentation::Before => {
                // What was covered is shown before anything else.
                if !self.uncover() {
                    self.move_on(ctx, action == Presentation::Next);
                }
            }
            Presentation::Black => self.of_given(|given| given.black = !given.black),
            Presentation::Spotlight => self.of_given(|given| given.spotlight = !given.spotlight),
            Presentation::Highlight => self.toggle_highlight(ctx),
            Presentation::Notes => self.of_given(|given| given.notes = !given.notes),
        }
    }

    /// Goes on in the lesson that is open, or to the next case; or back.
    fn move_on(&mut self, ctx: &Context, is_forward: bool) {
        match (self.has_lesson(), is_forward) {
            (true, true) => self.go_on_in_lesson(ctx),
            (true, false) => self.go_back_in_lesson(ctx),
            (false, true) => self.step_to_case(1),
            (false, false) => self.step_to_case(-1),
        }
    }

    /// Lets one layer be seen before the others, or says why there is none to choose.
    fn toggle_highlight(&mut self, ctx: &Context) {
        let is_on = self.presenting.highlights();
        match self.highlight_here() {
            Err(why) if !is_on => confirm(ctx, why),
            Ok(said) if !is_on => confirm(ctx, said),
            Ok(_) | Err(_) => {}
        }
        if is_on || self.highlight_here().is_ok() {
            self.of_given(|given| given.highlight = !given.highlight);
        }
    }

    /// What a highlight does in the view that is shown, in a few words, or why there is none.
    fn highlight_here(&self) -> Result<&'static str, &'static str> {
        match self.shown.view {
            ViewName::Layers | ViewName::Norms | ViewName::Compare => Ok("← and → choose the layer"),
            ViewName::Units | ViewName::Firing | ViewName::Activation => {
                Ok("This view shows one layer: ← and → choose it")
            }
            ViewName::Training => match self.shown.training.chart {
                TrainingChart::Maps | TrainingChart::Lines => Ok("← and → choose the layer"),
                TrainingChart::Curves => Err("Curves are of whole networks: maps and lines have layers to highlight"),
                TrainingChart::Rates => Err("Rates are of whole networks: maps and lines have layers to highlight"),
                TrainingChart::Table => Err("A table has no layers: maps and lines have some to highlight"),
            },
            ViewName::Landscape | ViewName::TrainingLandscape => {
                Err("Every cell of the landscape is a whole network: there is no layer to highlight")
            }
        }
    }

    /// The layer that is seen before the others, from 0, where one is highlighted.
    pub(super) fn highlighted_layer(&self) -> Option<usize> {
        let figure = self.figure.as_ref().filter(|_| self.presenting.highlights())?;
        Some(self.chosen_layer(figure))
    }

    fn of_given(&mut self, change: impl FnOnce(&mut Given)) {
        if let Some(given) = &mut self.presenting.0 {
            change(given);
        }
    }

    /// Whether nothing is shown.
    pub(super) fn is_black(&self) -> bool {
        self.presenting.0.as_ref().is_some_and(|given| given.black)
    }

    /// Shows what is behind the black again; returns whether there was any.
    fn uncover(&mut self) -> bool {
        self.presenting.0.as_mut().is_some_and(|given| std::mem::take(&mut given.black))
    }

    /// Takes back one thing, the innermost first.
    fn leave(&mut self, ctx: &Context) {
        let Some(given) = &mut self.presenting.0 else { return };
        let covers = [&mut given.black, &mut given.spotlight, &mut given.highlight, &mut given.controls];
        if let Some(cover) = covers.into_iter().find(|cover| **cover) {
            *cover = false;
        } else if self.can_stop() {
            self.stop();
        } else {
            self.end_presentation(ctx);
        }
    }

    fn begin_presentation(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let is_full = ctx.input(|input| input.viewport().fullscreen) == Some(true);
        let window = (ctx.content_rect().size() * zoom).into();
        self.presenting.0 = Some(Given {
            since: Instant::now(),
            size: RoomSize::default(),
            before: Before { zoom, window, is_full },
            controls: false,
            black: false,
            spotlight: false,
            highlight: false,
            notes: false,
        });
        if !is_full {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        }
        let [end, keys] =
            [Action::Present(Presentation::Leave), Action::Palette].map(|action| action.key(ctx).unwrap_or_default());
        confirm(ctx, &format!("{end} ends the presentation, {keys} shows all keys"));
    }

    fn end_presentation(&mut self, ctx: &Context) {
        let Some(given) = self.presenting.0.take() else { return };
        ctx.set_zoom_factor(given.before.zoom);
        if !given.before.is_full {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
    }

    /// Size of the text of pictures, in points.
    pub(super) fn picture_text(&self) -> f32 {
        picture_text(self.is_lesson_presented())
    }

    /// Whether a lesson is presented.
    pub(super) fn is_lesson_presented(&self) -> bool {
        self.presenting.is_on() && self.has_lesson()
    }

    /// Keeps everything as large as the room needs it, whatever size the screen has.
    pub(super) fn fit_room(&mut self, ctx: &Context) {
        // Whoever ends a presentation does not see that something hovers.
        reach::let_escape_go_on(ctx, self.presenting.is_on());
        let room = if self.has_lesson() { ROOM_OF_LESSON } else { ROOM };
        self.of_given(|given| given.size.fit(ctx, room));
    }
}
