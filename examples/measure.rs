//! Measure the article's network at three sigmas: how far outputs and gradients spread in each layer, and which units are dead.
//!
//!     cargo run --release --example measure

use std::io::Write as _;

use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Experiment, Initializer, Inputs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = std::io::stdout().lock();
    // All draws are kept in the measurer: another sigma scales the same network.
    let mut measurer = Measurer::new()?;
    let article = Experiment::article();
    for sigma in [0.10, 0.14, 0.28] {
        let experiment = Experiment {
            inputs: Inputs { images: 2_000, ..article.inputs.clone() },
            initializer: Initializer::RandomNormal { mean: 0.0, sigma },
            ..article.clone()
        };
        let measurement = measurer.measure_all(&experiment, Quantities::ALL)?;
        writeln!(output, "σ = {sigma}, loss {:.3}", measurement.loss)?;
        for layer in &measurement.layers {
            // Gradients are among the quantities that were asked for, and theory covers this network.
            let gradient = layer.gradient.as_ref().map_or(f64::NAN, |gradient| gradient.distribution.std);
            let theory = layer.theory.as_ref().map_or(f64::NAN, |theory| theory.output_std);
            let (std, dead) = (layer.output.std, layer.states.dead);
            writeln!(
                output,
                "  layer {}: std {std:7.3} (theory {theory:7.3}), gradient {gradient:.1e}, {dead} dead",
                layer.layer
            )?;
        }
    }
    Ok(())
}
