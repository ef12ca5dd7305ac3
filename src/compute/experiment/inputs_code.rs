use super::{Data, Experiment, InputScale, Split};
use crate::image_set::{ColumnScales, ImageSet, SetValues};

/// Lines of Python that load what a network is shown.
impl Experiment {
    /// What the network is shown, as a comment.
    pub(super) fn about_inputs(&self) -> String {
        let values = match self.inputs.scale {
            _ if !self.inputs.data.has_pixels() => "values drawn from N(0, 1)",
            _ if matches!(self.inputs.data, Data::Set(_)) => "as they are loaded here",
            InputScale::Unit => "pixels from 0 to 1 (divided by 255)",
            InputScale::Standardized => {
                "pixels minus their mean, divided by their standard deviation, both of the training images"
            }
            InputScale::Centered => "pixels from -0.5 to 0.5 (divided by 255, minus 0.5)",
            InputScale::Bytes => "pixels from 0 to 255",
        };
        let order = if self.inputs.transposed { ", rows and columns exchanged" } else { "" };
        format!("# Inputs: [images, {}], {values}{order}.", self.inputs.dim())
    }

    /// Lines that load files which were read, as the network is shown them: `x`, and `labels` where there are any.
    pub(super) fn loading(&self) -> Vec<String> {
        let Data::Set(set) = &self.inputs.data else { return Vec::new() };
        let reading = set.reading();
        let part = if self.inputs.split == Split::Test { reading.parts.last() } else { reading.parts.first() };
        let mut lines = reading.shared.clone();
        lines.extend(part.into_iter().flat_map(|part| part.lines("x", "labels")));
        lines.extend(self.scaling(set));
        let part = match self.inputs.split {
            split if set.is_divided() || split == Split::Whole => None,
            Split::Train => Some("np.arange(len(x)) % 5 != 4"),
            Split::Test | Split::Whole => Some("np.arange(len(x)) % 5 == 4"),
        };
        let names = if set.has_labels() { "x, labels" } else { "x" };
        if let Some(part) = part {
            let of = if set.has_labels() { "x[part], labels[part]" } else { "x[part]" };
            lines.extend([format!("part = {part}"), format!("{names} = {of}")]);
        }
        let images = self.inputs.images;
        let of = if set.has_labels() { format!("x[:{images}], labels[:{images}]") } else { format!("x[:{images}]") };
        lines.push(format!("{names} = {of}"));
        lines
    }

    /// Lines that make what was read, `x`, what the network is shown: [images, values] of f32.
    pub(crate) fn scaling(&self, set: &ImageSet) -> Vec<String> {
        if let Some(scales) = set.column_scales() {
            return self.scaling_of_table(set, scales);
        }
        let (dim, standard, (least, range)) = (set.dim(), set.standard(), set.unit());
        let is_bytes = matches!(set.values(), SetValues::Bytes(_));
        let mut lines = vec![format!("x = np.asarray(x).reshape(-1, {dim}).astype(\"float32\")")];
        match self.inputs.scale {
            InputScale::Unit | InputScale::Centered => {
                let less = if self.inputs.scale == InputScale::Centered { " - 0.5" } else { "" };
                lines.push(if is_bytes {
                    format!("x = x / 255{less}")
                } else {
                    format!("x = (x - {least:?}) / {range:?}{less}  # the training images from 0 to 1{less}")
                });
            }
            InputScale::Standardized => {
                let over = if is_bytes { " / 255" } else { "" };
                lines.push(format!(
                    "x = (x{over} - {:?}) / {:?}  # mean and std of the training images",
                    standard.mean as f32, standard.std as f32
                ));
            }
            InputScale::Bytes => {}
        }
        if let Some(form) = set.form().filter(|_| self.inputs.transposed) {
            let lengths: Vec<_> = set.shape().iter().map(usize::to_string).collect();
            let axes = if form.colors_first { "2, 3" } else { "1, 2" };
            lines.push(format!("x = x.reshape(-1, {}).swapaxes({axes}).reshape(-1, {dim})", lengths.join(", ")));
        }
        lines
    }

    /// The same of a table, each of whose columns is scaled by itself.
    fn scaling_of_table(&self, set: &ImageSet, scales: &ColumnScales) -> Vec<String> {
        let mut lines = vec![format!("x = np.asarray(x).reshape(-1, {}).astype(\"float32\")", set.dim())];
        let less = if self.inputs.scale == InputScale::Centered { " - 0.5" } else { "" };
        let is_unit = match self.inputs.scale {
            InputScale::Bytes => return lines,
            InputScale::Standardized => false,
            InputScale::Unit | InputScale::Centered => true,
        };
        // Of files that have training and test images apart, only one of the two is at hand where it is scaled.
        if set.is_divided() {
            let array = |numbers: &mut dyn Iterator<Item = f32>| {
                let numbers: Vec<_> = numbers.map(|number| format!("{number:?}")).collect();
                format!("np.array([{}], \"float32\")", numbers.join(", "))
            };
            let standards = &scales.standards;
            let [from, by] = if is_unit {
                [array(&mut scales.units.iter().map(|unit| unit.0)), array(&mut scales.units.iter().map(|unit| unit.1))]
            } else {
                [
                    array(&mut standards.iter().map(|standard| standard.mean as f32)),
                    array(&mut standards.iter().map(|standard| standard.std as f32)),
                ]
            };
            lines.push(format!("x = (x - {from}) / {by}{less}  # of every column of the training images"));
            return lines;
        }
        let training = "rows = x[np.arange(len(x)) % 5 != 4].astype(\"float64\")  # the training images";
        lines.push(training.to_owned());
        let (from, both) = if is_unit {
            ("least", "least, by = rows.min(axis=0), rows.max(axis=0) - rows.min(axis=0)")
        } else {
            ("mean", "mean, by = rows.mean(axis=0), rows.std(axis=0)")
        };
        lines.push(both.to_owned());
        lines.push(format!("x = ((x - {from}) / np.where(by == 0, 1, by){less}).astype(\"float32\")"));
        lines
    }
}
