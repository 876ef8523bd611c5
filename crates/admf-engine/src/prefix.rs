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

/// `at[t]` holds the sums over bars `0..t`.
#[derive(Debug)]
pub struct PrefixSums {
    at: Vec<[Compensated; 6]>,
}

impl PrefixSums {
    /// Sums over returns and closes, one entry per bar each; `mar` is the minimum acceptable return of a bar.
    pub fn new(returns: &[f64], closes: &[f64], mar: f64) -> Self {
        let mut running = [Compensated::default(); 6];
        let mut at = Vec::with_capacity(returns.len() + 1);
        at.push(running);
        for (r, close) in returns.iter().zip(closes) {
            let short = (r - mar).min(0.0);
            let terms = [*r, r * r, r * r * r, r * r * (r * r), short * short, *close];
            for (sum, term) in running.iter_mut().zip(terms) {
                sum.add(term);
            }
            at.push(running);
        }
        Self { at }
    }

    /// The sums over a range of bars.
    #[inline]
    pub fn over(&self, bars: Range<usize>) -> Sums {
        let (a, b) = (&self.at[bars.start], &self.at[bars.end]);
        Sums {
            returns: b[0].since(a[0]),
            squares: b[1].since(a[1]),
            cubes: b[2].since(a[2]),
            fourths: b[3].since(a[3]),
            downside: b[4].since(a[4]),
            closes: b[5].since(a[5]),
        }
    }
}

#[cfg(test)]
mod tests;
