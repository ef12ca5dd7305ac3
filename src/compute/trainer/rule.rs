use super::product::LANES;
use crate::experiment::NetworkFramework as Framework;
use crate::numeric::{Arithmetic, Level, Work};
use crate::training::{Clipping, Optimizer, Training};

/// What an optimizer does to every weight in one step, all numbers worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct StepRule {
    rule: Rule,
    /// What a regularizer adds to the gradients of a kernel, for each of its weights.
    l2: f32,
    /// Where a gradient's entries are cut off.
    limit: f32,
    /// The share of itself that every weight loses.
    decay: f32,
    /// What weight decay adds to the gradient, for each weight.
    coupled: f32,
    /// Below this, what is kept is 0: [`FAINT`] where an optimizer has an epsilon beside which it is nothing.
    faint: f32,
}

/// What is kept of a weight without gradient shrinks until f32 holds it only just, and stays there, since a tenth of its least number
/// is 0: processors take a hundred times as long with that. 2^-114 is as much above those numbers as a rate of 2^-12 needs.
const FAINT: f32 = 4096.0 * f32::MIN_POSITIVE;
/// An epsilon to which the root of [`FAINT`] adds less than f32 can tell.
const EPSILON: f64 = 1e-10;

/// The rule itself. Each keeps up to two numbers per weight.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Sgd {
        rate: f32,
    },
    /// The velocity holds the rate.
    KerasMomentum {
        rate: f32,
        momentum: f32,
        nesterov: bool,
    },
    /// It does not.
    TorchMomentum {
        rate: f32,
        momentum: f32,
        nesterov: bool,
    },
    /// Epsilon stands inside the root or outside.
    RmsProp {
        rate: f32,
        keep: f32,
        take: f32,
        inside: f32,
        outside: f32,
    },
    Adagrad {
        rate: f32,
        inside: f32,
        outside: f32,
    },
    /// The root is divided before epsilon is added.
    Adam {
        rate: f32,
        first: f32,
        second: f32,
        divisor: f32,
        epsilon: f32,
    },
}

/// Sums of squares that were found of a layer in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Squares {
    /// That of its gradients, as they came.
    pub gradients: f64,
    /// That of what its weights moved by.
    pub updates: f64,
}

/// Some rows of a layer, all of one length, and where what is found of them goes.
pub(super) struct Rows<'a> {
    /// Numbers in a row.
    pub stride: usize,
    pub weights: &'a mut [f32],
    pub gradients: &'a mut [f32],
    /// What the rule keeps: empty where it keeps nothing.
    pub first: &'a mut [f32],
    pub second: &'a mut [f32],
    /// For each row, the sum of squares of its weights.
    pub squares: &'a mut [f64],
    /// Whether they are biases, which no regularizer reaches.
    pub are_biases: bool,
    /// What clipping to a norm multiplies their gradients by.
    pub scale: f32,
}

impl StepRule {
    /// The rule of a step, counted from 1, at its learning rate.
    pub fn of(training: &Training, step: u64, rate: f64) -> Self {
        let Training { framework, optimizer, weight_decay, l2, clipping, .. } = *training;
        let keras = framework == Framework::Keras;
        let places = |epsilon: f64| if keras { (epsilon as f32, 0.0) } else { (0.0, epsilon as f32) };
        let given = rate as f32;
        let rule = match optimizer {
            Optimizer::Sgd { momentum: 0.0, .. } => Rule::Sgd { rate: given },
            Optimizer::Sgd { momentum, nesterov } => {
                let momentum = momentum as f32;
                if keras {
                    Rule::KerasMomentum { rate: given, momentum, nesterov }
                } else {
                    Rule::TorchMomentum { rate: given, momentum, nesterov }
                }
            }
            Optimizer::RmsProp { rho, epsilon } => {
                let (inside, outside) = places(epsilon);
                Rule::RmsProp { rate: given, keep: rho as f32, take: (1.0 - rho) as f32, inside, outside }
            }
            Optimizer::Adagrad { epsilon, .. } => {
                let (inside, outside) = places(epsilon);
                Rule::Adagrad { rate: given, inside, outside }
            }
            Optimizer::Adam { beta_1, beta_2, epsilon } | Optimizer::AdamW { beta_1, beta_2, epsilon } => {
                // 1 - b^t, which is all rounding at first unless it is asked for so.
                let corrected = |beta: f64| -(step as f64 * beta.ln()).exp_m1();
                let (first, second) = (corrected(beta_1), corrected(beta_2).sqrt());
                let (rate, divisor) = if keras { (rate * second / first, 1.0) } else { (rate / first, second) };
                Rule::Adam {
                    rate: rate as f32,
                    first: (1.0 - beta_1) as f32,
                    second: (1.0 - beta_2) as f32,
                    divisor: divisor as f32,
                    epsilon: epsilon as f32,
                }
            }
        };
        let decoupled = optimizer.decouples_decay(framework);
        let is_dropped = match optimizer {
            Optimizer::Sgd { .. } => true,
            // What it keeps never shrinks.
            Optimizer::Adagrad { .. } => false,
            Optimizer::RmsProp { epsilon, .. } | Optimizer::Adam { epsilon, .. } | Optimizer::AdamW { epsilon, .. } => {
                epsilon >= EPSILON
            }
        };
        Self {
            rule,
            l2: (2.0 * l2) as f32,
            limit: if let Clipping::Value(limit) = clipping { limit as f32 } else { f32::INFINITY },
            decay: if decoupled { (rate * weight_decay) as f32 } else { 0.0 },
            coupled: if decoupled { 0.0 } else { weight_decay as f32 },
            faint: if is_dropped { FAINT } else { 0.0 },
        }
    }

