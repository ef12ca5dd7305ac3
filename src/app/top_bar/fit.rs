use egui::Ui;

use crate::app::bar_group::{BarGroup, Form, button_width};

/// How the bar makes use of its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Whether the program's name stands in it.
    pub has_name: bool,
    /// The form of the first group of what is shown, and of the others.
    pub first: Form,
    pub others: Form,
    /// Whether all groups of what is shown are one list.
    pub is_one: bool,
    /// The form of the tabs.
    pub tabs: Form,
    /// Whether export and palette have buttons, or entries in the menu.
    pub has_last: bool,
    /// Whether undo and redo have.
    pub has_undo: bool,
}

const WIDE: Fit = Fit {
    has_name: true,
    first: Form::Buttons,
    others: Form::Buttons,
    is_one: false,
    tabs: Form::Buttons,
    has_last: true,
    has_undo: true,
};
const NAMELESS: Fit = Fit { has_name: false, ..WIDE };
const FIRST_AS_LIST: Fit = Fit { first: Form::List, ..NAMELESS };
const OTHERS_AS_LISTS: Fit = Fit { others: Form::List, ..NAMELESS };
const OTHERS_BRIEF: Fit = Fit { others: Form::Brief, ..NAMELESS };
const LISTS: Fit = Fit { others: Form::List, ..FIRST_AS_LIST };
const SHORT: Fit = Fit { others: Form::Short, ..LISTS };
const TABS_AS_LIST: Fit = Fit { tabs: Form::List, ..LISTS };
const SHORT_AND_TABS_AS_LIST: Fit = Fit { tabs: Form::List, ..SHORT };
const WITHOUT_LAST: Fit = Fit { has_last: false, ..SHORT_AND_TABS_AS_LIST };
const WITHOUT_UNDO: Fit = Fit { has_undo: false, ..WITHOUT_LAST };
const ONE: Fit = Fit { is_one: true, ..WITHOUT_UNDO };
const LEAST: Fit = Fit { first: Form::Short, tabs: Form::Short, ..ONE };

/// From the widest to the narrowest: what gives way first, gives way in the first of these.
const ALL: [Fit; 13] = [
    WIDE,
    NAMELESS,
    OTHERS_AS_LISTS,
    OTHERS_BRIEF,
    FIRST_AS_LIST,
    LISTS,
    SHORT,
    TABS_AS_LIST,
    SHORT_AND_TABS_AS_LIST,
    WITHOUT_LAST,
    WITHOUT_UNDO,
    ONE,
    LEAST,
];

/// What is in the bar.
pub struct Contents<'a> {
    /// What is shown of each view, the present one first: what all of them have in common does not move from view to view.
    pub what: &'a [Vec<BarGroup>],
    /// The views.
    pub tabs: &'a BarGroup,
    /// How wide the program's name, export and palette, and undo and redo are.
    pub name: f32,
    pub last: f32,
    pub undo: f32,
}

/// What the button of the menu says.
pub const MENU: &str = "View";
/// Between what is shown and where, at least.
pub const APART: f32 = 12.0;

impl Contents<'_> {
    /// The best that finds room in so much width. Tabs and all at the right of them have the same form in all views.
    pub fn fit(&self, ui: &Ui, room: f32) -> Fit {
        let has_room = |fit: &&Fit, what: &Vec<BarGroup>| self.width(ui, fit, what) <= room;
        let for_all = ALL.iter().find(|fit| self.what.iter().all(|what| has_room(fit, what))).unwrap_or(&LEAST);
        let is_alike = |fit: &&Fit| {
            let common = |fit: &Fit| (fit.has_name, fit.tabs, fit.has_last, fit.has_undo);
            common(fit) == common(for_all)
        };
        let here = self.what.first().and_then(|here| ALL.iter().filter(is_alike).find(|fit| has_room(fit, here)));
        *here.unwrap_or(for_all)
    }

    /// How wide all of it is at most.
    fn width(&self, ui: &Ui, fit: &Fit, what: &[BarGroup]) -> f32 {
        let gap = ui.spacing().item_spacing.x;
        let of_what: f32 = what_of(what.to_vec(), *fit).iter().map(|(group, form)| group.width(ui, *form) + gap).sum();
        let beside = [(fit.has_name, self.name), (fit.has_undo, self.undo)];
        let beside: f32 = beside.iter().filter(|(is_there, _)| *is_there).map(|(_, width)| width + gap).sum();
        beside + of_what + APART + self.tabs.width(ui, fit.tabs) + behind_tabs(ui, *fit, self.last)
    }
}

/// How wide the menu and what stands behind it are, with the gaps before them.
pub fn behind_tabs(ui: &Ui, fit: Fit, last: f32) -> f32 {
    let gap = ui.spacing().item_spacing.x;
    gap + button_width(ui, MENU) + if fit.has_last { gap + last } else { 0.0 }
}

/// The groups as they stand there.
pub fn what_of(groups: Vec<BarGroup>, fit: Fit) -> Vec<(BarGroup, Form)> {
    if fit.is_one {
        let about = "What is shown of this view, and how.";
        return vec![(BarGroup::merged(&groups, "What", about), fit.first)];
    }
    let form = |index: usize| if index == 0 { fit.first } else { fit.others };
    groups.into_iter().enumerate().map(|(index, group)| (group, form(index))).collect()
}
