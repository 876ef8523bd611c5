//! Range queries over prices in constant time: extremes and the largest fall inside any range of bars.

use admf_stats::drawdown::RESOLUTION;
use std::ops::RangeInclusive;

/// Sparse tables over highs, lows and closes.
#[derive(Debug)]
pub struct RangeTables {
    highest: SparseTable,
    lowest: SparseTable,
    falls: DisjointTable,
    next_at_least: Vec<u32>,
}

impl RangeTables {
    /// Builds the tables; the columns have one positive price per bar.
    pub fn new(high: &[f64], low: &[f64], close: &[f64]) -> Self {
        Self {
            highest: SparseTable::new(high, f64::max),
            lowest: SparseTable::new(low, f64::min),
            falls: DisjointTable::new(close),
            next_at_least: next_at_least(close),
        }
    }

    /// Highest high of the bars.
    pub fn highest(&self, bars: RangeInclusive<usize>) -> f64 {
        self.highest.query(bars)
    }

    /// Lowest low of the bars.
    pub fn lowest(&self, bars: RangeInclusive<usize>) -> f64 {
        self.lowest.query(bars)
    }

    /// Extremes of the closes and their largest fall.
    pub fn fall(&self, bars: RangeInclusive<usize>) -> Fall {
        self.falls.query(bars)
    }

    /// The next bar whose close is at least this bar's, rounding forgiven; the number of bars when there is none.
    #[inline]
    pub fn next_at_least(&self, bar: usize) -> usize {
        self.next_at_least[bar] as usize
    }
}

/// For each value the index of the next one that is not below it by more than rounding: what the drawdown fold calls
/// below the peak.
fn next_at_least(values: &[f64]) -> Vec<u32> {
    let mut next = vec![values.len() as u32; values.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for (i, value) in values.iter().enumerate() {
        while let Some(top) = waiting.pop_if(|top| 1.0 - *value / values[*top] <= RESOLUTION) {
            next[top] = i as u32;
        }
        waiting.push(i);
    }
    next
}

/// Idempotent range queries: two overlapping blocks of a power of two cover any range.
#[derive(Debug)]
struct SparseTable {
    levels: Vec<Vec<f64>>,
    pick: fn(f64, f64) -> f64,
}

impl SparseTable {
    fn new(values: &[f64], pick: fn(f64, f64) -> f64) -> Self {
        let mut levels = vec![values.to_vec()];
        let mut width = 1;
        while 2 * width <= values.len() {
            let below = levels.last().expect("the first level was pushed above");
            let level = (0..=values.len() - 2 * width).map(|i| pick(below[i], below[i + width])).collect();
            levels.push(level);
            width *= 2;
        }
        Self { levels, pick }
    }

    fn query(&self, bars: RangeInclusive<usize>) -> f64 {
        let (start, end) = (*bars.start(), *bars.end());
        let level = (end - start + 1).ilog2() as usize;
        let row = &self.levels[level];
        (self.pick)(row[start], row[end + 1 - (1 << level)])
    }
}

/// Extremes of a range of closes and the largest relative fall from a close to a later one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// Highest close.
    pub highest: f64,
    /// Lowest close.
    pub lowest: f64,
    /// Largest fall, a positive fraction.
    pub largest: f64,
}

impl Fall {
    const fn of(price: f64) -> Self {
        Self { highest: price, lowest: price, largest: 0.0 }
    }

    fn then(self, later: Self) -> Self {
        Self {
            highest: self.highest.max(later.highest),
            lowest: self.lowest.min(later.lowest),
            largest: self.largest.max(later.largest).max(1.0 - later.lowest / self.highest),
        }
    }
}

/// A disjoint sparse table: at each level, blocks of a power of two store the folds from their middle outwards, so
/// that any range is two entries of one level, though the fold is not idempotent.
#[derive(Debug)]
struct DisjointTable {
    closes: Vec<f64>,
    levels: Vec<Vec<Fall>>,
}

impl DisjointTable {
    fn new(closes: &[f64]) -> Self {
        let count = closes.len();
        let mut levels = Vec::new();
        let mut half = 1;
        while half < count {
            let mut level: Vec<Fall> = closes.iter().map(|c| Fall::of(*c)).collect();
            let mut middle = half;
            while middle < count {
                for i in (middle - half..middle - 1).rev() {
                    level[i] = Fall::of(closes[i]).then(level[i + 1]);
                }
                for i in middle + 1..(middle + half).min(count) {
                    level[i] = level[i - 1].then(Fall::of(closes[i]));
                }
                middle += 2 * half;
            }
            levels.push(level);
            half *= 2;
        }
        Self { closes: closes.to_vec(), levels }
    }

    fn query(&self, bars: RangeInclusive<usize>) -> Fall {
        let (start, end) = (*bars.start(), *bars.end());
        if start == end {
            return Fall::of(self.closes[start]);
        }
        // The highest bit in which the ends differ names the level whose middle separates them.
        let level = &self.levels[(start ^ end).ilog2() as usize];
        level[start].then(level[end])
    }
}

#[cfg(test)]
mod tests;
