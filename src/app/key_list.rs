use egui::{Color32, FontId, Id, Label, RichText, ScrollArea, TextStyle, Ui, vec2};

use super::App;
use super::action::{Action, KEYS};
use super::centre::Centre;
use super::controls::row::field_ui;
use super::framework::Framework;
use super::modal::modal_ui;
use super::nudge::Nudge;
use super::scene_file::Errand;
use super::theme::{self, ThemeChoice, colors};
use crate::engine::landscape::Plane;
use crate::experiment::NetworkFramework;
use crate::figure::{Axes, Mapped, PlotShape, Quantity, Scale};

/// The list of all keys.
#[derive(Default)]
pub struct KeyList {
    open: bool,
    /// It has just been opened, and is to be typed in.
    is_new: bool,
    /// What is looked for.
    wanted: String,
}

impl KeyList {
    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Shows it, or shows it no more.
    pub fn toggle(&mut self) {
        *self = Self { open: !self.open, is_new: !self.open, wanted: String::new() };
    }
}

/// What actions are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Experiment,
    Weights,
    Layers,
    Landscape,
    Units,
    Compare,
    Panels,
    Window,
}

impl Group {
    const ALL: [Self; 8] = [
        Self::Experiment,
        Self::Weights,
        Self::Layers,
        Self::Landscape,
        Self::Units,
        Self::Compare,
        Self::Panels,
        Self::Window,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Experiment => "Experiment",
            Self::Weights => "Weights",
            Self::Layers => "Layers",
            Self::Landscape => "Landscape",
            Self::Units => "Units",
            Self::Compare => "Compare",
            Self::Panels => "What is shown beside",
            Self::Window => "Window",
        }
    }
}

