use super::optimizer::{Optimizer, OptimizerValue};
use crate::experiment::{NetworkFramework as Framework, SettingError, TextCall, find_name, is_same_name};

const FLAG: &str = "--optimizer";

/// Where frameworks keep their optimizers.
const HOMES: [(&str, Framework); 6] = [
    ("torch.optim.", Framework::PyTorch),
    ("optim.", Framework::PyTorch),
    ("keras.optimizers.", Framework::Keras),
    ("tf.keras.optimizers.", Framework::Keras),
    ("tf.optimizers.", Framework::Keras),
    ("optimizers.", Framework::Keras),
];

impl Optimizer {
    /// Reads `name` or `name(parameter=value, ..)`, as this program, Keras or PyTorch write it; what is not given has the
    /// framework's default.
    ///
    /// # Errors
    /// If there is no such name, it has no such parameter, or the framework is another one.
    pub fn read(text: &str, framework: Framework) -> Result<Self, SettingError> {
        if text.trim().is_empty() {
            return Err(SettingError::Empty { flag: FLAG });
        }
        let wrong = |problem: String| SettingError::Brackets { flag: FLAG, given: text.to_owned(), problem };
        let call = TextCall::parse(FLAG, text).map_err(|_| wrong(SHAPE.to_owned()))?;
        let mut name = call.name;
        for (home, whose) in HOMES {
            if let Some(own) = name.strip_prefix(home) {
                if whose != framework {
                    return Err(wrong(format!("that is {}: give --framework {}, too", whose.name(), flag(whose))));
                }
                name = own;
            }
        }
        let mut read = find_name(FLAG, name, &Self::all(framework), Self::name)?;
        for parameter in &call.parameters {
            read.set(parameter.name, parameter.value.trim_matches(['"', '\''])).map_err(wrong)?;
        }
        match read {
            Self::Sgd { momentum: 0.0, nesterov: true } => {
                Err(wrong("nesterov needs a momentum: write sgd(momentum=0.9, nesterov=true)".to_owned()))
            }
            _ => Ok(read),
        }
    }

    fn set(&mut self, given: &str, text: &str) -> Result<(), String> {
        let own = match given {
            "" => return Err(format!("write parameter=value, not '{text}'")),
            "lr" | "learning_rate" => return Err("the learning rate has a flag of its own, --learning-rate".to_owned()),
            "weight_decay" => return Err("the weight decay has a flag of its own, --weight-decay".to_owned()),
            "eps" => "epsilon",
            "alpha" if matches!(self, Self::RmsProp { .. }) => "rho",
            "beta1" => "beta_1",
            "beta2" => "beta_2",
            given => given,
        };
        let mut parameters = self.parameters();
        let known = parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ");
        let Some(parameter) = parameters.iter_mut().find(|parameter| parameter.name == own) else {
            return Err(format!("unknown parameter {given}: it has {known}"));
        };
        match &mut parameter.value {
            OptimizerValue::Number(number, range) => match text.parse() {
                Ok(parsed) if range.contains(parsed) => **number = parsed,
                _ => return Err(format!("{own}={text} is not {}", range.words())),
            },
            OptimizerValue::Flag(flag) => match text.to_ascii_lowercase().as_str() {
                "true" => **flag = true,
                "false" => **flag = false,
                _ => return Err(format!("{own}={text} is not known: use true or false")),
            },
        }
        Ok(())
    }

    /// The name, and in brackets what differs from the framework's defaults: `sgd(momentum=0.9, nesterov=true)`.
    pub fn text(mut self, framework: Framework) -> String {
        let mut default = self.with_defaults(framework);
        let name = self.name();
        let inside: Vec<_> = self
            .parameters()
            .into_iter()
            .zip(default.parameters())
            .map(|(given, default)| (given.name, written(&given.value), written(&default.value)))
            .filter(|(_, given, default)| given != default)
            .map(|(name, given, _)| format!("{name}={given}"))
            .collect();
        if inside.is_empty() { name.to_owned() } else { format!("{name}({})", inside.join(", ")) }
    }
}

impl Optimizer {
    /// Its parameters with their values: `momentum=0`, `nesterov=false`.
    pub fn parameter_words(&mut self) -> Vec<String> {
        let word = |name: &str, value: &OptimizerValue<'_>| format!("{name}={}", written(value));
        self.parameters().iter().map(|parameter| word(parameter.name, &parameter.value)).collect()
    }
}

/// What an optimizer's text must look like.
const SHAPE: &str = "write a name, or a name with its parameters as in 'sgd(momentum=0.9, nesterov=true)'";

fn written(value: &OptimizerValue<'_>) -> String {
    match value {
        OptimizerValue::Number(number, _) if **number != 0.0 && number.abs() < 1e-4 => format!("{number:e}"),
        OptimizerValue::Number(number, _) => number.to_string(),
        OptimizerValue::Flag(flag) => flag.to_string(),
    }
}

/// A framework's name on the command line.
pub(super) fn flag(framework: Framework) -> &'static str {
    match framework {
        Framework::Keras => "keras",
        Framework::PyTorch => "pytorch",
    }
}

/// The framework of a name.
///
/// # Errors
/// If there is none.
pub(super) fn framework(given: &str) -> Result<Framework, SettingError> {
    let given = if is_same_name(given, "torch") { "pytorch" } else { given };
    find_name("--framework", given, &[Framework::Keras, Framework::PyTorch], flag)
}
