use std::path::Path;

use egui::Ui;

use super::row;
use crate::app::App;
use crate::experiment::{Data, Inputs};
use crate::image_set::LabelColumn;

/// Columns that are offered by their names, at most: tables of pixels have hundreds.
const MOST_NAMED: usize = 40;

/// A column of labels that can be chosen.
#[derive(Clone, Copy, PartialEq)]
enum LabelChoice {
    Found,
    First,
    Last,
    Absent,
    Column(usize),
}

impl App {
    /// Where the labels of a table are, of the one that is shown or the one whose path is typed.
    pub(super) fn labels_ui(&mut self, ui: &mut Ui, typed: Option<&Path>) {
        let set = match &self.experiment.inputs.data {
            Data::Set(set) if Some(set.path()) == typed => Some(set),
            _ => None,
        };
        let columns = set.map_or(&[][..], |set| set.columns());
        if columns.is_empty() && (set.is_some() || !typed.is_some_and(is_table)) {
            return;
        }
        let found = set.filter(|set| set.label_column().is_none()).and_then(|set| set.notes().first());
        let about_found = found.map_or("By their name, by their words, or as the only whole numbers.", String::as_str);
        let mut choices = vec![
            (LabelChoice::Found, "where they seem to be", about_found),
            (LabelChoice::First, "first column", "The first column has the labels."),
            (LabelChoice::Last, "last column", "The last column has the labels."),
            (LabelChoice::Absent, "no column", "All columns are values: there are no labels."),
        ];
        let named = columns.iter().enumerate().take(if columns.len() > MOST_NAMED { 0 } else { MOST_NAMED });
        let about_named = "This column has the labels; all others are values.";
        choices.extend(named.map(|(at, name)| (LabelChoice::Column(at), name.as_str(), about_named)));
        let asked = match set {
            Some(set) => set.label_column(),
            None => self.folder.label_column.as_ref(),
        };
        let chosen = asked.map_or(LabelChoice::Found, |asked| match asked {
            LabelColumn::First => LabelChoice::First,
            LabelColumn::Last => LabelChoice::Last,
            LabelColumn::Absent => LabelChoice::Absent,
            LabelColumn::Number(number) => LabelChoice::Column(number.saturating_sub(1)),
            LabelColumn::Named(name) => {
                let same = |column: &String| column == name || column.eq_ignore_ascii_case(name);
                LabelChoice::Column(columns.iter().position(same).unwrap_or(usize::MAX))
            }
        });
        let said = asked.map(ToString::to_string).unwrap_or_default();
        let name = choices.iter().find(|(choice, ..)| *choice == chosen).map_or(said.as_str(), |(_, name, _)| *name);
        let hover = "Which column of the table has the labels.";
        let Some(picked) = row::choice_ui(ui, "Labels", hover, (chosen, name), &choices) else { return };
        let label_column = match picked {
            LabelChoice::Found => None,
            LabelChoice::First => Some(LabelColumn::First),
            LabelChoice::Last => Some(LabelColumn::Last),
            LabelChoice::Absent => Some(LabelColumn::Absent),
            LabelChoice::Column(at) => Some(LabelColumn::Number(at + 1)),
        };
        if set.is_some() {
            let inputs = &self.experiment.inputs;
            let data = Data::Folder(typed.map(Path::to_owned).unwrap_or_default());
            self.experiment.inputs = Inputs { data, label_column, ..inputs.clone() };
        } else if let Some(path) = typed {
            self.choose_table(path.to_owned(), label_column);
        }
    }
}

/// Whether a file is a table by its name.
fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".csv", ".tsv", ".txt"].iter().any(|ending| name.ends_with(ending))
}
