//! From equity at closes to the evidence of returns.

use crate::drawdown::RESOLUTION;
use crate::lanes::{self, LANES};
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

    /// Counts many closes, and adds the returns of their bars to `returns` where they are wanted: [`ReturnFold::push`] of
    /// each, but for the order in which sums are rounded. `None` where equity is not positive: then what was counted is
    /// of no use.
    pub fn push_bars(&mut self, equity: &[f64], returns: Option<&mut Vec<f64>>) -> Option<()> {
        let Some(first) = equity.first() else { return Some(()) };
        let before = self.equity;
        let bar_return = self.push(*first);
        let lowest = match returns {
            Some(returns) => {
                let start = returns.len();
                returns.resize(start + equity.len(), bar_return);
                let later = &mut returns[start + 1..];
                vectorized(
                    #[inline(always)]
                    || self.push_later::<true>(equity, later),
                )
            }
            None => vectorized(
                #[inline(always)]
                || self.push_later::<false>(equity, &mut []),
            ),
        };
        (before > 0.0 && *first > 0.0 && lowest > 0.0).then_some(())
    }

    /// Counts all closes but the first, which was counted; gives the lowest of them. `KEEP` says whether returns are
    /// written to `kept`.
    #[inline(always)]
    fn push_later<const KEEP: bool>(&mut self, equity: &[f64], kept: &mut [f64]) -> f64 {
        let acceptable = self.acceptable_per_bar;
        let (before, now) = (&equity[..equity.len() - 1], &equity[1..]);
        let mut sums = BarSums::default();
        let mut lowest = f64::INFINITY;
        let (blocks, rest) = now.as_chunks::<BLOCK>();
        for (at, block) in blocks.iter().enumerate() {
            let start = at * BLOCK;
            let before = &before[start..start + BLOCK];
            let mut returns = [0.0; BLOCK];
            for ((bar_return, now), before) in returns.iter_mut().zip(block).zip(before) {
                *bar_return = significant(now / before - 1.0);
            }
            if KEEP {
                kept[start..start + BLOCK].copy_from_slice(&returns);
            }
            for lanes in returns.as_chunks::<LANES>().0 {
                sums.push(lanes, acceptable);
            }
            let (low, high) = (lanes::lowest(block), lanes::highest(block));
            lowest = if low < lowest { low } else { lowest };
            // Under water all the time: mostly so.
            if self.drawdown.is_far_below_peak(high) {
                self.drawdown.sink(low, BLOCK as u64);
            } else {
                block.iter().for_each(|equity| self.drawdown.push(*equity));
            }
        }
        sums.add_to(&mut self.moments, &mut self.downside_squares);
        self.moments.count += (blocks.len() * BLOCK) as u64;
        if let Some(last) = blocks.last() {
            self.equity = last[BLOCK - 1];
        }
        for (at, equity) in rest.iter().enumerate() {
            let bar_return = self.push(*equity);
            if KEEP {
                kept[blocks.len() * BLOCK + at] = bar_return;
            }
            lowest = lowest.min(*equity);
        }
        lowest
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

/// Closes that are counted at once.
const BLOCK: usize = 2 * LANES;

/// Sums over returns, eight side by side.
#[derive(Default)]
struct BarSums {
    returns: [f64; LANES],
    squares: [f64; LANES],
    cubes: [f64; LANES],
    fourths: [f64; LANES],
    downside: [f64; LANES],
}

impl BarSums {
    #[inline(always)]
    fn push(&mut self, returns: &[f64; LANES], acceptable: f64) {
        for (lane, value) in returns.iter().copied().enumerate() {
            let square = value * value;
            self.returns[lane] += value;
            self.squares[lane] += square;
            self.cubes[lane] += square * value;
            self.fourths[lane] += square * square;
            self.downside[lane] += downside_square(value, acceptable);
        }
    }

    #[inline(always)]
    fn add_to(&self, moments: &mut Moments, downside_squares: &mut f64) {
        moments.sum += lanes::total(&self.returns);
        moments.sum_squares += lanes::total(&self.squares);
        moments.sum_cubes += lanes::total(&self.cubes);
        moments.sum_fourths += lanes::total(&self.fourths);
        *downside_squares += lanes::total(&self.downside);
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
    let short = bar_return - acceptable;
    let shortfall = if short < 0.0 { short } else { 0.0 };
    shortfall * shortfall
}

/// A change that is more than rounding, else none.
#[inline(always)]
fn significant(change: f64) -> f64 {
    if change.abs() <= RESOLUTION { 0.0 } else { change }
}

#[cfg(test)]
mod tests;
