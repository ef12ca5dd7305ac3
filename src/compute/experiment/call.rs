use super::SettingError;

/// A name with parameters as people write it: `elu(alpha=0.5)`, `relu`.
#[derive(Debug, PartialEq)]
pub(crate) struct Call<'a> {
    pub name: &'a str,
    /// In the order they were written; each name once.
    pub parameters: Vec<Parameter<'a>>,
}

/// What stands between the brackets.
#[derive(Debug, PartialEq)]
pub(crate) struct Parameter<'a> {
    /// Empty where there is a value alone, as in `LeakyReLU(0.01)`.
    pub name: &'a str,
    pub value: &'a str,
}

impl<'a> Call<'a> {
    /// Reads `name`, `name()`, `name(value)` or `name(parameter=value, ...)`, given to `flag`.
    pub fn parse(flag: &'static str, text: &'a str) -> Result<Self, SettingError> {
        let malformed = || SettingError::Malformed { flag, given: text.to_owned() };
        let Some((name, rest)) = text.split_once('(') else {
            return Ok(Self { name: text.trim(), parameters: Vec::new() });
        };
        let inside = rest.trim_end().strip_suffix(')').ok_or_else(malformed)?;
        let mut parameters: Vec<Parameter<'a>> = Vec::new();
        for part in inside.split(',').filter(|_| !inside.trim().is_empty()) {
            let (name, value) = match part.split_once('=') {
                Some(named) => named,
                // Only the first: elsewhere a comma was a decimal comma, or a name was forgotten.
                None if parameters.is_empty() => ("", part),
                None => return Err(malformed()),
            };
            let parameter = Parameter { name: name.trim(), value: value.trim() };
            if parameter.value.is_empty() || parameters.iter().any(|earlier| earlier.name == parameter.name) {
                return Err(malformed());
            }
            parameters.push(parameter);
        }
        Ok(Self { name: name.trim(), parameters })
    }
}

impl Parameter<'_> {
    /// Its value, which must be a number.
    pub fn number(&self, flag: &'static str) -> Result<f64, SettingError> {
        let given = || format!("{}={}", self.name, self.value);
        self.value.parse().map_err(|_| SettingError::Malformed { flag, given: given() })
    }
}
