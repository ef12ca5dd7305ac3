use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde::de::Error as _;
use serde::de::value::{Error as NoWord, StrDeserializer};
use serde::{Deserialize, Deserializer};

use super::{Axes, AxisRange, PlotShape, Quantity, Scale, View};

/// The view's flags, which are the keys of a scene's `[view]`, too: whatever is absent is the base's.
///
/// Names of version 1 are read as well: `kind` for the shape, `reach` for the range, `axis` for the scale, and `scale` for
/// whether layers share an axis; its value tells which is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, clap::Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "View")]
pub struct ViewSettings {
    /// Values of a layer to draw
    #[arg(
        long,
        value_name = "outputs|pre_activations|gradients|weights",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    pub quantity: Option<Quantity>,
    /// Shape that a layer is drawn as
    #[arg(
        long,
        alias = "kind",
        value_name = "violin|histogram|ridgeline|box",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    #[serde(alias = "kind")]
    pub shape: Option<PlotShape>,
    /// Scale of the axis
    // Given twice where the old names are: as themselves, and for the axes.
    #[arg(
        long,
        alias = "axis",
        action = clap::ArgAction::Append,
        value_name = "linear|symlog|log",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    #[serde(deserialize_with = "one")]
    pub scale: Vec<ScaleOrAxes>,
    /// One axis for all layers, or one for each
    #[arg(long, value_name = "shared|own", value_enum, ignore_case = true, hide_possible_values = true)]
    pub axes: Option<Axes>,
    /// Values that an axis covers: all, or all but 0.5 % at either end
    #[arg(
        long,
        alias = "reach",
        value_name = "all|robust",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    #[serde(alias = "reach")]
    pub range: Option<AxisRange>,
    /// In a file: the old name of the scale.
    #[arg(skip)]
    pub axis: Option<Scale>,
}

/// What `scale` says: a scale, or what it said in version 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleOrAxes {
    /// How values are laid out.
    Scale(Scale),
    /// Whether the layers share an axis.
    Axes(Axes),
}

/// Two names of the same thing that say different things; each a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// The scale.
    #[error("--scale, which was called --axis, is given two values: leave out one")]
    Scale,
    /// Whether the layers share an axis.
    #[error("--axes and --scale contradict each other: --axes is shared or own, --scale is linear, symlog or log")]
    Axes,
}

impl ViewSettings {
    /// The view changed by these.
    ///
    /// # Errors
    /// If two names of the same thing contradict each other.
    pub fn over(self, base: View) -> Result<View, ViewError> {
        let (mut scale, mut axes) = (self.axis, self.axes);
        for said in self.scale {
            match said {
                ScaleOrAxes::Scale(said) => scale = Some(agreed(scale, said, ViewError::Scale)?),
                ScaleOrAxes::Axes(said) => axes = Some(agreed(axes, said, ViewError::Axes)?),
            }
        }
        Ok(View {
            quantity: self.quantity.unwrap_or(base.quantity),
            shape: self.shape.unwrap_or(base.shape),
            scale: scale.unwrap_or(base.scale),
            axes: axes.unwrap_or(base.axes),
            range: self.range.unwrap_or(base.range),
        })
    }
}

/// What is said, unless something else was said before.
fn agreed<T: PartialEq>(before: Option<T>, said: T, error: ViewError) -> Result<T, ViewError> {
    if before.is_some_and(|before| before != said) { Err(error) } else { Ok(said) }
}

/// A file says a key once.
fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ScaleOrAxes>, D::Error> {
    ScaleOrAxes::deserialize(deserializer).map(|one| vec![one])
}

/// A file's `[view]`.
impl TryFrom<ViewSettings> for View {
    type Error = String;

    fn try_from(settings: ViewSettings) -> Result<Self, String> {
        // Keys are flags without dashes.
        settings.over(Self::default()).map_err(|error| error.to_string().replace("--", ""))
    }
}

impl<'de> Deserialize<'de> for View {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(ViewSettings::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl ValueEnum for ScaleOrAxes {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Scale(Scale::Linear),
            Self::Scale(Scale::Symlog),
            Self::Scale(Scale::Log),
            Self::Axes(Axes::Shared),
            Self::Axes(Axes::Own),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Scale(scale) => scale.to_possible_value(),
            Self::Axes(axes) => axes.to_possible_value().map(|value| value.hide(true)),
        }
    }
}

impl<'de> Deserialize<'de> for ScaleOrAxes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        match Axes::deserialize(StrDeserializer::<NoWord>::new(&word)) {
            Ok(axes) => Ok(Self::Axes(axes)),
            Err(_) => Scale::deserialize(StrDeserializer::new(&word)).map(Self::Scale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(keys: &str) -> Result<View, String> {
        toml::from_str(keys).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn old_names_say_what_new_ones_say() {
        let new = view("shape = 'histogram'\nscale = 'log'\naxes = 'own'\nrange = 'robust'\n");
        let old = view("kind = 'histogram'\naxis = 'log'\nscale = 'per_layer'\nreach = 'robust'\n");
        let meant = View {
            quantity: Quantity::Outputs,
            shape: PlotShape::Histogram,
            scale: Scale::Log,
            axes: Axes::Own,
            range: AxisRange::Robust,
        };
        assert_eq!((new, old), (Ok(meant), Ok(meant)));
    }

    #[test]
    fn two_names_that_contradict_each_other_are_refused() {
        assert_eq!(view("scale = 'log'\naxis = 'log'\n").map(|view| view.scale), Ok(Scale::Log));
        assert!(
            view("scale = 'log'\naxis = 'symlog'\n")
                .is_err_and(|said| said.starts_with("scale, which was called axis,"))
        );
        assert!(
            view("scale = 'shared'\naxes = 'own'\n").is_err_and(|said| said.starts_with("axes and scale contradict"))
        );
        assert!(view("scale = 'cubic'\n").is_err_and(|said| said.contains("`linear`, `symlog`, `log`")));
    }
}
