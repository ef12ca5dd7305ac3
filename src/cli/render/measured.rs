use std::sync::Arc;

use crate::cli::Error;
use crate::cli::progress::ProgressLine;
use crate::engine::landscape::{self, Survey, Terrain};
use crate::engine::units::{self, LayerUnits, Size};
use crate::engine::{Measurer, Quantities};
use crate::experiment::Experiment;
use crate::figure::{Figure, Mapped, Published, Sheet, Show, View};
use crate::layout::{
    ActivationContent, Content, FiringContent, LandscapeContent, LayersContent, PublishedContent, UnitsContent,
};

/// Dots of images x units: a column for every unit there can be, and as many rows as a large picture has.
const DOTS: Size = Size { columns: 1024, rows: 1000 };

/// Whether there is such a figure of these experiments.
///
/// # Errors
/// If the view shows one experiment and these are several, or a layer is not there.
pub(super) fn check(experiments: &[Experiment], sheet: &Sheet) -> Result<(), Error> {
    if sheet.show == Show::Layers {
        return Ok(());
    }
    let [experiment] = experiments else {
        let several = experiments.len();
        return Err(Error::Usage(format!(
            "these are {several} experiments, and this view shows one: give one, as with one --sigma, or --show layers"
        )));
    };
    let layers = experiment.widths.len();
    if sheet.show != Show::Landscape && sheet.layer >= layers {
        return Err(Error::Usage(format!("--layer {} is none of this network's: use 1 to {layers}", sheet.layer + 1)));
    }
    if sheet.show == Show::Landscape {
        Terrain::of(experiment, sheet.plane)
            .map_err(|error| Error::Usage(format!("there is no landscape: {error}")))?;
    }
    Ok(())
}

/// Measures what the figure shows, on so many threads; 0 for as many as there are cores.
///
/// # Errors
/// If the images cannot be read.
pub(super) fn content(
    experiments: &[Experiment],
    view: View,
    sheet: &Sheet,
    jobs: usize,
) -> Result<Box<dyn Content>, Error> {
    let progress = ProgressLine::new();
    let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
    let total = experiments.len();
    let mut each = |what: &str, quantities| {
        let measure = |(index, experiment)| {
            progress.say(what, index, total);
            measurer.measure_all(experiment, quantities).map(Arc::new).map_err(Error::failed)
        };
        experiments.iter().enumerate().map(measure).collect::<Result<Vec<_>, _>>()
    };
    let first = || experiments.first().cloned().unwrap_or_else(Experiment::article);
    Ok(match sheet.show {
        Show::Layers if sheet.as_published => {
            let measure = |(index, experiment)| {
                progress.say("measuring", index, total);
                Published::measure(&mut measurer, experiment).map_err(Error::failed)
            };
            Box::new(PublishedContent(experiments.iter().enumerate().map(measure).collect::<Result<_, _>>()?))
        }
        Show::Layers => {
            let measurements = each("measuring", view.quantities(sheet.numbers))?;
            let one = |measurement: &Arc<_>| Figure::new(Arc::clone(measurement), view);
            let figures = if sheet.free_axes {
                measurements.iter().map(one).collect()
            } else {
                Figure::together(&measurements, view)
            };
            Box::new(LayersContent::of(figures.ok_or_else(|| Error::failed("nothing was measured"))?))
        }
        Show::Units | Show::Firing => {
            progress.say("measuring", 0, 1);
            let (experiment, layer, sorted) = (first(), sheet.layer, sheet.sorted);
            let matrix = (sheet.show == Show::Firing).then_some(DOTS);
            let wanted = units::Wanted { subject: experiment.into(), layer, sorted, unit: None, matrix };
            let units = Arc::new(LayerUnits::measure_all(&wanted, jobs).map_err(Error::failed)?);
            if matrix.is_some() { Box::new(FiringContent(units)) } else { Box::new(UnitsContent(units)) }
        }
        Show::Activation => {
            let quantities =
                Quantities { pre_activations: true, gradients: true, spectral_norms: true, ..Quantities::OUTPUTS };
            let measurement = each("measuring", quantities)?.into_iter().next();
            let figure = measurement.and_then(|measurement| Figure::new(measurement, View::default()));
            let figure = figure.ok_or_else(|| Error::failed("nothing was measured"))?;
            Box::new(ActivationContent(Arc::new(figure), sheet.layer))
        }
        Show::Landscape => {
            progress.say("measuring the networks of the landscape", 0, 1);
            let experiment = first();
            let terrain = Terrain::of(&experiment, sheet.plane).map_err(Error::failed)?;
            let wanted = landscape::Wanted { terrain, gradients: sheet.mapped == Mapped::GradientRatio };
            let survey = Survey::measure_all(wanted, jobs).map_err(Error::failed)?;
            Box::new(LandscapeContent::new(Arc::new(survey), sheet.mapped, experiment.into()))
        }
    })
}
