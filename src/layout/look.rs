use crate::engine::race::MOST_RACERS;
use crate::figure::palette::{self, Background, Rgb};
use crate::figure::{Palette, Sheet, Theme};
use crate::page::Color;

/// Colours and sizes of a figure on a page.
#[derive(Clone, Debug)]
pub struct Look {
    /// What the page stands on; `None` is transparent.
    pub background: Option<Color>,
    /// What stands behind words within the plot.
    pub paper: Color,
    /// What is read first.
    pub text: Color,
    /// What is read second.
    pub quiet: Color,
    /// Lines of the grid.
    pub grid: Color,
    /// What is set off from the text: a derivative beside its function.
    pub accent: Color,
    /// What is no number.
    pub alarm: Color,
    /// Around areas, where contrast asks for it.
    pub outline: Option<Color>,
    /// Which of the palettes for light and dark grounds.
    pub ground: Background,
    palette: Palette,
    /// The user's own in place of a palette, if there are any.
    layers: Vec<Rgb>,
    /// Size of the text in px.
    pub size: f64,
}

/// The size of text that lengths are given for.
const NORMAL: f64 = 13.0;
/// Text by default: so manieth part of the width, or of a height that goes with it.
const PART: f64 = 70.0;
const SMALLEST: f64 = 8.0;
const LARGEST: f64 = 64.0;
/// Way from the ground to the text at which what is read second and the grid lie, where these are the user's own.
const QUIET: f32 = 0.7;
const GRID: f32 = 0.14;

/// The size of the text of a figure of such a size, in px.
pub(crate) fn text_size((width, height): (f64, f64)) -> f64 {
    (width.min(1.9 * height) / PART).clamp(SMALLEST, LARGEST)
}

impl Look {
    /// The look of a sheet of such a size in px.
    pub fn of(sheet: &Sheet, size: (f64, f64)) -> Self {
        let size = sheet.font_size.unwrap_or_else(|| text_size(size));
        let color = |rgb: Rgb| Color::of(rgb);
        let own = &sheet.colors;
        let theme = standing_on(sheet.theme, own.background);
        let (paper, text, quiet, grid, alarm) = match theme {
            Theme::Light => ([255, 255, 255], [26, 30, 36], [88, 97, 110], [226, 230, 235], [178, 40, 32]),
            Theme::Dark => ([22, 24, 29], [234, 236, 240], [158, 167, 181], [46, 51, 60], [244, 122, 112]),
            Theme::Print => ([255, 255, 255], [0, 0, 0], [70, 70, 70], [222, 222, 222], [150, 20, 12]),
            Theme::HighContrast => ([255, 255, 255], [0, 0, 0], [0, 0, 0], [150, 150, 150], [150, 0, 0]),
        };
        let accent = match theme {
            Theme::Light | Theme::Print => [0, 106, 168],
            Theme::Dark => [86, 166, 232],
            Theme::HighContrast => [0, 58, 138],
        };
        let is_own = own.background.is_some() || own.text.is_some();
        let (paper, text) = (own.background.unwrap_or(paper), own.text.unwrap_or(text));
        // What is read second, and the grid, lie between text and ground.
        let between = |rgb: Rgb, share: f32| if is_own { palette::mixed_of(paper, text, share) } else { rgb };
        let word = |rgb: Rgb| color(palette::readable(rgb, paper));
        Self {
            accent: word(accent),
            background: (!sheet.transparent).then(|| color(paper)),
            paper: color(paper),
            text: color(text),
            quiet: word(between(quiet, QUIET)),
            grid: color(between(grid, GRID)),
            alarm: word(alarm),
            outline: (theme == Theme::HighContrast).then(|| color(text)),
            ground: ground(theme),
            palette: sheet.palette,
            layers: own.layers.clone(),
            size,
        }
    }

    /// A length that is given for a text of 13 px.
    pub fn px(&self, length: f64) -> f64 {
        length * self.size / NORMAL
    }

    /// The colour of a layer, from 0.
    pub fn layer(&self, index: usize, layers: usize) -> Color {
        if !self.layers.is_empty() {
            return Color::of(palette::own(index, layers, &self.layers));
        }
        Color::of(match self.palette {
            Palette::OkabeIto => palette::layer(index, layers, self.ground),
            Palette::Viridis => palette::ramp(index, layers, self.ground),
            Palette::Grey => palette::grey(index, layers, self.ground),
        })
    }

    /// The colour of a network that is trained beside others, by its place from 0.
    pub fn racer(&self, place: usize) -> Color {
        Color::of(match self.palette {
            Palette::OkabeIto | Palette::Viridis => palette::racer(place, self.ground),
            Palette::Grey => palette::grey(place, MOST_RACERS, self.ground),
        })
    }

    /// The colour of a layer's name: its own, or as near to it as can be read.
    pub fn name(&self, index: usize, layers: usize) -> Color {
        let is_faint = self.palette == Palette::Grey && self.layers.is_empty() || self.outline.is_some();
        if is_faint { self.text } else { self.word(self.layer(index, layers)) }
    }

    /// The colour of a word about something of this colour.
    pub fn word(&self, color: Color) -> Color {
        Color::of(palette::readable(color.rgb, self.paper.rgb))
    }

    /// The colour of units that are dead.
    pub fn dead(&self) -> Color {
        Color::of(palette::dead(self.ground))
    }

    /// Colour of units that are never positive.
    pub fn never_positive(&self) -> Color {
        Color::of(palette::never_positive(self.ground))
    }

    /// Colour of units that are mixed.
    pub fn mixed(&self) -> Color {
        Color::of(palette::mixed(self.ground))
    }

    /// Colour of units that are always on.
    pub fn always_on(&self) -> Color {
        Color::of(palette::always_on(self.ground))
    }
}

/// The theme for what a figure stands on: another one, where that is dark and the theme is not, or the other way round.
fn standing_on(theme: Theme, background: Option<Rgb>) -> Theme {
    let Some(background) = background else { return theme };
    match (palette::is_dark(background), theme) {
        (true, _) => Theme::Dark,
        (false, Theme::Dark) => Theme::Light,
        (false, theme) => theme,
    }
}

fn ground(theme: Theme) -> Background {
    if theme == Theme::Dark { Background::Dark } else { Background::Light }
}
