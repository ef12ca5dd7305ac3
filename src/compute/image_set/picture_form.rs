/// How the values of an image lie in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureForm {
    /// Lines, from above.
    pub rows: usize,
    /// Places of a line, from the left.
    pub columns: usize,
    /// Values of a place: 1; 3 for red, green and blue; or 4 with one more, as of transparency.
    pub colors: usize,
    /// Whether all values of a colour lie together, as PyTorch has them, and not all of a place.
    pub colors_first: bool,
}

impl PictureForm {
    /// Of images of these lengths, if rows and columns are among them. Colours are the last length, or the first if that alone can be them.
    pub fn of(shape: &[usize]) -> Option<Self> {
        let can_be_colors = |length: usize| matches!(length, 1 | 3 | 4);
        match *shape {
            [rows, columns] => Some(Self { rows, columns, colors: 1, colors_first: false }),
            [colors, rows, columns] if can_be_colors(colors) && !can_be_colors(columns) => {
                Some(Self { rows, columns, colors, colors_first: true })
            }
            [rows, columns, colors] => Some(Self { rows, columns, colors, colors_first: false }),
            _ => None,
        }
    }

    /// Whether it can be drawn.
    pub fn is_picture(&self) -> bool {
        matches!(self.colors, 1 | 3 | 4)
    }

    /// With rows and columns exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { rows: self.columns, columns: self.rows, ..self }
    }

    /// Where a value is among all of an image.
    pub fn place(&self, row: usize, column: usize, color: usize) -> usize {
        let pixel = row * self.columns + column;
        if self.colors_first { color * self.rows * self.columns + pixel } else { pixel * self.colors + color }
    }

    /// The row, column and colour of a value.
    fn of_place(&self, place: usize) -> (usize, usize, usize) {
        let pixels = self.rows * self.columns;
        let (pixel, color) = if self.colors_first {
            (place % pixels, place / pixels)
        } else {
            (place / self.colors, place % self.colors)
        };
        (pixel / self.columns, pixel % self.columns, color)
    }

    /// Where the value is that comes to a place where rows and columns are exchanged.
    pub fn before_turning(&self, place: usize) -> usize {
        let (row, column, color) = self.turned().of_place(place);
        self.place(column, row, color)
    }

    /// Places of the values as a screen has them: row after row, and of every pixel its colours, but none of transparency.
    pub fn on_screen(self) -> impl Iterator<Item = usize> {
        let pixels = (0..self.rows).flat_map(move |row| (0..self.columns).map(move |column| (row, column)));
        pixels.flat_map(move |(row, column)| (0..self.colors.min(3)).map(move |color| self.place(row, column, color)))
    }

    /// Places of the values where the colours stand side by side: row after row, and of every row one colour after the other.
    pub fn side_by_side(self) -> impl Iterator<Item = usize> {
        let rows = (0..self.rows).flat_map(move |row| (0..self.colors).map(move |color| (row, color)));
        rows.flat_map(move |(row, color)| (0..self.columns).map(move |column| self.place(row, column, color)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(shape: &[usize]) -> Option<(usize, usize, usize, bool)> {
        let PictureForm { rows, columns, colors, colors_first } = PictureForm::of(shape)?;
        Some((rows, columns, colors, colors_first))
    }

    #[test]
    fn colours_are_the_length_that_can_be_them() {
        assert_eq!(form(&[28, 28]), Some((28, 28, 1, false)));
        assert_eq!(form(&[8, 9, 3]), Some((8, 9, 3, false)));
        assert_eq!(form(&[3, 8, 9]), Some((8, 9, 3, true)));
        assert_eq!(form(&[1, 8, 9]), Some((8, 9, 1, true)));
        assert_eq!(form(&[3, 8, 3]), Some((3, 8, 3, false)));
        assert_eq!(form(&[64]), None);
        assert_eq!(form(&[2, 3, 4, 5]), None);
        assert!(PictureForm::of(&[8, 9, 5]).is_some_and(|form| !form.is_picture()));
    }

    /// `np.arange(12).reshape(3, 2, 2)`: `.transpose(1, 2, 0)`, `.transpose(1, 0, 2)` and `.swapaxes(1, 2)`, each `.ravel()`.
    #[test]
    fn values_are_found_where_they_lie() {
        let first = PictureForm { rows: 2, columns: 2, colors: 3, colors_first: true };
        assert_eq!(first.on_screen().collect::<Vec<_>>(), [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        assert_eq!(first.side_by_side().collect::<Vec<_>>(), [0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11]);
        let turned: Vec<_> = (0..12).map(|place| first.before_turning(place)).collect();
        assert_eq!(turned, [0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11]);
        // `np.arange(12).reshape(2, 3, 2).swapaxes(0, 1).ravel()`
        let last = PictureForm { rows: 2, columns: 3, colors: 2, colors_first: false };
        let turned: Vec<_> = (0..12).map(|place| last.before_turning(place)).collect();
        assert_eq!(turned, [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
    }
}
