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
    /// Size of the text in px.
    pub size: f64,
}

/// The size of text that lengths are given for.
const NORMAL: f64 = 13.0;
/// Text by default: so manieth part of the width, or of a height that goes with it.
const PART: f64 = 70.0;
const SMALLEST: f64 = 8.0;
const LARGEST: f64 = 64.0;

impl Look {
    /// The look of a sheet of such a size in px.
    pub fn of(sheet: &Sheet, (width, height): (f64, f64)) -> Self {
        let size = sheet.font_size.unwrap_or_else(|| (width.min(1.9 * height) / PART).clamp(SMALLEST, LARGEST));
        let color = |rgb: Rgb| Color::of(rgb);
        let (paper, text, quiet, grid, alarm) = match sheet.theme {
            Theme::Light => ([255, 255, 255], [26, 30, 36], [88, 97, 110], [226, 230, 235], [178, 40, 32]),
            Theme::Dark => ([22, 24, 29], [234, 236, 240], [158, 167, 181], [46, 51, 60], [244, 122, 112]),
            Theme::Print => ([255, 255, 255], [0, 0, 0], [70, 70, 70], [222, 222, 222], [150, 20, 12]),
            Theme::HighContrast => ([255, 255, 255], [0, 0, 0], [0, 0, 0], [150, 150, 150], [150, 0, 0]),
        };
        let accent = match sheet.theme {
            Theme::Light | Theme::Print => [0, 106, 168],
            Theme::Dark => [86, 166, 232],
            Theme::HighContrast => [0, 70, 150],
        };
        Self {
            accent: color(accent),
            background: (!sheet.transparent).then(|| color(paper)),
            paper: color(paper),
            text: color(text),
            quiet: color(quiet),
            grid: color(grid),
            alarm: color(alarm),
            outline: (sheet.theme == Theme::HighContrast).then(|| color([0, 0, 0])),
            ground: if sheet.theme == Theme::Dark { Background::Dark } else { Background::Light },
            palette: sheet.palette,
            size,
        }
    }

    /// A length that is given for a text of 13 px.
    pub fn px(&self, length: f64) -> f64 {
        length * self.size / NORMAL
    }

    /// The colour of a layer, from 0.
    pub fn layer(&self, index: usize, layers: usize) -> Color {
        Color::of(match self.palette {
            Palette::OkabeIto => palette::layer(index, layers, self.ground),
            Palette::Viridis => palette::ramp(index, layers, self.ground),
            Palette::Grey => palette::grey(index, layers, self.ground),
        })
    }

    /// The colour of a layer's name: its own, where that can be read.
    pub fn name(&self, index: usize, layers: usize) -> Color {
        let is_faint = self.palette == Palette::Grey || self.outline.is_some();
        if is_faint { self.text } else { self.layer(index, layers) }
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
