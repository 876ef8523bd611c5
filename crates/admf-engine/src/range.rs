//! Range queries over prices in constant time: extremes and the largest fall inside any range of bars.

use admf_stats::drawdown::RESOLUTION;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Tables over highs, lows and closes.
#[derive(Debug)]
pub struct RangeTables {
    falls: FallTable,
    next_at_least: Vec<u32>,
    // Made once, by whichever thread asks first: most sweeps never do.
    highest: OnceLock<SparseTable>,
    // The same.
    lowest: OnceLock<SparseTable>,
}

impl RangeTables {
    /// Builds the table of closes, which has one positive price per bar.
    pub fn new(close: &[f64]) -> Self {
        Self {
            falls: FallTable::new(close),
            next_at_least: next_at_least(close),
            highest: OnceLock::new(),
            lowest: OnceLock::new(),
        }
    }

    /// The highest and the lowest price that bars have seen, `high` and `low` being those of all bars; their tables are
    /// made when they are first asked for, since only trades that are shown need them.
    pub fn seen(&self, bars: RangeInclusive<usize>, high: &[f64], low: &[f64]) -> (f64, f64) {
        let highest = self.highest.get_or_init(|| SparseTable::new(high, f64::max));
        let lowest = self.lowest.get_or_init(|| SparseTable::new(low, f64::min));
        (highest.query(bars.clone()), lowest.query(bars))
    }

    /// Reads what will be read of the closes at two bars, so that it is in the cache by then.
    #[inline(always)]
    pub(crate) fn touch(&self, first: usize, last: usize) -> f64 {
        self.falls.to_end[first].highest + self.falls.from_start[last].highest
    }

    /// Highest and lowest close of the bars.
    #[inline(always)]
    pub fn extremes(&self, bars: RangeInclusive<usize>) -> (f64, f64) {
        let wider = |(high, low), part: Fall| (higher(high, part.highest), lower(low, part.lowest));
        self.falls.fold(bars, (0.0, f64::INFINITY), wider)
    }

    /// The largest relative fall from a close of the bars to a later one, a positive fraction.
    #[inline(always)]
    pub fn largest_fall(&self, bars: RangeInclusive<usize>) -> f64 {
        self.falls.fold(bars, Fall::NONE, Fall::then).largest
    }

    /// The next bar whose close is at least this bar's, rounding forgiven; the number of bars when there is none.
    #[inline(always)]
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
struct Fall {
    /// Highest close, positive; 0 of none.
    highest: f64,
    /// Lowest close; infinity of none.
    lowest: f64,
    /// Largest fall, a positive fraction; 0 without one.
    largest: f64,
}

impl Fall {
    /// Of no closes.
    const NONE: Self = Self { highest: 0.0, lowest: f64::INFINITY, largest: 0.0 };

    #[inline(always)]
    const fn of(price: f64) -> Self {
        Self { highest: price, lowest: price, largest: 0.0 }
    }

    #[inline(always)]
    fn then(self, later: Self) -> Self {
        let between = if self.highest > 0.0 { 1.0 - later.lowest / self.highest } else { 0.0 };
        Self {
            highest: higher(self.highest, later.highest),
            lowest: lower(self.lowest, later.lowest),
            largest: higher(higher(self.largest, later.largest), between),
        }
    }
}

/// Closes in a block. Tables of whole blocks are small enough to stay in the cache beside the columns of a sweep.
const BLOCK: usize = 8;

/// Folds of any range of closes: the end of a block, whole blocks, the start of a block.
#[derive(Debug)]
struct FallTable {
    closes: Vec<f64>,
    /// At each close the fold from the start of its block to it.
    from_start: Vec<Fall>,
    /// At each close the fold from it to the end of its block.
    to_end: Vec<Fall>,
    blocks: DisjointTable,
}

impl FallTable {
    fn new(closes: &[f64]) -> Self {
        let single: Vec<Fall> = closes.iter().map(|close| Fall::of(*close)).collect();
        let (mut from_start, mut to_end) = (single.clone(), single);
        for block in from_start.chunks_mut(BLOCK) {
            (1..block.len()).for_each(|i| block[i] = block[i - 1].then(block[i]));
        }
        for block in to_end.chunks_mut(BLOCK) {
            (1..block.len()).rev().for_each(|i| block[i - 1] = block[i - 1].then(block[i]));
        }
        let blocks = to_end.iter().step_by(BLOCK).copied().collect();
        Self { closes: closes.to_vec(), from_start, to_end, blocks: DisjointTable::new(blocks) }
    }

    /// Folds the parts of a range in their order.
    #[inline(always)]
    fn fold<T>(&self, bars: RangeInclusive<usize>, start: T, mut fold: impl FnMut(T, Fall) -> T) -> T {
        let (first, last) = (*bars.start(), *bars.end());
        let (first_block, last_block) = (first / BLOCK, last / BLOCK);
        if first_block == last_block {
            return self.closes[first..=last].iter().fold(start, |sum, close| fold(sum, Fall::of(*close)));
        }
        let mut sum = fold(start, self.to_end[first]);
        if last_block - first_block > 1 {
            for part in self.blocks.halves(first_block + 1, last_block - 1) {
                sum = fold(sum, part);
            }
        }
        fold(sum, self.from_start[last])
    }
}

/// A disjoint sparse table: at each level, parts of a power of two store the folds from their middle outwards, so that
/// any range is two entries of one level, though the fold is not idempotent.
#[derive(Debug)]
struct DisjointTable {
    levels: Vec<Vec<Fall>>,
}

impl DisjointTable {
    fn new(items: Vec<Fall>) -> Self {
        let count = items.len();
        let mut levels = vec![items];
        let mut half = 1;
        while half < count {
            let mut level = levels[0].clone();
            let mut middle = half;
            while middle < count {
                (middle - half..middle - 1).rev().for_each(|i| level[i] = level[i].then(level[i + 1]));
                (middle + 1..(middle + half).min(count)).for_each(|i| level[i] = level[i - 1].then(level[i]));
                middle += 2 * half;
            }
            levels.push(level);
            half *= 2;
        }
        Self { levels }
    }

    /// Two parts that make up a range, one after the other; the second of a single item is nothing.
    #[inline(always)]
    fn halves(&self, first: usize, last: usize) -> [Fall; 2] {
        // The highest bit in which the ends differ names the level whose middle separates them; none of a single item.
        let level = &self.levels[(usize::BITS - (first ^ last).leading_zeros()) as usize];
        [level[first], if first == last { Fall::NONE } else { level[last] }]
    }
}

/// The higher of two numbers; one instruction, unlike [`f64::max`], which minds what is no number.
#[inline(always)]
pub(crate) fn higher(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The lower of two numbers.
#[inline(always)]
pub(crate) fn lower(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests;