    /// Numbers per weight that are kept from step to step.
    pub fn kept(optimizer: Optimizer) -> usize {
        match optimizer {
            Optimizer::Sgd { momentum: 0.0, .. } => 0,
            Optimizer::Sgd { .. } | Optimizer::RmsProp { .. } | Optimizer::Adagrad { .. } => 1,
            Optimizer::Adam { .. } | Optimizer::AdamW { .. } => 2,
        }
    }

    /// What the first of them starts at.
    pub fn start(optimizer: Optimizer) -> f32 {
        match optimizer {
            Optimizer::Adagrad { initial_accumulator_value, .. } => initial_accumulator_value as f32,
            _ => 0.0,
        }
    }

    /// Whether weights stay where they have no gradient.
    pub fn rests_without_gradient(&self) -> bool {
        matches!(self.rule, Rule::Sgd { .. }) && [self.l2, self.decay, self.coupled] == [0.0; 3]
    }

    /// What a regularizer adds to the gradients of a kernel, for each of its weights.
    pub fn l2(&self) -> f32 {
        self.l2
    }

    /// Moves some rows of weights.
    pub fn apply(&self, level: Level, rows: Rows<'_>) -> Squares {
        level.run(Applied(self, rows))
    }
}

/// The sum of squares of each array of gradients, with what a regularizer adds: in f64, for clipping rests on it.
pub(super) fn squares_with_l2(gradients: &[f32], weights: &[f32], l2: f32) -> f64 {
    let square = |(&gradient, &weight): (&f32, &f32)| f64::from(gradient + l2 * weight).powi(2);
    gradients.iter().zip(weights).map(square).sum()
}

/// What is 0 instead: numbers below one, and squares below it.
#[derive(Clone, Copy)]
struct Faint {
    number: f32,
    root: f32,
}

impl Faint {
    #[inline(always)]
    fn drop(self, value: f32) -> f32 {
        if value.abs() < self.number { 0.0 } else { value }
    }

    #[inline(always)]
    fn squares(self, values: Lanes) -> Lanes {
        let values = each(|at| if values[at].abs() < self.root { 0.0 } else { values[at] });
        each(|at| values[at] * values[at])
    }
}

/// A rule and what it is applied to.
struct Applied<'a, 'r>(&'a StepRule, Rows<'r>);

/// Eight numbers.
type Lanes = [f32; LANES];

impl Work for Applied<'_, '_> {
    type Output = Squares;

    #[inline(always)]
    fn run<A: Arithmetic>(self) -> Squares {
        let Self(step, mut rows) = self;
        let faint = Faint { number: step.faint, root: step.faint.sqrt() };
        match step.rule {
            Rule::Sgd { rate } => step.rows::<0>(
                &mut rows,
                #[inline(always)]
                |w, g, _, _| each(|at| w[at] - rate * g[at]),
            ),
            Rule::KerasMomentum { rate, momentum, nesterov } => step.rows::<1>(
                &mut rows,
                #[inline(always)]
                |w, g, v, _| {
                    *v = each(|at| faint.drop(momentum * v[at] - rate * g[at]));
                    if nesterov {
                        each(|at| w[at] + (momentum * v[at] - rate * g[at]))
                    } else {
                        each(|at| w[at] + v[at])
                    }
                },
            ),
            Rule::TorchMomentum { rate, momentum, nesterov } => step.rows::<1>(
                &mut rows,
                #[inline(always)]
                |w, g, u, _| {
                    *u = each(|at| faint.drop(momentum * u[at] + g[at]));
                    if nesterov {
                        each(|at| w[at] - rate * (g[at] + momentum * u[at]))
                    } else {
                        each(|at| w[at] - rate * u[at])
                    }
                },
            ),
            Rule::RmsProp { rate, keep, take, inside, outside } => step.rows::<1>(
                &mut rows,
                #[inline(always)]
                |w, g, v, _| {
                    let squares = faint.squares(g);
                    *v = each(|at| faint.drop(keep * v[at] + take * squares[at]));
                    each(|at| w[at] - rate * g[at] / ((v[at] + inside).sqrt() + outside))
                },
            ),
            Rule::Adagrad { rate, inside, outside } => step.rows::<1>(
                &mut rows,
                #[inline(always)]
                |w, g, s, _| {
                    *s = each(|at| s[at] + g[at] * g[at]);
                    each(|at| w[at] - rate * g[at] / ((s[at] + inside).sqrt() + outside))
                },
            ),
            Rule::Adam { rate, first, second, divisor, epsilon } => {
                let factor = 1.0 / divisor;
                step.rows::<2>(
                    &mut rows,
                    #[inline(always)]
                    |w, g, m, v| {
                        let (plain, squares) = (each(|at| faint.drop(g[at])), faint.squares(g));
                        *m = each(|at| faint.drop(m[at] + first * (plain[at] - m[at])));
                        *v = each(|at| faint.drop(v[at] + second * (squares[at] - v[at])));
                        each(|at| w[at] - rate * m[at] / (v[at].sqrt() * factor + epsilon))
                    },
                )
            }
        }
    }
}

