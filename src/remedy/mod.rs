//! What helps: changes of an experiment that may mend what is wrong with its network, each with its effect, once that is measured.
//!
//! A file per rule: a pure function from a measurement and what is wrong with it to changes worth a trial. Nothing is claimed
//! of them: a trial measures the changed network on the images that the present one is measured on, and only an [`Effect`] that
//! is an improvement is one.

mod ailment;
mod bias;
mod change;
mod effect;
mod fewer_layers;
mod initializer;
mod rules;
mod slope;
mod trials;

pub use ailment::Ailment;
pub use change::Remedy;
pub use effect::Effect;
pub use rules::remedies;
pub use trials::Trials;
