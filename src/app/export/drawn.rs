use std::sync::Arc;

use crate::engine::Measurement;
use crate::engine::landscape::Survey;
use crate::engine::units::LayerUnits;
use crate::experiment::Experiment;
use crate::figure::{Figure, Landscape, Mapped, View};
use crate::layout::Content;
use crate::subject::Subject;

/// What a figure is drawn from, shared with the window: equal where it is the very same.
#[derive(Clone)]
pub enum Drawn {
    /// The layers of an experiment.
    Layers(Arc<Figure>),
    /// Those of several, in a view.
    Compare(Vec<Arc<Measurement>>, View),
    /// A layer's units.
    Units(Arc<LayerUnits>),
    /// Images x units.
    Firing(Arc<LayerUnits>),
    /// The activation over a layer's pre-activations, from 0.
    Activation(Arc<Figure>, usize),
    /// Networks around a subject.
    Landscape(Arc<Survey>, Mapped, Box<Subject>),
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Layers(one), Self::Layers(other)) => Arc::ptr_eq(one, other),
            (Self::Compare(one, view), Self::Compare(other, viewed)) => {
                let is_same = |(one, other): (&Arc<Measurement>, &Arc<Measurement>)| Arc::ptr_eq(one, other);
                view == viewed && one.len() == other.len() && one.iter().zip(other).all(is_same)
            }
            (Self::Units(one), Self::Units(other)) | (Self::Firing(one), Self::Firing(other)) => {
                Arc::ptr_eq(one, other)
            }
            (Self::Activation(one, layer), Self::Activation(other, another)) => {
                Arc::ptr_eq(one, other) && layer == another
            }
            (Self::Landscape(one, mapped, around), Self::Landscape(other, shown, centre)) => {
                Arc::ptr_eq(one, other) && mapped == shown && around == centre
            }
            _ => false,
        }
    }
}

impl Drawn {
    /// What there is to lay out.
    pub fn content(&self) -> Content {
        match self {
            Self::Layers(figure) => Content::Layers(vec![Figure::clone(figure)]),
            // What lacks what is to be shown is not among them.
            Self::Compare(known, view) => Content::Layers(Figure::together(known, *view).unwrap_or_default()),
            Self::Units(units) => Content::Units(Arc::clone(units)),
            Self::Firing(units) => Content::Firing(Arc::clone(units)),
            Self::Activation(figure, layer) => Content::Activation(Figure::clone(figure), *layer),
            Self::Landscape(survey, mapped, around) => {
                Content::Landscape(Landscape::new(Arc::clone(survey), *mapped), Subject::clone(around))
            }
        }
    }

    /// In which view, if it is of layers.
    pub fn view(&self) -> Option<View> {
        match self {
            Self::Layers(figure) | Self::Activation(figure, _) => Some(figure.view),
            Self::Compare(_, view) => Some(*view),
            Self::Units(_) | Self::Firing(_) | Self::Landscape(..) => None,
        }
    }

    /// What it was measured of.
    pub fn experiments(&self) -> Vec<Experiment> {
        match self {
            Self::Layers(figure) | Self::Activation(figure, _) => vec![figure.measurement.experiment().clone()],
            Self::Compare(known, _) => known.iter().map(|known| known.experiment().clone()).collect(),
            Self::Units(units) | Self::Firing(units) => vec![units.experiment().clone()],
            Self::Landscape(_, _, around) => vec![around.experiment().clone()],
        }
    }
}
