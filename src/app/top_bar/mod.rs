//! The bar at the top, in two groups: what is shown (undo, quantity, shape, axis) and where (the views), with a menu of all that
//! stands beside them. It is one line at any width; what has no room as buttons becomes a list.

mod fit;
mod view_menu;

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::App;
use super::bar_group::BarGroup;
use super::commands::Action;
use super::lesson::lit;
use super::segments::{segments_ui, width_of};
use super::theme::{self, colors};
use super::undo_buttons;
use super::views::view;
use crate::figure::ViewName;
use crate::views::class;
pub use fit::Fit;
use fit::{Contents, behind_tabs, what_of};

/// The window's name.
const NAME: &str = "initscope";

impl App {
    pub(super) fn top_bar_ui(&mut self, ui: &mut Ui) {
        let colors = *colors(ui.visuals());
        let frame = Frame::new().fill(colors.panel).inner_margin(Margin::symmetric(theme::MARGIN, 8));
        let action = Panel::top("top bar").frame(frame).resizable(false).show(ui, |ui| {
            // So that all of it stands in one line of a window of 1280 points, with the longest names of lists.
            ui.spacing_mut().button_padding.x = 8.0;
            ui.horizontal(|ui| self.groups_ui(ui)).inner
        });
        lit::veil_ui(ui, action.response.rect);
        if let Some(action) = action.inner {
            self.act(ui, action);
        }
    }

    fn groups_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        // The longest that there may be to say changes with what there is to choose alone.
        let groups = view(self.shown.view).groups(self);
        let choices = groups.iter().flat_map(|group| &group.lists).map(Vec::len).sum();
        let of = (ui.available_width(), ui.pixels_per_point(), self.shown.view, choices);
        let mut kept = std::mem::take(&mut self.bar_fit);
        let fit = *kept.of(of, || self.fit(ui));
        self.bar_fit = kept;
        self.fitted_ui(ui, groups, fit)
    }

    fn fit(&self, ui: &Ui) -> Fit {
        let name = ui.painter().layout_no_wrap(NAME.to_owned(), theme::semibold(15.0), colors(ui.visuals()).text);
        let contents = Contents {
            what: &self.what_of_views(),
            tabs: &self.tabs(),
            name: name.size().x.ceil(),
            last: width_of(ui, view_menu::LAST),
            undo: undo_buttons::WIDTH,
        };
        contents.fit(ui, ui.available_width())
    }

    fn fitted_ui(&self, ui: &mut Ui, groups: Vec<BarGroup>, fit: Fit) -> Option<Action> {
        let tabs = self.tabs();
        let last = width_of(ui, view_menu::LAST);
        let right = tabs.present_width(ui, fit.tabs) + behind_tabs(ui, fit, last);
        let is_on = |action| self.is_on(action);
        if fit.has_name {
            ui.label(RichText::new(NAME).font(theme::semibold(15.0)));
        }
        let mut clicked = if fit.has_undo { self.undo_ui(ui) } else { None };
        for (group, form) in what_of(groups, fit) {
            clicked = group.ui(ui, form, &is_on).or(clicked);
        }
        // In the order in which it is read, at the right edge.
        ui.add_space((ui.available_width() - right).max(0.0));
        clicked = tabs.ui(ui, fit.tabs, &is_on).or(clicked);
        clicked = self.view_menu_ui(ui, fit).or(clicked);
        if fit.has_last {
            let open: Vec<_> =
                view_menu::LAST.iter().map(|(.., action)| *action).filter(|action| is_on(*action)).collect();
            clicked = segments_ui(ui, view_menu::LAST, &open).or(clicked);
        }
        clicked
    }

    /// What is shown of every view that has a tab, the present one first.
    fn what_of_views(&self) -> Vec<Vec<BarGroup>> {
        let here = self.shown.view;
        let others = ViewName::all().iter().copied().filter(|name| *name != here && view(*name).has_tab());
        std::iter::once(here).chain(others).map(|name| view(name).groups(self)).collect()
    }

    /// The views.
    fn tabs(&self) -> BarGroup {
        let names = ViewName::all().iter().filter(|name| view(**name).has_tab());
        let tabs = names.map(|&name| (class(name).label(), class(name).about(), Action::View(name))).collect();
        BarGroup::of("Tab", "What stands in the centre.", tabs, |action| self.is_on(action))
    }
}
