use std::sync::Arc;

use egui::{Context, Rect, TextureHandle, Vec2, pos2, vec2};

use crate::app::painting::{Painter, texture_of};
use crate::app::plot::summary;
use crate::engine::Measurement;
use crate::figure::training::letter;
use crate::figure::{Arrange, Figure, Flattened, Row, Sheet, Theme, View};
use crate::layout::{Content as _, LayersContent, PageWithPlots};
use crate::lesson::Spoken;
use crate::page::Fonts;
use crate::subject::Subject;

/// Panels that stand in one row, at most.
const FEW: usize = 4;
/// Where plots are lower, there are fewer of them.
const LEAST_PLOT: f32 = 80.0;
/// Height of the line that says which have none.
pub const LINE: f32 = 18.0;

/// A measurement, after its place among all that is compared.
pub type Measured = (usize, Arc<Measurement>);

/// All that decides how a comparison looks.
#[derive(Clone)]
pub struct Compared {
    /// What is measured, in the order of the places.
    pub panels: Vec<Measured>,
    /// What the axes show in place of the present one, while that is played.
    pub played: Vec<Arc<Measurement>>,
    /// The place of what the controls set, which has a panel in any case.
    pub present: usize,
    /// Whether the panels have letters.
    pub has_letters: bool,
    /// How they are drawn.
    pub view: View,
    /// Whether numbers stand under their layers.
    pub numbers: bool,
    /// What a lesson gives numbers of, which yield last.
    pub spoken: Spoken,
    /// Whether it is said what widths and colours mean.
    pub legend: bool,
    /// How high a plot is at least, in points, while numbers can give way.
    pub least_plot: f32,
    /// How they stand.
    pub arrange: Arrange,
    /// In which theme.
    pub is_dark: bool,
    /// Size of its text, in points.
    pub text: f32,
    /// In points.
    pub size: Vec2,
    /// Pixels for every point.
    pub scale: f32,
}

/// Where they are the same, the pictures are.
impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(one, other): (&Measured, &Measured)| one.0 == other.0 && Arc::ptr_eq(&one.1, &other.1);
        let is_same_played = |(one, other): (&Arc<Measurement>, &Arc<Measurement>)| Arc::ptr_eq(one, other);
        self.panels.len() == other.panels.len()
            && self.played.len() == other.played.len()
            && self.played.iter().zip(&other.played).all(is_same_played)
            && self.panels.iter().zip(&other.panels).all(is_same)
            && (self.has_letters, self.view, self.arrange) == (other.has_letters, other.view, other.arrange)
            && self.present == other.present
            && (self.numbers, self.legend, self.least_plot) == (other.numbers, other.legend, other.least_plot)
            && self.spoken == other.spoken
            && (self.is_dark, self.text, self.size, self.scale) == (other.is_dark, other.text, other.size, other.scale)
    }
}

/// A comparison as pixels.
pub struct Picture {
    /// All of it.
    pub texture: TextureHandle,
    /// Those that have a plot on it.
    pub panels: Vec<Panel>,
    /// Layers of them that their axis makes flat.
    pub flattened: Option<Flattened>,
    /// Numbers that have no room under them, in words.
    pub left_out: Vec<&'static str>,
}

/// A panel of a comparison.
pub struct Panel {
    /// Its place among all that was compared.
    pub place: usize,
    /// What it shows.
    pub figure: Figure,
    /// Its plot, in points from the picture's corner.
    pub plot: Rect,
    /// What is said of it to those who cannot see it.
    pub told: String,
}

impl Panel {
    /// What it shows the layers of.
    pub fn subject(&self) -> &Subject {
        &self.figure.measurement.subject
    }

    /// What is said of a layer, from 0.
    pub fn layer(&self, index: usize) -> String {
        format!("{}: {}", letter(self.place), summary(&self.figure, index))
    }
}

/// Makes pictures of comparisons.
pub fn painter(ctx: Context) -> Painter<Compared, Result<Picture, String>> {
    let mut fonts = None;
    Box::new(move |compared| paint(&ctx, fonts.get_or_insert_with(Fonts::bundled), compared))
}

