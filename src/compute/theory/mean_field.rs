use super::gaussian::expect_product;
use super::{Phi, expect, expect_pair, moments};

/// A deep network of infinite width: W ~ N(0, sigma_w^2 / fan_in), b ~ N(0, sigma_b^2), all independent.
pub struct WideNetwork<'a, P> {
    /// The activation of every layer.
    pub phi: &'a P,
    /// sigma_w^2: the variance of a weight times fan_in.
    pub weight_variance: f64,
    /// sigma_b^2
    pub bias_variance: f64,
}

/// Where the second moment of the pre-activations goes with depth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FixedPoint {
    /// It tends to this q*.
    At(f64),
    /// It stays where it is: every q is a fixed point (relu at sigma_w^2 = 2, sigma_b^2 = 0).
    Everywhere,
    /// It grows without bound.
    Diverges,
}

/// The critical initialization for some sigma_b^2: chi1 = 1 at the fixed point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgeOfChaos {
    /// The critical sigma_w^2.
    pub weight_variance: f64,
    /// Its fixed point q*.
    pub q: f64,
}

impl<P: Phi> WideNetwork<'_, P> {
    /// The variance map q' = sigma_w^2 E[phi(sqrt(q) z)^2] + sigma_b^2 (Poole et al. 2016).
    pub fn variance_map(&self, q: f64) -> f64 {
        self.weight_variance * moments(self.phi, 0.0, q).square + self.bias_variance
    }

    /// The slope of the variance map, sigma_w^2 E[z phi phi'] / sqrt(q), for q > 0. By partial integration it is chi1 +
    /// sigma_w^2 E[phi phi''], the form of Schoenholz et al. 2017, but needs no second derivative.
    pub fn variance_slope(&self, q: f64) -> f64 {
        let [sum] = expect(0.0, q.sqrt(), &self.phi.kinks(), |u| {
            let (value, slope) = self.phi.at(u);
            [u / q * value * slope]
        });
        self.weight_variance * sum
    }

    /// chi1 = sigma_w^2 E[phi'(sqrt(q) z)^2] (Poole et al. 2016): the factor per layer on the distance of two nearly
    /// equal inputs, squared, and on the squared norm of a gradient. Below 1 ordered, above 1 chaotic.
    pub fn chi1(&self, q: f64) -> f64 {
        self.weight_variance * moments(self.phi, 0.0, q).slope_square
    }

    /// Where q goes from 1, by bracketing and bisection in log q: relative error about 1e-14 / |1 - slope of the map|.
    /// It may overlook one of two fixed points that lie within a factor of 2 of one another.
    pub fn fixed_point(&self) -> FixedPoint {
        let excess = |q: f64| {
            let excess = self.variance_map(q) / q - 1.0;
            if excess.abs() < 1e-14 { 0.0 } else { excess }
        };
        let first = excess(1.0);
        if first == 0.0 && excess(16.0) == 0.0 {
            return FixedPoint::Everywhere;
        }
        // Where the map is q itself but for rounding, as elu's far out at sigma_w^2 = 2, it goes on as it came.
        let (mut low, mut high) = (1.0, 1.0);
        if first > 0.0 {
            loop {
                match excess(high) {
                    negative if negative < 0.0 => break,
                    positive if positive > 0.0 => low = high,
                    _ => {}
                }
                high *= step(high);
                if high > 1e300 {
                    return FixedPoint::Diverges;
                }
            }
        } else {
            loop {
                match excess(low) {
                    positive if positive > 0.0 => break,
                    negative if negative < 0.0 => high = low,
                    _ => {}
                }
                low /= step(1.0 / low);
                if low < 1e-300 {
                    return FixedPoint::At(0.0);
                }
            }
        }
        FixedPoint::At(bisect(low, high, |q| self.variance_map(q) - q))
    }

    /// xi_q = -1 / ln(slope of the variance map at q*), in layers (Schoenholz et al. 2017): |q_l - q*| falls as
    /// exp(-l / xi_q). Infinite where the map is neutral.
    pub fn variance_depth(&self, q: f64) -> f64 {
        depth(self.variance_slope(if q == 0.0 { f64::MIN_POSITIVE } else { q }))
    }

    /// The correlation map c' = (sigma_w^2 E[phi(u) phi(v)] + sigma_b^2) / q* for u, v ~ N(0, q*) with correlation c
    /// (Poole et al. 2016).
    pub fn correlation_map(&self, q: f64, correlation: f64) -> f64 {
        let product = expect_product(self.phi, q, correlation);
        (self.weight_variance * product + self.bias_variance) / q
    }

    /// The slope of the correlation map, sigma_w^2 E[phi'(u) phi'(v)]; chi1 at c = 1.
    pub fn correlation_slope(&self, q: f64, correlation: f64) -> f64 {
        let slopes = match self.phi.pair_means(q, correlation) {
            Some(means) => means.slopes,
            None => expect_pair(q, correlation, &self.phi.kinks(), |u| self.phi.at(u).1),
        };
        self.weight_variance * slopes
    }

    /// c*: the correlation that any two inputs tend to; 1 unless chaotic.
    pub fn fixed_correlation(&self, q: f64) -> f64 {
        // At the edge, too, whichever way it was rounded.
        if self.chi1(q) <= 1.0 + 1e-12 {
            return 1.0;
        }
        let excess = |correlation: f64| self.correlation_map(q, correlation) - correlation;
        // It is (sigma_w^2 E[phi]^2 + sigma_b^2) / q at 0, so never negative.
        let (mut low, mut above) = (0.0, excess(0.0));
        if above < 1e-14 {
            return 0.0;
        }
        // 1 is a fixed point too, but below it the map is under the diagonal: halve until there.
        let (mut high, mut below) = (1.0, 0.0);
        while below == 0.0 && high - low > 1e-13 {
            let middle = 0.5 * (low + high);
            match excess(middle) {
                positive if positive > 0.0 => (low, above) = (middle, positive),
                negative => (high, below) = (middle, negative),
            }
        }
        // Then false position; an end that stays twice counts half (Dowell and Jarratt 1971, the Illinois algorithm).
        let mut stayed = 0;
        for _ in 0..64 {
            if high - low <= 1e-13 {
                break;
            }
            let middle = (low * below - high * above) / (below - above);
            match excess(middle) {
                off if off.abs() < 1e-15 => return middle,
                positive if positive > 0.0 => {
                    (low, above) = (middle, positive);
                    below *= if stayed > 0 { 0.5 } else { 1.0 };
                    stayed = 1;
                }
                negative => {
                    (high, below) = (middle, negative);
                    above *= if stayed < 0 { 0.5 } else { 1.0 };
                    stayed = -1;
                }
            }
        }
        low
    }

    /// xi_c = -1 / ln(slope of the correlation map at c*), in layers (Schoenholz et al. 2017; at c* = 1 it is -1 / ln
    /// chi1): |c_l - c*| falls as exp(-l / xi_c). How deep a network of this kind can be trained. Infinite at the edge.
    pub fn correlation_depth(&self, q: f64) -> f64 {
        let correlation = self.fixed_correlation(q);
        depth(if correlation == 1.0 { self.chi1(q) } else { self.correlation_slope(q, correlation) })
    }
}

