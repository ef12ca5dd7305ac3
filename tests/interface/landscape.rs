use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Pos2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::engine::landscape::{Plane, Reading, Survey, Terrain, TrainedPlane, Wanted};
use initscope::experiment::{Distribution, Experiment, Initializer, Mode};
use initscope::figure::training::TrainedValue;
use initscope::figure::{Landscape, Mapped, Scene, ViewName};

use crate::harness::{
    choose, click, experiment, opened, press, set_slider, settle, step_on_news, type_number, window_of,
};

/// A window on a small network with the landscape in the centre, all of it measured.
fn landscape_of(size: (f32, f32), rest_of_session: &str) -> Harness<'static, App> {
    let text = format!(
        r#"{{"version": 1, "centre": "landscape", "experiment": {{"images": 64, "layers": 3, "width": 12}}{rest_of_session}}}"#
    );
    let session: Session = serde_json::from_str(&text).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([size.0, size.1]).build_eframe(build);
    surveyed(&mut harness);
    harness
}

fn landscape() -> Harness<'static, App> {
    landscape_of((1280.0, 800.0), "")
}

/// Steps until all of the landscape is drawn.
fn surveyed(harness: &mut Harness<'static, App>) {
    step_until(harness, App::is_surveyed);
    settle(harness);
}

fn step_until(harness: &mut Harness<'static, App>, is_so: impl Fn(&App) -> bool) {
    let start = Instant::now();
    harness.step();
    while !is_so(harness.state()) {
        assert!(start.elapsed() < Duration::from_secs(120), "it takes too long");
        step_on_news(harness);
    }
}

fn shown<'h>(harness: &'h Harness<'static, App>) -> &'h Landscape {
    harness.state().landscape().unwrap()
}

/// The middle of a cell of 40 columns and 40 rows on the screen.
fn position(harness: &Harness<'static, App>, (column, row): (usize, usize)) -> Pos2 {
    let map = harness.get_by_label_contains("Landscape: ").rect();
    let share = |cell: usize| (cell as f32 + 0.5) / 40.0;
    pos2(map.left() + map.width() * share(column), map.bottom() - map.height() * share(row))
}

#[test]
fn what_the_map_says_is_what_the_networks_do() {
    let mut harness = landscape();
    let terrain = Terrain::of(experiment(&harness), Plane::Biases).unwrap();
    let survey = Survey::measure_all(Wanted { terrain: terrain.clone(), gradients: true }, 1).unwrap();
    for (key, mapped) in [(Key::Q, Mapped::OutputStd), (Key::W, Mapped::GradientRatio), (Key::X, Mapped::DeadShare)] {
        press(&mut harness, key);
        surveyed(&mut harness);
        assert_eq!(Terrain::of(experiment(&harness), Plane::Biases).as_ref(), Ok(&terrain));
        let expected = Landscape::new(survey.clone().into(), mapped);
        harness.get_by_label_contains(&format!("Landscape: {}", expected.summary()));
        // The pointer reads a cell.
        harness.hover_at(position(&harness, (13, 30)));
        harness.run_steps(3);
        let words = format!("σ_w 1.40, σ_b 1.50: {}", expected.reading((13, 30)));
        assert!(harness.query_all_by_label_contains(&words).next().is_some(), "{words}");
        harness.hover_at(pos2(5.0, 5.0));
        harness.step();
    }
}

