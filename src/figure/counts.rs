use super::{Bend, ValueAxis};
use crate::stats::{Cumulative, Distribution, PointMass};

/// About how many of a layer's finite values lie where: bins that are cut count in proportion, exact values exactly.
pub(super) struct Counts<'a> {
    /// The continuous part, with its least and greatest value.
    continuous: Option<(Cumulative, (f64, f64))>,
    masses: &'a [PointMass],
    finite: f64,
    bend: Bend,
}

impl<'a> Counts<'a> {
    /// On an axis that bends so.
    pub fn of(values: &'a Distribution, bend: Bend) -> Self {
        Self { masses: &values.density.masses, ..Self::of_spread(values, bend) }
    }

    /// The same of those that are spread alone.
    pub fn of_spread(values: &Distribution, bend: Bend) -> Self {
        // Without spread all values are masses.
        let spread = !values.density.values.is_empty();
        Self {
            continuous: spread.then(|| (cumulative(values, bend), (values.density.from, values.density.to))),
            masses: &[],
            finite: (values.count - values.non_finite()) as f64,
            bend,
        }
    }

    /// Values below one, and values above it.
    fn around(&self, value: f64) -> (f64, f64) {
        let (mut below, mut above) = match &self.continuous {
            // The outermost bins reach beyond the values.
            Some((cumulative, (from, _))) if value <= *from => (0.0, cumulative.total() as f64),
            Some((cumulative, (_, to))) if value >= *to => (cumulative.total() as f64, 0.0),
            Some((cumulative, _)) => cumulative.outside(value, value),
            None => (0.0, 0.0),
        };
        for mass in self.masses {
            below += if mass.at < value { mass.share * self.finite } else { 0.0 };
            above += if mass.at > value { mass.share * self.finite } else { 0.0 };
        }
        (below, above)
    }

    /// Values that are spread and have a place.
    pub fn spread(&self) -> f64 {
        match &self.continuous {
            Some(_) if self.bend == Bend::Log => self.around(0.0).1,
            Some((cumulative, _)) => cumulative.total() as f64,
            None => 0.0,
        }
    }

    /// Values that the axis has no place for.
    pub fn placeless(&self) -> f64 {
        let zeros = || self.masses.iter().filter(|mass| mass.at == 0.0).map(|mass| mass.share * self.finite).sum();
        match self.bend {
            Bend::Linear | Bend::Symlog { .. } => 0.0,
            Bend::Log => self.finite - self.around(0.0).1,
            Bend::LogSize => zeros(),
        }
    }

    /// Values that it has a place for.
    pub fn placed(&self) -> f64 {
        self.finite - self.placeless()
    }

    /// Values before a place, those without any among them, and values after it.
    pub fn beside(&self, place: f64) -> (f64, f64) {
        let value = self.bend.value(place);
        if self.bend != Bend::LogSize {
            return self.around(value);
        }
        let ((smaller, _), (_, greater)) = (self.around(-value), self.around(value));
        let at = self.masses.iter().filter(|mass| mass.at.abs() == value).map(|mass| mass.share * self.finite);
        (self.finite - smaller - greater - at.sum::<f64>(), smaller + greater)
    }

    /// Values below and above an axis that bends so.
    pub fn outside(&self, axis: &ValueAxis) -> (f64, f64) {
        let [low, high] = [axis.low(), axis.high()].map(|end| self.bend.place(end));
        (self.beside(low).0, self.beside(high).1)
    }

    /// About the value that so large a share of the finite ones, or their sizes, lies below.
    pub fn quantile(&self, level: f64, (low, high): (f64, f64)) -> f64 {
        // Zero has no logarithm, but is the least size.
        if self.bend == Bend::LogSize && level * self.finite < self.placeless() {
            return 0.0;
        }
        let flat = if matches!(self.bend, Bend::LogSize) { (0.0, low.abs().max(high.abs())) } else { (low, high) };
        let below = |value: f64| match self.bend {
            Bend::LogSize => self.beside(self.bend.place(value)).0,
            _ => self.around(value).0,
        };
        last(flat, |value| below(value) <= level * self.finite)
    }
}

/// On a linear axis in equal bins, on others in bins that are narrow near zero, if there are such.
fn cumulative(values: &Distribution, bend: Bend) -> Cumulative {
    if bend == Bend::Linear { values.bins.cumulative() } else { values.cells().cumulative() }
}

/// Least and greatest place of a layer's values; `None` if none has a place. Where values go through zero and were not counted
/// by size, sizes less than a bin of theirs are not told apart.
pub(super) fn places(values: &Distribution, bend: Bend) -> Option<(f64, f64)> {
    let (low, high) = values.finite_range?;
    let density = &values.density;
    let spread = !density.values.is_empty();
    let masses = density.masses.iter().map(|mass| mass.at);
    let placed = |value: &f64| bend.place(*value).is_finite();
    let ends: Vec<f64> = match bend {
        Bend::Linear | Bend::Symlog { .. } => vec![low, high],
        Bend::Log => masses.chain(spread.then_some([density.from, density.to]).into_iter().flatten()).collect(),
        Bend::LogSize => {
            let least = values.least_size();
            let most = density.from.abs().max(density.to.abs());
            masses.chain(spread.then_some([least, most]).into_iter().flatten()).collect()
        }
    };
    let places = ends.iter().filter(|value| placed(value)).map(|&value| bend.place(value));
    let ends = places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), place| (low.min(place), high.max(place)));
    (ends.0 <= ends.1).then_some(ends)
}

/// Values left out at each end of a robust axis, of those that have a place.
const LEFT_OUT: f64 = 0.005;

/// The axis of these layers together: of all their values, or of all but the outermost.
pub(super) fn axis_of<'a>(
    layers: impl Iterator<Item = &'a Distribution> + Clone,
    bend: Bend,
    is_robust: bool,
) -> ValueAxis {
    let join = |one: (f64, f64), other: (f64, f64)| (one.0.min(other.0), one.1.max(other.1));
    let all = layers.clone().filter_map(|values| places(values, bend)).reduce(join);
    let (Some((low, high)), true) = (all, is_robust) else { return ValueAxis::around(bend, all, (true, true)) };
    let counts: Vec<_> = layers.map(|values| Counts::of(values, bend)).collect();
    let few = LEFT_OUT * counts.iter().map(Counts::placed).sum::<f64>();
    let placeless: f64 = counts.iter().map(Counts::placeless).sum();
    let before = |place: f64| counts.iter().map(|counts| counts.beside(place).0).sum::<f64>() - placeless;
    let after = |place: f64| counts.iter().map(|counts| counts.beside(place).1).sum::<f64>();
    let least = last((low, high), |place| before(place) <= few);
    let greatest = -last((-high, -low), |place| after(-place) <= few);
    let near = 1e-6 * (high - low);
    let (cut_low, cut_high) = (least - low > near, high - greatest > near);
    let least = if cut_low { least } else { low };
    let greatest = if cut_high { greatest } else { high };
    // Where nearly all values are one there is nothing to leave out.
    if least >= greatest {
        return ValueAxis::around(bend, Some((least.min(greatest), least.max(greatest))), (true, true));
    }
    ValueAxis::around(bend, Some((least, greatest)), (!cut_low, !cut_high))
}

/// The last number of a range for which something is so that is so for all before it.
fn last((mut low, mut high): (f64, f64), is_so: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..64 {
        let middle = low + (high - low) / 2.0;
        if is_so(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
