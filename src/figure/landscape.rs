use std::sync::Arc;

use super::training::length_words;
use super::{ColorScale, Headline, Mapped, Range, Room, Tick};
use crate::engine::landscape::{Place, Plane, Reading, Standpoint, Survey, Terrain};
use crate::number;

/// A landscape as it is drawn: cells on a colour scale, axes, the edge of chaos; all in the units of the values.
#[derive(Clone, Debug)]
pub struct Landscape {
    /// What was measured.
    pub survey: Arc<Survey>,
    /// What of it is shown.
    pub mapped: Mapped,
    /// What a colour means; `None` if no cell has a number to colour.
    pub scale: Option<ColorScale>,
    /// The line that names it.
    pub headline: Headline,
    /// Cells with the least and the greatest number (column, row).
    pub(super) extremes: Option<[(usize, usize); 2]>,
}

/// What is drawn of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shade {
    /// Nothing: it is not measured yet.
    Unknown,
    /// The colour at a share, 0 to 1, of the scale.
    At(f64),
    /// Exactly 0, which a logarithmic scale has no colour for.
    Zero,
    /// See [`Reading::Overflow`].
    Overflow,
    /// See [`Reading::Undefined`].
    Undefined,
}

impl Landscape {
    /// Draws what is known so far.
    pub fn new(survey: Arc<Survey>, mapped: Mapped) -> Self {
        let numbers = || survey.measured().filter_map(|(at, cell)| Some((at, mapped.of(&cell)?.number()?)));
        let by_number = |one: &(_, f64), other: &(_, f64)| one.1.total_cmp(&other.1);
        let (least, greatest) = (numbers().min_by(by_number), numbers().max_by(by_number));
        let extremes = least.zip(greatest).map(|(least, greatest)| [least.0, greatest.0]);
        let scale = ColorScale::around(mapped, &numbers().map(|(_, number)| number).collect::<Vec<_>>());
        let headline = headline(&survey.terrain, mapped);
        Self { survey, mapped, scale, headline, extremes }
    }

    pub(super) fn terrain(&self) -> &Terrain {
        &self.survey.terrain
    }

    /// What is drawn of a cell (column, row); of one that is not measured yet, what is of its neighbours.
    pub fn shade(&self, at: (usize, usize)) -> Shade {
        match self.survey.nearest(at).and_then(|cell| self.mapped.of(&cell)) {
            None => Shade::Unknown,
            Some(Reading::Overflow) => Shade::Overflow,
            Some(Reading::Undefined) => Shade::Undefined,
            Some(Reading::Number(number)) => match self.scale {
                Some(scale) if number > 0.0 || !scale.logarithmic && scale.low <= 0.0 => Shade::At(scale.share(number)),
                _ => Shade::Zero,
            },
        }
    }

    /// All that is drawn, row after row from the highest.
    pub fn shades(&self) -> Vec<Shade> {
        let rows = (0..self.terrain().rows()).rev();
        rows.flat_map(|row| (0..self.terrain().columns()).map(move |column| (column, row)))
            .map(|at| self.shade(at))
            .collect()
    }

