/// What an array is to its layer, as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A kernel, or the factor of a normalisation, in PyTorch's order [units, inputs].
    Weight,
    /// A kernel [inputs, units], or the factor of a normalisation.
    Kernel,
    /// A bias, or what a normalisation adds.
    Bias,
    /// The mean that a normalisation has learnt.
    Mean,
    /// Its variance.
    Variance,
    /// How often it was updated, which is of no use here.
    Count,
}

/// Names and what they say, in lower case.
const ROLES: [(&str, Role); 26] = [
    ("weight", Role::Weight),
    ("kernel", Role::Kernel),
    ("w", Role::Kernel),
    ("weights", Role::Kernel),
    ("coef", Role::Kernel),
    ("coefs", Role::Kernel),
    ("theta", Role::Kernel),
    ("gamma", Role::Kernel),
    ("scale", Role::Kernel),
    ("bias", Role::Bias),
    ("b", Role::Bias),
    ("biases", Role::Bias),
    ("beta", Role::Bias),
    ("intercept", Role::Bias),
    ("intercepts", Role::Bias),
    ("offset", Role::Bias),
    ("running_mean", Role::Mean),
    ("moving_mean", Role::Mean),
    ("mean", Role::Mean),
    ("running_var", Role::Variance),
    ("moving_variance", Role::Variance),
    ("moving_var", Role::Variance),
    ("variance", Role::Variance),
    ("var", Role::Variance),
    ("num_batches_tracked", Role::Count),
    ("count", Role::Count),
];

/// A name, taken apart: the layer it belongs to, and what it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TensorName {
    pub layer: String,
    pub role: Option<Role>,
}

impl TensorName {
    /// Reads `net.0.weight`, `dense/kernel:0`, `W1`, `coefs_0`, `fc1_bias`.
    pub fn of(name: &str) -> Self {
        let name = name.strip_suffix(":0").unwrap_or(name);
        if let Some((layer, own)) = name.rsplit_once(['.', '/'])
            && let Some(role) = role(own)
        {
            return Self { layer: layer.to_owned(), role: Some(role) };
        }
        // W1, W_1, kernel1
        let digits = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if digits.len() < name.len()
            && let Some(role) = role(digits.trim_end_matches('_'))
        {
            return Self { layer: name[digits.len()..].to_owned(), role: Some(role) };
        }
        // fc1_weight; running_mean before mean
        let mut parts: Vec<_> = name.match_indices('_').map(|(at, _)| (&name[..at], &name[at + 1..])).collect();
        parts.sort_by_key(|(_, own)| std::cmp::Reverse(own.len()));
        let found = parts.into_iter().find_map(|(layer, own)| Some((layer.to_owned(), role(own)?)));
        match found {
            Some((layer, role)) => Self { layer, role: Some(role) },
            // A single layer's arrays may have no more of a name than what they are.
            None => match role(name) {
                Some(role) => Self { layer: String::new(), role: Some(role) },
                None => Self { layer: name.to_owned(), role: None },
            },
        }
    }
}

fn role(own: &str) -> Option<Role> {
    let own = own.to_ascii_lowercase();
    ROLES.iter().find(|(name, _)| *name == own).map(|(_, role)| *role)
}

/// Whether a layer's name says that it is an attention's, or a part of one.
pub(super) fn is_attention(layer: &str) -> bool {
    let layer = layer.to_ascii_lowercase();
    let mut parts = layer.split(['.', '/']);
    parts.any(|part| {
        let is_part = ["in_proj", "qkv", "q_proj", "k_proj", "v_proj"].contains(&part);
        is_part || part.contains("attention") || part.split('_').any(|word| word == "attn")
    })
}

/// The names without what is before all of them alike, up to a dot or slash: `module.0` and `module.2` are 0 and 2.
pub(super) fn without_prefix(layers: &mut [String]) {
    loop {
        let Some(first) = layers.first() else { return };
        let Some(end) = first.find(['.', '/']) else { return };
        let prefix = first[..=end].to_owned();
        if !layers.iter().all(|layer| layer.starts_with(&prefix)) {
            return;
        }
        layers.iter_mut().for_each(|layer| drop(layer.drain(..prefix.len())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_layer_and_what_it_is_there() {
        let of = [
            ("net.0.weight", ("net.0", Role::Weight)),
            ("dense_1/bias:0", ("dense_1", Role::Bias)),
            ("W12", ("12", Role::Kernel)),
            ("b_2", ("2", Role::Bias)),
            ("coefs_0", ("0", Role::Kernel)),
            ("fc1_weight", ("fc1", Role::Weight)),
            ("bn1.running_var", ("bn1", Role::Variance)),
        ];
        for (name, (layer, role)) in of {
            assert_eq!(TensorName::of(name), TensorName { layer: layer.to_owned(), role: Some(role) }, "{name}");
        }
        assert_eq!(TensorName::of("arr_0").role, None);
        assert_eq!(TensorName::of("weight").layer, TensorName::of("bias").layer);
    }

    #[test]
    fn attention_is_told_by_the_names_that_frameworks_give_it() {
        for name in ["layers.0.self_attn.in_proj", "blocks.0.attn.qkv", "h.0.attention.query", "encoder.q_proj"] {
            assert!(is_attention(name), "{name}");
        }
        assert!(!["fc1", "value.0", "query.fc1", "attend", "proj"].into_iter().any(is_attention));
    }

    #[test]
    fn a_common_prefix_says_nothing() {
        let mut layers = ["_orig_mod.module.net.0", "_orig_mod.module.net.10"].map(str::to_owned);
        without_prefix(&mut layers);
        assert_eq!(layers, ["0", "10"]);
    }
}
