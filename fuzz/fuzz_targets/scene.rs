//! A scene's text. What is read must say the same when it is written and read again.
#![no_main]

use std::path::Path;

use initscope::figure::Scene;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(scene) = Scene::parse(text, Path::new("")) {
        let again = Scene::parse(&scene.to_text(), Path::new("")).expect("what was written is read");
        assert_eq!(again.experiments, scene.experiments);
        assert_eq!(again.to_text(), scene.to_text());
    }
});
