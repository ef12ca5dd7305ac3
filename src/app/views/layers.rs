use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::figure::{Axes, PlotShape, Quantity, Scale};
use crate::layout::{Content, LayersContent};

/// The layers of the network that is set.
pub struct LayersInWindow;

impl ViewInWindow for LayersInWindow {
    fn command(&self) -> &'static str {
        "Show the layers"
    }

    fn group(&self) -> &'static str {
        words::LAYERS
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(plain(Key::Num1))
    }

    fn keys(&self) -> Vec<KeyOf> {
        keys_of_layers()
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.plot_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_layers()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let figure = app.figure.as_ref().ok_or("nothing is measured yet")?;
        if figure.lacks().is_some() {
            return Err("there is nothing to draw, and the window says why");
        }
        let start = app.start().map(|start| Arc::clone(&start.measurement));
        Ok(Arc::new(LayersContent::new(vec![Arc::clone(&figure.measurement)], figure.view).over(start)))
    }

    fn jobs(&self) -> &'static [JobName] {
        &[JobName::Seeds]
    }

    fn want(&self, app: &mut App, _ctx: &Context) {
        app.want_seeds();
    }

    fn rest(&self, app: &mut App) {
        app.jobs.seeds.give_up();
    }
}

/// Keys of figures of layers: how they are drawn, and what stands beside them.
pub fn keys_of_layers() -> Vec<KeyOf> {
    vec![
        (Action::Quantity(Quantity::Outputs), plain(Key::O)),
        (Action::Quantity(Quantity::PreActivations), plain(Key::Z)),
        (Action::Quantity(Quantity::Gradients), plain(Key::G)),
        (Action::Quantity(Quantity::Weights), plain(Key::Equals)),
        (Action::Quantity(Quantity::Weights), plain(Key::W)),
        (Action::Quantity(Quantity::Updates), plain(Key::U)),
        (Action::Show(PlotShape::Violin), plain(Key::V)),
        (Action::Show(PlotShape::Histogram), plain(Key::H)),
        (Action::Show(PlotShape::Ridgeline), plain(Key::J)),
        (Action::Show(PlotShape::Box), plain(Key::P)),
        (Action::Axes(Axes::Shared), plain(Key::S)),
        (Action::Axes(Axes::Own), plain(Key::E)),
        (Action::Scale(Scale::Linear), plain(Key::Num5)),
        (Action::Scale(Scale::Symlog), plain(Key::Num6)),
        (Action::Scale(Scale::Log), plain(Key::M)),
        (Action::Robust, plain(Key::Minus)),
        (Action::LockAxis, plain(Key::L)),
        (Action::Norms, plain(Key::N)),
        (Action::Seeds, plain(Key::K)),
        (Action::Numbers, plain(Key::Num0)),
        (Action::Words, plain(Key::I)),
        (Action::Start, plain(Key::B)),
    ]
}
