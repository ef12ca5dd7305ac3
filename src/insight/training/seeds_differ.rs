use super::SeedsSeen;
use crate::stats::Spread;

/// Means that are no more of their standard errors apart may differ by chance.
const ERRORS: f64 = 2.0;

/// The two best networks differ by less than seeds do.
pub(super) fn rule(seen: &[SeedsSeen<'_>]) -> Option<String> {
    let accuracy = |seeds: &SeedsSeen<'_>| -> Option<Spread> {
        let epochs = seeds.runs.longest()?.epochs.len();
        seeds.runs.figure(epochs.checked_sub(1)?, |figures| figures.test_accuracy)
    };
    let mut all: Vec<_> = seen.iter().filter_map(|seeds| Some((seeds.name.as_str(), accuracy(seeds)?))).collect();
    all.sort_by(|one, other| other.1.mean.total_cmp(&one.1.mean));
    let [(name, best), (other, next), ..] = all[..] else { return None };
    // Means over those that are left hide that other seeds end in what is not finite.
    let is_whole = |name: &str| seen.iter().any(|seeds| seeds.name == name && seeds.runs.not_finite() == 0);
    if !is_whole(name) || !is_whole(other) {
        return None;
    }
    let error = best.standard_error?.hypot(next.standard_error?);
    let apart = best.mean - next.mean;
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    (error > 0.0 && apart < ERRORS * error).then(|| {
        format!(
            "The difference between {name} ({} ± {} % right) and {other} ({} ± {} %) is smaller than two standard errors of it ({} \
             points): other seeds may reverse it.",
            percent(best.mean),
            percent(best.standard_error.unwrap_or(0.0)),
            percent(next.mean),
            percent(next.standard_error.unwrap_or(0.0)),
            percent(ERRORS * error)
        )
    })
}
