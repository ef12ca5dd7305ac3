//! Draw a preset as an SVG, as a PNG and as the numbers in it, each with the scene it was made from.
//!
//!     cargo run --release --example figure

use std::io::Write as _;

use initscope::experiment::Preset;
use initscope::figure::{Scene, Sheet, View};
use initscope::layout::FileOptions;
use initscope::page::{FileKind, Fonts, Texts};
use initscope::views::{self, Asked};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let preset = Preset::named("selu_lecun")?;
    let (view, sheet) = (View::of_preset(&preset), Sheet::default());
    let scene = Scene { view: Some(view), ..Scene::of(preset.experiments) };
    let subjects = scene.subjects();
    let asked = Asked {
        subjects: &subjects,
        entrants: &[],
        view,
        sheet: &sheet,
        jobs: 0,
        say: &|_, _, _| (),
        made_step: &|| true,
    };
    // What is measured once is laid out once, and written as often as wanted.
    let content = views::class(sheet.show).measure(&asked)?;
    let (fonts, text) = (Fonts::bundled(), scene.to_text());
    for name in ["selu.svg", "selu.png", "selu.csv"] {
        let path = std::env::temp_dir().join(name);
        let options = FileOptions { sheet: &sheet, fonts: &fonts, zoom: 2.0, texts: Texts::default(), scene: &text };
        std::fs::write(&path, content.file(FileKind::of(&path)?, options)?)?;
        writeln!(std::io::stdout(), "{}", path.display())?;
    }
    // The picture knows what it was made from.
    let read = Scene::read(&std::env::temp_dir().join("selu.svg"))?;
    assert_eq!(read.experiments, scene.experiments);
    Ok(())
}
