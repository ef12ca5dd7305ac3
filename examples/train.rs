//! Train two networks side by side on a thousand images, as Keras would, and see which of them learns.
//!
//!     cargo run --release --example train

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use initscope::engine::{Entrant, Measurer, run_courses};
use initscope::figure::{Headline, Scene};

/// Two experiments and how they are trained; the keys are the flags of `initscope train`, with underscores.
const SCENE: &str = r#"
version = 2

[[experiments]]
init = ["he_normal", "zeros"]
images = 500

[training]
optimizer = "sgd(momentum=0.9)"
learning_rate = 0.02
train_images = 1000
epochs = 3
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scene = Scene::parse(SCENE, Path::new(""))?;
    let training = scene.training.unwrap_or_default().apply()?;
    let mut measurer = Measurer::new()?;
    let entrants = scene.experiments.into_iter().map(|experiment| Entrant::drawn(experiment, training));
    let entrants: Vec<Entrant> = entrants.collect();
    let courses: Result<Vec<_>, _> = entrants.iter().map(|entrant| entrant.course(&mut measurer)).collect();
    let mut courses = courses?;
    run_courses(&mut courses, &measurer, &AtomicBool::new(false), &|| ());

    let mut output = std::io::stdout().lock();
    for (entrant, course) in entrants.iter().zip(&courses) {
        writeln!(output, "{}", Headline::of(&entrant.subject(course.racer())))?;
        for figures in course.epochs() {
            let accuracy = 100.0 * figures.test_accuracy.unwrap_or(f64::NAN);
            writeln!(output, "  epoch {}: loss {:.3}, {accuracy:.1} % right", figures.epoch, figures.train_loss)?;
        }
    }
    Ok(())
}
