use crate::page::{FontNames, Fonts};

/// Fonts as they were read last: those of the same names are not read again.
#[derive(Default)]
pub struct FontReader(Option<(FontNames, Result<Fonts, String>)>);

impl FontReader {
    /// Those of these names.
    pub fn read(&mut self, names: &FontNames) -> Result<&Fonts, String> {
        if self.0.as_ref().is_none_or(|(read, _)| read != names) {
            self.0 = Some((names.clone(), names.read().map_err(|error| error.to_string())));
        }
        match &self.0 {
            Some((_, Ok(fonts))) => Ok(fonts),
            Some((_, Err(sentence))) => Err(sentence.clone()),
            None => Err("no font was read".to_owned()),
        }
    }
}
