//! The lines to copy say whether they give the same numbers, and say it rightly.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use initscope::experiment::{Draws, Experiment, Generator, Initializer};

fn with(initializer: &str) -> Experiment {
    Experiment { initializer: Initializer::read(initializer).unwrap(), ..Experiment::article() }
}

#[test]
fn every_initializer_has_a_line() {
    for initializer in Initializer::ALL {
        let code = Experiment { initializer, ..Experiment::article() }.code();
        assert!(!code.is_empty(), "{initializer}");
        assert!(code.iter().all(|code| !code.line.contains('\n')), "{initializer}");
    }
}

#[test]
fn only_what_is_not_drawn_gives_the_same_numbers() {
    for initializer in Initializer::ALL {
        let fixed = ["zeros", "ones", "constant", "identity"].contains(&initializer.name());
        for code in (Experiment { initializer, ..Experiment::article() }).code() {
            assert_eq!(code.same_numbers, fixed, "{initializer} in {}", code.framework);
        }
    }
}

#[test]
fn one_seeded_initializer_of_keras_2_gives_the_same_numbers() {
    let published = Experiment {
        draws: Draws::Shared,
        generator: Generator::Tensorflow1,
        ..with("random_normal(mean=0, sigma=0.14)")
    };
    let code = published.code();
    let [keras, torch] = code.as_slice() else { panic!("{code:?}") };
    assert_eq!(keras.line, "keras.initializers.RandomNormal(mean=0, stddev=0.14, seed=10)");
    assert!(keras.same_numbers && keras.note().contains("Keras 2 on TensorFlow 1"));
    assert_eq!((torch.same_numbers, torch.note()), (false, "the same law, other numbers"));
    // A kernel each, or other numbers: the line would not do the same.
    for other in [
        Experiment { draws: Draws::Independent, ..published.clone() },
        Experiment { generator: Generator::Native, ..published },
    ] {
        assert!(other.code().iter().all(|code| !code.same_numbers && !code.line.contains("seed")));
    }
}
