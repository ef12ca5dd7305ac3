use crate::experiment::{NetworkFramework as Framework, Range};

/// What makes updates of gradients, with its parameters. Each framework computes it in its own way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Optimizer {
    /// Stochastic gradient descent.
    Sgd {
        /// The share of its velocity that it keeps.
        momentum: f64,
        /// Whether the gradient is looked at where momentum will lead to.
        nesterov: bool,
    },
    /// By the root of a running mean of squares (Hinton 2012).
    RmsProp {
        /// The share of the running mean that is kept in a step.
        rho: f64,
        /// What keeps a division finite.
        epsilon: f64,
    },
    /// By the root of a sum of squares (Duchi, Hazan and Singer 2011).
    Adagrad {
        /// What the sum starts at.
        initial_accumulator_value: f64,
        /// What keeps a division finite.
        epsilon: f64,
    },
    /// By running means of gradients and of their squares (Kingma and Ba 2015).
    Adam {
        /// The share of the mean of gradients that is kept in a step.
        beta_1: f64,
        /// The share of the mean of squares that is kept in a step.
        beta_2: f64,
        /// What keeps a division finite.
        epsilon: f64,
    },
    /// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
    AdamW {
        /// The share of the mean of gradients that is kept in a step.
        beta_1: f64,
        /// The share of the mean of squares that is kept in a step.
        beta_2: f64,
        /// What keeps a division finite.
        epsilon: f64,
    },
}

/// A parameter of an optimizer, for whoever reads, writes or offers it.
pub struct OptimizerParameter<'a> {
    /// Its name in brackets.
    pub name: &'static str,
    /// What it is.
    pub value: OptimizerValue<'a>,
}

/// What a parameter of an optimizer holds.
pub enum OptimizerValue<'a> {
    /// A number, and those that it may be.
    Number(&'a mut f64, Range),
    /// Yes or no.
    Flag(&'a mut bool),
}

impl Optimizer {
    /// All of them with a framework's defaults, in the order they are offered.
    pub fn all(framework: Framework) -> [Self; 5] {
        let keras = framework == Framework::Keras;
        let of = |in_keras: f64, in_torch: f64| if keras { in_keras } else { in_torch };
        let (beta_1, beta_2, epsilon) = (0.9, 0.999, of(1e-7, 1e-8));
        [
            Self::Sgd { momentum: 0.0, nesterov: false },
            Self::RmsProp { rho: of(0.9, 0.99), epsilon },
            Self::Adagrad { initial_accumulator_value: of(0.1, 0.0), epsilon: of(1e-7, 1e-10) },
            Self::Adam { beta_1, beta_2, epsilon },
            Self::AdamW { beta_1, beta_2, epsilon },
        ]
    }

    /// The name on the command line and in files, without parameters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sgd { .. } => "sgd",
            Self::RmsProp { .. } => "rmsprop",
            Self::Adagrad { .. } => "adagrad",
            Self::Adam { .. } => "adam",
            Self::AdamW { .. } => "adamw",
        }
    }

    /// The name as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sgd { .. } => "SGD",
            Self::RmsProp { .. } => "RMSprop",
            Self::Adagrad { .. } => "Adagrad",
            Self::Adam { .. } => "Adam",
            Self::AdamW { .. } => "AdamW",
        }
    }

    /// The same one with a framework's defaults.
    #[must_use]
    pub fn with_defaults(self, framework: Framework) -> Self {
        let is_it = |optimizer: &Self| optimizer.name() == self.name();
        Self::all(framework).into_iter().find(is_it).unwrap_or(self)
    }

    /// Its parameters, in the order they are written.
    pub fn parameters(&mut self) -> Vec<OptimizerParameter<'_>> {
        let number = |name, value, range| OptimizerParameter { name, value: OptimizerValue::Number(value, range) };
        match self {
            Self::Sgd { momentum, nesterov } => vec![
                number("momentum", momentum, Range::BelowOne),
                OptimizerParameter { name: "nesterov", value: OptimizerValue::Flag(nesterov) },
            ],
            Self::RmsProp { rho, epsilon } => {
                vec![number("rho", rho, Range::BelowOne), number("epsilon", epsilon, Range::Positive)]
            }
            Self::Adagrad { initial_accumulator_value, epsilon } => vec![
                number("initial_accumulator_value", initial_accumulator_value, Range::NotNegative),
                number("epsilon", epsilon, Range::Positive),
            ],
            Self::Adam { beta_1, beta_2, epsilon } | Self::AdamW { beta_1, beta_2, epsilon } => vec![
                number("beta_1", beta_1, Range::BelowOne),
                number("beta_2", beta_2, Range::BelowOne),
                number("epsilon", epsilon, Range::Positive),
            ],
        }
    }

    /// The learning rate that a framework gives it.
    pub fn default_rate(self, framework: Framework) -> f64 {
        match (self, framework) {
            (Self::Sgd { .. }, Framework::Keras)
            | (Self::RmsProp { .. } | Self::Adagrad { .. }, Framework::PyTorch) => 0.01,
            (Self::Sgd { .. }, Framework::PyTorch)
            | (Self::RmsProp { .. } | Self::Adagrad { .. }, Framework::Keras)
            | (Self::Adam { .. } | Self::AdamW { .. }, _) => 0.001,
        }
    }

    /// The weight decay that a framework gives it.
    pub fn default_weight_decay(self, framework: Framework) -> f64 {
        match (self, framework) {
            (Self::AdamW { .. }, Framework::Keras) => 0.004,
            (Self::AdamW { .. }, Framework::PyTorch) => 0.01,
            _ => 0.0,
        }
    }

    /// Whether weight decay takes a share of the weights rather than adding to the gradient.
    pub fn decouples_decay(self, framework: Framework) -> bool {
        framework == Framework::Keras || matches!(self, Self::AdamW { .. })
    }
}
