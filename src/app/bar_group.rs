use egui::{Atom, Color32, Shape, Ui, Vec2};

use super::commands::Action;
use super::segments::{menu_ui, segments_ui, width_of};

/// Something to choose in the bar at the top: buttons side by side, or where there is no room for these a list behind one button.
#[derive(Clone, Debug)]
pub struct BarGroup {
    /// What it is about, in a word.
    pub name: &'static str,
    /// The same in a sentence.
    pub about: &'static str,
    /// What can be chosen, with what it is: lists with a line between them.
    pub lists: Vec<Vec<BarChoice>>,
    /// What the button of the list says: what is chosen, and less of it where there is little room.
    pub said: Vec<String>,
    /// The longest that the button may have to say.
    pub longest: &'static str,
    /// What stands beside the buttons: what is chosen, where these only lead on from there.
    pub beside: Option<String>,
    /// Whether it is a list however much room there is.
    pub is_list: bool,
}

/// How a group stands in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All choices side by side, unless there are too many for that.
    Buttons,
    /// A list, whose button says what is chosen.
    List,
    /// A list, whose button says the first of what is chosen.
    Brief,
    /// A list, whose button says as little as it can.
    Short,
}

/// A choice: its name, what it is, and what it does.
pub type BarChoice = (&'static str, &'static str, Action);

impl BarGroup {
    /// One of a list, side by side where there is room for that.
    pub fn of(name: &'static str, about: &'static str, list: Vec<BarChoice>, is_on: impl Fn(Action) -> bool) -> Self {
        let chosen = list.iter().find(|(.., action)| is_on(*action)).map(|(label, ..)| (*label).to_owned());
        let longest = list.iter().map(|(label, ..)| *label).max_by_key(|label| label.chars().count());
        Self {
            name,
            about,
            said: chosen.into_iter().chain([name.to_owned()]).collect(),
            longest: longest.unwrap_or(name),
            lists: vec![list],
            beside: None,
            is_list: false,
        }
    }

    /// Draws it; returns what was clicked.
    pub fn ui(&self, ui: &mut Ui, form: Form, is_on: &dyn Fn(Action) -> bool) -> Option<Action> {
        let chosen: Vec<_> = self.actions().filter(|action| is_on(*action)).collect();
        match (form, &self.lists[..]) {
            (Form::Buttons, [list]) if !self.is_list => {
                let clicked = segments_ui(ui, list, &chosen);
                if let Some(text) = &self.beside {
                    ui.label(text);
                }
                clicked
            }
            _ => {
                let lists: Vec<_> = self.lists.iter().map(Vec::as_slice).collect();
                let said = self.said.first().map_or(self.name, String::as_str);
                let shown = match form {
                    Form::Short => self.said.last().map_or(self.name, String::as_str),
                    Form::Brief => brief(said),
                    Form::List | Form::Buttons => said,
                };
                // Who hears it has room for all of it.
                let value = if form == Form::Brief { said } else { shown };
                menu_ui(ui, (self.name, shown, value, self.about), &lists, &chosen)
            }
        }
    }

    /// How wide it is at most in a form, whatever is chosen.
    pub fn width(&self, ui: &Ui, form: Form) -> f32 {
        match (form, &self.lists[..]) {
            (Form::Buttons, [list]) if !self.is_list => {
                let beside = self.beside.as_ref().map(|_| ui.spacing().item_spacing.x + text_width(ui, self.longest));
                width_of(ui, list) + beside.unwrap_or(0.0)
            }
            (Form::Short, _) => button_width(ui, self.said.last().map_or(self.name, String::as_str)),
            (Form::Brief, _) => button_width(ui, brief(self.longest)),
            _ => button_width(ui, self.longest),
        }
    }

    /// How wide it is now.
    pub fn present_width(&self, ui: &Ui, form: Form) -> f32 {
        match (form, self.said.first()) {
            (Form::List, Some(said)) => button_width(ui, said),
            (Form::Brief, Some(said)) => button_width(ui, brief(said)),
            _ => self.width(ui, form),
        }
    }

    fn actions(&self) -> impl Iterator<Item = Action> {
        self.lists.iter().flatten().map(|(.., action)| *action)
    }

    /// All that groups offer, in one list.
    pub fn merged(groups: &[Self], name: &'static str, about: &'static str) -> Self {
        let said = groups.first().and_then(|group| group.said.first()).cloned();
        Self {
            name,
            about,
            lists: groups.iter().flat_map(|group| group.lists.clone()).collect(),
            said: said.into_iter().chain([name.to_owned()]).collect(),
            longest: groups.first().map_or(name, |group| group.longest),
            beside: None,
            is_list: true,
        }
    }
}

/// The first of several things that are said.
fn brief(said: &str) -> &str {
    said.split(',').next().unwrap_or(said)
}

/// How wide a button is that opens a list.
pub fn button_width(ui: &Ui, text: &str) -> f32 {
    let spacing = ui.spacing();
    text_width(ui, text) + spacing.icon_spacing + spacing.icon_width + 2.0 * spacing.button_padding.x
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x.ceil()
}

/// The sign of a list behind a button, as a list of choices has it.
pub fn opens(ui: &Ui) -> Atom<'static> {
    let size = Vec2::splat(ui.spacing().icon_width);
    Atom::paint(size, |ui, args| {
        let color = ui.visuals().widgets.inactive.fg_stroke.color;
        let place = egui::Rect::from_center_size(args.rect.center(), args.rect.size() * egui::vec2(0.7, 0.45));
        ui.painter().add(Shape::rotated_triangle(place, 0.0, color));
    })
}
