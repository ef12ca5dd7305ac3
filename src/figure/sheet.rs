use super::training::TrainingLook;
use super::{Arrange, Mapped, OwnColors, Palette, Row, Theme, ViewName};
use crate::engine::landscape::Plane;

/// What a file shows, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which view.
    pub show: ViewName,
    /// The layer, from 0, of a view of one layer.
    pub layer: usize,
    /// A layer, from 0, behind which the others step back.
    pub only: Option<usize>,
    /// What the landscape goes over.
    pub plane: Plane,
    /// What of its networks it shows.
    pub mapped: Mapped,
    /// Units by how often they fire.
    pub sorted: bool,
    /// How trainings are drawn.
    pub training: TrainingLook,
    /// How several experiments stand; `None` where it follows from their number and the size.
    pub arrange: Option<Arrange>,
    /// Every panel on an axis of its own.
    pub free_axes: bool,
    /// As seaborn draws it.
    pub as_published: bool,
    /// Width and height in px; `None` follows from what is shown.
    pub size: Option<(f64, f64)>,
    /// Colours.
    pub theme: Theme,
    /// Colours of the layers.
    pub palette: Palette,
    /// Colours of the user's own, which go over both.
    pub colors: OwnColors,
    /// Size of the text in px; `None` follows from the figure's size.
    pub font_size: Option<f64>,
    /// Nothing stands behind it.
    pub transparent: bool,
    /// Whether it has a title.
    pub title: bool,
    /// The user's own title.
    pub title_text: Option<String>,
    /// A line that says what was measured.
    pub caption: bool,
    /// The user's own.
    pub caption_text: Option<String>,
    /// The numbers under each layer.
    pub numbers: bool,
    /// The charts of norms under layers.
    pub norms: bool,
    /// The network before its training, as outlines behind what it has become.
    pub with_start: bool,
    /// The marks of the means.
    pub marks: bool,
    /// What the colours mean.
    pub legend: bool,
    /// Letters of the panels, where they have any; a file's have none.
    pub letters: Vec<char>,
    /// Rows of numbers that yield after all others, and are there wherever something is known of them: what a text beside the figure
    /// speaks of.
    pub first_rows: Vec<Row>,
    /// Layers, from 0, whose numbers stand there in any case, like the first and the last; `usize::MAX` is the last.
    pub named_layers: Vec<usize>,
    /// Whether accuracies keep their room under losses, however low it is.
    pub keeps_accuracies: bool,
    /// Height in px that a plot of layers has at least, while there are numbers under it to give way, in a file half of its panel's;
    /// and that losses and accuracies have together, or accuracies give way.
    pub least_plot: Option<f64>,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            show: ViewName::Layers,
            only: None,
            layer: 0,
            plane: Plane::default(),
            mapped: Mapped::default(),
            sorted: false,
            training: TrainingLook::default(),
            arrange: None,
            free_axes: false,
            as_published: false,
            size: None,
            theme: Theme::default(),
            palette: Palette::default(),
            colors: OwnColors::default(),
            font_size: None,
            transparent: false,
            title: true,
            title_text: None,
            caption: true,
            caption_text: None,
            numbers: true,
            norms: false,
            with_start: false,
            marks: true,
            legend: true,
            letters: Vec::new(),
            first_rows: Vec::new(),
            named_layers: Vec::new(),
            keeps_accuracies: false,
            least_plot: None,
        }
    }
}
