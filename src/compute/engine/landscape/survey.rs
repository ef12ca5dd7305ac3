use std::sync::Arc;

use super::{Cell, Edge, Plane, Terrain};

/// What is known of a landscape so far. Immutable.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its networks.
    pub terrain: Terrain,
    /// Whether gradients were asked for.
    pub gradients: bool,
    /// Row after row from the lowest; `None` where nothing is measured yet.
    cells: Vec<Option<Cell>>,
    /// The edge of chaos, once it is worked out.
    pub edge: Option<Arc<Edge>>,
}

/// Between the columns and rows that are measured first, then of those between them, and so on.
const STRIDES: [usize; 4] = [8, 4, 2, 1];

/// What is measured together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// One cell (column, row).
    Cell(usize, usize),
    /// A column: networks of all depths, of which the deepest has the others in it.
    Column(usize),
}

impl Survey {
    /// A survey of nothing yet.
    pub fn new(terrain: Terrain, gradients: bool) -> Self {
        let cells = vec![None; terrain.columns() * terrain.rows()];
        Self { terrain, gradients, cells, edge: None }
    }

    /// What was measured of a cell (column, row).
    pub fn cell(&self, (column, row): (usize, usize)) -> Option<Cell> {
        *self.cells.get(row * self.terrain.columns() + column)?
    }

    /// Writes down what was measured of a cell.
    pub fn set(&mut self, (column, row): (usize, usize), cell: Cell) {
        let columns = self.terrain.columns();
        self.cells[row * columns + column] = Some(cell);
    }

    /// What was measured of a cell or, until it is, of one that stands for its neighbours.
    pub fn nearest(&self, (column, row): (usize, usize)) -> Option<Cell> {
        let rows = self.terrain.rows();
        let to = |place: usize, stride: usize, cells: usize| {
            ((place + stride / 2) / stride * stride).min((cells - 1) / stride * stride)
        };
        STRIDES.iter().rev().find_map(|&stride| {
            let near = to(column, stride, self.terrain.columns());
            self.cell((near, row)).or_else(|| self.cell((near, to(row, stride, rows))))
        })
    }

    /// All that was measured, with where it is (column, row).
    pub fn measured(&self) -> impl Iterator<Item = ((usize, usize), Cell)> {
        let (cells, columns) = (self.cells.iter().enumerate(), self.terrain.columns());
        cells.filter_map(move |(index, cell)| cell.map(|cell| ((index % columns, index / columns), cell)))
    }

    /// How many cells are measured.
    pub fn done(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.cells.len()
    }

    /// The share of the work that is done, from the layers of the networks.
    pub fn share_done(&self) -> f64 {
        let layers = |row: usize| self.terrain.layers(row) as f64;
        let all: f64 = (0..self.terrain.rows()).map(|row| self.terrain.columns() as f64 * layers(row)).sum();
        self.measured().map(|((_, row), _)| layers(row)).sum::<f64>() / all
    }

    /// Whether all is known.
    pub fn is_complete(&self) -> bool {
        self.edge.is_some() && self.done() == self.total()
    }

    /// What is still to be measured, coarse to fine.
    pub(super) fn missing(&self) -> Vec<Vec<Piece>> {
        let is_missing = |piece: &Piece| match *piece {
            Piece::Cell(column, row) => self.cell((column, row)).is_none(),
            Piece::Column(column) => self.cell((column, 0)).is_none(),
        };
        let stages = self.pieces().into_iter();
        stages.map(|pieces| pieces.into_iter().filter(is_missing).collect()).collect()
    }

    /// All that there is, in stages.
    fn pieces(&self) -> Vec<Vec<Piece>> {
        // One that is trained has no others in it.
        let by_depth = self.terrain.plane() == Plane::Depth && self.terrain.training().is_none();
        let rows = self.terrain.rows();
        let stages = STRIDES.iter().enumerate().map(|(stage, &stride)| {
            let earlier = |place: usize| stage > 0 && place.is_multiple_of(STRIDES[stage - 1]);
            let columns = (0..self.terrain.columns()).step_by(stride);
            if by_depth {
                return columns.filter(|&column| !earlier(column)).map(Piece::Column).collect();
            }
            let of_column = |column: usize| {
                let rows = (0..rows).step_by(stride).filter(move |&row| !(earlier(column) && earlier(row)));
                rows.map(move |row| Piece::Cell(column, row)).collect::<Vec<_>>()
            };
            let mut pieces: Vec<Piece> = columns.flat_map(of_column).collect();
            // What takes seconds each shows something sooner if the shallow ones come first.
            if self.terrain.training().is_some() {
                pieces.sort_by_key(|piece| if let Piece::Cell(_, row) = piece { *row } else { 0 });
            }
            pieces
        });
        stages.collect()
    }
}