impl StepRule {
    /// Row by row, what becomes of a weight by its gradient and the `KEPT` numbers that are kept of it. Squares are added up lane by
    /// lane, few terms each, so that f32 is enough for them.
    #[inline(always)]
    fn rows<const KEPT: usize>(
        &self,
        rows: &mut Rows<'_>,
        new: impl Fn(Lanes, Lanes, &mut Lanes, &mut Lanes) -> Lanes + Copy,
    ) -> Squares {
        let stride = rows.stride;
        let l2 = if rows.are_biases { 0.0 } else { self.l2 };
        let is_changed = l2 != 0.0 || self.coupled != 0.0 || rows.scale != 1.0 || self.limit < f32::INFINITY;
        let mut found = Squares::default();
        for (row, squares) in rows.squares.iter_mut().enumerate() {
            let place = row * stride..(row + 1) * stride;
            let (weights, gradients) = (&mut rows.weights[place.clone()], &rows.gradients[place.clone()]);
            let first = if KEPT > 0 { &mut rows.first[place.clone()] } else { &mut [] };
            let second = if KEPT > 1 { &mut rows.second[place] } else { &mut [] };
            let mut sums = [[0.0; LANES]; 3];
            for at in (0..stride).step_by(LANES) {
                let lanes = at..at + LANES;
                let (given, old) = (vector(gradients, at), vector(weights, at));
                let mut kept = [[0.0; LANES]; 2];
                if KEPT > 0 {
                    kept[0] = vector(first, at);
                }
                if KEPT > 1 {
                    kept[1] = vector(second, at);
                }
                let mut changed = given;
                if is_changed {
                    for lane in 0..LANES {
                        let whole = (given[lane] + l2 * old[lane]) * rows.scale;
                        changed[lane] = whole.clamp(-self.limit, self.limit) + self.coupled * old[lane];
                    }
                }
                let [one, other] = &mut kept;
                let decayed = each(|at| old[at] - self.decay * old[at]);
                let weight = new(decayed, changed, one, other);
                for lane in 0..LANES {
                    let update = weight[lane] - old[lane];
                    sums[0][lane] += given[lane] * given[lane];
                    sums[1][lane] += update * update;
                    sums[2][lane] += weight[lane] * weight[lane];
                }
                weights[lanes.clone()].copy_from_slice(&weight);
                if KEPT > 0 {
                    first[lanes.clone()].copy_from_slice(one);
                }
                if KEPT > 1 {
                    second[lanes].copy_from_slice(other);
                }
            }
            let [gradient, update, weight] = totals(&sums);
            found.gradients += or_in_f64(gradient, gradients);
            found.updates += update;
            *squares = or_in_f64(weight, weights);
        }
        found
    }
}

/// One thing done in each lane: one at a time, so that each is an instruction for all of them.
#[inline(always)]
fn each(of: impl Fn(usize) -> f32) -> Lanes {
    std::array::from_fn(of)
}

/// What each has in all lanes. It is a function of its own because it is given arrays so: where it is part of the loop, the compiler
/// takes the lanes apart in pairs all the way up.
#[inline(never)]
fn totals(sums: &[Lanes; 3]) -> [f64; 3] {
    sums.map(|lanes| {
        let halves: [f32; LANES / 2] = std::array::from_fn(|at| lanes[at] + lanes[at + LANES / 2]);
        f64::from(halves.iter().sum::<f32>())
    })
}

#[inline(always)]
fn vector(values: &[f32], at: usize) -> Lanes {
    let Some(&lanes) = values[at..].first_chunk() else { unreachable!("a row is whole vectors") };
    lanes
}

/// A sum of squares, unless f32 cannot hold it: then it is added up again.
#[inline(always)]
fn or_in_f64(sum: f64, values: &[f32]) -> f64 {
    if (1e-28..1e38).contains(&sum) {
        return sum;
    }
    let bits = values.iter().fold(0, |bits, value| bits | value.to_bits());
    if bits << 1 == 0 { 0.0 } else { squares(values) }
}

/// The sum of squares, in f64.
#[inline(never)]
pub(super) fn squares(values: &[f32]) -> f64 {
    values.iter().map(|&value| f64::from(value).powi(2)).sum()
}
