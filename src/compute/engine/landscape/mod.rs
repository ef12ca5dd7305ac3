//! Maps of what becomes of the last hidden layer over two settings, from a network of its own for every cell: coarse to fine,
//! in the background.

mod cell;
mod edge;
mod survey;
mod surveyor;
mod terrain;
mod trained_cell;

pub use cell::{Cell, Reading};
pub use edge::Edge;
pub use survey::Survey;
pub(super) use surveyor::surveyor;
pub use surveyor::{Surveyor, Wanted};
use terrain::images_of;
pub use terrain::{IMAGES, JUDGES, NoPlace, NoTerrain, Place, Plane, TRAINED_STEPS, Terrain};