#[test]
fn tabs_and_keys_change_what_stands_in_the_centre() {
    let mut harness = window_of(1280.0, 800.0);
    assert!(harness.query_by_label_contains("Landscape: ").is_none());
    harness.get_by_label("Landscape").click();
    harness.step();
    step_until(&mut harness, |app| app.landscape().is_some());
    harness.get_by_label("784 → 100 × 5 → 10, relu, output std of layer 5 over σ_w and σ_b on 256 MNIST test images");
    press(&mut harness, Key::Y);
    step_until(&mut harness, |app| app.landscape().is_some_and(|shown| shown.survey.terrain.plane() == Plane::Depth));
    harness
        .get_by_label("784 → 100 × 1…40 → 10, relu, output std of layer L over σ and depth on 256 MNIST test images");
    harness.get_by_label("you are here");
    press(&mut harness, Key::Num1);
    harness.get_by_label("784 → 100 × 5 → 10, relu, N(0, 0.100²) on 300 MNIST test images");
    // What only the layers have brings them back.
    press(&mut harness, Key::Num2);
    press(&mut harness, Key::H);
    assert!(harness.query_by_label_contains("Landscape: ").is_none());
    // And what is beside them comes with them, while none of it stands beside the map.
    press(&mut harness, Key::Num2);
    assert!(harness.query_by_label_contains(": ||∂L/∂z|| = ").is_none());
    press(&mut harness, Key::N);
    settle(&mut harness);
    harness.get_by_label_contains("Layer 5: ||∂L/∂z|| = ");
}

#[test]
fn a_click_goes_there() {
    let mut harness = landscape();
    let at = position(&harness, (13, 8));
    click(&mut harness, at);
    settle(&mut harness);
    let there = experiment(&harness);
    let initializer =
        Initializer::VarianceScaling { scale: 1.96, mode: Mode::FanIn, distribution: Distribution::UntruncatedNormal };
    assert_eq!((there.initializer, there.bias_std), (initializer, 0.4));
    assert_eq!((there.inputs.images, there.widths.len()), (64, 3), "all else stays");
    harness.get_by_label_contains("layer 3: outputs from");
    // What was done is said, and undone with one step.
    harness.get_by_label_contains("From the map: σ_w 1.40, σ_b 0.40. Ctrl+Z goes back to random_normal");
    let there = experiment(&harness).clone();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(experiment(&harness).initializer, Initializer::RandomNormal { mean: 0.0, sigma: 0.1 });
    harness.get_by_label_contains("Landscape: ");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), there);
    // Back on the map, which is known, it is marked.
    press(&mut harness, Key::Num2);
    assert!(harness.state().is_surveyed(), "it is not measured again");
    harness.get_by_label("you are here");
    let here = shown(&harness).reading((13, 8));
    harness.get_by_label_contains(&format!("Here: σ_w 1.40, σ_b 0.40: {here}."));
}

#[test]
fn keys_go_there_too() {
    let mut harness = landscape_of((1280.0, 800.0), r#", "plane": "depth""#);
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Num2);
    // From sigma 0.1 with three layers: at width 12 the columns are 0.029 apart.
    for key in [Key::ArrowRight, Key::ArrowRight, Key::ArrowUp] {
        press(&mut harness, key);
    }
    let words = shown(&harness)
        .place(shown(&harness).cell_of(&experiment(&harness).into()).map(|(x, y)| (x + 2, y + 1)).unwrap());
    harness.get_by_label_contains(&format!("{words}: output std"));
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert_eq!(experiment(&harness).widths, [12; 4]);
    assert_eq!(experiment(&harness).initializer, Initializer::RandomNormal { mean: 0.0, sigma: 0.145 });
}

#[test]
fn the_sentence_follows_keys_and_pointer_whichever_moved_last() {
    let mut harness = landscape();
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Num2);
    // The map says it, and so does the line under it.
    let assert_said = |harness: &Harness<'static, App>, at: (usize, usize)| {
        let words = format!("{}: {}", shown(harness).place(at), shown(harness).reading(at));
        assert_eq!(harness.get_by_label_contains("Landscape: ").value().as_ref(), Some(&words));
        assert!(harness.query_all_by_label_contains(&words).next().is_some(), "{words}");
    };
    let at = position(&harness, (13, 30));
    harness.hover_at(at);
    harness.run_steps(3);
    assert_said(&harness, (13, 30));
    let (column, row) = shown(&harness).cell_of(&experiment(&harness).into()).unwrap();
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::ArrowRight);
    assert_said(&harness, (column + 1, row + 1));
    let at = position(&harness, (14, 30));
    harness.hover_at(at);
    harness.run_steps(3);
    assert_said(&harness, (14, 30));
}

