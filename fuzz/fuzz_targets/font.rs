//! A font of the user's own, and words set in it.
#![no_main]

use initscope::page::{FontFile, Fonts, Weight};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(font) = FontFile::read(bytes.to_vec(), 0) {
        let fonts = Fonts::with(Some(font), None);
        for glyph in fonts.glyphs("σ = 0.10, −3×10⁻³ AVAL", 12.0, Weight::Regular) {
            let _ = fonts.outline(glyph.face, glyph.id, 12.0);
        }
    }
});
