use std::sync::Arc;

use super::{Cell, JUDGES, Reading, Terrain};
use crate::engine::{Entrant, Failure};
use crate::network::{Interrupted, Network};
use crate::trainer::{Material, Racer, Start};
use crate::training::Training;

/// What the networks of a landscape are trained on and judged by.
pub(super) struct TrainingGround {
    material: Material,
}

impl TrainingGround {
    /// Of a landscape whose networks are trained.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn of(terrain: &Terrain) -> Result<Option<Self>, Failure> {
        let Some(&training) = terrain.training() else { return Ok(None) };
        let material = Entrant { experiment: terrain.base().clone(), training, given: None }.material()?;
        Ok(Some(Self { material }))
    }

    /// Trains a network to its last step on this thread, and judges it. Whoever is interrupted has to begin again.
    pub fn train(
        &self,
        (network, training): (&Network, Training),
        go_on: &dyn Fn() -> Result<(), Interrupted>,
    ) -> Result<Cell, Interrupted> {
        let Material { examples, order, judges, .. } = &self.material;
        let mut racer = Racer::new(&Start::from(network), training, Arc::clone(examples), Arc::clone(order));
        while racer.step() < racer.steps() && racer.ended().is_none() {
            go_on()?;
            let _ = racer.advance();
        }
        let judges = judges.as_ref().unwrap_or(examples);
        let images = judges.len().min(JUDGES);
        let (loss, right) = racer.judge(judges, 0..images);
        // What classifies nothing has no accuracy either.
        let [accuracy, loss] = if racer.ended().is_some() || !loss.is_finite() {
            [Reading::Overflow; 2]
        } else {
            [right as f64, loss].map(|sum| Reading::of(sum / images.max(1) as f64))
        };
        let unknown = Reading::Undefined;
        Ok(Cell {
            output_std: unknown,
            dead_share: unknown,
            gradient_ratio: None,
            accuracy: Some(accuracy),
            loss: Some(loss),
        })
    }
}