/// The sigma_w^2 at which chi1 = 1 for this sigma_b^2, and q* there (Schoenholz et al. 2017).
///
/// Solves q = E[phi^2] / E[phi'^2] + sigma_b^2 for the smallest q; sigma_w^2 = 1 / E[phi'^2]. None where there is no
/// such point between 1e-12 and 1e12 (relu with sigma_b^2 > 0).
pub fn edge_of_chaos(phi: &impl Phi, bias_variance: f64) -> Option<EdgeOfChaos> {
    let at = |q: f64| EdgeOfChaos { weight_variance: 1.0 / moments(phi, 0.0, q).slope_square, q };
    if bias_variance == 0.0 && phi.at(0.0).0 == 0.0 {
        return Some(EdgeOfChaos { q: 0.0, ..at(1e-300) });
    }
    let excess = |q: f64| {
        let moments = moments(phi, 0.0, q);
        moments.square / moments.slope_square + bias_variance - q
    };
    let mut low = 1e-12;
    while low < 1e12 {
        let high = 1.5 * low;
        if excess(high) < 0.0 {
            return Some(at(bisect(low, high, excess)));
        }
        low = high;
    }
    None
}

/// How much farther to look for a fixed point: twice as far, but for distances where no activation turns any more.
fn step(distance: f64) -> f64 {
    if distance < 1e12 { 2.0 } else { 1e6 }
}

/// The root of a function that is positive at `low` and not at `high`, both positive.
fn bisect(mut low: f64, mut high: f64, function: impl Fn(f64) -> f64) -> f64 {
    while high / low - 1.0 > 4.0 * f64::EPSILON {
        let middle = low * (high / low).sqrt();
        *(if function(middle) > 0.0 { &mut low } else { &mut high }) = middle;
    }
    high
}

fn depth(slope: f64) -> f64 {
    let rate = -slope.abs().ln();
    if rate.abs() < 1e-12 { f64::INFINITY } else { 1.0 / rate }
}
