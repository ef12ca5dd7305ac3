//! Which layers have their numbers under them where there is not room for all, and where those stand.

use super::Figure;

/// Where the numbers of a layer stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The layer, from 0.
    pub layer: usize,
    /// The middle of its texts, from the left end of the first column.
    pub x: f64,
}

/// The cells of so many layers whose columns are so wide, if a cell of every row needs this much room: one choice for all rows.
///
/// All layers, if there is room. Else every second, third ... from the last, which matters most; and those that are named, whatever
/// lies beside them, moved to the left as far as they have to be.
pub fn cells(layers: usize, column: f64, need: f64, named: &[usize]) -> Vec<Cell> {
    let middle = |layer: usize| (layer as f64 + 0.5) * column;
    let Some(last) = layers.checked_sub(1) else { return Vec::new() };
    if need <= column {
        return (0..layers).map(|layer| Cell { layer, x: middle(layer) }).collect();
    }
    let most = ((layers as f64 * column / need) as usize).max(1);
    let mut kept: Vec<_> = named.iter().copied().filter(|&layer| layer < last).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.truncate(most - 1);
    let mut chosen = vec![Cell { layer: last, x: middle(last) }];
    for &layer in kept.iter().rev() {
        let next = chosen[chosen.len() - 1].x;
        chosen.push(Cell { layer, x: middle(layer).min(next - need) });
    }
    // What was moved too far goes back, and takes along what lies in its way; the last stands where it stands.
    let mut least = middle(0);
    for cell in chosen.iter_mut().skip(1).rev() {
        cell.x = cell.x.max(least);
        least = cell.x + need;
    }
    let stride = (need / column).ceil().max(1.0) as usize;
    let first = named.contains(&0).then_some(0);
    for layer in first.into_iter().chain((last % stride..last).step_by(stride)) {
        if chosen.iter().all(|cell| (cell.x - middle(layer)).abs() >= need) {
            chosen.push(Cell { layer, x: middle(layer) });
        }
    }
    chosen.sort_by(|one, other| one.x.total_cmp(&other.x));
    chosen
}

/// Layers, from 0, whose numbers stand out: the one with the most dead units, and the one that is saturated most; of equal ones the
/// last.
pub fn telling(figure: &Figure) -> Vec<usize> {
    let layers = &figure.measurement.layers;
    let greatest = |of: &dyn Fn(usize) -> f64| {
        (0..layers.len()).filter(|&layer| of(layer) > 0.0).max_by(|&one, &other| of(one).total_cmp(&of(other)))
    };
    let dead = greatest(&|layer| layers[layer].states.dead as f64 / layers[layer].units as f64);
    let saturated = greatest(&|layer| layers[layer].saturated_fraction.unwrap_or(0.0));
    dead.into_iter().chain(saturated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(of: &[Cell]) -> Vec<usize> {
        of.iter().map(|cell| cell.layer).collect()
    }

    #[test]
    fn all_have_their_numbers_where_there_is_room() {
        assert_eq!(layers(&cells(5, 40.0, 40.0, &[])), [0, 1, 2, 3, 4]);
        assert_eq!(cells(5, 40.0, 40.0, &[])[1].x, 60.0);
    }

    #[test]
    fn the_last_and_the_named_are_never_skipped() {
        for count in 1_usize..60 {
            for (column, need) in [(10.0, 35.0), (20.0, 30.0), (30.0, 31.0)] {
                for named in [vec![], vec![0], vec![count / 2, count.saturating_sub(2)]] {
                    let found = cells(count, column, need, &named);
                    assert!(found.iter().any(|cell| cell.layer == count - 1));
                    let room = (count as f64 * column / need) as usize;
                    for layer in named.iter().filter(|_| room >= 4) {
                        assert!(
                            found.iter().any(|cell| cell.layer == *layer),
                            "{count} {column} {need} {named:?}: {found:?}"
                        );
                    }
                    assert!(found.windows(2).all(|pair| pair[1].x - pair[0].x >= need - 1e-9), "{found:?}");
                    assert!(found.windows(2).all(|pair| pair[0].layer < pair[1].layer), "{found:?}");
                }
            }
        }
    }
}
