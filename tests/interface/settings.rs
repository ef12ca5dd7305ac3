//! What can be set beyond what is moved most: presets, drawn inputs, scaling, widths, a linear first layer, draws.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;
use initscope::experiment::{Activation, AtZero, Data, Draws, Generator, InputScale, Preset};

use crate::harness::{
    assert_drawn, choose, choose_preset, experiment, measured, opened, press, set_slider, settle, type_number, window,
};

#[test]
fn a_preset_is_shown_with_its_cases() {
    let mut harness = window();
    choose_preset(&mut harness, "selu_lecun");
    let preset = Preset::all().into_iter().find(|preset| preset.name == "selu_lecun").unwrap();
    assert_eq!(*experiment(&harness), preset.experiments[0]);
    choose_preset(&mut harness, "article_tanh");
    let preset = Preset::all().into_iter().find(|preset| preset.name == "article_tanh").unwrap();
    assert_eq!(*experiment(&harness), preset.experiments[0]);
    harness.get_by_label("0.280").click();
    harness.step();
    assert_eq!(*experiment(&harness), preset.experiments[2]);
    set_slider(&mut harness, "σ", 0.2);
    harness.step();
    harness.get_by_label("0.140").click();
    harness.step();
    assert_eq!(*experiment(&harness), preset.experiments[1], "a case is there to come back to");
}

#[test]
fn gaussian_inputs_have_a_dimension() {
    let mut harness = window();
    choose(&mut harness, "Data", "Gaussian inputs");
    settle(&mut harness);
    assert_eq!(experiment(&harness).inputs.data, Data::Gaussian { dim: 784 });
    type_number(&mut harness, "Values per input", "20");
    settle(&mut harness);
    assert_eq!(experiment(&harness).kernel_shapes()[0], (20, 100));
    harness.get_by_label_contains("20 → 100 × 5 → 10, relu, N(0, 0.100²) on 300 Gaussian inputs");
    assert_drawn(&harness, &measured(experiment(&harness)));
    choose(&mut harness, "Data", "MNIST, test images");
    settle(&mut harness);
    assert_eq!(experiment(&harness).kernel_shapes()[0], (784, 100));
}

#[test]
fn more_settings_are_there_when_asked_for_or_when_they_are_set() {
    let mut harness = window();
    assert!(harness.query_by_role_and_label(Role::ComboBox, "Pixels").is_none());
    harness.get_by_label("More settings").click();
    harness.run_steps(2);
    choose(&mut harness, "Pixels", "standardized");
    assert_eq!(experiment(&harness).inputs.scale, InputScale::Standardized);
    settle(&mut harness);
    harness.get_by_label("x = (pixel / 255 − 0.1307) / 0.3081");
    press(&mut harness, Key::D);
    assert!(harness.query_by_role_and_label(Role::ComboBox, "Pixels").is_some(), "what is set is not hidden");
    assert!(harness.query_by_role_and_label(Role::ComboBox, "Draws of the layers").is_none());
}

#[test]
fn every_layer_can_have_its_own_width() {
    let mut harness = window();
    press(&mut harness, Key::D);
    let mut enter = |text: &str| {
        harness.get_by_role_and_label(Role::TextInput, "Units of each layer").focus();
        harness.step();
        harness.key_combination_modifiers(egui::Modifiers::COMMAND, &[Key::A]);
        harness.step();
        harness.get_by_role_and_label(Role::TextInput, "Units of each layer").type_text(text);
        harness.step();
        harness.key_press(Key::Enter);
        harness.run_steps(2);
        settle(&mut harness);
        (
            experiment(&harness).widths.clone(),
            harness.query_by_label_contains("cannot be used: write 1 to 100").is_some(),
        )
    };
    assert_eq!(enter("12, 7,5"), (vec![12, 7, 5], false));
    assert_eq!(enter("12, seven"), (vec![12, 7, 5], true));
    assert_eq!(enter("2000"), (vec![12, 7, 5], true));
    set_slider(&mut harness, "Hidden layers", 5.0);
    assert_eq!(experiment(&harness).widths, [12, 7, 5, 5, 5]);
    set_slider(&mut harness, "Units per layer", 9.0);
    assert_eq!(experiment(&harness).widths, [9; 5]);
}

