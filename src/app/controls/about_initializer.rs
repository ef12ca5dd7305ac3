use super::sigmas::Sigmas;
use crate::app::sentence::sentence;
use crate::engine::Measurement;
use crate::experiment::{Experiment, Initializer};

/// The law of an experiment's weights on hover: formula, whose it is, the sigma of every layer, and the lines of code with
/// what they give.
pub fn about_initializer(experiment: &Experiment, measured: Option<&Measurement>) -> String {
    let initializer = experiment.initializer;
    let mut lines = vec![initializer.formula().to_owned()];
    lines.extend(source(initializer).map(str::to_owned));
    lines.push(Sigmas::of(experiment, measured).sentence());
    let mut note = std::borrow::Cow::Borrowed("");
    for code in experiment.code() {
        if code.note() != note {
            note = code.note();
            lines.push(format!("{}:", sentence(&note)));
        }
        lines.push(code.line);
    }
    lines.join("\n")
}

fn source(initializer: Initializer) -> Option<&'static str> {
    match initializer {
        Initializer::GlorotNormal { .. } | Initializer::GlorotUniform { .. } => {
            Some("For sigmoid and tanh. Glorot and Bengio 2010")
        }
        Initializer::XavierNormal { .. } | Initializer::XavierUniform { .. } => {
            Some("For sigmoid and tanh. Glorot and Bengio 2010; Xavier is Glorot's first name")
        }
        Initializer::HeNormal { .. } | Initializer::HeUniform { .. } => Some("For relu. He et al. 2015"),
        Initializer::KaimingNormal { .. } | Initializer::KaimingUniform { .. } => {
            Some("For relu and leaky relu. He et al. 2015; Kaiming is He's first name")
        }
        Initializer::LecunNormal { .. } | Initializer::LecunUniform { .. } => Some("For selu. LeCun et al. 1998"),
        Initializer::Orthogonal { .. } => Some("Saxe et al. 2013"),
        Initializer::Sparse { .. } => Some("Martens 2010"),
        Initializer::Rai => Some("Against relu networks that are born dead. Lu, Shin, Su and Karniadakis 2019"),
        Initializer::Lsuv => Some(
            "Orthonormal kernels, each scaled until its pre-activations have variance 1 on the first 1,000 images (within \
             0.1). Mishkin and Matas 2015",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_initializer_says_formula_sigma_and_code_with_what_it_gives() {
        for initializer in Initializer::ALL {
            let experiment = Experiment { initializer, ..Experiment::article() };
            let about = about_initializer(&experiment, None);
            assert!(about.starts_with(initializer.formula()), "{about}");
            assert!(about.contains("σ of the weights: "), "{about}");
            for code in experiment.code() {
                assert!(about.contains(&code.line) && about.contains(&sentence(&code.note())), "{about}");
            }
        }
    }

    #[test]
    fn equal_sigmas_are_said_once() {
        let experiment = Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..Experiment::article() };
        let about = about_initializer(&experiment, None);
        assert!(about.contains("σ of the weights: 0.051 (layer 1), 0.141 (layers 2–5, output).\n"), "{about}");
    }
}
