//! The window, driven through its accessibility tree, without a display.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod activation;
mod any_input;
mod at_random;
mod cards;
mod compare;
mod contrast;
mod dialogs;
mod export;
mod focus_stays;
mod harness;
mod keyboard;
mod keys;
mod kinds;
mod landscape;
mod lesson_pages;
mod lessons;
mod names;
mod networks;
mod numbers;
mod own_data;
mod palette;
mod play;
mod present;
mod presets;
mod progress;
mod quantities;
mod remedies;
mod says;
mod scenes;
mod settings;
mod small_windows;
mod standing;
mod taps;
mod top_bar;
mod training;
mod units;
mod what_you_see;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;
use initscope::engine::OverflowPlace;
use initscope::experiment::{Activation, Data, Experiment, Initializer};
use initscope::number;

use harness::{assert_drawn, choose, chosen, measured, set_slider, settle, type_number, window, window_of};

fn sigma(experiment: &Experiment) -> f64 {
    match experiment.initializer {
        Initializer::RandomNormal { sigma, .. } => sigma,
        other => panic!("{other:?} has no sigma"),
    }
}

#[test]
fn opens_on_the_articles_case() {
    assert_eq!(Experiment::article().inputs.images, 10_000);
    let harness = window();
    harness.get_by_label("784 → 100 × 5 → 10, relu, N(0, 0.100²) on 300 MNIST test images");
    let expected = Experiment { inputs: harness.state().experiment().inputs.clone(), ..Experiment::article() };
    assert_eq!(*harness.state().experiment(), expected);
}

#[test]
fn a_moved_slider_draws_the_new_measurement() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.28);
    settle(&mut harness);
    assert_eq!(sigma(harness.state().experiment()), 0.28);
    let mut expected = harness.state().experiment().clone();
    expected.initializer = Initializer::RandomNormal { mean: 0.0, sigma: 0.28 };
    assert_drawn(&harness, &measured(&expected));
}

#[test]
fn drawn_extents_are_those_of_the_values() {
    let harness = window();
    let figure = harness.state().figure().unwrap();
    for (column, layer) in figure.columns.iter().zip(&figure.measurement.layers) {
        let (from, to) = column.extent.unwrap();
        let zero = column.masses[0].mass.at;
        assert_eq!((zero, to), (layer.output.min, layer.output.max));
        assert!(from > 0.0, "a relu's smooth part begins above its zeros");
    }
}

#[test]
fn of_two_changes_in_a_row_the_last_wins() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.05);
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    assert_drawn(&harness, &measured(&harness.state().experiment().clone()));
    assert_eq!(sigma(harness.state().figure().unwrap().measurement.experiment()), 0.2);
}

#[test]
fn an_answer_to_what_was_set_in_between_does_not_take_the_place_of_what_is_known() {
    let mut harness = window();
    let known = measured(harness.state().experiment());
    for between in [0.2, 0.05, 0.3] {
        set_slider(&mut harness, "σ", between);
        set_slider(&mut harness, "σ", 0.1);
        let shown = |harness: &Harness<'static, App>| sigma(harness.state().figure().unwrap().measurement.experiment());
        if shown(&harness) != 0.1 {
            // It has come before that.
            settle(&mut harness);
        }
        for _ in 0..40 {
            harness.step();
            assert_drawn(&harness, &known);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

#[test]
fn a_parameter_is_offered_with_the_activation_it_belongs_to() {
    let mut harness = window();
    assert!(harness.query_by_role_and_label(Role::Slider, "slope").is_none());
    choose(&mut harness, "Activation", "leaky_relu");
    settle(&mut harness);
    set_slider(&mut harness, "slope", 0.5);
    assert_eq!(harness.state().experiment().activation, Activation::LeakyRelu { slope: 0.5 });
    harness.get_by_role_and_label(Role::Button, "PyTorch").click();
    harness.run_steps(2);
    assert_eq!(harness.state().experiment().activation, Activation::LeakyRelu { slope: 0.01 });
    choose(&mut harness, "Activation", "celu");
    type_number(&mut harness, "alpha", "2");
    settle(&mut harness);
    assert_eq!(harness.state().experiment().activation, Activation::Celu { alpha: 2.0 });
    assert_drawn(&harness, &measured(harness.state().experiment()));
    // The list scrolls to its last.
    harness.get_by_role_and_label(Role::ComboBox, "Activation").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Button, "softplus").scroll_to_me();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "softplus").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().experiment().activation, Activation::Softplus);
    assert!(harness.query_by_role_and_label(Role::Slider, "alpha").is_none());
}

#[test]
fn a_chosen_activation_is_measured() {
    let mut harness = window();
    choose(&mut harness, "Activation", "tanh");
    settle(&mut harness);
    assert_eq!(harness.state().experiment().activation, Activation::Tanh);
    harness.get_by_label("784 → 100 × 5 → 10, tanh, N(0, 0.100²) on 300 MNIST test images");
}