/// What an action does, in the words of the list. A new action is not compiled without.
fn about(action: Action) -> (Group, &'static str) {
    use Group::{Compare, Experiment, Landscape, Layers, Panels, Units, Weights, Window};
    match action {
        Action::Undo => (Experiment, "Undo the last change"),
        Action::Redo => (Experiment, "Redo what was undone"),
        Action::Reseed => (Experiment, "Draw another network"),
        Action::StartOver => (Experiment, "Back to the article's case"),
        Action::CaseBefore => (Experiment, "Case before"),
        Action::CaseAfter => (Experiment, "Case after"),
        Action::Scene(Errand::Open) => (Experiment, "Open a scene"),
        Action::Scene(Errand::Save) => (Experiment, "Save a scene"),
        Action::Export => (Window, "Export the figure"),
        Action::CopyFigure => (Window, "Copy the figure as an image"),
        Action::Stop => (Experiment, "Stop measuring"),
        Action::GoOn => (Experiment, "Go on measuring"),
        Action::Nudge(Nudge::Up) => (Weights, "σ, or gain, up in its second digit"),
        Action::Nudge(Nudge::Down) => (Weights, "σ, or gain, down in its second digit"),
        Action::Nudge(Nudge::FarUp) => (Weights, "… up in its first digit"),
        Action::Nudge(Nudge::FarDown) => (Weights, "… down in its first digit"),
        Action::Copy(Framework::Keras) => (Weights, "Copy the line for Keras"),
        Action::Copy(Framework::PyTorch) => (Weights, "Copy the line for PyTorch"),
        Action::Copy(Framework::NumPy) => (Weights, "Copy the line for NumPy"),
        Action::CopyNetwork(NetworkFramework::Keras) => (Weights, "Copy the network for Keras"),
        Action::CopyNetwork(NetworkFramework::PyTorch) => (Weights, "Copy the network for PyTorch"),
        Action::Centre(Centre::Layers) => (Layers, "Show the layers"),
        Action::Quantity(Quantity::Outputs) => (Layers, "Outputs"),
        Action::Quantity(Quantity::PreActivations) => (Layers, "Pre-activations"),
        Action::Quantity(Quantity::Gradients) => (Layers, "Gradients"),
        Action::Quantity(Quantity::Weights) => (Layers, "Weights"),
        Action::Show(PlotShape::Violin) => (Layers, "Violins"),
        Action::Show(PlotShape::Histogram) => (Layers, "Histograms"),
        Action::Show(PlotShape::Ridgeline) => (Layers, "Ridgelines"),
        Action::Show(PlotShape::Box) => (Layers, "Boxes"),
        Action::Scale(Scale::Linear) => (Layers, "A linear axis"),
        Action::Scale(Scale::Symlog) => (Layers, "Linear around zero, then logarithmic"),
        Action::Scale(Scale::Log) => (Layers, "A logarithmic axis"),
        Action::Robust => (Layers, "The axis without the outermost values"),
        Action::Axes(Axes::Shared) => (Layers, "One axis for all layers"),
        Action::Axes(Axes::Own) => (Layers, "An axis for every layer"),
        Action::LockAxis => (Layers, "Lock the axis"),
        Action::LayerBefore => (Layers, "Choose the layer before"),
        Action::LayerAfter => (Layers, "Choose the layer after"),
        Action::Centre(Centre::Landscape) => (Landscape, "Show the landscape"),
        Action::Plane(Plane::Biases) => (Landscape, "Over σ_w and σ_b"),
        Action::Plane(Plane::Depth) => (Landscape, "Over σ and depth"),
        Action::Mapped(Mapped::OutputStd) => (Landscape, "Output std"),
        Action::Mapped(Mapped::GradientRatio) => (Landscape, "Gradient ratio"),
        Action::Mapped(Mapped::DeadShare) => (Landscape, "Dead units"),
        Action::Centre(Centre::Units) => (Units, "Show the chosen layer's units"),
        Action::Centre(Centre::Firing) => (Units, "Show images × units"),
        Action::Sort(false) => (Units, "In their own order"),
        Action::Sort(true) => (Units, "By how often they fire"),
        Action::Centre(Centre::Compare) => (Compare, "Show experiments side by side"),
        Action::Pin => (Compare, "Pin the present state, and go on as the next"),
        Action::CompareCases => (Compare, "The cases side by side"),
        Action::Slot(0) => (Compare, "Go on as A"),
        Action::Slot(1) => (Compare, "Go on as B"),
        Action::Slot(2) => (Compare, "Go on as C"),
        Action::Slot(_) => (Compare, "Go on as D"),
        Action::CopyFrom(0) => (Compare, "Copy the settings of A"),
        Action::CopyFrom(1) => (Compare, "Copy the settings of B"),
        Action::CopyFrom(2) => (Compare, "Copy the settings of C"),
        Action::CopyFrom(_) => (Compare, "Copy the settings of D"),
        Action::Swap => (Compare, "Swap with the neighbour"),
        Action::Drop => (Compare, "Drop the present one"),
        Action::Ghost => (Compare, "A as an outline behind the others"),
        Action::Norms => (Panels, "Gradient and std across the layers"),
        Action::Seeds => (Panels, "The band of 20 seeds"),
        Action::Words => (Panels, "What you see, in words"),
        Action::Activation => (Panels, "The activation and its derivative"),
        Action::Theory => (Panels, "What theory says"),
        Action::Controls => (Panels, "The controls"),
        Action::Details => (Panels, "All settings, or those moved most"),
        Action::Dismiss => (Window, "Dismiss what went wrong"),
        Action::Theme(ThemeChoice::System) => (Window, "Light or dark as the system"),
        Action::Theme(ThemeChoice::Light) => (Window, "Light"),
        Action::Theme(ThemeChoice::Dark) => (Window, "Dark"),
        Action::Keys => (Window, "This list"),
    }
}

/// Around the list.
const AIR: f32 = 112.0;
/// Between columns, and between keys and what they do.
const GAP: f32 = 24.0;
const BESIDE: f32 = 12.0;
/// What keys do has no less room than this in several columns.
const NARROWEST: f32 = 200.0;
/// Left to the bar that scrolls.
const BAR: f32 = 10.0;

impl App {
    /// The list of keys over the window, while it is open.
    pub(super) fn key_list_ui(&mut self, ui: &Ui) {
        if !self.key_list.open {
            return;
        }
        let room = ui.content_rect().size() - egui::Vec2::splat(AIR);
        let list = &mut self.key_list;
        let shown = modal_ui(ui, Id::unique("keys"), |ui| {
            let (columns, widths) = Widths::of(ui, room.x - BAR);
            ui.set_width(columns as f32 * (widths.column() + GAP) - GAP + BAR);
            ui.horizontal(|ui| {
                ui.label(RichText::new("Keys").font(theme::semibold(15.0)));
                ui.add_space(12.0);
                let field = field_ui(ui, &mut list.wanted, "Look for a key or what it does");
                field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Look for"));
                if std::mem::take(&mut list.is_new) {
                    field.request_focus();
                }
            });
            ui.add_space(8.0);
            let height = (room.y - 60.0).max(80.0);
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .show(ui, |ui| groups_ui(ui, &list.wanted, (columns, widths)));
        });
        if shown.should_close() {
            self.key_list.open = false;
        }
    }
}