#[test]
fn sigma_moves_the_mark_and_another_network_makes_another_map() {
    let mut harness = landscape();
    let before = shown(&harness).survey.clone();
    set_slider(&mut harness, "σ", 0.3);
    settle(&mut harness);
    assert!(std::sync::Arc::ptr_eq(&before, &shown(&harness).survey));
    // 0.3 sqrt(12) = 1.04
    assert_eq!(shown(&harness).cell_of(&experiment(&harness).into()), Some((9, 0)));
    set_slider(&mut harness, "σ", 2.0);
    harness.run_steps(2);
    // 2 √12 = 6.93
    harness.get_by_label("you are beyond the map, at σ_w 6.93, σ_b 0");
    harness.get_by_label("Reseed").click();
    harness.step();
    surveyed(&mut harness);
    let cell = |survey: &Survey| survey.cell((20, 20)).unwrap().output_std;
    assert_ne!(cell(&before), cell(&shown(&harness).survey));
}

#[test]
fn measuring_stops_and_goes_on() {
    let mut harness = window_of(1280.0, 800.0);
    set_slider(&mut harness, "Units per layer", 40.0);
    settle(&mut harness);
    press(&mut harness, Key::Num2);
    step_until(&mut harness, |app| app.landscape().is_some());
    press(&mut harness, Key::Escape);
    harness.get_by_label("Go on");
    // An answer that was under way may still come.
    std::thread::sleep(Duration::from_millis(100));
    harness.run_steps(2);
    let done = shown(&harness).survey.done();
    std::thread::sleep(Duration::from_millis(200));
    harness.run_steps(2);
    assert_eq!(shown(&harness).survey.done(), done);
    harness.get_by_label_contains("of 1,600 networks");
    harness.run();
    harness.get_by_label("Go on").click();
    harness.step();
    step_until(&mut harness, |app| app.landscape().unwrap().survey.done() != done);
    assert!(shown(&harness).survey.done() > done, "what is known is not measured again");
    surveyed(&mut harness);
    assert!(harness.query_by_label("Stop").is_none());
}

