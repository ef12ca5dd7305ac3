//! Sentences on trainings: each where its numbers prove it, and not where they do not. Networks are real ones, trained for some steps.

use std::sync::Arc;

use initscope::engine::race::{RaceFound, RacerFound};
use initscope::engine::{Entrant, Measurer, SeedRun, SeedRuns};
use initscope::experiment::{Experiment, Settings};
use initscope::insight::{
    RacersSeen, SeedsSeen, Sentence, Topic, TrainingSeen, race_in_words, racers_in_words, seeds_in_words,
    training_in_words, training_sentences,
};
use initscope::trainer::{Course, EpochFigures};
use initscope::training::TrainingSettings;

/// A network that was trained to its end.
struct Trained {
    entrant: Entrant,
    course: Course,
}

impl Trained {
    fn new(activation: &str, init: &str, layers: usize, training: &TrainingSettings) -> Self {
        Self::of(Settings::default(), activation, init, layers, training)
    }

    fn of(others: Settings, activation: &str, init: &str, layers: usize, training: &TrainingSettings) -> Self {
        let settings = Settings {
            images: Some(100),
            activation: Some(activation.to_owned()),
            init: Some(init.to_owned()),
            layers: Some(layers),
            width: Some(40),
            ..others
        };
        let few = TrainingSettings { train_images: Some(640), ..training.clone() };
        let mut experiment = settings.apply(&Experiment::article()).unwrap();
        experiment.seed = 10;
        let entrant = Entrant { experiment, training: few.apply().unwrap(), given: None };
        let mut course = entrant.course(&mut Measurer::with_threads(1).unwrap()).unwrap();
        loop {
            if course.is_due() {
                course.look();
            }
            if course.is_over() {
                return Self { entrant, course };
            }
            let _ = course.advance();
        }
    }

    fn sentences(&self) -> Vec<Sentence> {
        training_sentences(&self.seen(&self.entrant.experiment.hidden_shapes()))
    }

    fn seen<'a>(&'a self, shapes: &'a [(usize, usize)]) -> TrainingSeen<'a> {
        TrainingSeen {
            activation: self.entrant.experiment.activation,
            training: &self.entrant.training,
            steps: self.course.racer().steps(),
            epochs: self.course.epochs(),
            ended: self.course.racer().ended(),
            shapes,
            guessing: self.course.guessing(),
            equal_units: self.course.has_equal_units(),
        }
    }

    /// The sentence of a rule; its first topic and its beginning name it.
    fn said(&self, topic: Topic, beginning: &str) -> Option<String> {
        let of = |sentence: &Sentence| sentence.about[0] == topic && sentence.text.contains(beginning);
        self.sentences().into_iter().find(of).map(|sentence| sentence.text)
    }
}

fn with(optimizer: &str, rate: f64, steps: usize) -> TrainingSettings {
    TrainingSettings {
        optimizer: Some(optimizer.to_owned()),
        learning_rate: Some(vec![rate]),
        steps: Some(steps),
        ..TrainingSettings::default()
    }
}

fn assert_says(text: Option<String>, parts: &[&str]) {
    let text = text.expect("it is said");
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
}

#[test]
fn a_rate_that_explodes_is_said_with_its_step_and_layer() {
    let wild = Trained::new("relu", "he_normal", 3, &with("sgd", 1e20, 20));
    let ended = wild.course.racer().ended().unwrap();
    let (step, place) = (format!("From step {} on", ended.step), ended.place.to_string());
    assert_says(wild.said(Topic::NonFinite, ""), &[&step, &place, "at learning rate 1×10²⁰"]);
    assert_eq!(Trained::new("relu", "he_normal", 3, &with("sgd", 0.01, 5)).said(Topic::NonFinite, ""), None);
}

