use crate::experiment::Activation;
use crate::subject::Subject;

/// Whether any hidden layer's activation is such a one: those of a file's network may differ.
pub fn any_activation(subject: &Subject, is_such: impl Fn(Activation) -> bool) -> bool {
    (0..subject.experiment().widths.len()).any(|layer| is_such(subject.activation(layer)))
}