#[test]
fn states_without_a_number_have_their_words() {
    let mut harness = landscape_of((1280.0, 800.0), r#", "mapped": "dead_share""#);
    type_number(&mut harness, "Bias", "-1e9");
    surveyed(&mut harness);
    harness.get_by_label_contains("Landscape: All units of layer 3 are dead in every cell.");
    harness.get_by_label("no edge of chaos: theory needs weights and biases with mean zero");
    press(&mut harness, Key::W);
    surveyed(&mut harness);
    harness.get_by_label_contains("Landscape: In every cell all units of layer 3 are off");
    harness.get_by_label("0 / 0");
    assert!(shown(&harness).survey.measured().all(|(_, cell)| cell.gradient_ratio == Some(Reading::Undefined)));
    type_number(&mut harness, "Bias", "3e38");
    press(&mut harness, Key::Q);
    surveyed(&mut harness);
    harness.get_by_label("exceeds f32");
    harness.run();
}

#[test]
fn depth_says_what_it_needs() {
    let mut harness = landscape();
    press(&mut harness, Key::D);
    let field = harness.get_by_role_and_label(Role::TextInput, "Units of each layer");
    field.focus();
    harness.run_steps(2);
    harness.key_combination_modifiers(egui::Modifiers::COMMAND, &[Key::A]);
    harness.get_by_role_and_label(Role::TextInput, "Units of each layer").type_text("12, 6");
    harness.step();
    press(&mut harness, Key::Enter);
    assert_eq!(experiment(&harness).widths, [12, 6]);
    press(&mut harness, Key::Y);
    harness.get_by_label_contains("Depth needs hidden layers that all have the same width");
    press(&mut harness, Key::B);
    surveyed(&mut harness);
    harness.get_by_label_contains("Landscape: Output std of layer 2");
}

#[test]
fn every_window_has_its_map_and_comes_to_rest() {
    for size in [(420.0, 240.0), (640.0, 480.0), (1920.0, 1080.0)] {
        let mut harness = landscape_of(size, "");
        for key in [Key::Y, Key::X, Key::W] {
            press(&mut harness, key);
            surveyed(&mut harness);
            harness.run();
        }
    }
}

#[test]
fn the_articles_experiment_is_marked_where_its_hidden_layers_are() {
    let harness = {
        let mut harness = window_of(1280.0, 800.0);
        press(&mut harness, Key::Num2);
        step_until(&mut harness, |app| app.landscape().is_some_and(|shown| shown.survey.edge.is_some()));
        harness
    };
    assert_eq!(shown(&harness).cell_of(&Experiment::article().into()), Some((9, 0)));
    harness.get_by_label("you are here, with your hidden layers");
    harness.get_by_label("edge of chaos, χ₁ = 1");
}

#[test]
fn whatever_theory_has_a_sigma_w_for_is_on_the_map_and_what_it_has_none_for_is_not() {
    for (initializer, said) in [
        ("torch_linear_default", "you are here, with your hidden layers"),
        ("lsuv", "you are here, with your hidden layers"),
        ("orthogonal", "you are here, with your hidden layers"),
        ("rai", "you have no place here: theory has no σ_w for units of which one weight has a law of its own"),
        ("identity", "you have no place here: theory has no σ_w for the identity, which is not drawn"),
    ] {
        let mut harness = window_of(1280.0, 800.0);
        choose(&mut harness, "Weights", initializer);
        press(&mut harness, Key::Num2);
        step_until(&mut harness, |app| app.landscape().is_some());
        harness.run_steps(2);
        harness.get_by_label(said);
    }
}

#[test]
fn trained_networks_have_a_map_of_their_own_and_a_click_goes_to_their_training() {
    let training = r#", "training": {"steps": 1, "batch": 10, "train_images": 100}"#;
    let mut harness = landscape_of((1280.0, 800.0), training);
    choose(&mut harness, "Activation", "tanh");
    harness.get_by_role_and_label(Role::Button, "Trained accuracy").click();
    harness.run_steps(2);
    surveyed(&mut harness);
    let view = |harness: &Harness<'static, App>| harness.state().scene().shown.unwrap().view;
    assert_eq!(view(&harness), ViewName::TrainingLandscape);
    let landscape = shown(&harness);
    assert_eq!((landscape.mapped, landscape.survey.done()), (Mapped::Accuracy, 144));
    assert!(
        landscape.headline.to_string().contains("accuracy after 1 step over σ_w and depth"),
        "{}",
        landscape.headline
    );
    let terrain = landscape.survey.terrain.clone();
    harness.get_by_label_contains("6 ξ_c, how deep theory expects networks to be trainable");
    harness.get_by_label_contains("144 networks");
    // 12 columns and 12 rows, the second of 15 layers.
    let map = harness.get_by_label_contains("Landscape: ").rect();
    let at = pos2(map.left() + map.width() * 3.5 / 12.0, map.bottom() - map.height() * 1.5 / 12.0);
    click(&mut harness, at);
    assert_eq!(view(&harness), ViewName::Training);
    let there = terrain.experiment((3, 1));
    let here = experiment(&harness);
    assert_eq!((here.widths.len(), here.initializer), (15, there.initializer));
    let said = harness.query_all_by_label_contains(", 15 layers. Ctrl+Z goes back to ").next();
    assert!(said.is_some());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!((experiment(&harness).widths.len(), view(&harness)), (3, ViewName::TrainingLandscape));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    // The other maps are behind the same tab.
    press(&mut harness, Key::Num2);
    assert_eq!(view(&harness), ViewName::Landscape);
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::F12);
    harness.run_steps(2);
    assert_eq!(view(&harness), ViewName::TrainingLandscape);
}

