use super::training::{length_words, other_training_words, training_words};
use super::{Landscape, Mapped};
use crate::engine::landscape::{JUDGES, Plane, Reading};
use crate::number;
use crate::training::Training;

/// A landscape in words.
impl Landscape {
    /// What a cell says, in words: `output std 0.352`.
    pub fn reading(&self, at: (usize, usize)) -> String {
        let Some(reading) = self.survey.cell(at).and_then(|cell| self.mapped.of(&cell)) else {
            return "not measured yet".to_owned();
        };
        let layer = self.terrain().layers(at.1);
        match (self.mapped, reading) {
            (Mapped::Accuracy | Mapped::Loss, Reading::Overflow | Reading::Undefined) => {
                "its training stopped being finite".to_owned()
            }
            (Mapped::Accuracy, Reading::Number(share)) => {
                format!("{} of the images right after {}", number::percent(share), self.steps())
            }
            (Mapped::Loss, Reading::Number(loss)) => {
                format!("test loss {} after {}", number::significant(loss), self.steps())
            }
            (_, Reading::Overflow) => format!("values in layer {layer} exceed f32"),
            (_, Reading::Undefined) => format!("0 / 0, no gradient reaches layer {layer}"),
            (Mapped::OutputStd, Reading::Number(std)) => {
                format!("output std {} in layer {layer}", number::significant(std))
            }
            (Mapped::GradientRatio, Reading::Number(ratio)) => {
                format!("||∂L/∂z₁|| / ||∂L/∂z{}|| = {}", subscript(layer), number::significant(ratio))
            }
            (Mapped::DeadShare, Reading::Number(share)) => {
                let units = self.terrain().base().widths[layer - 1];
                let dead = (share * units as f64).round() as u64;
                let verb = if units == 1 { "is" } else { "are" };
                let count = if dead == 0 { "none".to_owned() } else { number::count(dead) };
                format!("{count} of {} units of layer {layer} {verb} dead", number::count(units as u64))
            }
        }
    }

    /// How long its networks are trained, in words: `200 steps`.
    fn steps(&self) -> String {
        self.terrain().training().map_or_else(String::new, length_words)
    }

    /// All of it in a sentence or two: from where to where it goes, and what is unusual.
    pub fn summary(&self) -> String {
        let (mut overflow, mut undefined, mut zero, mut all) = (0, 0, 0, 0);
        for (_, cell) in self.survey.measured() {
            let Some(reading) = self.mapped.of(&cell) else { continue };
            all += 1;
            match reading {
                Reading::Overflow => overflow += 1,
                Reading::Undefined => undefined += 1,
                Reading::Number(0.0) => zero += 1,
                Reading::Number(_) => {}
            }
        }
        let last =
            if self.terrain().plane() == Plane::Biases { self.terrain().layers(0).to_string() } else { "L".to_owned() };
        let Some([least, greatest]) = self.extremes else {
            return match (all, undefined) {
                (0, _) => "Nothing is measured yet.".to_owned(),
                _ if self.mapped.is_trained() => "In every cell the training stopped being finite.".to_owned(),
                (all, undefined) if all == undefined => {
                    format!(
                        "In every cell all units of layer {last} are off, or their gradients too small for f32: there is no ratio."
                    )
                }
                _ => format!("In every cell values in layer {last} exceed f32."),
            };
        };
        let value = |at| self.survey.cell(at).and_then(|cell| self.mapped.of(&cell)?.number()).unwrap_or(f64::NAN);
        let (low, high) = (value(least), value(greatest));
        let activation = self.terrain().base().activation;
        let range = match self.mapped {
            Mapped::DeadShare if !activation.can_be_dead() => {
                format!("No unit can be dead: the slope of {} is nowhere 0.", activation.name())
            }
            Mapped::DeadShare if high == 0.0 => format!("No unit of layer {last} is dead in any cell."),
            Mapped::DeadShare if low == 1.0 => format!("All units of layer {last} are dead in every cell."),
            Mapped::OutputStd if high == 0.0 => format!("All outputs of layer {last} are the same in every cell."),
            Mapped::GradientRatio if high == 0.0 => "No gradient arrives at layer 1 in any cell.".to_owned(),
            mapped => {
                let name = match mapped {
                    Mapped::OutputStd => format!("Output std of layer {last}"),
                    Mapped::GradientRatio => "Gradient ratio".to_owned(),
                    Mapped::DeadShare => format!("Dead units of layer {last}"),
                    Mapped::Accuracy => format!("Images right after {}", self.steps()),
                    Mapped::Loss => format!("Test loss after {}", self.steps()),
                };
                let (low, high) = (mapped.written(low), mapped.written(high));
                format!("{name} from {low} ({}) to {high} ({}).", self.place(least), self.place(greatest))
            }
        };
        let mut unusual = Vec::new();
        let cells = |count: usize| format!("{} cell{}", number::count(count as u64), if count == 1 { "" } else { "s" });
        if overflow > 0 && self.mapped.is_trained() {
            unusual.push(format!("{} stopped being finite", cells(overflow)));
        } else if overflow > 0 {
            unusual.push(format!("{} exceed{} f32", cells(overflow), if overflow == 1 { "s" } else { "" }));
        }
        if undefined > 0 {
            unusual.push(format!("{} without any gradient", cells(undefined)));
        }
        if zero > 0 && high > 0.0 && self.mapped != Mapped::DeadShare {
            unusual.push(format!("{} exactly 0", cells(zero)));
        }
        if unusual.is_empty() { range } else { format!("{range} {}.", unusual.join(", ")) }
    }

    /// What the cells are, in a sentence.
    pub fn note(&self) -> String {
        let replaced = self.replaced();
        if let Some(training) = self.terrain().training() {
            let images = training.images.min(Training::available(self.terrain().base()));
            let (words, alike) = if self.terrain().plane() == Plane::Rate {
                (
                    other_training_words(training, images, "the learning rate of its row"),
                    "layers, activation, biases and seed",
                )
            } else {
                (training_words(training, images), "width, activation, biases and seed")
            };
            return format!(
                "{replaced}Every cell is a network of its own, with this experiment’s {alike}, trained for {} ({words}) and judged on {} \
                 test images.",
                self.steps(),
                number::count(Training::judges(self.terrain().base()).len().min(JUDGES) as u64)
            );
        }
        let images = self.terrain().base().inputs.images;
        format!(
            "{replaced}Every cell is a network of its own, with this experiment’s width, activation and seed, on the first {images} images."
        )
    }

    /// Whose weights the map does not have, in a sentence.
    fn replaced(&self) -> String {
        self.terrain().replaced().map_or_else(String::new, |initializer| {
            format!("These weights are drawn from a normal distribution, and are not those of {}. ", initializer.name())
        })
    }
}

/// `₁₈`
fn subscript(number: usize) -> String {
    let digit = |digit: char| "₀₁₂₃₄₅₆₇₈₉".chars().nth(digit.to_digit(10).unwrap_or(0) as usize);
    number.to_string().chars().filter_map(digit).collect()
}
