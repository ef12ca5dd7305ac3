//! A normal between absolute bounds in code to copy: what PyTorch's own call makes of it, and code that draws it anywhere.

use crate::number;

/// N(mean, sigma^2) between a and b.
#[derive(Clone, Copy)]
pub(super) struct Truncated {
    pub mean: f64,
    pub sigma: f64,
    pub a: f64,
    pub b: f64,
}

/// How to draw it so that most draws are taken.
enum Way {
    /// There is one value.
    Constant(f64),
    /// From the normal itself.
    Normal,
    /// From a uniform law between the bounds, where they are near together; the density is greatest at this value.
    Uniform { peak: f64 },
    /// From an exponential law from the nearer bound, so many sigmas out, with this sign away from the mean (Robert 1995).
    Tail { bound: f64, low: f64, sign: char },
}

/// PyTorch's draws are of f32's steps; of fewer values than this it is said.
const FEW: i64 = 1000;

impl Truncated {
    /// What `torch.nn.init.trunc_normal_` gives in place of the law, in words, where that is something else.
    ///
    /// It turns uniform shares between 2 Phi(a) - 1 and 2 Phi(b) - 1 into values, in f32, where few shares are left near 1
    /// and -1, and none beyond; what comes out is then cut at the bounds.
    pub fn torch_shortfall(self) -> Option<String> {
        let Self { mean, sigma, a, b } = self;
        if sigma == 0.0 || a == b {
            return None;
        }
        // As Python's math.erf and the f32 tensor have it.
        let share = |bound: f64| {
            let below = f64::midpoint(1.0, libm::erf((bound - mean) / sigma / 2.0_f64.sqrt()));
            (2.0 * below - 1.0) as f32
        };
        let (from, to) = (share(a), share(b));
        let steps = place(to) - place(from);
        if steps == 0 && from.abs() == 1.0 {
            let all = number::plain(if from < 0.0 { a } else { b });
            return Some(format!(
                "not this distribution: PyTorch's trunc_normal_ cannot draw so far from the mean, and gives {all} for \
                 every weight"
            ));
        }
        (steps < FEW).then(|| {
            let values = if steps == 0 { "1 value".to_owned() } else { format!("{} different values", steps + 1) };
            format!(
                "this distribution, but PyTorch's trunc_normal_ gives at most {values}: f32 has no finer shares there"
            )
        })
    }

    /// Lines that fill an array `w` of a `shape` with NumPy.
    pub fn numpy(self) -> Vec<String> {
        let Self { mean, sigma, a, b } = self;
        let again = format!("while (out := (w < {a}) | (w > {b})).any():");
        match self.way() {
            Way::Constant(value) => vec![format!("w = np.full(shape, {value})")],
            Way::Normal => vec![
                format!("w = np.random.normal({mean}, {sigma}, shape)"),
                again,
                format!("    w[out] = np.random.normal({mean}, {sigma}, out.sum())"),
            ],
            Way::Uniform { peak } => vec![
                "w = np.full(shape, np.inf)".to_owned(),
                again,
                format!("    x = np.random.uniform({a}, {b}, out.sum())"),
                format!("    share = np.exp((({peak} - {mean}) ** 2 - (x - {mean}) ** 2) / {sigma} ** 2 / 2)"),
                "    w[out] = np.where(np.random.rand(x.size) < share, x, np.inf)".to_owned(),
            ],
            Way::Tail { bound, low, sign } => vec![
                "w = np.full(shape, np.inf)".to_owned(),
                format!("{again}  # far in the tail (Robert 1995)"),
                format!("    x = np.random.exponential(1 / {low}, out.sum())"),
                "    share = np.exp(-x * x / 2)".to_owned(),
                format!("    w[out] = np.where(np.random.rand(x.size) < share, {bound} {sign} {sigma} * x, np.inf)"),
            ],
        }
    }

    /// Lines that fill `layer.weight` with PyTorch where its own call does not.
    pub fn torch(self) -> Vec<String> {
        let Self { mean, sigma, a, b } = self;
        let (x, value, share) = match self.way() {
            Way::Constant(value) => return vec![format!("torch.nn.init.constant_(layer.weight, {value})")],
            Way::Normal => ("torch.randn(count)".to_owned(), format!("{mean} + {sigma} * x"), String::new()),
            Way::Uniform { peak } => (
                format!("torch.empty(count).uniform_({a}, {b})"),
                "x".to_owned(),
                format!("(({peak} - {mean}) ** 2 - (x - {mean}) ** 2) / {sigma} ** 2 / 2"),
            ),
            Way::Tail { bound, low, sign } => (
                format!("torch.empty(count).exponential_({low})"),
                format!("{bound} {sign} {sigma} * x"),
                "-x * x / 2".to_owned(),
            ),
        };
        let taken = match share.as_str() {
            "" => value,
            share => format!("torch.where(torch.rand(count) < torch.exp({share}), {value}, torch.inf)"),
        };
        vec![
            "w = torch.full(layer.weight.shape, torch.inf)".to_owned(),
            format!(
                "while (count := int((out := (w < {a}) | (w > {b})).sum())):  # trunc_normal_ cannot: f32's shares end"
            ),
            format!("    x = {x}"),
            format!("    w[out] = {taken}"),
            "layer.weight.copy_(w)".to_owned(),
        ]
    }

    fn way(self) -> Way {
        let Self { mean, sigma, a, b } = self;
        if sigma == 0.0 || a == b {
            return Way::Constant(mean.clamp(a, b));
        }
        let (bound, sign, low) = if b < mean { (b, '-', (mean - b) / sigma) } else { (a, '+', (a - mean) / sigma) };
        // Half of the draws are taken, or more, but where bounds are near together in the middle.
        match (b - a) / sigma {
            width if width * (low.max(0.0) + width) < 2.0 => Way::Uniform { peak: mean.clamp(a, b) },
            _ if low.is_infinite() => Way::Constant(bound),
            _ if low > 1.0 => Way::Tail { bound, low, sign },
            _ => Way::Normal,
        }
    }
}

/// A number's place among all of f32.
fn place(value: f32) -> i64 {
    let size = i64::from(value.to_bits() & 0x7fff_ffff);
    if value.is_sign_negative() { -size } else { size }
}
