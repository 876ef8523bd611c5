//! Falls of equity from its running peak.

use crate::lanes;

/// Falls of at most this fraction of the peak are rounding, not drawdowns: entering and leaving a position at one
/// price without costs may return the last bit of the cash differently.
pub const RESOLUTION: f64 = 1e-12;

/// A part of the peak that is below it by more than rounding, without doubt.
const FAR_BELOW: f64 = 1.0 - 2.0 * RESOLUTION;

/// Deepest and longest drawdown so far, closing equity by closing equity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawdownFold {
    /// Highest equity so far, the starting capital included; money.
    pub peak: f64,
    /// Largest fall from the peak so far, a positive fraction of it.
    pub max_drawdown: f64,
    /// Closes below the peak since it was last reached.
    pub underwater: u64,
    /// The longest such run so far, in bars.
    pub longest: u64,
}

impl DrawdownFold {
    /// Before the first close; `capital` is positive and is the first peak.
    pub fn new(capital: f64) -> Self {
        Self { peak: capital, max_drawdown: 0.0, underwater: 0, longest: 0 }
    }

    /// Counts one close.
    #[inline(always)]
    pub fn push(&mut self, equity: f64) {
        self.peak = self.peak.max(equity);
        let fall = self.fall(equity);
        if fall > RESOLUTION {
            self.max_drawdown = self.max_drawdown.max(fall);
            self.push_underwater(1);
        } else {
            self.underwater = 0;
        }
    }

    /// Counts many closes, of positive equity: [`DrawdownFold::push`] of each.
    #[inline(always)]
    pub fn push_all(&mut self, equity: &[f64]) {
        // The deepest fall from a peak is that to the lowest close after it: one division for each peak.
        let mut lowest = f64::INFINITY;
        let (blocks, rest) = equity.as_chunks::<8>();
        for block in blocks {
            // Under water all the time, and far enough below to need no division: mostly so.
            if lanes::highest(block) < self.peak * FAR_BELOW {
                self.underwater += block.len() as u64;
                lowest = lowest.min(lanes::lowest(block));
            } else {
                block.iter().for_each(|equity| self.push_or_sink(*equity, &mut lowest));
            }
        }
        rest.iter().for_each(|equity| self.push_or_sink(*equity, &mut lowest));
        self.surface(&mut lowest);
    }

    #[inline(always)]
    fn push_or_sink(&mut self, equity: f64, lowest: &mut f64) {
        if equity < self.peak * FAR_BELOW {
            self.underwater += 1;
            *lowest = lowest.min(equity);
        } else {
            self.surface(lowest);
            self.push(equity);
        }
    }

    /// Takes account of the closes since the last peak, the lowest of which is given.
    #[inline(always)]
    fn surface(&mut self, lowest: &mut f64) {
        if *lowest < f64::INFINITY {
            self.max_drawdown = self.max_drawdown.max(self.fall(*lowest));
            self.longest = self.longest.max(self.underwater);
            *lowest = f64::INFINITY;
        }
    }

    /// Counts closes that are known to be below the peak, and not deeper than the deepest so far.
    #[inline(always)]
    pub fn push_underwater(&mut self, bars: u64) {
        self.underwater += bars;
        self.longest = self.longest.max(self.underwater);
    }

    /// Whether equity is below the peak by more than rounding.
    #[inline(always)]
    pub fn is_below_peak(&self, equity: f64) -> bool {
        self.fall(equity) > RESOLUTION
    }

    #[inline(always)]
    fn fall(&self, equity: f64) -> f64 {
        1.0 - equity / self.peak
    }
}

/// How far each closing equity is below the highest before it, the starting capital included: positive fractions, 0 at
/// a peak. Their maximum is that of [`DrawdownFold`].
pub fn drawdowns(capital: f64, equity: &[f64]) -> impl Iterator<Item = f64> + '_ {
    let mut peak = capital;
    equity.iter().map(move |equity| {
        peak = peak.max(*equity);
        let fall = 1.0 - equity / peak;
        if fall > RESOLUTION { fall } else { 0.0 }
    })
}

#[cfg(test)]
mod tests;
