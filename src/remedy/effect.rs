use super::Ailment;
use super::ailment::{is_constant, outputs};
use crate::engine::{LayerMeasurement, Measurement};
use crate::insight::Trend;
use crate::number;

/// What a remedy does, measured: an improvement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    ailment: Ailment,
    /// The reading without the remedy, and with it.
    readings: (f64, f64),
    /// How bad the second is.
    left: f64,
}

/// What is left is to be no more than this part of what there was.
const WORTH_IT: f64 = 0.7;

impl Effect {
    /// The effect between two measurements on the same images; `None` if it is no improvement worth the name, or if what is
    /// worse comes in its place.
    pub fn of(ailment: Ailment, before: &Measurement, after: &Measurement) -> Option<Self> {
        let readings = (ailment.reading(before)?, ailment.reading(after)?);
        let (was, left) = (ailment.badness(before)?, ailment.badness(after)?);
        let helps = was > 0.0 && left <= WORTH_IT * was && before.images == after.images;
        (helps && is_sound(before, after)).then_some(Self { ailment, readings, left })
    }

    /// How much is left of what is wrong: the less the better, among effects on the same.
    pub fn left(&self) -> f64 {
        self.left
    }

    /// The number that tells how much is wrong, without the remedy and with it.
    pub fn readings(&self) -> (f64, f64) {
        self.readings
    }

    /// What it is, as short as it can be said: `124 dead → 14`.
    pub fn words(&self) -> String {
        let (before, after) = self.readings;
        let count = |number: f64| if number == 0.0 { "none".to_owned() } else { number::count(number as u64) };
        match self.ailment {
            Ailment::Overflow => format!("{} values exceed f32 → {}", count(before), count(after)),
            Ailment::Alike => {
                format!("std of weights {} → {}", number::significant(before), number::significant(after))
            }
            Ailment::Dead => format!("{} dead → {}", count(before), count(after)),
            Ailment::Constant => format!("{} constant layers → {}", count(before), count(after)),
            Ailment::Saturated => format!("{} saturated → {}", number::percent(before), number::percent(after)),
            Ailment::Gradients => {
                format!("gradient ratio {} → {}", number::significant(before), number::significant(after))
            }
            Ailment::Outputs => format!("std ratio {} → {}", number::significant(before), number::significant(after)),
            Ailment::Crowded => format!("std {} → {}", number::significant(before), number::significant(after)),
        }
    }

    /// What its numbers are.
    pub fn about(&self) -> &'static str {
        match self.ailment {
            Ailment::Overflow => "Pre-activations that are infinite or not numbers, in all layers.",
            Ailment::Alike => "The least standard deviation of a layer's weights: 0 makes all its units alike.",
            Ailment::Dead => "Dead units in all layers together.",
            Ailment::Constant => "Layers whose outputs are all one number.",
            Ailment::Saturated => "The greatest share of saturated outputs in any layer.",
            Ailment::Gradients => {
                "||∂L/∂z|| in the first layer over that in the last: 1 neither vanishes nor explodes."
            }
            Ailment::Outputs => {
                "Std of the outputs in the last layer over that in the first: 1 neither shrinks nor grows."
            }
            Ailment::Crowded => "Std of the outputs in the last layer.",
        }
    }
}

/// Whether nothing worse has come: values beyond f32, a layer that is dead or constant as a whole, outputs that explode or vanish.
fn is_sound(before: &Measurement, after: &Measurement) -> bool {
    let any = |measurement: &Measurement, is: fn(&LayerMeasurement) -> bool| measurement.layers.iter().any(is);
    let is_new = |is: fn(&LayerMeasurement) -> bool| any(after, is) && !any(before, is);
    let is_dead = |layer: &LayerMeasurement| layer.states.dead == layer.units;
    if after.overflow().is_some() || is_new(is_dead) || is_new(is_constant) {
        return false;
    }
    // Of what was all zero nobody can say how it would have gone on.
    let extreme = |measurement| outputs(measurement).map(Trend::is_extreme);
    extreme(before) != Some(false) || extreme(after) != Some(true)
}
