//! What initscope computes: how networks are initialized, what happens in them, how theory and training see it. A module imports
//! only those below it in this list.

pub mod engine;

pub mod trainer;

pub mod theory;

pub mod network;

pub mod subject;

pub mod stats;

pub mod activation;

pub mod dataset;

pub mod training;

pub mod experiment;

pub mod image_set;

pub mod numeric;

pub mod caught;
pub mod digest;
pub mod leftovers;
pub mod number;
pub mod panic_message;
