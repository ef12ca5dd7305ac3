//! A verdict on a given network: what is wrong with which layer, the worst first, each with what would help.
//!
//! A file per rule: a pure function of what is known to findings, at most one for each layer. A rule says only what its numbers
//! prove. Where `insight` picks one or two sentences on all layers, a verdict goes through them one by one.

mod constant;
mod dead;
mod evidence;
mod finding;
mod gradients;
mod law;
mod linear;
mod non_finite;
mod saturated;
mod twins;
mod unmoved;

pub use evidence::Evidence;
pub use finding::{Finding, Severity};

/// All rules.
const RULES: [fn(&Evidence<'_>) -> Vec<Finding>; 8] = [
    non_finite::rule,
    constant::rule,
    dead::rule,
    twins::rule,
    saturated::rule,
    gradients::rule,
    linear::rule,
    unmoved::rule,
];

/// All that is found, the worst first.
pub fn verdict(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings: Vec<_> = RULES.iter().flat_map(|rule| rule(evidence)).collect();
    // What is broken is said once.
    let broken: Vec<_> =
        findings.iter().filter(|finding| finding.rule == "constant").map(|found| found.layer).collect();
    findings
        .retain(|finding| finding.rule != "dead_units" || !broken.contains(&finding.layer) || finding.weight >= 1.0);
    findings.sort_by(|one, other| {
        one.severity.cmp(&other.severity).then(other.weight.total_cmp(&one.weight)).then(one.layer.cmp(&other.layer))
    });
    findings
}
