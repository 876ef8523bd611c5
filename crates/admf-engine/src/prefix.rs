//! Prefix sums over the market, so that a sum over a segment is a difference.
//!
//! Sums are accumulated with compensation (Neumaier), so that a prefix over decades of bars is as good as a short sum.

use std::ops::Range;

/// Powers of the market's returns and related sums of one bar or of a range of bars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Σ r.
    pub returns: f64,
    /// Σ r².
    pub squares: f64,
    /// Σ r³.
    pub cubes: f64,
    /// Σ r⁴.
    pub fourths: f64,
    /// Σ min(r − mar, 0)².
    pub downside: f64,
    /// Σ close.
    pub closes: f64,
}

/// A running sum with a correction term: together they hold it to twice the digits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compensated {
    sum: f64,
    correction: f64,
}

impl Compensated {
    /// Adds a value.
    pub fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.correction +=
            if self.sum.abs() >= value.abs() { (self.sum - sum) + value } else { (value - sum) + self.sum };
        self.sum = sum;
    }

    /// What was added since an earlier state. Both terms are subtracted, so that a small sum behind a large one keeps
    /// its digits.
    #[inline(always)]
    pub fn since(self, earlier: Self) -> f64 {
        (self.sum - earlier.sum) + (self.correction - earlier.correction)
    }
}

/// Numbers of a row, two of which are unused: eight lie side by side in a vector.
const LANES: usize = 8;

/// Sums over the bars before some bar, and the corrections that belong to them.
#[derive(Clone, Copy, Debug)]
struct Row {
    sums: [f64; LANES],
    corrections: [f64; LANES],
}

/// `at[t]` holds the sums over bars `0..t`.
#[derive(Debug)]
pub struct PrefixSums {
    at: Vec<Row>,
}

impl PrefixSums {
    /// Sums over returns and closes, one entry per bar each; `mar` is the minimum acceptable return of a bar.
    pub fn new(returns: &[f64], closes: &[f64], mar: f64) -> Self {
        let mut running = [Compensated::default(); LANES];
        let row = |running: &[Compensated; LANES]| Row {
            sums: running.map(|lane| lane.sum),
            corrections: running.map(|lane| lane.correction),
        };
        let mut at = Vec::with_capacity(returns.len() + 1);
        at.push(row(&running));
        for (r, close) in returns.iter().zip(closes) {
            let short = (r - mar).min(0.0);
            let terms = [*r, r * r, r * r * r, r * r * (r * r), short * short, *close];
            for (sum, term) in running.iter_mut().zip(terms) {
                sum.add(term);
            }
            at.push(row(&running));
        }
        Self { at }
    }

    /// Reads the row of a bar, so that it is in the cache when it is needed.
    #[inline(always)]
    pub(crate) fn touch(&self, bar: usize) -> f64 {
        self.at[bar].sums[0] + self.at[bar].corrections[0]
    }

    /// The sums over a range of bars.
    #[inline(always)]
    pub fn over(&self, bars: Range<usize>) -> Sums {
        let (a, b) = (&self.at[bars.start], &self.at[bars.end]);
        let lanes: [f64; LANES] = std::array::from_fn(|lane| {
            (b.sums[lane] - a.sums[lane]) + (b.corrections[lane] - a.corrections[lane])
        });
        let [returns, squares, cubes, fourths, downside, closes, _, _] = lanes;
        Sums { returns, squares, cubes, fourths, downside, closes }
    }
}

#[cfg(test)]
mod tests;
