use crate::figure::{AxisMap, Figure};
use crate::subject::Subject;

/// The axis on the screen: it holds still while something is dragged, eases to the new range afterwards, and can be locked.
#[derive(Default)]
pub struct AxisHold {
    shown: Option<AxisMap>,
    easing: Option<Easing>,
    /// Whether all images of some subject have been in while these columns were shown.
    settled: bool,
    forget_for: Option<Subject>,
}

struct Easing {
    from: AxisMap,
    to: AxisMap,
    since: f64,
}

/// Seconds from one range to the next.
pub const EASE: f64 = 0.25;

impl AxisHold {
    /// The axis for this frame, `now` by the window's clock in seconds, and whether it is still on its way: to what shows all of the
    /// figure, or to what is wanted instead. What is held stays as it is while something is dragged, what is locked whatever is
    /// measured. Where nothing is to move by itself, it is there at once.
    pub fn frame(
        &mut self,
        (figure, wanted): (&Figure, Option<AxisMap>),
        (held, locked, moves): (bool, bool, bool),
        now: f64,
    ) -> (AxisMap, bool) {
        let wanted = wanted.unwrap_or_else(|| figure.axes().clone());
        // Another set of columns, or another start: there is nothing to hold on to.
        let fresh = self.forget_for.as_ref() == Some(&figure.measurement.subject);
        // Where layers come and go while the axis is held, those that stay keep theirs.
        let last = self.shown.take().map(|shown| if held { shown.with_columns_of(&wanted) } else { shown });
        let shown = match last {
            Some(shown) if shown.is_like(&wanted) && !fresh => shown,
            _ => {
                self.easing = None;
                self.settled = false;
                wanted.clone()
            }
        };
        if fresh {
            self.forget_for = None;
        }
        // A lock, too, holds on to what was exact once.
        if held || (locked && self.settled) {
            self.easing = None;
            self.shown = Some(shown.clone());
            return (shown, false);
        }
        self.settled |= figure.measurement.is_exact();
        if self.easing.as_ref().map_or(&shown, |easing| &easing.to) != &wanted {
            self.easing = Some(Easing { from: shown, to: wanted.clone(), since: now });
        }
        let axis = match &self.easing {
            None => wanted,
            Some(easing) => {
                let part = if moves { (now - easing.since) / EASE } else { 1.0 };
                if part < 1.0 { easing.from.towards(&easing.to, smooth(part)) } else { wanted }
            }
        };
        if self.easing.as_ref().is_some_and(|easing| axis == easing.to) {
            self.easing = None;
        }
        self.shown = Some(axis.clone());
        (axis, self.easing.is_some())
    }

    /// The axis of the last frame.
    pub fn shown(&self) -> Option<&AxisMap> {
        self.shown.as_ref()
    }

    /// When this subject is shown, it is shown whole at once, without a way from here to there.
    pub fn forget_for(&mut self, subject: impl Into<Subject>) {
        self.forget_for = Some(subject.into());
    }
}

/// From 0 to 1, at rest at both ends.
fn smooth(part: f64) -> f64 {
    part * part * (3.0 - 2.0 * part)
}
