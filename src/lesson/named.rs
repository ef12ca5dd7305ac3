use crate::engine::Quantities;

/// A number that a condition or a text names: of a layer, of a whole network, or of its training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Standard deviation of a layer's outputs.
    Std,
    /// Their mean.
    Mean,
    /// The least of them.
    Min,
    /// The greatest of them.
    Max,
    /// The share of exact zeros among them.
    Zeros,
    /// The share of saturated ones.
    Saturated,
    /// Units that are dead; without a layer, of all layers.
    Dead,
    /// Units that are always on; without a layer, of all layers.
    AlwaysOn,
    /// Units that are never positive; without a layer, of all layers.
    NeverPositive,
    /// Units there are; without a layer, in all layers.
    Units,
    /// Inputs of a unit.
    FanIn,
    /// Standard deviation of a layer's weights.
    WeightStd,
    /// Their mean.
    WeightMean,
    /// Standard deviation of a layer's pre-activations.
    ZStd,
    /// Their mean.
    ZMean,
    /// Size of the gradient of the loss by a layer's pre-activations.
    Gradient,
    /// Size of the gradient of the loss by a layer's weights.
    WeightGradient,
    /// What theory expects of the standard deviation of the outputs.
    TheoryStd,
    /// What theory expects of the standard deviation of the pre-activations.
    TheoryZStd,
    /// What theory expects of the gradient's size.
    TheoryGradient,
    /// Loss of the network as it is.
    Loss,
    /// The standard deviation that is set for the weights.
    Sigma,
    /// The factor that is set on the weights.
    Gain,
    /// The bias that is set.
    Bias,
    /// Hidden layers.
    Layers,
    /// Images.
    Images,
    /// The derivative of theory's recursion at the fixed point: 1 at the edge of chaos.
    Chi,
    /// How many layers deep the likeness of two images can be told, by theory.
    DepthScale,
    /// The standard deviation of the weights at the edge of chaos, for the last hidden layer.
    EdgeSigma,
    /// Steps of the training that are done.
    Step,
    /// Share of the test images that are classified right.
    Accuracy,
    /// Mean loss over all training images.
    TrainLoss,
    /// Mean loss over the test images.
    TestLoss,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// To three significant digits.
    Measured,
    /// As somebody set it.
    Set,
    /// As a standard deviation is written at its slider and over its figure.
    Sigma,
    /// As a percentage.
    Share,
    /// With its thousands apart.
    Count,
}

/// All names, the longer ones first where one begins with another; in texts a space may be an underscore.
const NAMES: &[(&str, Named)] = &[
    ("weight gradient", Named::WeightGradient),
    ("weight mean", Named::WeightMean),
    ("weight std", Named::WeightStd),
    ("z mean", Named::ZMean),
    ("z std", Named::ZStd),
    ("theory gradient", Named::TheoryGradient),
    ("theory std", Named::TheoryStd),
    ("theory z std", Named::TheoryZStd),
    ("dead units", Named::Dead),
    ("dead unit", Named::Dead),
    ("dead", Named::Dead),
    ("always on units", Named::AlwaysOn),
    ("always on", Named::AlwaysOn),
    ("never positive units", Named::NeverPositive),
    ("never positive", Named::NeverPositive),
    ("test loss", Named::TestLoss),
    ("train loss", Named::TrainLoss),
    ("fan in", Named::FanIn),
    ("std", Named::Std),
    ("mean", Named::Mean),
    ("min", Named::Min),
    ("max", Named::Max),
    ("zeros", Named::Zeros),
    ("saturated", Named::Saturated),
    ("units", Named::Units),
    ("gradient", Named::Gradient),
    ("loss", Named::Loss),
    ("sigma", Named::Sigma),
    ("gain", Named::Gain),
    ("bias", Named::Bias),
    ("layers", Named::Layers),
    ("images", Named::Images),
    ("chi", Named::Chi),
    ("depth scale", Named::DepthScale),
    ("edge sigma", Named::EdgeSigma),
    ("steps", Named::Step),
    ("step", Named::Step),
    ("accuracy", Named::Accuracy),
];

impl Named {
    /// The longest name that these words begin with, and how many of them it takes.
    pub fn read(words: &[&str]) -> Option<(Self, usize)> {
        let of = |(name, named): &(&str, Self)| {
            let parts: Vec<_> = name.split(' ').collect();
            let is_it = words.len() >= parts.len()
                && parts.iter().zip(words).all(|(part, word)| part.eq_ignore_ascii_case(word));
            is_it.then_some((*named, parts.len()))
        };
        NAMES.iter().filter_map(of).max_by_key(|(_, length)| *length)
    }

    /// Every name once, for those who are told which there are.
    pub fn all() -> Vec<&'static str> {
        let mut seen = Vec::new();
        let is_new = |(_, named): &&(&str, Self)| {
            let is_new = !seen.contains(named);
            seen.push(*named);
            is_new
        };
        NAMES.iter().filter(is_new).map(|(name, _)| *name).collect()
    }

    /// Whether it is of a layer, and of nothing else.
    pub fn needs_layer(self) -> bool {
        !self.takes_no_layer() && !matches!(self, Self::Dead | Self::AlwaysOn | Self::NeverPositive | Self::Units)
    }

    /// Whether it is of the whole network, or its training.
    pub fn takes_no_layer(self) -> bool {
        matches!(
            self,
            Self::Loss
                | Self::Sigma
                | Self::Gain
                | Self::Bias
                | Self::Layers
                | Self::Images
                | Self::Chi
                | Self::DepthScale
                | Self::EdgeSigma
                | Self::Step
                | Self::Accuracy
                | Self::TrainLoss
                | Self::TestLoss
        )
    }

    /// What must be measured for it.
    pub fn quantities(self) -> Quantities {
        let none = Quantities::GLANCE;
        match self {
            Self::ZStd | Self::ZMean => Quantities { pre_activations: true, ..none },
            Self::Gradient | Self::WeightGradient => Quantities { gradients: true, ..none },
            Self::TheoryStd | Self::TheoryZStd => Quantities { theory: true, ..none },
            Self::TheoryGradient => Quantities { theory: true, gradients: true, ..none },
            Self::Chi | Self::DepthScale | Self::EdgeSigma => Quantities { theory: true, outlook: true, ..none },
            _ => none,
        }
    }

    /// How it is written.
    pub fn written(self) -> Written {
        match self {
            Self::Zeros | Self::Saturated | Self::Accuracy => Written::Share,
            Self::Dead
            | Self::AlwaysOn
            | Self::NeverPositive
            | Self::Units
            | Self::FanIn
            | Self::Layers
            | Self::Images
            | Self::Step => Written::Count,
            Self::Sigma => Written::Sigma,
            Self::Gain | Self::Bias => Written::Set,
            _ => Written::Measured,
        }
    }
}
