use crate::experiment::Inputs;

/// How the values of an image lie in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureForm {
    /// Lines, from above.
    pub rows: usize,
    /// Places of a line, from the left.
    pub columns: usize,
    /// Values of a place: 1, or 3 for red, green and blue.
    pub colors: usize,
}

impl PictureForm {
    /// Of these inputs, if they are pictures.
    pub fn of(inputs: &Inputs) -> Option<Self> {
        match inputs.shape()?[..] {
            [rows, columns] => Some(Self { rows, columns, colors: 1 }),
            [rows, columns, colors @ (1 | 3)] => Some(Self { rows, columns, colors }),
            _ => None,
        }
    }

    /// With rows and columns exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { rows: self.columns, columns: self.rows, ..self }
    }
}
