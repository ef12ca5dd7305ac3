//! What the window knows of each view: a file for each, which the compiler asks for where a name is added.

mod activation;
mod compare;
mod firing;
mod landscape;
mod layers;
mod norms;
mod training;
mod training_landscape;
mod units;
mod view_in_window;

pub use view_in_window::ViewInWindow;

use super::commands::Action;
use super::commands::keys::{KeyOf, Keys, SIDEWAYS};
use crate::figure::ViewName;

/// The view of a name.
pub fn view(name: ViewName) -> &'static dyn ViewInWindow {
    match name {
        ViewName::Layers => &layers::LayersInWindow,
        ViewName::Landscape => &landscape::LandscapeInWindow,
        ViewName::Units => &units::UnitsInWindow,
        ViewName::Firing => &firing::FiringInWindow,
        ViewName::Compare => &compare::CompareInWindow,
        ViewName::Activation => &activation::ActivationInWindow,
        ViewName::Norms => &norms::NormsInWindow,
        ViewName::Training => &training::TrainingInWindow,
        ViewName::TrainingLandscape => &training_landscape::TrainingLandscapeInWindow,
    }
}

/// Keys of the window and of all views.
pub fn keys() -> Keys {
    let of_view = |&name: &ViewName| {
        let front = view(name).key().map(|key| (Action::View(name), key));
        let own = view(name).keys();
        let is_free = |(_, key): &&KeyOf| view(name).is_in_centre() && own.iter().all(|(_, taken)| taken != key);
        let sideways: Vec<_> = SIDEWAYS.iter().filter(is_free).copied().collect();
        (name, front.into_iter().chain(own).chain(sideways).collect())
    };
    Keys::new(ViewName::all().iter().map(of_view))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::commands::keys::KeyPlace;

    #[test]
    fn no_key_means_two_things_in_a_view() {
        for &name in ViewName::all() {
            let all = keys();
            let here = |place: KeyPlace| place == KeyPlace::Window || place == KeyPlace::View(name);
            let meant: Vec<_> = all.bindings().filter(|binding| here(binding.place)).collect();
            for (at, binding) in meant.iter().enumerate() {
                let same = meant[..at].iter().find(|other| other.shortcut == binding.shortcut);
                assert!(same.is_none(), "{name:?}: {binding:?} and {same:?}");
            }
        }
    }

    /// Keys that are where they are on every keyboard, or are found there by their letter: what needs AltGr on German or French
    /// keyboards, or Shift, has another one beside it, and `-` is on all of them.
    #[test]
    fn whatever_has_a_key_has_one_on_german_and_french_keyboards() {
        use egui::Key;
        let elsewhere = [Key::OpenBracket, Key::CloseBracket, Key::Period, Key::Questionmark, Key::Equals, Key::Slash];
        let all = keys();
        for binding in all.bindings().filter(|binding| elsewhere.contains(&binding.shortcut.logical_key)) {
            let is_other = |other: &&crate::app::commands::keys::Binding| {
                other.action == binding.action && !elsewhere.contains(&other.shortcut.logical_key)
            };
            assert!(all.bindings().any(|other| is_other(&other)), "{binding:?}");
        }
    }
}
