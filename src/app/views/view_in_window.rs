use std::sync::Arc;

use egui::{Context, KeyboardShortcut, Ui};

use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::KeyOf;
use crate::app::job_name::JobName;
use crate::layout::Content;

/// What the window knows of a view.
pub trait ViewInWindow: Sync {
    /// What brings it to the front, in the words of the palette.
    fn command(&self) -> &'static str;

    /// Group of its actions in the palette.
    fn group(&self) -> &'static str;

    /// Whether it has a tab; one that has none is shown beside others, and in files.
    fn has_tab(&self) -> bool {
        true
    }

    /// Whether it stands in the centre: in front of its tab, or reached from another view's.
    fn is_in_centre(&self) -> bool {
        self.has_tab()
    }

    /// The key that brings it to the front.
    fn key(&self) -> Option<KeyboardShortcut> {
        None
    }

    /// Keys of its own actions.
    fn keys(&self) -> Vec<KeyOf> {
        Vec::new()
    }

    /// Draws it in the centre, if it ever stands there.
    fn ui(&self, _app: &mut App, _ui: &mut Ui) {}

    /// Offers what of its subject it shows, and how, in the bar at the top.
    fn groups(&self, _app: &App) -> Vec<BarGroup> {
        Vec::new()
    }

    /// What is known of what it shows, as the window draws it.
    ///
    /// # Errors
    /// A sentence, where there is nothing to draw yet.
    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str>;

    /// Kinds of jobs whose findings it shows.
    fn jobs(&self) -> &'static [JobName] {
        &[]
    }

    /// Asks for what it shows, after every frame in which it is in sight.
    fn want(&self, _app: &mut App, _ctx: &Context) {}

    /// Gives up what only it has use for, after every frame in which it is not in sight.
    fn rest(&self, _app: &mut App) {}

    /// Whether a picture in it is still of what was before.
    fn is_painting(&self, _app: &App) -> bool {
        false
    }

    /// Prepares for being in sight, where it was not.
    fn open(&self, _app: &mut App) {}
}
