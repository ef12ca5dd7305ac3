//! The order of a Keras model's layers.

use serde_json::Value;

/// A layer as its configuration has it.
#[derive(Clone, Debug)]
pub(super) struct KerasLayer<'a> {
    pub class: &'a str,
    pub name: &'a str,
    pub config: &'a Value,
}

/// The layers of a model, first to last; if they are no chain, the first one that is not in it, and what it is.
pub(super) fn layers(model: &Value) -> (Vec<KerasLayer<'_>>, Option<String>) {
    let inner = &model["config"];
    let listed = if inner.is_array() { inner } else { &inner["layers"] };
    let Some(listed) = listed.as_array() else {
        let class = model["class_name"].as_str().unwrap_or("model of no known class");
        return (Vec::new(), Some(format!("the whole of it, a {class}, whose layers the file does not list")));
    };
    let is_functional = model["class_name"] != "Sequential";
    let mut layers: Vec<KerasLayer<'_>> = Vec::new();
    let mut branch = None;
    let mut last: Option<&str> = None;
    for entry in listed {
        let config = &entry["config"];
        let name = config["name"].as_str().or_else(|| entry["name"].as_str()).unwrap_or_default();
        let layer = KerasLayer { class: entry["class_name"].as_str().unwrap_or_default(), name, config };
        if is_functional {
            let mut from = Vec::new();
            sources(&entry["inbound_nodes"], &mut from, 0);
            let is_next = match (&from[..], last) {
                ([], None) => true,
                ([one], Some(last)) => one == last,
                _ => false,
            };
            if !is_next && branch.is_none() {
                branch = Some(format!("{name}, a {} that does not follow the layer before it", layer.class));
            }
        }
        last = Some(name);
        layers.push(layer);
    }
    (layers, branch)
}

/// Names of the layers that a node takes its values from: those of a history (Keras 3), or those that are first in lists of
/// four (Keras 2).
fn sources(node: &Value, found: &mut Vec<String>, depth: usize) {
    if depth > 32 {
        return;
    }
    match node {
        Value::Array(items) => match &items[..] {
            [Value::String(name), Value::Number(_), Value::Number(_), ..] => found.push(name.clone()),
            items => items.iter().for_each(|item| sources(item, found, depth + 1)),
        },
        Value::Object(entries) => match entries.get("keras_history") {
            Some(history) => found.extend(history[0].as_str().map(str::to_owned)),
            None => entries.values().for_each(|value| sources(value, found, depth + 1)),
        },
        _ => {}
    }
}

/// What Keras 3 calls the group of a layer in a file: its class in snake case, and how many of that class came before.
pub(super) fn group_names(layers: &[KerasLayer<'_>]) -> Vec<String> {
    let mut counts = std::collections::HashMap::<String, usize>::new();
    let name = |layer: &KerasLayer<'_>| {
        let snake = snake_case(layer.class);
        let count = counts.entry(snake.clone()).or_default();
        let name = if *count == 0 { snake } else { format!("{snake}_{count}") };
        *count += 1;
        name
    };
    layers.iter().map(name).collect()
}

fn snake_case(class: &str) -> String {
    let letters: Vec<char> = class.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1);
        // As Keras's to_snake_case has it: a capital after a digit begins no word.
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| before.is_lowercase() || after.is_some_and(|after| after.is_lowercase()));
        if begins {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_groups_in_snake_case() {
        // keras.utils.naming.to_snake_case of Keras 3.
        for (class, group) in [
            ("Dense", "dense"),
            ("BatchNormalization", "batch_normalization"),
            ("ReLU", "re_lu"),
            ("Conv2D", "conv2d"),
            ("Conv2DTranspose", "conv2d_transpose"),
            ("GlobalAveragePooling1D", "global_average_pooling1d"),
            ("LSTM", "lstm"),
        ] {
            assert_eq!(snake_case(class), group);
        }
    }
}