    /// The axis of columns: symbol and meaning.
    pub fn x_label(&self) -> &'static str {
        if self.terrain().is_scaled() { "σ_w = σ √fan_in of the weights" } else { "σ of the weights" }
    }

    /// The axis of rows.
    pub fn y_label(&self) -> &'static str {
        match self.terrain().plane() {
            Plane::Biases => "σ_b of the biases",
            Plane::Depth => "hidden layers L",
            Plane::Rate => "learning rate, logarithmic",
        }
    }

    /// Round numbers along the columns.
    pub fn x_ticks(&self, room: &Room<'_>) -> Vec<Tick> {
        let (low, high) = self.terrain().x_range();
        Range { low, high }.ticks(room)
    }

    /// Round numbers along the rows; layers are counted.
    pub fn y_ticks(&self, room: &Room<'_>) -> Vec<Tick> {
        let terrain = self.terrain();
        let (low, high) = terrain.y_range();
        let rows = || (0..terrain.rows()).map(|row| terrain.y(row));
        match terrain.plane() {
            Plane::Biases => Range { low, high }.ticks(room),
            // Their rows are not equally far apart.
            Plane::Depth if terrain.training().is_some() => {
                thinned(rows().map(|at| Tick { at, label: number::plain(at) }).collect(), room)
            }
            Plane::Depth => Range { low, high }.whole_ticks(room),
            Plane::Rate => {
                let is_power = |at: &f64| (at.log10() - at.log10().round()).abs() < 1e-9;
                thinned(rows().filter(is_power).map(|at| Tick { at, label: number::plain(at) }).collect(), room)
            }
        }
    }

    /// Where a cell is, in words: `σ_w 1.40, σ_b 0.05`.
    pub fn place(&self, (column, row): (usize, usize)) -> String {
        let terrain = self.terrain();
        let x = match terrain.x(column) {
            x if terrain.is_scaled() => format!("σ_w {x:.2}"),
            x => format!("σ {}", number::sigma(x)),
        };
        let y = match terrain.plane() {
            Plane::Biases => format!("σ_b {:.2}", terrain.y(row)),
            Plane::Depth if terrain.layers(row) == 1 => "1 layer".to_owned(),
            Plane::Depth => format!("{} layers", terrain.layers(row)),
            Plane::Rate => format!("learning rate {}", number::plain(terrain.y(row))),
        };
        format!("{x}, {y}")
    }

    /// Where a place is, in words: `σ_w 4.47, σ_b 0`.
    pub fn words_of(&self, place: Place) -> String {
        let x = if self.terrain().is_scaled() { "σ_w" } else { "σ" };
        let y = match self.terrain().plane() {
            Plane::Biases => format!("σ_b {}", number::plain(place.y)),
            Plane::Depth => format!("{} layers", number::plain(place.y)),
            Plane::Rate => format!("learning rate {}", number::plain(place.y)),
        };
        format!("{x} {}, {y}", number::significant(place.x))
    }

    /// The cell nearest to where something stands, if that is on the map.
    pub fn cell_of(&self, point: &Standpoint) -> Option<(usize, usize)> {
        let place = self.terrain().place(point).ok()?;
        self.contains(place.x, place.y).then(|| self.terrain().cell_at(place.x, place.y))
    }

    /// Whether a point is on the map.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        let ((left, right), (bottom, top)) = (self.terrain().x_range(), self.terrain().y_range());
        (left..=right).contains(&x) && (bottom..=top).contains(&y)
    }
}

/// Of these as many as there is room for, evenly.
fn thinned(ticks: Vec<Tick>, room: &Room<'_>) -> Vec<Tick> {
    let stride = ticks.len().div_ceil(room.most().max(1)).max(1);
    ticks.into_iter().step_by(stride).collect()
}

