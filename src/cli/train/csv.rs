use super::candidate::Candidate;
use super::report::{EpochReport, LayerOfEpoch};
use crate::trainer::Course;

/// A header, and a row for every hidden layer after every epoch: the keys of the JSON. What is not finite or does not apply is
/// empty. With several networks, each row begins with the number of its own.
pub(super) fn text<'a>(all: impl ExactSizeIterator<Item = (&'a Candidate, &'a Course)>) -> String {
    let is_numbered = all.len() > 1;
    let mut text = if is_numbered { "experiment,".to_owned() } else { String::new() };
    text += "epoch,step,running_loss,train_loss,test_loss,test_accuracy,layer,weight_gradient_l2,gradient_l2,update_ratio,\
             distance,dead_units,always_on_units,revived_units,saturated_fraction,output_std\n";
    for (number, (_, course)) in (1..).zip(all) {
        for epoch in course.epochs().iter().map(EpochReport::of) {
            for layer in &epoch.layers {
                if is_numbered {
                    text += &format!("{number},");
                }
                text += &row(&epoch, layer);
            }
        }
    }
    text
}

fn row(epoch: &EpochReport, layer: &LayerOfEpoch) -> String {
    let number = |value: Option<f64>| {
        value.filter(|value| value.is_finite()).map_or_else(String::new, |value| value.to_string())
    };
    let cells = [
        epoch.epoch.to_string(),
        epoch.step.to_string(),
        number(epoch.running_loss),
        number(Some(epoch.train_loss)),
        number(epoch.test_loss),
        number(epoch.test_accuracy),
        layer.layer.to_string(),
        number(Some(layer.weight_gradient_l2)),
        number(Some(layer.gradient_l2)),
        number(layer.update_ratio),
        number(Some(layer.distance)),
        layer.dead_units.to_string(),
        layer.always_on_units.to_string(),
        layer.revived_units.to_string(),
        number(layer.saturated_fraction),
        number(Some(layer.output_std)),
    ];
    cells.join(",") + "\n"
}