#[test]
fn trained_networks_that_take_long_are_counted_from_the_start_and_can_be_stopped() {
    // The first of them is never done.
    let scene = "version = 2\n[shown]\nview = \"training_landscape\"\n[training]\nsteps = 1000000000\nbatch = 10\n\
                 train_images = 100\n[[experiments]]\nimages = 64\nwidths = [6, 6, 6]\n";
    let mut harness = opened(1280.0, 800.0, 64);
    harness.state_mut().set_scene(Scene::parse(scene, std::path::Path::new("")).unwrap());
    harness.run_steps(4);
    harness.get_by_label("Training the first of 144 networks …");
    harness.get_by_role_and_label(Role::Button, "Stop").click();
    harness.run_steps(3);
    harness.get_by_label("Stopped before the first of 144 networks was trained.");
    harness.get_by_role_and_label(Role::Button, "Go on").click();
    harness.run_steps(3);
    harness.get_by_label("Training the first of 144 networks …");
    press(&mut harness, Key::Escape);
    harness.get_by_label("Stopped before the first of 144 networks was trained.");
    harness.get_by_role_and_label(Role::Button, "Go on").click();
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::Space);
    harness.run_steps(3);
    assert!(harness.state().is_racing());
    harness.get_by_label_contains("The race goes first: these 144 networks are trained once");
}

#[test]
fn a_map_over_the_learning_rate_leads_to_that_rate_and_back() {
    let scene = "version = 2\n[shown]\nview = \"training_landscape\"\n[shown.training]\ntrained_plane = \"rate\"\n\
                 [training]\nsteps = 1\nbatch = 10\ntrain_images = 100\n[[experiments]]\nimages = 64\nwidths = [6, 6, 6]\n";
    let mut harness = opened(1280.0, 800.0, 64);
    harness.state_mut().set_scene(Scene::parse(scene, std::path::Path::new("")).unwrap());
    press(&mut harness, Key::W);
    surveyed(&mut harness);
    let landscape = shown(&harness);
    assert_eq!((landscape.mapped, landscape.survey.terrain.plane()), (Mapped::Loss, Plane::Rate));
    let headline = landscape.headline.to_string();
    assert!(headline.contains("test loss after 1 step over σ and the learning rate"), "{headline}");
    let (sigma, rate) = (landscape.survey.terrain.x(4), landscape.survey.terrain.y(7));
    assert_eq!(rate, 0.1);
    let place = landscape.place((4, 7));
    assert!(place.ends_with(", learning rate 0.1"), "{place}");
    let words = format!("{place}: test loss ");
    harness.get_by_label("you are here");
    let map = harness.get_by_label_contains("Landscape: Test loss after 1 step from ").rect();
    let at = pos2(map.left() + map.width() * 4.5 / 12.0, map.bottom() - map.height() * 7.5 / 12.0);
    harness.hover_at(at);
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains(&words).next().is_some(), "{words}");
    click(&mut harness, at);
    let scene = |harness: &Harness<'static, App>| harness.state().scene();
    assert_eq!(experiment(&harness).initializer, Initializer::RandomNormal { mean: 0.0, sigma });
    assert_eq!(experiment(&harness).widths.len(), 3, "the network stays");
    assert_eq!(scene(&harness).training.unwrap().learning_rate, Some(vec![0.1]));
    assert_eq!(scene(&harness).shown.unwrap().view, ViewName::Training);
    // What is looked at is kept, and the mark stands where one went.
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::F12);
    harness.run_steps(2);
    surveyed(&mut harness);
    let look = scene(&harness).shown.unwrap().training;
    assert_eq!((look.trained_plane, look.trained_value), (TrainedPlane::Rate, TrainedValue::Loss));
    harness.get_by_label_contains(&format!("Here: {place}: test loss "));
    press(&mut harness, Key::Y);
    assert_eq!(scene(&harness).shown.unwrap().training.trained_plane, TrainedPlane::Depth);
    press(&mut harness, Key::Escape);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_ne!(scene(&harness).training.and_then(|training| training.learning_rate), Some(vec![0.1]), "undone");
}
