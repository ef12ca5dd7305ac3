use std::collections::BTreeMap;

use skrifa::raw::TableProvider as _;
use subsetter::GlyphRemapper;
use write_fonts::tables::cmap::Cmap;
use write_fonts::types::{GlyphId, Tag};
use write_fonts::{FontBuilder, read};

use super::PageError;

/// A font of these characters alone, whose glyphs are given, with all that browsers ask of a font.
pub(super) fn web_font((font, index): (&[u8], u32), characters: &BTreeMap<char, u32>) -> Result<Vec<u8>, PageError> {
    let failed = |error: &dyn std::fmt::Display| PageError::Font(error.to_string());
    let mut glyphs = GlyphRemapper::new();
    let mut mappings = Vec::new();
    for (&character, &glyph) in characters {
        let glyph = u16::try_from(glyph).map_err(|error| failed(&error))?;
        let new = glyphs.remap(glyph);
        if glyph != 0 {
            mappings.push((character, GlyphId::new(new.into())));
        }
    }
    let subset = subsetter::subset(font, index, &glyphs).map_err(|error| failed(&error))?;
    let subset = read::FontRef::new(&subset).map_err(|error| failed(&error))?;
    let original = skrifa::FontRef::from_index(font, index).map_err(|error| failed(&error))?;
    let mut builder = FontBuilder::new();
    let cmap = Cmap::from_mappings(mappings).map_err(|error| failed(&error))?;
    builder.add_table(&cmap).map_err(|error| failed(&error))?;
    for tag in [b"OS/2", b"name"] {
        if let Some(table) = original.data_for_tag(skrifa::Tag::new(tag)) {
            builder.add_raw(Tag::new(tag), table.as_bytes().to_vec());
        }
    }
    // Version 3: glyphs have no names.
    let mut post = [0; 32];
    post[..4].copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    builder.add_raw(Tag::new(b"post"), post.to_vec());
    builder.copy_missing_tables(subset);
    Ok(builder.build())
}