/// All zeros: the entropy of these labels is about ln 10, and only the last biases have a gradient.
#[test]
fn equal_units_stay_equal_and_others_are_not_called_so() {
    let zeros = Trained::new("relu", "zeros", 3, &with("sgd", 0.1, 40));
    assert_says(
        zeros.said(Topic::Symmetry, ""),
        &["no gradient reaches a hidden layer", "only the biases", "loss stays at 2.29"],
    );
    let ones = Trained::new("tanh", "constant(value=0.02)", 3, &with("sgd", 0.1, 20));
    assert_says(ones.said(Topic::Symmetry, ""), &["after 20 steps all units of a layer still compute the same"]);
    assert_eq!(Trained::new("relu", "he_normal", 3, &with("sgd", 0.1, 20)).said(Topic::Symmetry, ""), None);
}

#[test]
fn a_network_that_is_infinite_as_drawn_is_not_blamed_on_the_rate() {
    let wild = Trained::new("relu", "random_normal(stddev=1e30)", 4, &with("sgd", 0.1, 2));
    let said = wild.said(Topic::NonFinite, "").unwrap();
    assert!(said.contains("not finite before the first step") && !said.contains("0.1"), "{said}");
}

/// All biases far below 0: nothing fires.
#[test]
fn a_layer_that_is_dead_lets_nothing_learn_before_it() {
    let at = |bias: f64, steps| {
        let settings = Settings { bias: Some(vec![bias]), ..Settings::default() };
        Trained::of(settings, "relu", "he_normal", 3, &with("sgd", 0.1, steps))
    };
    let dead = at(-100.0, 20);
    let said = dead.said(Topic::Dead, "All 40 units of layer 3");
    assert_says(
        said,
        &["are dead from the start: ∂L/∂W is 0", "layers 1–3 do not learn", "cannot be below that of guessing"],
    );
    assert!(dead.course.epochs().iter().all(|figures| figures.layers[0].weight_gradient_l2 == 0.0));
    let (_, biases) = dead.course.racer().weights();
    assert!(biases.last().unwrap().iter().any(|bias| *bias != 0.0), "the output layer's biases learn");
    assert_eq!(at(0.0, 20).said(Topic::Dead, "∂L/∂W is 0"), None);
}

#[test]
fn a_layer_that_dies_on_the_way_is_said_with_its_step() {
    let killed = Trained::new("relu", "he_normal", 3, &with("adam", 3.0, 60));
    let epochs = killed.course.epochs();
    let layer = (0..3).rev().find(|&layer| epochs.last().unwrap().layers[layer].dead_units == 40).expect("one dies");
    let since = epochs.iter().rev().take_while(|figures| figures.layers[layer].dead_units == 40).last().unwrap().step;
    assert!(since > 0);
    let said = killed.said(Topic::Dead, "∂L/∂W is 0");
    assert_says(said, &[&format!("of layer {} are dead from step {since} on at the latest", layer + 1)]);
}

#[test]
fn layers_that_no_gradient_reaches_do_not_move() {
    let deep = Trained::new("sigmoid", "glorot_normal", 20, &with("sgd", 0.1, 20));
    assert_says(
        deep.said(Topic::Learning, ""),
        &["Nothing is learnt in 20 steps", "from layer 20 to layer 1", "less than a thousandth"],
    );
    assert_eq!(Trained::new("relu", "he_normal", 3, &with("sgd", 0.1, 20)).said(Topic::Learning, ""), None);
    // Too small for f32.
    let none = Trained::new("tanh", "random_normal(stddev=1e-20)", 4, &with("sgd", 0.1, 20));
    assert_eq!(none.course.epochs()[0].layers[0].gradient_l2, 0.0);
    assert_says(none.said(Topic::Learning, ""), &["∂L/∂z vanishes from ", " to 0, and layers 1–"]);
    // Adam moves what the gradient reaches, however small it is there.
    assert_eq!(Trained::new("sigmoid", "glorot_normal", 20, &with("adam", 0.001, 20)).said(Topic::Learning, ""), None);
    // It does not learn either, but by its rate alone.
    assert_eq!(Trained::new("relu", "he_normal", 3, &with("sgd", 1e-9, 5)).said(Topic::Learning, ""), None);
}

