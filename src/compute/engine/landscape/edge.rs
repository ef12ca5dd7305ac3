use rayon::prelude::*;

use super::{Plane, Terrain};
use crate::engine::expectations::Expectations;
use crate::experiment::Activation;
use crate::theory::{Coverage, deep_limit, edge_of_chaos, moments};

/// Where mean-field theory has the edge of chaos, chi1 = 1, or where networks are trained the depth that can be trained: lines of points (x, y) in a landscape's units, or why there is none.
pub type Edge = Result<Vec<Vec<[f64; 2]>>, &'static str>;

/// Steps from the lowest sigma_b to the highest.
const STEPS: usize = 80;
/// Steps from the lowest sigma_w to the highest of a line of depths.
const DEPTH_STEPS: usize = 60;

impl Terrain {
    /// The edge of chaos of these networks if they were infinitely wide. Costs some 0.2 s, on the pool it is called in.
    pub(super) fn edge(&self) -> Edge {
        let base = self.base();
        let mean = base.kernel_shapes().iter().any(|&(fan_in, fan_out)| base.initializer.mean(fan_in, fan_out) != 0.0);
        if mean || base.bias != 0.0 {
            return Err("theory needs weights and biases with mean zero");
        }
        if let Coverage::NotCovered(_) = Expectations::of(&base.into(), &vec![1.0; base.widths.len() + 2]).coverage {
            return Err("mean-field theory does not cover such draws");
        }
        if self.training().is_some() && self.plane() == Plane::Depth {
            let lines = self.trainable_depth();
            return if lines.is_empty() { Err("theory gives none on this map") } else { Ok(lines) };
        }
        let lines = match self.plane() {
            Plane::Biases => self.over_biases(),
            Plane::Rate if !self.is_scaled() && base.uniform_width().is_none() => {
                return Err("hidden layers that differ in width have one each");
            }
            Plane::Depth | Plane::Rate => self.over_depth(),
        };
        if lines.is_empty() { Err("χ₁ is 1 nowhere on this map") } else { Ok(lines) }
    }

    /// Six times xi_c, the layers in which correlations of images settle: about as deep as networks could be trained in Schoenholz et
    /// al. 2017, figure 5.
    fn trainable_depth(&self) -> Vec<Vec<[f64; 2]>> {
        let (left, right) = self.x_range();
        let (_, top) = self.y_range();
        let base = self.base();
        let bias_variance = base.bias_std * base.bias_std;
        let point = |step: usize| {
            let x = left + (right - left) * step as f64 / DEPTH_STEPS as f64;
            let depth = 6.0 * deep_limit(&base.activation, x * x, bias_variance).correlation_depth?;
            // Beyond the map it is only known to be high.
            depth.is_finite().then(|| [x, depth.min(100.0 * top)])
        };
        let points: Vec<_> = (0..=DEPTH_STEPS).into_par_iter().map(point).collect();
        let lines = points.split(Option::is_none).map(|line| line.iter().flatten().copied().collect::<Vec<_>>());
        lines.filter(|line| line.len() > 1 && line.iter().any(|point| point[1] < top)).collect()
    }

    fn over_biases(&self) -> Vec<Vec<[f64; 2]>> {
        let (_, top) = self.y_range();
        let right = self.x_range().1;
        let point = |step: usize| {
            // Near zero it turns sharply.
            let bias_std = top * (step as f64 / STEPS as f64).powi(2);
            let x = critical_weight_variance(&self.base().activation, bias_std * bias_std)?.sqrt();
            (x < 2.0 * right).then_some([x, bias_std])
        };
        let points: Vec<_> = (0..=STEPS).into_par_iter().map(point).collect();
        let lines = points.split(Option::is_none).map(|line| line.iter().flatten().copied().collect::<Vec<_>>());
        lines.filter(|line| line.len() > 1 && line.iter().any(|point| point[0] < right)).collect()
    }

    /// The same sigma in every row.
    fn over_depth(&self) -> Vec<Vec<[f64; 2]>> {
        let base = self.base();
        let Some(critical) = critical_weight_variance(&base.activation, base.bias_std * base.bias_std) else {
            return Vec::new();
        };
        let width = base.widths[0];
        let variance = |x: f64| self.initializer(x).sigma(width, width).powi(2) * width as f64;
        let (mut low, mut high) = (0.0, self.x(self.columns() - 1) * 1.5);
        if variance(high) < critical {
            return Vec::new();
        }
        while high - low > 1e-9 * high {
            let middle = 0.5 * (low + high);
            *(if variance(middle) < critical { &mut low } else { &mut high }) = middle;
        }
        let (bottom, top) = self.y_range();
        if high < self.x_range().1 { vec![vec![[high, bottom], [high, top]]] } else { Vec::new() }
    }
}

/// sigma_w^2 with chi1 = 1. Where an activation is positively homogeneous chi1 is the same for every q, so that it needs no
/// fixed point.
fn critical_weight_variance(activation: &Activation, bias_variance: f64) -> Option<f64> {
    if activation.is_positively_homogeneous() {
        let slope_square = moments(activation, 0.0, 1.0).slope_square;
        return (slope_square > 0.0).then(|| 1.0 / slope_square);
    }
    edge_of_chaos(activation, bias_variance).map(|edge| edge.weight_variance).filter(|variance| variance.is_finite())
}
