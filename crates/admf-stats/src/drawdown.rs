//! Falls of equity from its running peak.

/// Falls of at most this fraction of the peak are rounding, not drawdowns: entering and leaving a position at one
/// price without costs may return the last bit of the cash differently.
pub const RESOLUTION: f64 = 1e-12;

/// A part of the peak that is below it by more than rounding, without doubt.
const FAR_BELOW: f64 = 1.0 - 2.0 * RESOLUTION;

/// Deepest and longest drawdown so far, closing equity by closing equity.
///
/// The deepest fall from a peak is that to the lowest close after it, so that one division for each peak is enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawdownFold {
    /// Highest equity so far, the starting capital included; money.
    peak: f64,
    /// Lowest equity far below the peak since it was reached, money; infinity while there is none.
    lowest: f64,
    /// Largest fall from the peak that is in no `lowest` any more, a positive fraction of it.
    deepest: f64,
    /// Closes below the peak since it was last reached.
    underwater: u64,
    /// The longest such run that ended, in bars.
    longest: u64,
}

impl DrawdownFold {
    /// Before the first close; `capital` is positive and is the first peak.
    #[inline(always)]
    pub fn new(capital: f64) -> Self {
        Self { peak: capital, lowest: f64::INFINITY, deepest: 0.0, underwater: 0, longest: 0 }
    }

    /// Counts one close.
    #[inline(always)]
    pub fn push(&mut self, equity: f64) {
        if self.is_far_below_peak(equity) {
            self.sink(equity, 1);
            return;
        }
        self.surface();
        self.peak = self.peak.max(equity);
        let fall = self.fall(equity);
        if fall > RESOLUTION {
            self.deepest = self.deepest.max(fall);
            self.underwater += 1;
        } else {
            self.end_underwater();
        }
    }

    /// Counts closes that are all far below the peak, by the lowest of them.
    #[inline(always)]
    pub fn sink(&mut self, lowest: f64, bars: u64) {
        self.lowest = if lowest < self.lowest { lowest } else { self.lowest };
        self.underwater += bars;
    }

    /// Counts closes that equal the last one.
    #[inline(always)]
    pub fn push_flat(&mut self, equity: f64, bars: u64) {
        if self.is_below_peak(equity) {
            self.underwater += bars;
        }
    }

    /// Counts closes at whose `records` the peak was reached or passed, in order: their positions among `bars` closes,
    /// the highest of which is given, and a fall that is at least the largest from any peak to any of them.
    #[inline(always)]
    pub fn push_records(&mut self, records: impl Iterator<Item = u64>, bars: u64, highest: f64, fall: f64) {
        self.surface();
        if fall > RESOLUTION {
            self.deepest = self.deepest.max(fall);
        }
        let mut start = 0;
        for record in records {
            self.underwater += record - start;
            self.end_underwater();
            start = record + 1;
        }
        self.underwater += bars - start;
        self.peak = self.peak.max(highest);
    }

    /// Highest equity so far, the starting capital included; money.
    #[inline(always)]
    pub fn peak(&self) -> f64 {
        self.peak
    }

    /// Largest fall from the running peak, a positive fraction of it.
    pub fn max_drawdown(&self) -> f64 {
        if self.lowest < f64::INFINITY { self.deepest.max(self.fall(self.lowest)) } else { self.deepest }
    }

    /// The longest run of closes below the peak, in bars.
    pub fn longest(&self) -> u64 {
        self.longest.max(self.underwater)
    }

    /// Whether equity is below the peak by more than rounding, without doubt.
    #[inline(always)]
    pub fn is_far_below_peak(&self, equity: f64) -> bool {
        equity < self.peak * FAR_BELOW
    }

    /// Whether equity is below the peak by more than rounding.
    #[inline(always)]
    pub fn is_below_peak(&self, equity: f64) -> bool {
        self.is_far_below_peak(equity) || self.fall(equity) > RESOLUTION
    }

    /// Takes account of the closes since the last peak.
    #[inline(always)]
    fn surface(&mut self) {
        if self.lowest < f64::INFINITY {
            self.deepest = self.deepest.max(self.fall(self.lowest));
            self.lowest = f64::INFINITY;
        }
    }

    #[inline(always)]
    fn end_underwater(&mut self) {
        self.longest = self.longest.max(self.underwater);
        self.underwater = 0;
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