/// Of PyTorch's default weights the first layer moves a little, as its images are larger than what reaches the others.
#[test]
fn layers_after_the_first_that_do_not_move_are_named_too() {
    let deep = Trained::new("relu", "torch_linear_default", 8, &with("sgd", 0.1, 200));
    let moved: Vec<_> = deep.course.epochs().last().unwrap().layers.iter().map(|layer| layer.distance).collect();
    assert!(moved[0] > 1e-3 && moved[1..4].iter().all(|distance| *distance < 1e-3), "{moved:?}");
    let said = deep.said(Topic::Learning, "");
    let still = (0..8).filter(|layer| moved[*layer] < 1e-3).max().unwrap() + 1;
    let named = format!("layers 2–{still} have moved by less than a thousandth");
    assert_says(said, &["Nothing is learnt in 200 steps", "from layer 8 to layer 1", &named]);
}

/// adam at 0.03 kills most units of a relu network within its first epochs; a small rate kills hardly any.
#[test]
fn units_that_die_by_the_rate_are_counted() {
    let killed = Trained::new("relu", "he_normal", 4, &with("adam", 0.03, 60));
    let sentence = killed.said(Topic::Dead, "");
    let epochs = killed.course.epochs();
    let dead = |at: usize| epochs[at].layers.iter().map(|layer| layer.dead_units).sum::<usize>();
    let revived = |at: usize| epochs[at].layers.iter().map(|layer| layer.revived_units).sum::<usize>();
    let died: Vec<_> = (1..epochs.len()).map(|at| dead(at) + revived(at) - dead(at - 1)).collect();
    let most = died.iter().max().unwrap();
    let at = died.iter().position(|died| died == most).unwrap();
    let steps = format!("between steps {} and {}", epochs[at].step, epochs[at + 1].step);
    assert_says(sentence, &[&format!("{most} of 160 units died"), &steps, "at learning rate 0.03"]);
    assert_eq!(Trained::new("relu", "he_normal", 4, &with("adam", 1e-5, 40)).said(Topic::Dead, ""), None);
}

/// Sigmoid lets a quarter of the gradient through each layer.
#[test]
fn adam_hides_a_vanishing_gradient_down_to_its_epsilon() {
    let adam = Trained::new("sigmoid", "glorot_normal", 6, &with("adam", 0.001, 20));
    assert_says(adam.said(Topic::Updates, "hides"), &["Adam hides", "in layer 1", "epsilon, 1×10⁻⁷ (Keras)"]);
    let torch = TrainingSettings { framework: Some("pytorch".to_owned()), batch: Some(32), ..with("adam", 0.001, 20) };
    let torch = Trained::new("sigmoid", "glorot_normal", 6, &torch);
    assert_says(torch.said(Topic::Updates, "hides"), &["epsilon, 1×10⁻⁸ (PyTorch)"]);
    // Keras's RMSprop adds epsilon inside the root.
    let rmsprop = Trained::new("sigmoid", "glorot_normal", 12, &with("rmsprop", 0.001, 20));
    assert_says(
        rmsprop.said(Topic::Updates, "does not make up"),
        &["RMSprop does not", "the root of its epsilon, 3×10⁻⁴", "in layer 1"],
    );
    assert_eq!(rmsprop.said(Topic::Updates, "hides"), None);
    assert_eq!(Trained::new("sigmoid", "glorot_normal", 6, &with("sgd", 0.1, 20)).said(Topic::Updates, "hides"), None);
    assert_eq!(Trained::new("relu", "he_normal", 3, &with("adam", 0.001, 20)).said(Topic::Updates, "hides"), None);
}

