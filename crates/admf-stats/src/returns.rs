//! From equity at closes to the evidence of returns.

use crate::drawdown::RESOLUTION;
use crate::lanes;
use crate::{DrawdownFold, Moments, ReturnEvidence};
use admf_model::vectorized;

/// Walks over closing equities (rule 18): returns are simple, one per bar, the first relative to the starting capital.
///
/// Its sums are open so that a walk over segments can count many bars at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnFold {
    capital: f64,
    acceptable_per_bar: f64,
    /// Equity at the last close, money; the capital before the first.
    pub equity: f64,
    /// Power sums of the returns so far.
    pub moments: Moments,
    /// Σ min(r − a, 0)² so far, a being the minimum acceptable return per bar.
    pub downside_squares: f64,
    /// Drawdowns so far.
    pub drawdown: DrawdownFold,
}

impl ReturnFold {
    /// Before the first close. `capital` is positive; `acceptable_per_bar` is the minimum acceptable return per bar
    /// ([`crate::Basis::acceptable_per_bar`]).
    #[inline(always)]
    pub fn new(capital: f64, acceptable_per_bar: f64) -> Self {
        Self {
            capital,
            equity: capital,
            acceptable_per_bar,
            moments: Moments::default(),
            downside_squares: 0.0,
            drawdown: DrawdownFold::new(capital),
        }
    }

    /// Counts one close and gives the bar's return; after ruin returns are zero.
    #[inline(always)]
    pub fn push(&mut self, equity: f64) -> f64 {
        let bar_return = simple_return(self.equity, equity);
        self.equity = equity;
        self.moments.push(bar_return);
        self.downside_squares += downside_square(bar_return, self.acceptable_per_bar);
        self.drawdown.push(equity);
        bar_return
    }

    /// Counts many closes, and adds the returns of their bars to `returns`: [`ReturnFold::push`] of each, but for the
    /// order in which sums are rounded. `None` where equity is not positive: then what was counted is of no use.
    pub fn push_bars(&mut self, equity: &[f64], returns: &mut Vec<f64>) -> Option<()> {
        let (Some(first), Some(last)) = (equity.first(), equity.last()) else { return Some(()) };
        let before = std::mem::replace(&mut self.equity, *last);
        let start = returns.len();
        returns.resize(start + equity.len(), simple_return(before, *first));
        let returns = &mut returns[start..];
        let (moments, drawdown, acceptable) =
            (&mut self.moments, &mut self.drawdown, self.acceptable_per_bar);
        self.downside_squares += vectorized(
            #[inline(always)]
            || {
                if lanes::lowest_of(equity) <= 0.0 || before <= 0.0 {
                    return None;
                }
                for ((before, after), r) in equity.iter().zip(&equity[1..]).zip(&mut returns[1..]) {
                    *r = significant(after / before - 1.0);
                }
                moments.push_all(returns);
                drawdown.push_all(equity);
                Some(lanes::sum_of(returns, |r| downside_square(r, acceptable)))
            },
        )?;
        Some(())
    }

    /// Counts bars at whose closes equity is what it was: [`ReturnFold::push`] of the same equity, many times.
    #[inline(always)]
    pub fn push_flat(&mut self, bars: u64) {
        self.moments.count += bars;
        self.downside_squares += bars as f64 * downside_square(0.0, self.acceptable_per_bar);
        self.drawdown.push_flat(self.equity, bars);
    }

    /// The evidence of all closes so far.
    pub fn evidence(&self) -> ReturnEvidence {
        ReturnEvidence {
            moments: self.moments,
            downside_squares: self.downside_squares,
            capital: self.capital,
            final_equity: self.equity,
            max_drawdown: self.drawdown.max_drawdown(),
            longest_drawdown: self.drawdown.longest(),
        }
    }
}

/// The simple return from one value to the next. A change of at most [`RESOLUTION`] is rounding and counts as none, as
/// it does for drawdowns; after ruin returns are zero.
#[inline(always)]
pub fn simple_return(before: f64, after: f64) -> f64 {
    if before > 0.0 { significant(after / before - 1.0) } else { 0.0 }
}

/// The square of what a return is short of the acceptable one.
#[inline(always)]
fn downside_square(bar_return: f64, acceptable: f64) -> f64 {
    let shortfall = (bar_return - acceptable).min(0.0);
    shortfall * shortfall
}

/// A change that is more than rounding, else none.
#[inline(always)]
fn significant(change: f64) -> f64 {
    if change.abs() <= RESOLUTION { 0.0 } else { change }
}

#[cfg(test)]
mod tests;
