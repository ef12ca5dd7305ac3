use egui::Context;

use crate::app::commands::keys::Keys;
use crate::app::commands::{Action, RacePace, RateChange, SETTINGS, SLOTS, words};
use crate::app::views::view;
use crate::experiment::{Activation, Initializer, Preset};
use crate::figure::training::{LayerQuantity, TimeUnit};
use crate::figure::{Arrange, ViewName};
use crate::lesson::BuiltIn;
use crate::sweep::SweptSetting;

/// Something that can be done.
pub struct Entry {
    /// What it belongs to.
    pub group: &'static str,
    /// Its keys, side by side.
    pub keys: String,
    /// What it is called.
    pub name: String,
    /// What it is, where the name does not say it.
    pub about: String,
    /// What is done.
    pub action: Action,
}

/// All actions that have keys, group by group.
pub fn with_keys(ctx: &Context) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for binding in Keys::installed(ctx).bindings() {
        if entries.iter().all(|entry| entry.action != binding.action) {
            entries.push(entry(ctx, binding.action));
        }
    }
    let groups = groups();
    let is_view = |entry: &Entry| matches!(entry.action, Action::View(_));
    entries.sort_by_key(|entry| (groups.iter().position(|group| *group == entry.group), !is_view(entry)));
    entries
}

/// Names of the groups of actions, in their order.
fn groups() -> Vec<&'static str> {
    let mut groups = vec![words::EXPERIMENT, words::LESSON, words::WEIGHTS];
    groups.extend(ViewName::all().iter().map(|&name| view(name).group()));
    groups.extend([words::PANELS, words::WINDOW, words::PRESENTING]);
    let mut seen = Vec::new();
    groups.retain(|group| {
        let is_new = !seen.contains(group);
        seen.push(*group);
        is_new
    });
    groups
}

fn entry(ctx: &Context, action: Action) -> Entry {
    let (group, name) = match action {
        Action::View(name) => (view(name).group(), view(name).command()),
        action => words::about(action).unwrap_or((words::WINDOW, "")),
    };
    Entry { group, keys: action.keys(ctx).join("  "), name: name.to_owned(), about: String::new(), action }
}

/// Whatever has all words that are looked for; what is called so before what is only about it.
pub fn found(ctx: &Context, wanted: &str) -> Vec<Entry> {
    let wanted = wanted.trim().to_lowercase();
    // The palette is there already.
    let played = SweptSetting::ALL.into_iter().map(|setting| entry(ctx, Action::Play(setting)));
    let all = with_keys(ctx).into_iter().filter(|entry| entry.action != Action::Palette);
    let all = all.chain(played).chain(without_keys(ctx)).chain(by_name());
    let mut ranked: Vec<_> = all.filter_map(|entry| Some((rank(&entry, &wanted)?, entry))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

/// Actions that have no key.
fn without_keys(ctx: &Context) -> impl Iterator<Item = Entry> {
    let slots = (4..SLOTS).flat_map(|place| [Action::Slot(place), Action::CopyFrom(place)]);
    let paces = RacePace::ALL.into_iter().map(Action::Pace);
    let rates = RateChange::ALL.into_iter().map(Action::Rate);
    let times = TimeUnit::ALL.into_iter().map(Action::TimeUnit);
    let layers = LayerQuantity::ALL.into_iter().map(Action::LayerQuantity);
    let close = std::iter::once(Action::LessonClose);
    let of_files =
        [Action::DrawAnew(Arrange::Ghost), Action::DrawAnew(Arrange::SideBySide), Action::DrawInstead, Action::Verdict];
    let slots = slots.chain(of_files);
    close.chain(slots).chain(paces).chain(rates).chain(times).chain(layers).map(|action| entry(ctx, action))
}

/// How well an entry is what is looked for, the best 0; `None` if it is not.
fn rank(entry: &Entry, wanted: &str) -> Option<usize> {
    let name = entry.name.to_lowercase();
    let all = format!("{name} {} {} {}", entry.keys, entry.group, entry.about).to_lowercase();
    let has_all = |text: &str| wanted.split_whitespace().all(|word| text.contains(word));
    // A title is looked for without its article, too.
    let title = name.strip_prefix("the ").unwrap_or(&name);
    if name == wanted || title == wanted || entry.keys.to_lowercase().split_whitespace().any(|key| key == wanted) {
        Some(0)
    } else if name.starts_with(wanted) || title.starts_with(wanted) {
        Some(1)
    } else if has_all(&name) {
        Some(2)
    } else {
        let is_named = wanted.split_whitespace().any(|word| name.contains(word));
        has_all(&all).then_some(if is_named { 3 } else { 4 })
    }
}

/// What can be set by its name.
fn by_name() -> impl Iterator<Item = Entry> {
    let entry = |group, name: &str, about: &str, action| {
        let (name, about) = (name.to_owned(), about.to_owned());
        Entry { group, keys: String::new(), name, about, action }
    };
    let settings =
        SETTINGS.iter().map(move |setting| entry("Setting", setting.label, setting.about, Action::Setting(*setting)));
    let activations = Activation::ALL.into_iter().map(move |activation| {
        entry("Activation", activation.name(), activation.formula(), Action::Activate(activation))
    });
    let initializers = Initializer::ALL.into_iter().map(move |initializer| {
        entry("Initializer", initializer.name(), initializer.formula(), Action::Initialize(initializer.name()))
    });
    let presets = Preset::all().into_iter().map(move |preset| {
        let about = format!("{} ({})", preset.summary, preset.name);
        entry("Preset", preset.title, &about, Action::Preset(preset.name))
    });
    let lessons = BuiltIn::all().iter().filter_map(move |built_in| {
        let lesson = built_in.lesson()?;
        let about = format!("{} ({} min)", lesson.summary, lesson.minutes);
        Some(entry("Lesson", &lesson.title, &about, Action::Lesson(built_in.name)))
    });
    settings.chain(lessons).chain(activations).chain(initializers).chain(presets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, keys: &str, about: &str) -> Entry {
        let (name, keys, about) = (name.to_owned(), keys.to_owned(), about.to_owned());
        Entry { group: "Layers", keys, name, about, action: Action::Reseed }
    }

    #[test]
    fn what_is_called_so_comes_before_what_is_only_about_it() {
        let relu = rank(&entry("relu", "", "max(0, z)"), "relu");
        let leaky = rank(&entry("leaky_relu", "", ""), "relu");
        let about = rank(&entry("he_normal", "", "for relu"), "relu");
        assert!(relu < leaky && leaky < about, "{relu:?} {leaky:?} {about:?}");
        assert_eq!(rank(&entry("tanh", "", ""), "relu"), None);
    }

    #[test]
    fn a_whole_title_comes_before_a_word_inside_a_command() {
        let lesson = rank(&entry("The article", "", "A lesson."), "article");
        let command = rank(&entry("Return to the article's case", "Home", ""), "article");
        assert!(lesson < command, "{lesson:?} {command:?}");
    }

    #[test]
    fn words_are_found_in_any_order_and_a_key_by_its_name() {
        assert!(rank(&entry("Copy the line for PyTorch", "Ctrl+2", ""), "pytorch copy").is_some());
        assert_eq!(rank(&entry("Histograms", "H", ""), "h"), Some(0));
    }
}
