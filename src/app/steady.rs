use egui::{Id, Ui, UiBuilder};

/// For a part whose widgets are the same whatever comes before them by itself: what has the focus there keeps it. There is one of
/// each name in a frame.
pub fn steady(name: &'static str) -> UiBuilder {
    UiBuilder::new().scope_id(Id::unique(name))
}

/// Such a part where it comes.
pub fn steady_ui<R>(ui: &mut Ui, name: &'static str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(steady(name), contents).inner
}