/// Gradients that explode are as far apart, and none of them is small.
#[test]
fn large_gradients_are_not_called_small() {
    let deep = Trained::new("tanh", "random_normal(stddev=0.8)", 20, &with("adam", 0.001, 20));
    let norms: Vec<_> = deep.course.epochs()[1].layers.iter().map(|layer| layer.weight_gradient_l2).collect();
    assert!(norms[1] > 1e3 * norms[19], "{norms:?}");
    assert_eq!(deep.said(Topic::Updates, "hides"), None);
}

#[test]
fn no_gradient_is_said_to_be_made_up_for_down_to_more_than_itself() {
    let torch =
        TrainingSettings { framework: Some("pytorch".to_owned()), batch: Some(32), ..with("rmsprop", 0.001, 20) };
    let mut below = 0;
    for layers in [7, 8, 9, 10] {
        let deep = Trained::new("sigmoid", "glorot_normal", layers, &torch);
        let Some(said) = deep.said(Topic::Updates, "hides") else { continue };
        let shapes = deep.entrant.experiment.hidden_shapes();
        let figures = &deep.course.epochs()[1].layers[0];
        let least = figures.weight_gradient_l2 / ((shapes[0].0 * shapes[0].1) as f64).sqrt();
        assert_eq!(said.contains("not made up for entirely"), least < 1e-8, "{least} {said}");
        assert_eq!(said.contains("down to epsilon"), least >= 1e-8, "{least} {said}");
        below += usize::from(least < 1e-8);
    }
    assert!(below > 0);
}

#[test]
fn updates_of_a_millionth_are_said() {
    let deep = Trained::new("sigmoid", "glorot_normal", 12, &with("sgd", 0.01, 20));
    assert_says(deep.said(Topic::Updates, "millionth"), &["Step 20 moved", "less than a millionth"]);
    assert_eq!(Trained::new("relu", "he_normal", 3, &with("sgd", 0.1, 20)).said(Topic::Updates, "millionth"), None);
    // Where the rate has fallen, small updates are meant.
    let cosine = TrainingSettings { schedule: Some("cosine".to_owned()), ..with("sgd", 1e-3, 20) };
    assert_eq!(Trained::new("relu", "he_normal", 3, &cosine).said(Topic::Updates, "millionth"), None);
}

#[test]
fn saturated_layers_thaw_or_do_not() {
    let wide = "random_normal(stddev=0.6)";
    let still = Trained::new("tanh", wide, 3, &with("sgd", 1e-5, 20));
    assert_says(
        still.said(Topic::Saturation, ""),
        &["Saturated outputs stay saturated: in layer ", "of the outputs", "after 20 steps"],
    );
    let decayed = TrainingSettings { weight_decay: Some(2.0), ..with("sgd", 0.05, 40) };
    let thawed = Trained::new("tanh", wide, 3, &decayed);
    assert_says(
        thawed.said(Topic::Saturation, ""),
        &["Saturated outputs thaw: in layer ", "of the outputs", "after 40 steps"],
    );
    assert_eq!(Trained::new("tanh", "glorot_normal", 3, &with("sgd", 0.1, 20)).said(Topic::Saturation, ""), None);
}

#[test]
fn no_two_sentences_are_about_the_same() {
    let deep = Trained::new("sigmoid", "glorot_normal", 20, &with("sgd", 0.1, 20));
    assert!(deep.sentences().len() > 1, "{:?}", deep.sentences());
    let said = training_in_words(&deep.seen(&deep.entrant.experiment.hidden_shapes()));
    assert_eq!(said.len(), 1, "{said:?}");
}

/// Figures of a start and an end with an output std and an accuracy.
fn figures(like: &Trained, spread: f64, accuracy: f64) -> Vec<Arc<EpochFigures>> {
    let mut both = like.course.epochs()[..2].iter().map(|figures| (**figures).clone()).collect::<Vec<_>>();
    both[0].layers.last_mut().unwrap().output_std = spread;
    both[1].test_accuracy = Some(accuracy);
    both.into_iter().map(Arc::new).collect()
}

