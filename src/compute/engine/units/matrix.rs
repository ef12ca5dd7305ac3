use super::Firing;
use crate::network::BLOCK;

/// How many dots there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub columns: usize,
    /// Down.
    pub rows: usize,
}

/// Which images the units of a layer fire for, as dots: a column per unit and a row per image, or several that share one
/// where there are more of them than dots. Images stand by their class, and within that in their own order.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Dots that there are; never more than units or images.
    pub size: Size,
    /// What was asked for.
    pub room: Size,
    /// [rows, columns]: the share of a dot's units and images that fire, 0 to 255. 0 only if none does, 255 only if all do.
    pub shares: Vec<u8>,
    /// For each class, the images of it.
    pub classes: Vec<usize>,
}

impl Matrix {
    /// Gathers the images that are in, whose classes `labels` are, units from left to right in this order.
    pub fn of(firing: &Firing, labels: &[u8], order: &[usize], room: Size) -> Self {
        let (images, units) = (firing.images(), firing.units());
        let size = Size { columns: room.columns.clamp(1, units), rows: room.rows.clamp(1, images.max(1)) };
        let column = places(order.iter().copied(), units, size.columns);
        let mut by_class: Vec<_> = (0..images).collect();
        by_class.sort_by_key(|&image| labels[image]);
        let row = places(by_class.iter().copied(), images, size.rows);
        let mut counts = vec![0_u32; size.rows * size.columns];
        for block in 0..images.div_ceil(BLOCK) {
            let rows = &row[block * BLOCK..((block + 1) * BLOCK).min(images)];
            for (&word, &column) in firing.block(block).iter().zip(&column) {
                let mut left = word;
                while left != 0 {
                    counts[rows[left.trailing_zeros() as usize] * size.columns + column] += 1;
                    left &= left - 1;
                }
            }
        }
        let (of_rows, of_columns) = (sizes(&row, size.rows), sizes(&column, size.columns));
        let cells = of_rows.iter().flat_map(|rows| of_columns.iter().map(move |columns| rows * columns));
        let shares = counts.iter().zip(cells).map(|(&count, of)| share(count, of)).collect();
        let mut classes = vec![0; labels.iter().map(|&label| usize::from(label) + 1).max().unwrap_or(1)];
        labels[..images].iter().for_each(|&label| classes[usize::from(label)] += 1);
        Self { size, room, shares, classes }
    }

    /// The units that share a column, by their place in the order.
    pub fn units(&self, column: usize, units: usize) -> std::ops::Range<usize> {
        let first = |column: usize| (column * units).div_ceil(self.size.columns);
        first(column)..first(column + 1)
    }
}

/// For each of `count` things, which of `rooms` it is in if they stand in this order.
fn places(order: impl Iterator<Item = usize>, count: usize, rooms: usize) -> Vec<usize> {
    let mut places = vec![0; count];
    order.enumerate().for_each(|(place, thing)| places[thing] = place * rooms / count);
    places
}

/// How many things are in each room.
fn sizes(places: &[usize], rooms: usize) -> Vec<u32> {
    let mut sizes = vec![0; rooms];
    places.iter().for_each(|&place| sizes[place] += 1);
    sizes
}

/// Share in parts of 255; between none and all there is always something.
fn share(count: u32, of: u32) -> u8 {
    match count {
        0 => 0,
        count if count == of => 255,
        count => (f64::from(count) / f64::from(of) * 255.0).round().clamp(1.0, 254.0) as u8,
    }
}
