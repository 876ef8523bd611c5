//! Stops and targets: where they stand, and which of them a bar hits (rules 9 and 10).

use admf_model::{ExitReason, Side};

/// Distances in price that protect a position, fixed when it was opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Protection {
    /// Of the stop from the entry fill.
    pub stop: Option<f64>,
    /// Of the target from the entry fill.
    pub target: Option<f64>,
    /// Of the trailing stop from the best price so far.
    pub trail: Option<f64>,
    /// Best price so far, the entry fill at first.
    pub best: f64,
}

/// Stop (the tighter of stop and trail) and target as prices.
#[derive(Clone, Copy, Debug)]
pub struct Levels {
    /// Where it is stopped.
    pub stop: Option<f64>,
    /// Where its target is.
    pub target: Option<f64>,
}

/// The prices of one bar.
#[derive(Clone, Copy, Debug)]
pub struct BarPrices {
    /// First.
    pub open: f64,
    /// Highest.
    pub high: f64,
    /// Lowest.
    pub low: f64,
}

/// A level that was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Price of the fill before slippage.
    pub raw: f64,
    /// Stop or target.
    pub reason: ExitReason,
    /// Both were inside the bar.
    pub ambiguous: bool,
}

impl Protection {
    /// True when nothing protects the position.
    pub fn is_none(&self) -> bool {
        self.stop.is_none() && self.target.is_none() && self.trail.is_none()
    }

    /// The levels of the next bar.
    #[inline]
    pub fn levels(&self, side: Side, entry: f64) -> Levels {
        let sign = side.sign();
        let fixed = self.stop.map(|d| entry - sign * d);
        let trail = self.trail.map(|d| self.best - sign * d);
        let stop = match (fixed, trail) {
            (Some(a), Some(b)) => Some(if sign > 0.0 { a.max(b) } else { a.min(b) }),
            (a, b) => a.or(b),
        };
        Levels { stop, target: self.target.map(|d| entry + sign * d) }
    }

    /// Notes a bar that was lived through.
    #[inline]
    pub fn see(&mut self, side: Side, bar: BarPrices) {
        self.best = match side {
            Side::Long => self.best.max(bar.high),
            Side::Short => self.best.min(bar.low),
        };
    }
}

impl Levels {
    /// What the bar hits: at its open where it was carried into the bar, then the adverse extreme before the favourable
    /// one (rule 10).
    #[inline]
    pub fn hit(&self, side: Side, bar: BarPrices, carried: bool) -> Option<Hit> {
        let sign = side.sign();
        let (adverse, favourable) = if sign > 0.0 { (bar.low, bar.high) } else { (bar.high, bar.low) };
        let beyond = |price: f64| self.stop.filter(|level| sign * (price - level) <= 0.0);
        let reached = |price: f64| self.target.filter(|level| sign * (price - level) >= 0.0);
        let hit = |raw, reason| Some(Hit { raw, reason, ambiguous: false });
        if carried && beyond(bar.open).is_some() {
            hit(bar.open, ExitReason::Stop)
        } else if carried && reached(bar.open).is_some() {
            hit(bar.open, ExitReason::Target)
        } else if let Some(stop) = beyond(adverse) {
            Some(Hit { raw: stop, reason: ExitReason::Stop, ambiguous: reached(favourable).is_some() })
        } else {
            reached(favourable).and_then(|target| hit(target, ExitReason::Target))
        }
    }
}

#[cfg(test)]
mod tests;