#[test]
fn a_chosen_initializer_keeps_sigma_for_later() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.14);
    choose(&mut harness, "Weights", "he_normal");
    settle(&mut harness);
    assert_eq!(harness.state().experiment().initializer, Initializer::HeNormal { gain: 1.0 });
    harness.get_by_role_and_label(Role::Slider, "Gain on σ");
    harness.get_by_label("layers 2–5, output");
    harness.get_by_label("σ = 0.141"); // sqrt(2 / 100)
    choose(&mut harness, "Weights", "random_normal");
    assert_eq!(sigma(harness.state().experiment()), 0.14);
}

#[test]
fn every_initializer_can_be_chosen_and_comes_to_rest() {
    let mut harness = window();
    for initializer in Initializer::ALL {
        if initializer.name() == harness.state().experiment().initializer.name() {
            continue;
        }
        choose(&mut harness, "Weights", initializer.name());
        settle(&mut harness);
        assert_eq!(harness.state().experiment().initializer, initializer);
        harness.run();
    }
}

#[test]
fn parameters_are_offered_where_they_apply() {
    let mut harness = window();
    set_slider(&mut harness, "Bias", -0.25);
    assert_eq!(harness.state().experiment().bias, -0.25);
    choose(&mut harness, "Weights", "torch_linear_default");
    assert!(harness.query_by_role_and_label(Role::Slider, "Bias").is_none(), "it sets the biases");
    assert_eq!(harness.state().experiment().bias, 0.0);
    choose(&mut harness, "Weights", "variance_scaling");
    assert_eq!(harness.state().experiment().bias, -0.25, "remembered");
    assert!(harness.query_by_role_and_label(Role::Slider, "Gain on σ").is_none());
    type_number(&mut harness, "scale", "2");
    choose(&mut harness, "mode", "fan_avg");
    choose(&mut harness, "distribution", "uniform");
    let expected = Initializer::read("variance_scaling(scale=2, mode=fan_avg, distribution=uniform)").unwrap();
    assert_eq!(harness.state().experiment().initializer, expected);
    choose(&mut harness, "Weights", "random_uniform");
    type_number(&mut harness, "minval", "0.5");
    let unchanged = Initializer::read("random_uniform").unwrap();
    assert_eq!(harness.state().experiment().initializer, unchanged, "a lower limit above the upper is not taken");
    choose(&mut harness, "Weights", "variance_scaling");
    assert_eq!(harness.state().experiment().initializer, expected, "remembered");
}

#[test]
fn nothing_repaints_at_rest() {
    let mut harness = window();
    // `run` panics if the window does not come to rest.
    harness.run();
}

#[test]
fn letters_are_no_sigma() {
    let mut harness = window();
    for text in ["abc", "-3"] {
        type_number(&mut harness, "σ", text);
        assert_eq!(sigma(harness.state().experiment()), 0.10);
        settle(&mut harness);
        harness.get_by_label_contains(&format!("“{text}” cannot be used: σ takes a number, 0 or more"));
    }
}

#[test]
fn a_number_that_is_only_looked_at_stays_exact() {
    let mut harness = window();
    harness.get_by_label("He 0.141").click();
    harness.step();
    harness.get_by_role_and_label(Role::SpinButton, "σ").click();
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
    assert_eq!(sigma(harness.state().experiment()), (2.0_f64 / 100.0).sqrt());
}

#[test]
fn a_released_slider_keeps_the_value_it_showed() {
    let mut harness = window();
    let slider = harness.get_by_role_and_label(Role::Slider, "σ").rect();
    harness.drag_at(slider.center());
    harness.run_steps(2);
    let end = slider.center() + egui::vec2(31.0, 0.0);
    harness.hover_at(end);
    harness.run_steps(2);
    let shown = sigma(harness.state().experiment());
    assert_eq!(format!("{shown:.2e}").parse::<f64>().unwrap(), shown, "three digits");
    harness.drop_at(end);
    harness.run_steps(3);
    assert_eq!(sigma(harness.state().experiment()), shown);
}

#[test]
fn a_typed_sigma_may_lie_beyond_the_slider() {
    let mut harness = window();
    for (text, value) in [("0", 0.0), ("1e9", 1e9), ("0.28", 0.28)] {
        type_number(&mut harness, "σ", text);
        assert_eq!(sigma(harness.state().experiment()), value, "typed {text}");
        settle(&mut harness);
    }
}

#[test]
fn reseeding_draws_another_network() {
    let mut harness = window();
    let before = harness.state().figure().unwrap().measurement.clone();
    harness.get_by_label("Reseed").click();
    harness.step();
    settle(&mut harness);
    assert_ne!(harness.state().experiment().seed, 10);
    assert_ne!(harness.state().figure().unwrap().measurement.layers[0].output.mean, before.layers[0].output.mean);
}

