use std::sync::Arc;

use egui::{Context, Rect, TextureHandle, Vec2, pos2, vec2};

use crate::app::painting::{Painter, texture_of};
use crate::engine::TunedRates;
use crate::engine::race::{RaceFound, SeedRaces, SeedsWish};
use crate::figure::training::{LayerScale, LayerSeen, RateChart, TimeAxis, TrainingChart, TrainingLook};
use crate::figure::{Sheet, Theme};
use crate::layout::{Content as _, PageWithPlots, TrainingContent};
use crate::page::Fonts;

/// In a lower picture the plots have the room of the legend.
pub const ROOM_FOR_LEGEND: f32 = 330.0;

/// All that decides how a race looks.
#[derive(Clone)]
pub struct PaintedRace {
    pub found: Arc<RaceFound>,
    /// What other seeds made of it.
    pub seeds: Option<Arc<SeedRaces>>,
    /// What was found of learning rates.
    pub tuned: Option<Arc<TunedRates>>,
    pub look: TrainingLook,
    /// The layer, from 0, behind which the others step back.
    pub only: Option<usize>,
    /// How high the plots of the curves are at least, in points, while accuracies can give way.
    pub least_plot: f32,
    /// Whether these keep their room all the same, as a lesson speaks of them.
    pub keeps_accuracies: bool,
    pub is_dark: bool,
    /// Size of its text, in points.
    pub text: f32,
    /// In points.
    pub size: Vec2,
    /// Pixels for every point.
    pub scale: f32,
}

/// Where they are the same, the pictures are.
impl PartialEq for PaintedRace {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.found, &other.found)
            && self.seeds.as_deref().map(runs_of) == other.seeds.as_deref().map(runs_of)
            && self.tuned.as_ref().map(Arc::as_ptr) == other.tuned.as_ref().map(Arc::as_ptr)
            && (self.look, self.only, self.least_plot) == (other.look, other.only, other.least_plot)
            && self.keeps_accuracies == other.keeps_accuracies
            && (self.is_dark, self.text, self.size, self.scale) == (other.is_dark, other.text, other.size, other.scale)
    }
}

/// Which runs there are of other seeds: more steps of others change nothing that is drawn.
fn runs_of(seeds: &SeedRaces) -> (&SeedsWish, Vec<usize>) {
    (&seeds.wish, seeds.runs.iter().map(Vec::len).collect())
}

/// A race as pixels.
pub struct RacePicture {
    /// All of it.
    pub texture: TextureHandle,
    /// Its plots, in points from the picture's corner.
    pub plots: Vec<Rect>,
    /// The axis of time of all of them; there is none where there are no plots.
    pub time: Option<TimeAxis>,
    /// The chart of learning rates, where that is what is drawn.
    pub rates: Option<RateChart>,
    /// What is drawn of the layers, where that is what is drawn.
    pub layers: Option<DrawnLayers>,
    /// Columns of the table that there is no room for.
    pub left_out: Vec<&'static str>,
    /// Whether lines are of several seeds.
    pub has_seeds: bool,
    /// What each racer is called.
    pub names: Vec<String>,
}

/// What a picture shows of layers over time, for who points at it.
pub struct DrawnLayers {
    content: TrainingContent,
    /// The axis that lines stand on; there is none for colours.
    lines: Option<LayerScale>,
}

impl DrawnLayers {
    fn of(content: TrainingContent) -> Option<Self> {
        let lines = match content.look().chart {
            TrainingChart::Maps => None,
            TrainingChart::Lines => Some(LayerScale::of_heights(content.layers())),
            TrainingChart::Curves | TrainingChart::Table | TrainingChart::Rates => return None,
        };
        Some(Self { content, lines })
    }

    /// What is at a place of a panel, in shares of its width and, from its bottom, of its height: the racer, and its layer in words.
    pub fn said_at(&self, panel: usize, place: (f64, f64)) -> Option<(usize, String)> {
        let layers = self.content.layers();
        let seen: LayerSeen = match &self.lines {
            Some(scale) => layers.seen_on_lines(panel, place, scale)?,
            None => layers.seen_on_map(panel, place)?,
        };
        Some((seen.racer, layers.said(seen, self.lines.is_some())))
    }
}

/// Makes pictures of races.
pub fn painter(ctx: Context) -> Painter<PaintedRace, Result<RacePicture, String>> {
    let mut fonts = None;
    Box::new(move |race| paint(&ctx, fonts.get_or_insert_with(Fonts::bundled), race))
}

fn paint(ctx: &Context, fonts: &Fonts, painted: &PaintedRace) -> Result<RacePicture, String> {
    let sheet = Sheet {
        size: Some((painted.size.x.into(), painted.size.y.into())),
        theme: if painted.is_dark { Theme::Dark } else { Theme::Light },
        font_size: Some(painted.text.into()),
        title: false,
        caption: false,
        legend: painted.size.y >= ROOM_FOR_LEGEND,
        training: painted.look,
        only: painted.only,
        least_plot: Some(painted.least_plot.into()),
        keeps_accuracies: painted.keeps_accuracies,
        ..Sheet::default()
    };
    let content = TrainingContent::new(Arc::clone(&painted.found), painted.look)
        .over_seeds(painted.seeds.clone())
        .with_rates(painted.tuned.clone());
    let PageWithPlots { page, plots, columns_left_out, .. } = content.page_with_plots(&sheet, fonts);
    let texture = texture_of(ctx, "training", (&page, fonts), painted.scale.into())?;
    let rect = |(_, plot): (usize, crate::page::Rect)| {
        Rect::from_min_size(pos2(plot.x as f32, plot.y as f32), vec2(plot.width as f32, plot.height as f32))
    };
    let time = match painted.look.chart {
        TrainingChart::Curves => Some(content.curves().time),
        TrainingChart::Maps | TrainingChart::Lines => Some(content.layers().time),
        TrainingChart::Table | TrainingChart::Rates => None,
    };
    let rates = (painted.look.chart == TrainingChart::Rates).then(|| content.rate_chart());
    let plots = plots.into_iter().map(rect).collect();
    let has_seeds = painted.look.chart == TrainingChart::Curves && content.curves().seeds.is_some();
    let names = content.names();
    let layers = DrawnLayers::of(content);
    Ok(RacePicture { texture, plots, time, rates, layers, left_out: columns_left_out, has_seeds, names })
}