#[test]
fn a_linear_first_layer_and_random_biases() {
    let mut harness = window();
    press(&mut harness, Key::D);
    harness.get_by_label("Linear first layer").click();
    harness.step();
    set_slider(&mut harness, "Spread of the biases", 0.5);
    settle(&mut harness);
    assert!(experiment(&harness).linear_first);
    assert_eq!(experiment(&harness).bias_std, 0.5);
    harness.get_by_label_contains("784 → 100 linear → 100 × 5 → 10, relu, N(0, 0.100²), bias N(0, 0.5²)");
    assert_eq!(harness.state().figure().unwrap().columns.len(), 5, "layer 0 is not drawn");
    assert_drawn(&harness, &measured(experiment(&harness)));
}

#[test]
fn shared_draws_of_tensorflow_1() {
    let mut harness = window();
    press(&mut harness, Key::D);
    choose(&mut harness, "Draws of the layers", "shared");
    choose(&mut harness, "Random numbers", "TensorFlow 1");
    settle(&mut harness);
    let experiment = experiment(&harness);
    assert_eq!((experiment.draws, experiment.generator), (Draws::Shared, Generator::Tensorflow1));
    assert_drawn(&harness, &measured(experiment));
    choose(&mut harness, "Weights", "he_normal");
    assert_eq!(harness.state().experiment().generator, Generator::Native, "it is for random_normal");
    assert!(harness.query_by_role_and_label(Role::ComboBox, "Random numbers").is_none());
}

#[test]
fn selus_derivative_at_zero_is_one_choice_away() {
    let mut harness = window();
    choose(&mut harness, "Activation", "selu");
    assert_eq!(experiment(&harness).activation, Activation::Selu { at_zero: AtZero::Below });
    harness.get_by_role_and_label(Role::Button, "TensorFlow").click();
    harness.run_steps(2);
    assert_eq!(experiment(&harness).activation, Activation::Selu { at_zero: AtZero::Above });
}

#[test]
fn the_code_is_copied() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.28);
    harness.get_by_label("Copy for Keras").click();
    harness.run_steps(1);
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("keras.initializers.RandomNormal(mean=0, stddev=0.28)"));
}

#[test]
fn lsuv_shows_the_sigmas_it_arrived_at() {
    let mut harness = window();
    choose(&mut harness, "Weights", "lsuv");
    settle(&mut harness);
    harness.step();
    let std = measured(experiment(&harness)).layers[2].weights.std();
    harness.get_by_label(&format!("σ = {}", initscope::number::value(std)));
}

/// A panic of the worker was said at the bottom, and the window waited for its answer for ever.
#[test]
fn a_bias_at_either_end_of_f32_comes_to_rest() {
    let mut harness = window();
    for bias in ["-3.402823466e38", "3.402823466e38"] {
        type_number(&mut harness, "Bias", bias);
        settle(&mut harness);
        assert_eq!(experiment(&harness).bias, bias.parse::<f64>().unwrap());
    }
}

#[test]
fn a_seed_of_ten_digits_has_room() {
    for size in [(1280.0, 720.0), (640.0, 480.0)] {
        let mut harness = opened(size.0, size.1, 5);
        let mut experiment = experiment(&harness).clone();
        experiment.seed = u32::MAX;
        harness.state_mut().set_experiment(experiment);
        harness.run_steps(4);
        let field = harness.get_by(|node| node.value().is_some_and(|value| value.contains("4294967295"))).rect();
        let reseed = harness.get_by_role_and_label(Role::Button, "Reseed").rect();
        assert!(field.right() <= reseed.left(), "{size:?}: {field:?} is under {reseed:?}");
        assert!(reseed.right() <= 240.0, "{size:?}: {reseed:?}");
    }
}

#[test]
fn sigma_is_in_reach_again_after_the_settings_of_a_training() {
    let mut harness = opened(1280.0, 720.0, 5);
    let top = |harness: &Harness<'static, App>| harness.get_by_role_and_label(Role::Slider, "σ").rect().top();
    let before = top(&harness);
    press(&mut harness, Key::F12);
    harness.run_steps(20);
    assert!(top(&harness) < before - 100.0, "the settings of a training are scrolled to");
    press(&mut harness, Key::Num1);
    harness.run_steps(20);
    assert_eq!(top(&harness), before);
}
