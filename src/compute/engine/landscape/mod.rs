//! Maps of what becomes of the last hidden layer over two settings, from a network of its own for every cell: coarse to fine,
//! in the background.

mod cell;
mod edge;
mod place;
mod survey;
mod surveyor;
mod terrain;
mod trained_cell;
mod trained_terrain;

pub use cell::{Cell, Reading};
pub use edge::Edge;
pub use place::{NoPlace, Place, Standpoint};
pub use survey::Survey;
pub(super) use surveyor::surveyor;
pub use surveyor::{Surveyor, Wanted};
use terrain::images_of;
pub use terrain::{IMAGES, NoTerrain, Plane, Terrain};
pub use trained_terrain::{JUDGES, TRAINED_STEPS, TrainedPlane};