fn headline(terrain: &Terrain, mapped: Mapped) -> Headline {
    let base = terrain.base();
    let x = if terrain.is_scaled() { "σ_w" } else { "σ" };
    let layers = base.widths.len();
    let (over, last, layers) = match terrain.plane() {
        Plane::Depth if terrain.training().is_some() => {
            (format!("{x} and depth"), "L".to_owned(), format!("{}…{layers}", terrain.layers(0)))
        }
        Plane::Biases => (format!("{x} and σ_b"), layers.to_string(), layers.to_string()),
        Plane::Rate => (format!("{x} and the learning rate"), layers.to_string(), layers.to_string()),
        Plane::Depth => (format!("{x} and depth"), "L".to_owned(), format!("1…{layers}")),
    };
    let mapped = match mapped {
        Mapped::OutputStd => format!("output std of layer {last} over {over}"),
        Mapped::GradientRatio => format!("gradient ratio over {over}"),
        Mapped::DeadShare => format!("dead units of layer {last} over {over}"),
        Mapped::Accuracy | Mapped::Loss => {
            let steps = terrain.training().map_or_else(String::new, length_words);
            format!("{} after {steps} over {over}", mapped.symbol())
        }
    };
    Headline::of_landscape(base, terrain.training(), &layers, &mapped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::landscape::Cell;
    use crate::experiment::{Activation, Experiment, Initializer};

    fn survey(activation: Activation, cell: impl Fn(usize, usize) -> Cell) -> Arc<Survey> {
        let experiment = Experiment { activation, ..Experiment::article() };
        let terrain = Terrain::of(&experiment, Plane::Biases).unwrap_or_else(|error| panic!("{error}"));
        let mut survey = Survey::new(terrain, true);
        for row in 0..survey.terrain.rows() {
            for column in 0..survey.terrain.columns() {
                survey.set((column, row), cell(column, row));
            }
        }
        Arc::new(survey)
    }

    fn all(std: Reading, dead: Reading, ratio: Reading) -> impl Fn(usize, usize) -> Cell {
        move |_, _| Cell { output_std: std, dead_share: dead, gradient_ratio: Some(ratio), accuracy: None, loss: None }
    }

    fn labels(scale: ColorScale) -> Vec<String> {
        let five = Room::upright(220.0, 15.0, 44.0);
        scale.ticks(Mapped::OutputStd, &five).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn decades_are_equal_ways_and_ten_to_the_zero_has_its_tick() {
        let scale = ColorScale::around(Mapped::OutputStd, &[0.0, 1e-6, 1e4]);
        let scale = scale.unwrap_or_else(|| panic!("there are numbers"));
        assert!(scale.logarithmic);
        assert!((scale.share(1e-1) - 0.5).abs() < 1e-12, "halfway from -6 to 4");
        assert_eq!(labels(scale), ["10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²", "10⁴"]);
        assert_eq!(labels(ColorScale { low: 0.3, high: 30.0, logarithmic: true }), ["0.5", "1", "2", "5", "10", "20"]);
        assert!(labels(ColorScale { low: 1e-40, high: 1e38, logarithmic: true }).contains(&"10⁰".to_owned()));
    }

    #[test]
    fn a_ratio_of_one_is_in_the_middle_whatever_vanishes() {
        let scale = ColorScale::around(Mapped::GradientRatio, &[0.0, 1e-25, 0.5, 5550.0]);
        let scale = scale.unwrap_or_else(|| panic!("there are numbers"));
        assert!((scale.share(1.0) - 0.5).abs() < 1e-12);
        assert!((scale.share(10.0) - scale.share(1.0) - 1.0 / 6.0).abs() < 1e-12, "one of six decades");
        assert_eq!((scale.share(1e-25), scale.share(5550.0)), (0.0, 1.0));
        let labels = |height| -> Vec<String> {
            let ticks = scale.ticks(Mapped::GradientRatio, &Room::upright(height, 15.0, 44.0));
            ticks.into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(600.0), ["≤ 10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹", "10²", "≥ 10³"]);
        assert_eq!(labels(140.0), ["≤ 10⁻³", "10⁰", "≥ 10³"]);
        let few =
            ColorScale::around(Mapped::GradientRatio, &[0.02, 2.0]).unwrap_or_else(|| panic!("there are numbers"));
        assert!((few.low * few.high - 1.0).abs() < 1e-12 && !few.is_cut(Mapped::GradientRatio), "{few:?}");
    }

    #[test]
    fn a_map_says_that_it_has_other_weights_than_an_initializer_without_draws() {
        let note = |initializer| {
            let experiment = Experiment { initializer, ..Experiment::article() };
            let terrain = Terrain::of(&experiment, Plane::Biases).unwrap_or_else(|error| panic!("{error}"));
            Landscape::new(Arc::new(Survey::new(terrain, true)), Mapped::OutputStd).note()
        };
        assert!(
            note(Initializer::Zeros)
                .starts_with("These weights are drawn from a normal distribution, and are not those of zeros.")
        );
        assert!(note(Initializer::HeUniform { gain: 1.0 }).starts_with("Every cell"));
    }

    #[test]
    fn what_hardly_varies_is_not_blown_up() {
        let scale = ColorScale::around(Mapped::OutputStd, &[1.0, 1.0 + 1e-9]);
        let scale = scale.unwrap_or_else(|| panic!("there are numbers"));
        assert!(scale.high - scale.low > 0.009);
    }

    #[test]
    fn cells_without_numbers_are_shown_and_said() {
        let nan = all(Reading::Overflow, Reading::Overflow, Reading::Overflow);
        let overflown = Landscape::new(survey(Activation::Relu, nan), Mapped::OutputStd);
        assert_eq!(overflown.scale, None);
        assert!(overflown.shades().iter().all(|shade| *shade == Shade::Overflow));
        assert_eq!(overflown.summary(), "In every cell values in layer 5 exceed f32.");

        let dead = || all(Reading::Number(0.0), Reading::Number(1.0), Reading::Undefined);
        let still = Landscape::new(survey(Activation::Relu, dead()), Mapped::OutputStd);
        assert_eq!((still.shade((3, 3)), still.scale), (Shade::Zero, None));
        assert_eq!(still.summary(), "All outputs of layer 5 are the same in every cell.");
        let shares = Landscape::new(survey(Activation::Relu, dead()), Mapped::DeadShare);
        assert_eq!(shares.shade((3, 3)), Shade::At(1.0));
        assert_eq!(shares.summary(), "All units of layer 5 are dead in every cell.");
        let ratio = Landscape::new(survey(Activation::Relu, dead()), Mapped::GradientRatio);
        assert_eq!(ratio.shade((3, 3)), Shade::Undefined);
        assert!(ratio.summary().ends_with("there is no ratio."));

        let alive = || all(Reading::Number(0.5), Reading::Number(0.0), Reading::Number(1.0));
        let relu = Landscape::new(survey(Activation::Relu, alive()), Mapped::DeadShare);
        assert_eq!(relu.summary(), "No unit of layer 5 is dead in any cell.");
        assert_eq!(relu.shade((3, 3)), Shade::At(0.0));
        let sigmoid = Landscape::new(survey(Activation::Sigmoid, alive()), Mapped::DeadShare);
        assert_eq!(sigmoid.summary(), "No unit can be dead: the slope of sigmoid is nowhere 0.");
    }

    #[test]
    fn a_summary_says_where_the_least_and_the_greatest_are_and_what_is_not_between() {
        let cell = |column: usize, row: usize| {
            let std = match (column, row) {
                (0, _) => Reading::Number(0.0),
                (39, 39) => Reading::Overflow,
                _ => Reading::Number((column * 100 + row) as f64),
            };
            Cell {
                output_std: std,
                dead_share: Reading::Number(0.25),
                gradient_ratio: None,
                accuracy: None,
                loss: None,
            }
        };
        let landscape = Landscape::new(survey(Activation::Relu, cell), Mapped::OutputStd);
        let summary = "Output std of layer 5 from 0 (σ_w 0.10, σ_b 0.00) to 3938 (σ_w 4.00, σ_b 1.90). 1 cell exceeds f32, 40 cells exactly 0.";
        assert_eq!(landscape.summary(), summary);
        assert_eq!(landscape.reading((3, 5)), "output std 305 in layer 5");
        assert_eq!(landscape.reading((39, 39)), "values in layer 5 exceed f32");
        let dead = Landscape::new(Arc::clone(&landscape.survey), Mapped::DeadShare);
        assert_eq!(dead.reading((3, 5)), "25 of 100 units of layer 5 are dead");
        let ratio = Landscape::new(Arc::clone(&landscape.survey), Mapped::GradientRatio);
        assert_eq!((ratio.shade((3, 5)), ratio.summary()), (Shade::Unknown, "Nothing is measured yet.".to_owned()));
    }
}
