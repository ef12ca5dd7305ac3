use serde_json::{Map, Value};

use crate::engine::Entrant;
use crate::figure::{Headline, differences};
use crate::number;
use crate::training::{BatchOrder, Clipping, Length, Objective, Training, TrainingSettings};

/// What tells racers apart, of each in the words of the field; of one alone what its weights are drawn from.
pub fn racer_names(entrants: &[&Entrant]) -> Vec<String> {
    let subjects: Vec<_> = entrants.iter().map(|entrant| entrant.begins_as()).collect();
    if let [subject] = &subjects[..] {
        return vec![Headline::of(subject).law];
    }
    let networks = differences(&subjects.iter().collect::<Vec<_>>());
    let trainings = training_differences(entrants);
    let names = networks.into_iter().zip(trainings).map(|(network, training)| {
        let parts: Vec<_> = [network, training].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    });
    names.zip(&subjects).map(|(name, subject)| if name.is_empty() { Headline::of(subject).law } else { name }).collect()
}

/// What networks that are trained side by side have in common, with the images that they are trained on.
pub fn race_headline<'a>(entrants: impl Iterator<Item = &'a Entrant>) -> Headline {
    let of = |entrant: &Entrant| Headline::of_training(&entrant.begins_as(), &entrant.training);
    Headline::common(&entrants.map(of).collect::<Vec<_>>())
}

/// What of their trainings differs, of each.
fn training_differences(entrants: &[&Entrant]) -> Vec<String> {
    let keys: Vec<Map<String, Value>> = entrants
        .iter()
        .map(|entrant| match serde_json::to_value(TrainingSettings::from(&entrant.training)) {
            Ok(Value::Object(keys)) => keys,
            _ => Map::new(),
        })
        .collect();
    let mut all: Vec<&String> = keys.iter().flat_map(Map::keys).collect();
    all.sort();
    all.dedup();
    let differing: Vec<_> =
        all.into_iter().filter(|key| keys.iter().any(|of| of.get(*key) != keys[0].get(*key))).collect();
    let word = |key: &str, value: &Value| match value {
        Value::String(word) if key == "optimizer" => word.clone(),
        Value::String(word) => format!("{} {word}", key.replace('_', " ")),
        Value::Array(several) => {
            let numbers: Vec<_> = several.iter().filter_map(Value::as_f64).map(number::plain).collect();
            format!("{} {}", key.replace('_', " "), numbers.join(", "))
        }
        value => format!("{} {value}", key.replace('_', " ")),
    };
    let of = |keys: &Map<String, Value>| {
        let words = differing.iter().filter_map(|key| Some(word(key, keys.get(*key)?)));
        words.collect::<Vec<_>>().join(", ")
    };
    keys.iter().map(of).collect()
}

/// How a network is trained on so many images: what is not as it is by default is said, too.
pub fn training_words(training: &Training, images: usize) -> String {
    training_words_over_seeds(training, images, 0)
}

/// The same with so many seeds more, each with an order of its own.
pub fn training_words_over_seeds(training: &Training, images: usize, others: u32) -> String {
    words_with(training, images, format!("learning rate {}", training.learning_rate), others)
}

/// The same with other words for the learning rate.
pub fn other_training_words(training: &Training, images: usize, rate: &str) -> String {
    words_with(training, images, rate.to_owned(), 0)
}

fn words_with(training: &Training, images: usize, rate: String, others: u32) -> String {
    let settings = TrainingSettings::from(training);
    let mut words =
        vec![format!("{}, as {} computes it", settings.optimizer.unwrap_or_default(), training.framework.name()), rate];
    let mut say = |is_said: bool, word: String| {
        if is_said {
            words.push(word);
        }
    };
    let schedule = training.schedule.to_string();
    say(schedule != "constant", schedule);
    say(training.warm_up > 0, format!("warm-up of {} steps", training.warm_up));
    say(training.weight_decay != 0.0, format!("weight decay {}", training.weight_decay));
    say(training.l2 != 0.0, format!("L2 {}", training.l2));
    match training.clipping {
        Clipping::None => {}
        Clipping::Norm(limit) => say(true, format!("gradients clipped at norm {limit}")),
        Clipping::NormOfEach(limit) => say(true, format!("each gradient clipped at norm {limit}")),
        Clipping::Value(limit) => say(true, format!("gradients clipped at {limit}")),
    }
    say(training.objective == Objective::Clipped, "clipped loss".to_owned());
    say(true, format!("batches of {} of {} images", training.batch, number::count(images as u64)));
    match training.order {
        BatchOrder::Shuffled(first) if others > 0 => {
            say(true, format!("shuffled with seeds {first} to {}", first.wrapping_add(others)));
        }
        BatchOrder::Shuffled(seed) => say(true, format!("shuffled with seed {seed}")),
        BatchOrder::AsTheyAre => say(true, "not shuffled".to_owned()),
    }
    words.join(", ")
}

/// How long a training of so many images is: `5 epochs`, `300 steps`.
pub fn length_words(training: &Training) -> String {
    let several = |count: u64, what: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{} {what}{plural}", number::count(count))
    };
    match training.length {
        Length::Epochs(epochs) => several(epochs, "epoch"),
        Length::Steps(steps) => several(steps, "step"),
    }
}
