//! Steps that are added to a lesson of one's own: they show what was shown, and their file says only what they change.

use std::path::Path;

use initscope::figure::{Scene, Shown};
use initscope::lesson::{Lesson, LessonStep};

#[test]
fn steps_that_are_added_show_what_was_shown() {
    let scene = |text: &str| Scene::parse(&format!("version = 2\n{text}"), Path::new("")).unwrap();
    let one = scene("[shown]\nview = 'units'\nlayer = 2\n[[experiments]]\nsigma = 0.3\n");
    let two = scene(
        "[shown]\nview = 'training'\n[training]\nsteps = 20\n[[experiments]]\nseed = 4\n[[experiments]]\nbias = 0.1\n",
    );
    let mut lesson = Lesson::beginning_with(one.clone(), "Mine");
    lesson.add_step("First", LessonStep::default(), &one);
    lesson.add_step("Second", LessonStep::default(), &two);
    let stages = Lesson::parse(&lesson.to_text(), Path::new("")).unwrap().stages();
    for (scene, (_, stage)) in [&one, &two].into_iter().zip(&stages) {
        assert_eq!(stage.scene.experiments, scene.experiments);
        // Where none is chosen it is the last one.
        let layer = scene.shown.unwrap().layer.or(Some(4));
        assert_eq!(Some(stage.shown()), scene.shown.map(|shown| Shown { layer, ..shown }));
        assert_eq!(stage.scene.training, scene.training);
    }
}

#[test]
fn a_step_that_is_added_says_only_what_it_changes() {
    let scene = |text: &str| Scene::parse(&format!("version = 2\n{text}"), Path::new("")).unwrap();
    let one = scene("[shown.panels]\nnumbers = false\n[[experiments]]\nsigma = 0.3\n");
    let two = scene("[shown.panels]\nnumbers = true\n[[experiments]]\nsigma = 0.2\n");
    let three = scene("[[experiments]]\nsigma = 0.2\n[[experiments]]\nsigma = 0.2\nactivation = 'elu'\n");
    let mut lesson = Lesson::beginning_with(one.clone(), "Mine");
    for scene in [&one, &two, &three] {
        lesson.add_step("A step", LessonStep::default(), scene);
    }
    let text = lesson.to_text();
    let steps: Vec<_> = text.split("[[steps]]").skip(1).collect();
    let lines = |step: &str| step.lines().filter(|line| line.contains(" = ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(steps[1]), ["title = \"A step\"", "sigma = 0.2", "numbers = true"], "{text}");
    assert!(steps[2].contains("activation = \"elu\"") && !steps[2].contains("sigma"), "{text}");
    let stages = Lesson::parse(&text, Path::new("")).unwrap().stages();
    for (scene, (_, stage)) in [&one, &two, &three].into_iter().zip(&stages) {
        assert_eq!(stage.scene.experiments, scene.experiments);
    }
}
