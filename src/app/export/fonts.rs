use crate::app::dialog::typed_path;
use crate::figure::SheetSettings;
use crate::page::Fonts;

/// Reads a font of the user's whose path was typed; the program's own, if none was.
///
/// # Errors
/// A sentence, if there is none.
pub fn read_fonts(typed: &str) -> Result<Fonts, String> {
    let path = typed_path(typed).filter(|_| !SheetSettings::is_bundled(typed.as_ref()));
    let Some(path) = path else { return Ok(Fonts::bundled()) };
    // What is no file may have no end.
    let is_file = std::fs::metadata(&path).map(|found| found.is_file());
    let bytes = match is_file {
        Ok(true) => std::fs::read(&path),
        Ok(false) => return Err(format!("the font cannot be read, because it is not a file: {}", path.display())),
        Err(error) => Err(error),
    };
    let bytes = bytes.map_err(|error| format!("the font cannot be read ({error}): {}", path.display()))?;
    Fonts::with_own(bytes).map_err(|error| format!("{error}: {}", path.display()))
}

/// Fonts as they were read last: a path that is the same is not read again.
#[derive(Default)]
pub struct FontReader(Option<(String, Result<Fonts, String>)>);

impl FontReader {
    /// Those of a path that was typed.
    pub fn read(&mut self, typed: &str) -> Result<&Fonts, String> {
        if self.0.as_ref().is_none_or(|(read, _)| read != typed) {
            self.0 = Some((typed.to_owned(), read_fonts(typed)));
        }
        match &self.0 {
            Some((_, Ok(fonts))) => Ok(fonts),
            Some((_, Err(sentence))) => Err(sentence.clone()),
            None => Err("no font was read".to_owned()),
        }
    }
}
