use crate::subject::Subject;

/// What an array holds; a kernel is known by its place among all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArrayContent {
    Images,
    Labels,
    Kernel(usize),
    Biases(usize),
    PreActivations(usize),
    Outputs(usize),
    Gradients(usize),
    Logits,
}

/// An array of the file.
#[derive(Clone, Debug)]
pub(super) struct Array {
    pub content: ArrayContent,
    pub name: String,
    pub rows: usize,
    /// None of a vector.
    pub columns: Option<usize>,
}

/// All arrays of the file, in its order.
pub(super) struct Inventory(pub Vec<Array>);

/// What an array takes beside its values, and what the file takes beside its arrays: about.
const HEADER: u64 = 128;
const ENTRY: u64 = 128;

impl Inventory {
    pub fn of(subject: &Subject) -> Self {
        let experiment = subject.experiment();
        let (shapes, linear, images) = (subject.kernel_shapes(), experiment.linear_layers(), experiment.inputs.images);
        let has_loss = subject.no_loss().is_none();
        let output = shapes.len() - 1;
        let array = |content, name: &str, rows, columns| Array { content, name: name.to_owned(), rows, columns };
        // A linear first layer has the number 0.
        let numbered = |letters: &str, kernel: usize| format!("{letters}{}", kernel + 1 - linear);
        let mut all = vec![array(ArrayContent::Images, "x", images, Some(experiment.inputs.dim()))];
        if experiment.inputs.has_labels() {
            all.push(array(ArrayContent::Labels, "labels", images, None));
        }
        for (kernel, &(fan_in, units)) in shapes.iter().enumerate() {
            all.push(array(ArrayContent::Kernel(kernel), &numbered("W", kernel), fan_in, Some(units)));
            all.push(array(ArrayContent::Biases(kernel), &numbered("b", kernel), units, None));
            if kernel < output {
                all.push(array(ArrayContent::PreActivations(kernel), &numbered("z", kernel), images, Some(units)));
            }
            if (linear..output).contains(&kernel) {
                all.push(array(ArrayContent::Outputs(kernel), &numbered("h", kernel), images, Some(units)));
            }
            if has_loss {
                all.push(array(ArrayContent::Gradients(kernel), &numbered("dz", kernel), images, Some(units)));
            }
        }
        all.push(array(ArrayContent::Logits, "logits", images, Some(subject.outputs())));
        Self(all)
    }

    /// Bytes of the file, to some hundred per array.
    pub fn bytes(&self) -> u64 {
        self.0.iter().map(|array| array.bytes() + HEADER + ENTRY).sum()
    }
}

impl Array {
    /// Bytes of its values.
    pub fn bytes(&self) -> u64 {
        (self.rows * self.columns.unwrap_or(1) * self.content.bytes_per_value()) as u64
    }
}

impl ArrayContent {
    /// Four of an f32, one of a label.
    pub fn bytes_per_value(self) -> usize {
        if self == Self::Labels { 1 } else { 4 }
    }
}
