use super::{EdgeOfChaos, FixedPoint, Phi, WideNetwork, edge_of_chaos};

/// What theory says of a network as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Where depth leads, or why nothing is known of it.
    pub limit: Result<DeepLimit, &'static str>,
    /// The probability that it is [born dead](super::born_dead); of relu networks only, where the formula holds.
    pub born_dead: Option<f64>,
}

/// Where ever more hidden layers of one law lead (Poole et al. 2016, Schoenholz et al. 2017).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeepLimit {
    /// sigma_w^2: the variance of a weight times fan_in.
    pub weight_variance: f64,
    /// sigma_b^2
    pub bias_variance: f64,
    /// q*, the second moment that pre-activations tend to.
    pub fixed_point: FixedPoint,
    /// chi1 there: the factor per layer on the squared norm of a gradient. 1 at the edge of chaos.
    pub chi1: f64,
    /// xi_q: layers in which the distance of q from q* falls to 1/e; of a fixed point only.
    pub variance_depth: Option<f64>,
    /// xi_c: layers in which the distance of two images' correlation from its fixed point falls to 1/e, and about how deep
    /// a network can be trained; of a fixed point above 0 only, and below 1e12.
    pub correlation_depth: Option<f64>,
    /// The sigma_w^2 at which chi1 would be 1, and q* there, for the same sigma_b^2; `None` if there is none.
    pub edge: Option<EdgeOfChaos>,
}

/// Where depth leads. Costs some 50 ms where the network is chaotic.
pub fn deep_limit(phi: &impl Phi, weight_variance: f64, bias_variance: f64) -> DeepLimit {
    /// Where chi1 is looked at if q tends to 0 or grows without bound.
    const NOTHING: f64 = 1e-30;
    const ENDLESS: f64 = 1e12;
    let network = WideNetwork { phi, weight_variance, bias_variance };
    let fixed_point = network.fixed_point();
    let (at, settles) = match fixed_point {
        FixedPoint::At(0.0) => (NOTHING, true),
        FixedPoint::At(q) => (q, true),
        FixedPoint::Everywhere => (1.0, false),
        FixedPoint::Diverges => (ENDLESS, false),
    };
    let correlated = settles && at > NOTHING && at < ENDLESS || fixed_point == FixedPoint::Everywhere;
    DeepLimit {
        weight_variance,
        bias_variance,
        fixed_point,
        chi1: network.chi1(at),
        variance_depth: settles.then(|| network.variance_depth(at)),
        correlation_depth: correlated.then(|| network.correlation_depth(at)),
        edge: edge_of_chaos(phi, bias_variance),
    }
}
