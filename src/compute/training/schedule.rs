use std::f64::consts::PI;
use std::fmt;

use crate::experiment::{SettingError, TextCall, is_same_name};

/// What becomes of the learning rate as steps go by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// It stays.
    Constant,
    /// It falls to 0 by half a cosine, from the end of the warm-up to that of the training.
    Cosine,
    /// It falls once.
    Step {
        /// Steps after which it does.
        at: u64,
        /// What it is multiplied by.
        factor: f64,
    },
}

const FLAG: &str = "--schedule";

impl Schedule {
    /// What the learning rate is multiplied by in a step, counted from 1, of so many; the first `warm_up` do not count.
    pub fn factor(self, step: u64, warm_up: u64, steps: u64) -> f64 {
        match self {
            Self::Cosine => {
                let (done, all) = (step.saturating_sub(warm_up + 1), steps.saturating_sub(warm_up).max(1));
                0.5 * (1.0 + (PI * done as f64 / all as f64).min(PI).cos())
            }
            Self::Step { at, factor } if step > at => factor,
            Self::Constant | Self::Step { .. } => 1.0,
        }
    }

    /// Reads `constant`, `cosine` or `step(at=8, factor=0.1)`.
    ///
    /// # Errors
    /// If it is none of these.
    pub fn read(text: &str) -> Result<Self, SettingError> {
        let wrong = |problem: String| SettingError::Brackets { flag: FLAG, given: text.to_owned(), problem };
        let shape = || wrong("write constant, cosine or 'step(at=8, factor=0.1)'".to_owned());
        if text.trim().is_empty() {
            return Err(SettingError::Empty { flag: FLAG });
        }
        let call = TextCall::parse(FLAG, text).map_err(|_| shape())?;
        let plain = |schedule| if call.parameters.is_empty() { Ok(schedule) } else { Err(shape()) };
        if is_same_name(call.name, "constant") {
            return plain(Self::Constant);
        }
        if is_same_name(call.name, "cosine") {
            return plain(Self::Cosine);
        }
        if !is_same_name(call.name, "step") {
            return Err(shape());
        }
        let (mut at, mut factor) = (None, None);
        for parameter in &call.parameters {
            let text = parameter.value;
            match parameter.name {
                "at" => {
                    let whole = text.parse::<u64>();
                    at = Some(whole.map_err(|_| wrong(format!("at={text} is not a whole number of steps")))?);
                }
                "factor" => {
                    let number = text.parse().ok().filter(|factor| (0.0..=1e6).contains(factor));
                    factor = Some(number.ok_or_else(|| wrong(format!("factor={text} is not a number of 0 or more")))?);
                }
                other => return Err(wrong(format!("unknown parameter {other}: it has at, factor"))),
            }
        }
        let at = at.ok_or_else(|| wrong("it needs at, the steps after which the rate falls".to_owned()))?;
        Ok(Self::Step { at, factor: factor.unwrap_or(0.1) })
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant => formatter.write_str("constant"),
            Self::Cosine => formatter.write_str("cosine"),
            Self::Step { at, factor } => write!(formatter, "step(at={at}, factor={factor})"),
        }
    }
}