#[test]
fn keys_do_what_buttons_do() {
    let mut harness = window();
    harness.key_press(egui::Key::H);
    harness.run_steps(2);
    assert_eq!(harness.state().figure().unwrap().view.shape, initscope::figure::PlotShape::Histogram);
    harness.key_press(egui::Key::E);
    harness.run_steps(2);
    assert!(harness.state().figure().unwrap().axes().shared_axis().is_none());
}

#[test]
fn a_folder_that_is_none_is_said_and_the_previous_data_stays() {
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    harness.get_by_role_and_label(Role::TextInput, "Path").focus();
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, "Path").type_text("/no/such/folder");
    harness.step();
    harness.get_by_label("Use").click();
    harness.step();
    settle(&mut harness);
    harness.get_by_label_contains("/no/such/folder");
    assert_eq!(harness.state().experiment().inputs.data, Data::Mnist);
    assert_drawn(&harness, &measured(harness.state().experiment()));
    // What was typed is there to be mended, and another change says no more of it.
    let field = harness.get_by_role_and_label(Role::TextInput, "Path");
    assert_eq!(field.value().as_deref(), Some("/no/such/folder"));
    set_slider(&mut harness, "σ", 0.2);
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("the data do not exist").is_none());
}

#[test]
fn every_size_of_network_and_window_is_drawn() {
    for (width, height) in [(300.0, 200.0), (640.0, 480.0), (1920.0, 1080.0)] {
        let mut harness = window_of(width, height);
        for (layers, units, images) in [(1.0, 1.0, 1.0), (30.0, 7.0, 20.0), (30.0, 1.0, 1.0)] {
            set_slider(&mut harness, "Hidden layers", layers);
            set_slider(&mut harness, "Units per layer", units);
            set_slider(&mut harness, "Images", images);
            settle(&mut harness);
            for key in [egui::Key::H, egui::Key::E, egui::Key::V, egui::Key::S] {
                harness.key_press(key);
                harness.step();
            }
        }
    }
}

#[test]
fn values_beyond_f32_are_named() {
    let mut harness = window();
    set_slider(&mut harness, "Hidden layers", 12.0);
    type_number(&mut harness, "σ", "1e9");
    settle(&mut harness);
    let measurement = harness.state().figure().unwrap().measurement.clone();
    let overflow = measurement.overflow().expect("1e9 to the power of 12 is beyond f32");
    assert_eq!(overflow.place, OverflowPlace::Hidden(4), "(1e9 times the root of 784 and 100 of them) to the 4");
    let count = number::count(overflow.count.total());
    harness.get_by_label_contains(&format!(
        "layer 4: {count} of {} pre-activations exceed f32",
        number::count(overflow.count.of)
    ));
}

#[test]
fn the_axis_holds_still_during_a_drag_and_counts_what_leaves_it() {
    let mut harness = window();
    let slider = harness.get_by_role_and_label(Role::Slider, "σ").rect();
    let greatest = |harness: &Harness<'static, App>| harness.state().figure().unwrap().measurement.layers[4].output.max;
    let (before, axis) = (greatest(&harness), harness.state().figure().unwrap().axes().clone());
    harness.drag_at(slider.center());
    harness.run_steps(2);
    harness.hover_at(slider.right_center() - egui::vec2(20.0, 0.0));
    harness.run_steps(2);
    while harness.state().figure().unwrap().measurement.experiment() != harness.state().experiment() {
        harness.step();
    }
    harness.step();
    assert!(greatest(&harness) > 10.0 * before);
    assert_eq!(harness.state().shown_axis(), Some(&axis));
    let outside = harness.state().figure().unwrap().outside(&axis);
    assert!(outside[4].1 > 0.0);
    harness.drop_at(slider.right_center() - egui::vec2(20.0, 0.0));
    harness.step();
    settle(&mut harness);
    assert_eq!(harness.state().shown_axis(), Some(harness.state().figure().unwrap().axes()));
}

#[test]
fn a_locked_axis_stays() {
    let mut harness = window();
    let axis = harness.state().figure().unwrap().axes().clone();
    harness.get_by_role_and_label(Role::ComboBox, "Axis").click();
    harness.run_steps(2);
    harness.get_by_label("Lock axis").click();
    harness.run_steps(2);
    assert_eq!(chosen(&harness, "Axis"), "Linear, shared, locked");
    set_slider(&mut harness, "σ", 0.28);
    settle(&mut harness);
    assert_eq!(harness.state().shown_axis(), Some(&axis));
}

#[test]
fn a_mark_on_the_slider_sets_its_sigma() {
    let mut harness = window();
    harness.get_by_label("He 0.141").click();
    harness.step();
    assert!((sigma(harness.state().experiment()) - (2.0_f64 / 100.0).sqrt()).abs() < 1e-9);
}