/// How so many panels stand: more than few are no longer looked along, and stand where they have most room.
fn arrange(is_ghost: bool, panels: usize) -> Option<Arrange> {
    match (is_ghost, panels) {
        (true, _) => Some(Arrange::Ghost),
        (false, ..=FEW) => Some(Arrange::SideBySide),
        (false, _) => None,
    }
}

fn paint(ctx: &Context, fonts: &Fonts, compared: &Compared) -> Result<Picture, String> {
    let measurements: Vec<_> = compared.panels.iter().map(|(_, measurement)| Arc::clone(measurement)).collect();
    let others = compared.panels.iter().filter(|(place, _)| compared.played.is_empty() || *place != compared.present);
    let reach: Vec<_> = others.map(|(_, measurement)| measurement).chain(&compared.played).cloned().collect();
    let figures = Figure::on_axes_of(&measurements, &reach, compared.view);
    let figures = figures.ok_or("this is not measured yet")?;
    let is_ghost = compared.arrange == Arrange::Ghost && figures.len() > 1;
    let behind = usize::from(is_ghost);
    let mut kept: Vec<usize> = (0..figures.len()).collect();
    let (content, drawn) = loop {
        let content = LayersContent::of(kept.iter().map(|&index| figures[index].clone()).collect());
        let line = if kept.len() < figures.len() { LINE } else { 0.0 };
        let drawn = content.page_with_plots(&sheet_of(compared, line, is_ghost, &kept), fonts);
        let shown = kept.len() - behind;
        let is_high = |(_, plot): &(usize, crate::page::Rect)| plot.height as f32 >= LEAST_PLOT;
        if shown < 2 || drawn.plots.len() == shown && drawn.plots.iter().all(is_high) {
            break (content, drawn);
        }
        let present = compared.panels.iter().position(|(place, _)| *place == compared.present);
        kept = fewer(figures.len(), behind, present.unwrap_or_default(), shown - 1);
    };
    let PageWithPlots { mut page, plots, left_out, .. } = drawn;
    page.size = (compared.size.x.into(), compared.size.y.into());
    let texture = texture_of(ctx, "comparison", (&page, fonts), compared.scale.into())?;
    let panel = |(index, plot): (usize, crate::page::Rect)| {
        let (place, figure) = (compared.panels[kept[index]].0, content.figures()[index].clone());
        let corner = pos2(plot.x as f32, plot.y as f32);
        let plot = Rect::from_min_size(corner, vec2(plot.width as f32, plot.height as f32));
        let layers: Vec<_> = (0..figure.columns.len()).map(|layer| summary(&figure, layer)).collect();
        Panel { place, plot, told: format!("Panel {}: {}", letter(place), layers.join("; ")), figure }
    };
    let mut said: Vec<_> = left_out.into_iter().filter_map(Row::said).collect();
    said.dedup();
    let panels: Vec<Panel> = plots.into_iter().map(panel).collect();
    let drawn: Vec<_> = panels.iter().map(|panel| panel.figure.clone()).collect();
    Ok(Picture { texture, flattened: Flattened::of(&drawn), panels, left_out: said })
}

/// Which of so many figures are drawn where `shown` have room beside those that are behind them: the present one and those after it.
fn fewer(all: usize, behind: usize, present: usize, shown: usize) -> Vec<usize> {
    let first = present.max(behind).min(all - shown);
    (0..behind).chain(first..first + shown).collect()
}

/// How these of what is compared are drawn, over a line of this height.
fn sheet_of(compared: &Compared, line: f32, is_ghost: bool, kept: &[usize]) -> Sheet {
    let letters = kept.iter().filter(|_| compared.has_letters).map(|&index| letter(compared.panels[index].0));
    Sheet {
        size: Some((compared.size.x.into(), (compared.size.y - line).into())),
        theme: if compared.is_dark { Theme::Dark } else { Theme::Light },
        font_size: Some(compared.text.into()),
        arrange: arrange(is_ghost, kept.len()),
        title: false,
        caption: false,
        numbers: compared.numbers,
        legend: compared.legend,
        letters: letters.collect(),
        first_rows: compared.spoken.rows.clone(),
        named_layers: compared.spoken.layers.clone(),
        least_plot: Some(compared.least_plot.into()),
        ..Sheet::default()
    }
}
