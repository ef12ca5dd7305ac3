use ndarray::{Array2, ArrayView2};

use super::images_of;
use crate::activation::Limits;
use crate::dataset::Source;
use crate::network::{BLOCK, Interrupted, Kernel, Network, Scratch, Shown, Stage, Tape};
use crate::stats::{Tally, UnitStates};

/// What is found of one network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Standard deviation of the last hidden layer's outputs over images x units.
    pub output_std: Reading,
    /// Share of the last hidden layer's units that are dead.
    pub dead_share: Reading,
    /// ||dL/dz_1|| / ||dL/dz_L|| of the first and the last hidden layer, if gradients were asked for.
    pub gradient_ratio: Option<Reading>,
    /// Share of the images that judge which is classified right, where networks are trained; nothing else is found of those.
    pub accuracy: Option<Reading>,
    /// Their mean loss on these images, likewise.
    pub loss: Option<Reading>,
}

/// A number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// It is finite.
    Number(f64),
    /// Values it would be of exceed f32, or stopped being finite in a training.
    Overflow,
    /// 0 / 0: no gradient reaches the last hidden layer.
    Undefined,
}

impl Reading {
    /// A number, if it is finite.
    pub(super) fn of(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Overflow }
    }

    /// The number, if it is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Overflow | Self::Undefined => None,
        }
    }
}

/// The images that all networks of a landscape are shown.
pub(super) struct Images {
    /// Whole blocks [images, inputs], in memory input after input.
    blocks: Vec<Array2<f32>>,
    /// The digit of each.
    labels: Vec<u8>,
}

impl Images {
    /// The first of a source, in whole blocks.
    pub fn of(source: &Source) -> Self {
        let count = images_of(source.len());
        let blocks = (0..count).step_by(BLOCK).map(|start| {
            let block = source.images(start..start + BLOCK);
            let turned = Array2::from_shape_vec(block.t().raw_dim(), block.t().iter().copied().collect());
            turned.map_or(block, Array2::reversed_axes)
        });
        Self { blocks: blocks.collect(), labels: source.labels()[..count].to_vec() }
    }
}

/// What networks stand on: the images, and their products with the draws of a first kernel.
pub(super) struct Ground<'i> {
    images: &'i Images,
    products: Vec<Box<[f32]>>,
    kernel: Kernel,
}

impl<'i> Ground<'i> {
    /// With the products of this network's first draws, which most others share.
    pub fn new(images: &'i Images, network: &Network) -> Self {
        let mut scratch = Scratch::new(network);
        let products = images.blocks.iter().map(|block| network.first_product(&block.view(), &mut scratch)).collect();
        Self { images, products, kernel: network.kernels[0].clone() }
    }

    /// How many images there are.
    fn count(&self) -> usize {
        self.images.labels.len()
    }

    fn blocks(&self) -> usize {
        self.images.blocks.len()
    }

    /// A block as this network is shown it.
    fn shown(&self, block: usize, network: &Network) -> Shown<'_> {
        if self.kernel.shares_draws_with(&network.kernels[0]) {
            Shown::Product(&self.products[block], BLOCK)
        } else {
            Shown::Images(self.images.blocks[block].view())
        }
    }

    fn labels(&self, block: usize) -> &[u8] {
        &self.images.labels[block * BLOCK..][..BLOCK]
    }
}

/// What one thread needs to measure networks, one after the other.
pub(super) struct CellWorkspace {
    scratch: Scratch,
    tape: Option<Tape>,
}

impl CellWorkspace {
    /// For this network and those with fewer layers.
    pub fn new(network: &Network, gradients: bool) -> Self {
        Self { scratch: Scratch::new(network), tape: gradients.then(|| Tape::new(network)) }
    }
}

/// ||dL/dz||^2 of the first and of the last hidden layer.
#[derive(Clone, Copy, Default)]
struct Squares {
    first: f64,
    last: f64,
}

impl Squares {
    fn add(&mut self, (is_first, is_last): (bool, bool), values: &ArrayView2<'_, f32>) {
        if is_first || is_last {
            let squares: f64 = dense(values).iter().map(|&value| f64::from(value) * f64::from(value)).sum();
            self.first += if is_first { squares } else { 0.0 };
            self.last += if is_last { squares } else { 0.0 };
        }
    }