#[test]
fn networks_end_alike_that_began_unlike() {
    let like = Trained::new("relu", "he_normal", 2, &with("sgd", 0.1, 20));
    let said = |racers: [(f64, f64); 2]| {
        let [one, other] = racers.map(|(spread, accuracy)| figures(&like, spread, accuracy));
        racers_in_words(&RacersSeen { racers: vec![("σ 0.1".to_owned(), &one), ("σ 0.3".to_owned(), &other)] })
    };
    assert_says(
        said([(0.02, 0.912), (0.9, 0.918)]),
        &["σ 0.1 and σ 0.3 end alike", "std 0.0200 and 0.900", "91 % and 92 %"],
    );
    for unlike in [[(0.5, 0.912), (0.9, 0.918)], [(0.02, 0.88), (0.9, 0.918)], [(0.02, 0.11), (0.9, 0.11)]] {
        assert_eq!(said(unlike), None, "{unlike:?}");
    }
}

/// A race of networks whose units die, all but the second.
#[test]
fn what_is_so_of_several_is_said_of_all_the_chosen_one_first() {
    let racer = |rate: f64| {
        let trained = Trained::new("relu", "he_normal", 4, &with("adam", rate, 60));
        RacerFound {
            step: 60,
            epochs: trained.course.epochs().to_vec(),
            guessing: trained.course.guessing(),
            ..RacerFound::before_the_start(&trained.entrant)
        }
    };
    let race = RaceFound { racers: [0.03, 1e-4, 0.04, 0.05].map(racer).to_vec() };
    let names = ["one", "two", "three", "four"].map(str::to_owned);
    let said = |chosen, has_seeds| race_in_words(&race, &['A', 'B', 'C', 'D'], &names, (chosen, has_seeds)).join(" ");
    let first = said(None, false);
    assert!(first.starts_with("A: ") && first.contains("So too: C (") && first.contains(" and D ("), "{first}");
    let chosen = said(Some(3), true);
    assert!(chosen.starts_with("D, seed 10: ") && chosen.contains("So too: A ("), "{chosen}");
    assert!(!first.contains("B:") && !chosen.contains("B ("), "{first} {chosen}");
}

#[test]
fn differences_within_those_of_seeds_are_said() {
    let like = Trained::new("relu", "he_normal", 2, &with("sgd", 0.1, 20));
    let runs = |accuracies: [f64; 3]| SeedRuns {
        entrant: like.entrant.clone(),
        runs: accuracies
            .into_iter()
            .map(|accuracy| SeedRun {
                seed: 1,
                order: like.entrant.training.order,
                losses: vec![1.0],
                epochs: figures(&like, 1.0, accuracy),
                ended: None,
                guessing: 2.3,
                equal_units: false,
            })
            .collect(),
    };
    let said = |one: [f64; 3], other: [f64; 3]| {
        let (one, other) = (runs(one), runs(other));
        let of = |name: &str, runs| SeedsSeen { name: name.to_owned(), runs };
        seeds_in_words(&[of("he", &one), of("glorot", &other)])
    };
    // Means 0.91 and 0.90 with errors of 0.0115 each: two of the difference are 0.033.
    assert_says(
        said([0.89, 0.91, 0.93], [0.88, 0.90, 0.92]),
        &["between he (91.0 ± 1.2 % right) and glorot (90.0 ± 1.2 %)", "3.3 points"],
    );
    assert_eq!(said([0.89, 0.91, 0.93], [0.78, 0.80, 0.82]), None);
    // Those that are left of a network that most seeds end say nothing of it.
    let [whole, mut broken] = [runs([0.89, 0.91, 0.93]), runs([0.88, 0.90, 0.92])];
    broken.runs[0].ended = Trained::new("relu", "he_normal", 2, &with("sgd", 1e20, 5)).course.racer().ended();
    let of = |name: &str, runs| SeedsSeen { name: name.to_owned(), runs };
    assert_eq!(seeds_in_words(&[of("he", &whole), of("glorot", &broken)]), None);
}
