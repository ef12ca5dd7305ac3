use super::layer::QUANTILES;

/// What the columns of the CSV are, each with its meaning, in the order in which they stand there; JSON has the same keys.
pub(in crate::cli) fn columns() -> Vec<(String, String)> {
    let mut all = Explained(Vec::new());
    all.put("experiment", "The experiment, counted from 1; a column only where there are several.");
    all.put("layer", "The hidden layer, counted from 1.");
    all.put("units", "Units of the layer.");
    all.put("fan_in", "Inputs of each unit.");
    all.values("weights", "the layer's weights");
    all.put("weights.spectral_norm", "Greatest singular value of the layer's weights.");
    all.put("weights.non_finite", NON_FINITE);
    all.values("update", "what the last step of a training changed of the layer's weights; empty without one");
    for (key, of) in [
        ("pre_activation", "the pre-activations z of all units on all images"),
        ("output", "the outputs h of all units on all images"),
        ("gradient", "the gradients ∂L/∂z of all units on all images"),
    ] {
        all.values(key, of);
        all.put(&format!("{key}.non_finite"), NON_FINITE);
    }
    all.put("gradient_l2", "L2 norm of the gradient ∂L/∂z, over all units and images.");
    all.put("weight_gradient_l2", "L2 norm of the gradient ∂L/∂W.");
    all.put("zero_fraction", "Share of outputs that are exactly 0.");
    all.put("saturated_fraction", "Share of saturated outputs; empty where the activation does not saturate.");
    all.put("dead_units", "Units whose slope is exactly 0 on every image.");
    all.put("always_on_units", "Units that could be dead, but are positive on every image.");
    all.put("mixed_units", "Units that are neither dead nor always on.");
    all.put("never_positive_units", "Mixed units that are positive on no image.");
    all.put("theory.pre_activation_std", "Standard deviation of z that mean-field theory expects.");
    all.put("theory.output_mean", "Mean of h that mean-field theory expects.");
    all.put("theory.output_std", "Standard deviation of h that mean-field theory expects.");
    all.put("theory.gradient_l2", "L2 norm of ∂L/∂z that mean-field theory expects.");
    all.put("theory.dead_share", "Share of dead units that mean-field theory expects.");
    all.put("theory.always_on_share", "Share of always-on units that mean-field theory expects.");
    all.0
}

const NON_FINITE: &str = "How many of them are NaN or infinite.";

struct Explained(Vec<(String, String)>);

impl Explained {
    fn put(&mut self, key: &str, about: &str) {
        self.0.push((key.to_owned(), about.to_owned()));
    }

    /// What is said of values that are alike.
    fn values(&mut self, key: &str, of: &str) {
        self.put(&format!("{key}.mean"), &format!("Mean of {of}."));
        self.put(&format!("{key}.std"), &format!("Standard deviation of {of}."));
        self.put(&format!("{key}.min"), "The least of them.");
        self.put(&format!("{key}.max"), "The greatest of them.");
        for quantile in QUANTILES {
            let percent = quantile.trim_start_matches(['q', '0']);
            self.put(&format!("{key}.{quantile}"), &format!("{percent} % of them are no greater."));
        }
    }
}