    fn ratio(self) -> Reading {
        match self.first / self.last {
            _ if !f64::is_finite(self.first + self.last) => Reading::Overflow,
            _ if self.last == 0.0 => Reading::Undefined,
            ratio => Reading::Number(ratio.sqrt()),
        }
    }
}

/// Measures a network forward, and back if the workspace has a tape.
pub(super) fn of_network(
    network: &Network,
    ground: &Ground<'_>,
    workspace: &mut CellWorkspace,
    go_on: &(dyn Fn() -> Result<(), Interrupted> + Sync),
) -> Result<Cell, Interrupted> {
    let limits = network.activation.limits();
    let (first, last) = (network.linear_layers, network.kernels.len() - 2);
    let plateaus = network.activation.plateaus();
    let mut tally = Tally::none(network.width(network.layers() - 1)).of_outputs(plateaus);
    let mut squares = Squares::default();
    let CellWorkspace { scratch, tape } = workspace;
    for block in 0..ground.blocks() {
        let shown = ground.shown(block, network);
        let see = |kernel: usize, stage: Stage, values: ArrayView2<'_, f32>| {
            if kernel == last && stage == Stage::Output {
                tally.add(dense(&values), limits);
            }
            go_on()
        };
        let Some(tape) = tape else {
            network.forward(shown, scratch, see)?;
            continue;
        };
        let gradient = |kernel: usize, _: Option<ArrayView2<'_, f32>>, values: ArrayView2<'_, f32>| {
            squares.add((kernel == first, kernel == last), &values);
            go_on()
        };
        // The gradient of the sum over images: a ratio does not see the difference.
        network.backward((shown, ground.labels(block)), 1, (scratch, tape), see, gradient)?;
    }
    Ok(Cell { gradient_ratio: tape.is_some().then(|| squares.ratio()), ..of_outputs(&tally, limits, ground.count()) })
}

/// Measures a network whose layers have one width as if it ended after its first hidden layer, its second, and so on: all in
/// one pass forward, with a pass back for each depth, through the output layer put there, if the workspace has a tape.
pub(super) fn by_depth(
    network: &Network,
    ground: &Ground<'_>,
    workspace: &mut CellWorkspace,
    go_on: &(dyn Fn() -> Result<(), Interrupted> + Sync),
) -> Result<Vec<Cell>, Interrupted> {
    let limits = network.activation.limits();
    let first = network.linear_layers;
    let tally = |index| Tally::none(network.width(index)).of_outputs(network.activation.plateaus());
    let mut tallies: Vec<_> = (0..network.layers()).map(tally).collect();
    let mut squares = vec![Squares::default(); network.layers()];
    let CellWorkspace { scratch, tape } = workspace;
    for block in 0..ground.blocks() {
        let shown = ground.shown(block, network);
        let see = |kernel: usize, stage: Stage, values: ArrayView2<'_, f32>| {
            if stage == Stage::Output {
                tallies[kernel - first].add(dense(&values), limits);
            }
            go_on()
        };
        let Some(tape) = tape else {
            network.forward(shown, scratch, see)?;
            continue;
        };
        network.record(shown, (scratch, tape), see)?;
        for (index, squares) in squares.iter_mut().enumerate() {
            network.backward_from(index + 1, (ground.labels(block), 1), tape, |kernel, _, values| {
                squares.add((kernel == first, kernel == first + index), &values);
                go_on()
            })?;
        }
    }
    let ratio = |squares: &Squares| tape.is_some().then(|| squares.ratio());
    let cells = tallies.iter().zip(&squares);
    Ok(cells
        .map(|(tally, squares)| Cell { gradient_ratio: ratio(squares), ..of_outputs(tally, limits, ground.count()) })
        .collect())
}

fn of_outputs(tally: &Tally, limits: Limits, images: usize) -> Cell {
    let number = |number| if tally.non_finite() == 0 { Reading::Number(number) } else { Reading::Overflow };
    let dead = UnitStates::of(tally, images).dead as f64 / tally.fired.len() as f64;
    Cell {
        output_std: number(tally.finite(limits).std()),
        dead_share: number(dead),
        gradient_ratio: None,
        accuracy: None,
        loss: None,
    }
}

/// Values [images, units] of a full block, unit after unit.
fn dense<'v>(values: &'v ArrayView2<'_, f32>) -> &'v [f32] {
    values.as_slice_memory_order().unwrap_or_else(|| unreachable!("a full block lies in memory as one"))
}
