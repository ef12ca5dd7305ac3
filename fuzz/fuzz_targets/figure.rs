//! The metadata of an SVG, PDF, PNG or GIF, and the scene in it.
#![no_main]

use std::path::Path;

use initscope::figure::Scene;
use initscope::page::{Carried, scene_in};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(Carried::Scene(text)) = scene_in(bytes) {
        let _ = Scene::parse(&text, Path::new(""));
    }
});
