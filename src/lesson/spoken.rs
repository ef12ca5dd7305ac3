use super::expression::{LayerName, Term};
use super::named::Named;
use super::steps::LessonStep;
use crate::figure::{Quantity, Row};

/// What a step gives numbers of in its texts, which whoever reads them is to find in the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spoken {
    /// Rows of numbers under layers.
    pub rows: Vec<Row>,
    /// Layers, from 0, that are named; the last is `usize::MAX`.
    pub layers: Vec<usize>,
    /// Whether it speaks of accuracies.
    pub of_accuracy: bool,
}

impl LessonStep {
    /// What it speaks of where layers show this quantity; of its question's reason only once that is answered.
    pub fn spoken(&self, quantity: Quantity, is_answered: bool) -> Spoken {
        let question = self.question.as_ref();
        let texts = [
            Some(&self.text),
            question.map(|question| &question.text),
            question.filter(|_| is_answered).map(|question| &question.why),
        ];
        let goal = self.until.iter().flat_map(|goal| goal.condition.terms());
        let terms: Vec<&Term> = texts.into_iter().flatten().flat_map(|text| text.terms()).chain(goal).collect();
        let mut spoken = Spoken::default();
        for term in terms {
            spoken.of_accuracy |= term.named == Named::Accuracy;
            spoken.rows.extend(rows_of(term.named, quantity));
            spoken.layers.extend(match term.layer {
                Some(LayerName::Number(layer)) => layer.checked_sub(1),
                Some(LayerName::Last) => Some(usize::MAX),
                _ => None,
            });
        }
        spoken.rows.sort_unstable();
        spoken.rows.dedup();
        spoken.layers.sort_unstable();
        spoken.layers.dedup();
        spoken
    }
}

/// The rows that have a number, where layers show this quantity.
fn rows_of(named: Named, quantity: Quantity) -> &'static [Row] {
    match (named, quantity) {
        (Named::Std, Quantity::Outputs)
        | (Named::ZStd, Quantity::PreActivations)
        | (Named::WeightStd, Quantity::Weights) => &[Row::Std],
        (Named::Mean, Quantity::Outputs)
        | (Named::ZMean, Quantity::PreActivations)
        | (Named::WeightMean, Quantity::Weights) => &[Row::Mean],
        (Named::TheoryStd, Quantity::Outputs) | (Named::TheoryZStd, Quantity::PreActivations) => &[Row::Theory],
        (Named::Zeros, Quantity::Outputs) => &[Row::Zeros],
        (Named::Saturated, Quantity::Outputs) => &[Row::Saturated],
        (Named::Dead | Named::AlwaysOn, _) => &[Row::Units, Row::States],
        (Named::NeverPositive, _) => &[Row::Units, Row::States, Row::NeverPositive],
        (Named::Gradient, _) => &[Row::Norm],
        (Named::WeightGradient, _) => &[Row::WeightNorm],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Condition, Goal, LessonQuestion, LessonText};

    #[test]
    fn a_step_speaks_of_what_its_texts_have_numbers_of() {
        let text = |text: &str| LessonText::read(text).unwrap_or_else(|error| panic!("{error:?}"));
        let mut step =
            LessonStep { text: text("{A.dead} dead units, std {layer5.std} at σ = {sigma}"), ..LessonStep::default() };
        step.question = Some(LessonQuestion {
            text: text("Why?"),
            source: String::new(),
            answers: Vec::new(),
            right: 0,
            why: text("{gradient of the last layer / layer1.gradient} and {accuracy}"),
            why_source: String::new(),
            hints: Vec::new(),
            reveal: super::super::steps::SceneChange::default(),
        });
        let asked = step.spoken(Quantity::Outputs, false);
        assert_eq!(asked.rows, [Row::Std, Row::Units, Row::States]);
        assert_eq!((asked.layers, asked.of_accuracy), (vec![4], false));
        let answered = step.spoken(Quantity::Weights, true);
        assert_eq!(answered.rows, [Row::Norm, Row::Units, Row::States]);
        assert!(answered.of_accuracy && answered.layers == [0, 4, usize::MAX], "{answered:?}");
        step.until = Some(Goal {
            condition: Condition::read("saturated of layer 2 below 3 %").unwrap_or_else(|error| panic!("{error:?}")),
            way: crate::experiment::Settings::default(),
        });
        assert!(step.spoken(Quantity::Outputs, false).rows.contains(&Row::Saturated));
    }
}