/// How wide the keys are, and what they do.
#[derive(Clone, Copy)]
struct Widths {
    keys: f32,
    about: f32,
}

impl Widths {
    /// With how many columns of them, at most three, there are in so much room; what a column has no room for is broken.
    fn of(ui: &Ui, room: f32) -> (usize, Self) {
        let width = |text: &str, font: FontId| {
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x.ceil()
        };
        let (mut keys, mut about): (f32, f32) = (0.0, 0.0);
        for entry in entries(ui, "") {
            keys = keys.max(width(&entry.keys, theme::semibold(KEYS_SIZE)));
            about = about.max(width(entry.about, TextStyle::Body.resolve(ui.style())));
        }
        let columns = (((room + GAP) / (keys + BESIDE + NARROWEST + GAP)) as usize).clamp(1, 3);
        let column = (room + GAP) / columns as f32 - GAP;
        (columns, Self { keys, about: about.min(column - BESIDE - keys).max(60.0) })
    }

    fn column(self) -> f32 {
        self.keys + BESIDE + self.about
    }
}

/// Size of the keys' names.
const KEYS_SIZE: f32 = 12.5;

/// An action in the list: its keys, and what it does.
struct Entry {
    group: Group,
    keys: String,
    about: &'static str,
}

/// Those that have what is wanted in them, in the order of the keys.
fn entries(ui: &Ui, wanted: &str) -> Vec<Entry> {
    let mut actions: Vec<Action> = Vec::new();
    for (action, _) in KEYS {
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    let entry = |action: Action| {
        let (group, about) = about(action);
        Entry { group, keys: action.keys(ui).join("  "), about }
    };
    let wanted = wanted.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let is_wanted = |entry: &Entry| [&entry.keys, entry.about, entry.group.name()].into_iter().any(&has);
    actions.into_iter().map(entry).filter(is_wanted).collect()
}

/// The groups, one under the other in columns of about the same height.
fn groups_ui(ui: &mut Ui, wanted: &str, (columns, widths): (usize, Widths)) {
    let entries = entries(ui, wanted);
    let quiet = colors(ui.visuals()).quiet;
    if entries.is_empty() {
        ui.label(RichText::new("No key does that.").color(quiet));
        return;
    }
    let groups: Vec<(Group, Vec<&Entry>)> = Group::ALL
        .into_iter()
        .map(|group| (group, entries.iter().filter(|entry| entry.group == group).collect::<Vec<_>>()))
        .filter(|(_, entries)| !entries.is_empty())
        .collect();
    // With its name a group is two lines longer.
    let lines = |entries: &[&Entry]| entries.len() + 2;
    let total: usize = groups.iter().map(|(_, entries)| lines(entries)).sum();
    let mut columns_of = vec![Vec::new(); columns];
    let mut above = 0;
    for (group, entries) in &groups {
        let middle = above + lines(entries) / 2;
        columns_of[(middle * columns / total).min(columns - 1)].push((*group, entries));
        above += lines(entries);
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for groups in &columns_of {
            ui.vertical(|ui| {
                ui.set_width(widths.column());
                ui.spacing_mut().item_spacing = vec2(BESIDE, 3.0);
                for (group, entries) in groups {
                    ui.label(RichText::new(group.name()).font(theme::semibold(12.0)).color(quiet));
                    for entry in *entries {
                        entry_ui(ui, entry, widths);
                    }
                    ui.add_space(10.0);
                }
            });
        }
    });
    let note = "Tab goes from control to control; Ctrl + and Ctrl − change the size of everything.";
    ui.add(Label::new(RichText::new(note).color(quiet)).wrap());
}

/// A line of the list, or as many as it needs.
fn entry_ui(ui: &mut Ui, entry: &Entry, widths: Widths) {
    ui.horizontal_top(|ui| {
        let keys = RichText::new(&entry.keys).font(theme::semibold(KEYS_SIZE));
        for (text, width) in [(keys, widths.keys), (RichText::new(entry.about), widths.about)] {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add(Label::new(text).wrap());
            });
        }
    });
}
