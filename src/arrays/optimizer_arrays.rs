use crate::training::Optimizer;

/// What an optimizer keeps of each weight, as the arrays of a file are called.
pub(super) fn names_of(optimizer: Optimizer) -> &'static [&'static str] {
    match optimizer {
        Optimizer::Sgd { momentum: 0.0, .. } => &[],
        Optimizer::Sgd { .. } => &["velocity"],
        Optimizer::RmsProp { .. } => &["mean_square"],
        Optimizer::Adagrad { .. } => &["sum_of_squares"],
        Optimizer::Adam { .. } | Optimizer::AdamW { .. } => &["mean", "mean_square"],
    }
}

/// An array's name by its letter and the place of its kernel: a linear first layer has the number 0.
pub(super) fn numbered(letter: &str, kernel: usize, linear_first: bool) -> String {
    format!("{letter}{}", kernel + usize::from(!linear_first))
}
