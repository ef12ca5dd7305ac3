//! Layers whose order nobody says: the one in which each takes what the one before gives.

use super::error::Flaw;
use super::step::NetworkStep;

/// Attempts before a search for an order is given up.
const MOST_ATTEMPTS: usize = 10_000;

/// Steps in the order they are in, if each dense layer takes what the one before gives; else in the only order in which they do.
/// A kernel whose orientation is a guess may be turned for that. Normalisations go behind the layers they belong to.
///
/// # Errors
/// If there is no such order, or more than one.
pub(super) fn in_chain(steps: Vec<(NetworkStep, bool)>) -> Result<Vec<NetworkStep>, Flaw> {
    let (dense, norms): (Vec<_>, Vec<_>) =
        steps.iter().cloned().enumerate().partition(|(_, (step, _))| matches!(step, NetworkStep::Dense(_)));
    if dense.is_empty() {
        return Err(Flaw("there are no dense layers in it: nothing has a matrix of weights in floating-point numbers of 16, 32 or 64 bits".to_owned()));
    }
    let shapes: Vec<_> = dense.iter().map(|(_, (step, _))| shape(step)).collect();
    let follow = |shapes: &[(usize, usize)]| shapes.windows(2).all(|pair| pair[0].1 == pair[1].0);
    if follow(&shapes) && is_in_place(&steps) {
        return Ok(steps.into_iter().map(|(step, _)| step).collect());
    }
    let turned: Vec<_> = shapes.iter().map(|&(inputs, units)| (units, inputs)).collect();
    let mut layers: Vec<_> = dense.into_iter().map(|(_, (step, is_guess))| (step, is_guess)).collect();
    if !follow(&shapes) {
        if layers.iter().all(|(_, is_guess)| *is_guess) && follow(&turned) {
            layers.iter_mut().for_each(|(step, _)| turn(step));
        } else {
            let order = only_order(&shapes)?;
            let mut places: Vec<_> = layers.into_iter().map(Some).collect();
            layers = order.into_iter().filter_map(|at| places[at].take()).collect();
        }
    }
    let layers = layers.into_iter().map(|(step, _)| step).collect();
    placed(layers, norms.into_iter().map(|(_, (step, _))| step).collect())
}

/// Whether each normalisation stands behind a dense layer of its size, or before all of them.
fn is_in_place(steps: &[(NetworkStep, bool)]) -> bool {
    let mut units = None;
    for (step, _) in steps {
        match step {
            NetworkStep::Dense(dense) => units = Some(dense.kernel.ncols()),
            step => {
                let expected = units.or_else(|| first_inputs(steps));
                if size(step) != expected || units.is_none() {
                    return false;
                }
            }
        }
    }
    true
}

fn first_inputs(steps: &[(NetworkStep, bool)]) -> Option<usize> {
    steps.iter().find_map(|(step, _)| match step {
        NetworkStep::Dense(dense) => Some(dense.kernel.nrows()),
        _ => None,
    })
}

fn shape(step: &NetworkStep) -> (usize, usize) {
    match step {
        NetworkStep::Dense(dense) => dense.kernel.dim(),
        _ => (0, 0),
    }
}

fn size(step: &NetworkStep) -> Option<usize> {
    match step {
        NetworkStep::Affine { scale, .. } => Some(scale.len()),
        NetworkStep::LayerNorm { norm, .. } => Some(norm.scale.len()),
        _ => None,
    }
}

fn turn(step: &mut NetworkStep) {
    if let NetworkStep::Dense(dense) = step {
        dense.kernel = dense.kernel.t().as_standard_layout().into_owned();
    }
}

/// Normalisations in their order, each behind the first layer of its size that has none yet; one that fits the inputs and
/// nothing else goes first.
fn placed(layers: Vec<NetworkStep>, norms: Vec<NetworkStep>) -> Result<Vec<NetworkStep>, Flaw> {
    let hidden = layers.len().saturating_sub(1);
    let mut behind: Vec<Vec<NetworkStep>> = vec![Vec::new(); layers.len()];
    let mut first = Vec::new();
    for norm in norms {
        let free = |at: &usize| behind[*at].is_empty() && Some(shape(&layers[*at]).1) == size(&norm);
        match (0..hidden).find(free) {
            Some(at) => behind[at].push(norm),
            None if size(&norm) == Some(shape(&layers[0]).0) && first.is_empty() => first.push(norm),
            None => return Err(Flaw("a normalisation belongs to none of the dense layers".to_owned())),
        }
    }
    let mut all = first;
    for (layer, norms) in layers.into_iter().zip(behind) {
        all.push(layer);
        all.extend(norms);
    }
    Ok(all)
}

/// The only order in which each takes what the one before gives.
fn only_order(shapes: &[(usize, usize)]) -> Result<Vec<usize>, Flaw> {
    let mut search = Search { shapes, order: Vec::new(), found: Vec::new(), attempts: 0 };
    search.go_on();
    match &search.found[..] {
        _ if search.attempts >= MOST_ATTEMPTS => Err(Flaw(
            "its dense layers have no order that could be found: their names and shapes do not say which follows which"
                .to_owned(),
        )),
        [order] => Ok(order.clone()),
        [] => Err(Flaw(
            "its dense layers do not follow one another: in no order does each take as many inputs as the one before has units, so it \
             has branches or layers of other kinds between them"
                .to_owned(),
        )),
        _ => Err(Flaw(
            "its dense layers fit one another in several orders, and their names do not say which is meant: number them"
                .to_owned(),
        )),
    }
}

struct Search<'a> {
    shapes: &'a [(usize, usize)],
    order: Vec<usize>,
    found: Vec<Vec<usize>>,
    attempts: usize,
}

impl Search<'_> {
    fn go_on(&mut self) {
        self.attempts += 1;
        if self.attempts >= MOST_ATTEMPTS || self.found.len() > 1 {
            return;
        }
        if self.order.len() == self.shapes.len() {
            return self.found.push(self.order.clone());
        }
        let units = self.order.last().map(|&last| self.shapes[last].1);
        for next in 0..self.shapes.len() {
            if !self.order.contains(&next) && units.is_none_or(|units| units == self.shapes[next].0) {
                self.order.push(next);
                self.go_on();
                self.order.pop();
            }
        }
    }
}
