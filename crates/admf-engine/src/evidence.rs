//! Equity to evidence: folds bar returns one by one, or a whole held segment at once.

use crate::Market;
use crate::prefix::Sums;
use admf_stats::{Moments, ReturnEvidence, ReturnFold};
use std::ops::Range;

/// The running statistics of one equity curve.
#[derive(Clone, Debug)]
pub struct EquityFold {
    returns: ReturnFold,
    sum_equity: f64,
}

impl EquityFold {
    /// Starts at `capital`; `mar` is the minimum acceptable return of a bar.
    #[inline(always)]
    pub fn new(capital: f64, mar: f64) -> Self {
        Self { returns: ReturnFold::new(capital, mar), sum_equity: 0.0 }
    }

    /// One bar, by its equity at the close; gives the bar's return.
    #[inline(always)]
    pub fn bar(&mut self, equity: f64) -> f64 {
        self.sum_equity += equity;
        self.returns.push(equity)
    }

    /// Bars without a position: returns of zero, equity as it was.
    #[inline(always)]
    pub fn flat(&mut self, bars: usize) {
        self.sum_equity += bars as f64 * self.returns.equity;
        self.returns.push_flat(bars as u64);
    }

    /// Bars by their equity at the closes; `None` where it is not positive. Their returns are added to `returns` where
    /// they are wanted.
    pub fn bars(&mut self, equity: &[f64], returns: Option<&mut Vec<f64>>) -> Option<()> {
        self.sum_equity += admf_stats::sum(equity);
        self.returns.push_bars(equity, returns)
    }

    /// Bars held through with `units` long and `cash` aside, where every return is the market's own, with `sums`.
    #[inline(always)]
    pub fn held(&mut self, market: &Market, bars: Range<usize>, sums: &Sums, units: f64, cash: f64) {
        let part = Moments {
            count: bars.len() as u64,
            sum: sums.returns,
            sum_squares: sums.squares,
            sum_cubes: sums.cubes,
            sum_fourths: sums.fourths,
        };
        self.returns.moments.add(&part);
        self.returns.downside_squares += sums.downside;
        self.sum_equity += units * sums.closes + cash * bars.len() as f64;
        self.returns.equity = cash + units * market.close()[bars.end - 1];
        self.hold_drawdown(market, bars, units, cash);
    }

    #[inline(always)]
    fn hold_drawdown(&mut self, market: &Market, bars: Range<usize>, units: f64, cash: f64) {
        let (first, last) = (bars.start, bars.end - 1);
        let drawdown = &mut self.returns.drawdown;
        let worth = |price: f64| cash + units * price;
        let (highest, lowest) = market.ranges.extremes(first..=last);
        if drawdown.is_far_below_peak(worth(highest)) {
            drawdown.sink(worth(lowest), bars.len() as u64);
            return;
        }
        // Hop from record close to record close; between two records equity is under water.
        let mut record = first;
        while record <= last && drawdown.is_below_peak(worth(market.close()[record])) {
            record = market.ranges.next_at_least(record);
        }
        let inside = |record: usize| (record <= last).then_some(record);
        let next = |record: &usize| inside(market.ranges.next_at_least(*record));
        let records = std::iter::successors(inside(record), next);
        let from_peak = 1.0 - worth(lowest) / drawdown.peak();
        let fall = from_peak.max(market.ranges.largest_fall(first..=last));
        let positions = records.map(|record| (record - first) as u64);
        drawdown.push_records(positions, bars.len() as u64, worth(highest), fall);
    }

    /// Equity at the last bar.
    pub fn equity(&self) -> f64 {
        self.returns.equity
    }

    /// Sum of equity over all bars.
    pub fn sum_equity(&self) -> f64 {
        self.sum_equity
    }

    /// What the metrics are computed from.
    pub fn evidence(&self) -> ReturnEvidence {
        self.returns.evidence()
    }
}
