//! The last `n` values in order of size: ranks and percentiles without sorting every bar.

use std::collections::VecDeque;

/// Values per bucket at which it is cut in two: small enough to shift quickly, large enough that few are passed over.
const BUCKET: usize = 512;

/// The last `n` values, all defined or none.
pub(super) struct Ordered {
    n: usize,
    /// In order of time.
    arrived: VecDeque<f64>,
    /// In order of size, cut into pieces, none of them empty.
    buckets: Vec<Vec<f64>>,
}

impl Ordered {
    pub(super) fn new(n: usize) -> Self {
        assert!(n > 0, "a window holds at least one value: checked against the function's range");
        Self { n, arrived: VecDeque::with_capacity(n), buckets: Vec::new() }
    }

    /// Takes the next value; true when the last `n` are all defined.
    pub(super) fn push(&mut self, value: Option<f64>) -> bool {
        let Some(value) = value else {
            self.arrived.clear();
            self.buckets.clear();
            return false;
        };
        if self.arrived.len() == self.n
            && let Some(oldest) = self.arrived.pop_front()
        {
            self.remove(oldest);
        }
        self.arrived.push_back(value);
        self.insert(value);
        self.arrived.len() == self.n
    }

    /// How many are less than `value`.
    pub(super) fn below(&self, value: f64) -> usize {
        self.before(|v| v < value)
    }

    /// How many are less than or equal to `value`.
    pub(super) fn up_to(&self, value: f64) -> usize {
        self.before(|v| v <= value)
    }

    /// The value with `index` values before it in order of size.
    ///
    /// # Panics
    /// When there are not that many.
    pub(super) fn nth(&self, mut index: usize) -> f64 {
        for bucket in &self.buckets {
            match bucket.get(index) {
                Some(value) => return *value,
                None => index -= bucket.len(),
            }
        }
        panic!("fewer values than asked for: asked only of a full window")
    }

    /// The value below which the fraction `p` of the `n` values lies, interpolated linearly between neighbours
    /// (Hyndman and Fan 1996, Sample quantiles in statistical packages, definition 7).
    pub(super) fn percentile(&self, p: f64) -> f64 {
        let at = p * (self.n - 1) as f64;
        let below = at.floor() as usize;
        let (low, share) = (self.nth(below), at - at.floor());
        if share == 0.0 {
            return low;
        }
        let high = self.nth(below + 1);
        // From the nearer end, so that equal neighbours give themselves and the order of percentiles is kept.
        if share < 0.5 { low + (high - low) * share } else { high - (high - low) * (1.0 - share) }
    }

    /// How many values at the start of the order satisfy a condition that holds for a prefix of it.
    fn before(&self, holds: impl Fn(f64) -> bool) -> usize {
        let ends_inside = self.buckets.partition_point(|b| b.last().is_some_and(|v| holds(*v)));
        let whole: usize = self.buckets[..ends_inside].iter().map(Vec::len).sum();
        let inside = self.buckets.get(ends_inside).map_or(0, |b| b.partition_point(|v| holds(*v)));
        whole + inside
    }

    fn insert(&mut self, value: f64) {
        let Some(last) = self.buckets.len().checked_sub(1) else {
            self.buckets.push(vec![value]);
            return;
        };
        let at = self.buckets.partition_point(|b| b.last().is_some_and(|v| *v < value)).min(last);
        let bucket = &mut self.buckets[at];
        bucket.insert(bucket.partition_point(|v| *v < value), value);
        if bucket.len() == BUCKET {
            let upper = bucket.split_off(BUCKET / 2);
            self.buckets.insert(at + 1, upper);
        }
    }

    fn remove(&mut self, value: f64) {
        let at = self.buckets.partition_point(|b| b.last().is_some_and(|v| *v < value));
        let bucket = &mut self.buckets[at];
        let inside = bucket.partition_point(|v| *v < value);
        debug_assert!(bucket[inside] == value, "what is removed was inserted");
        bucket.remove(inside);
        if bucket.is_empty() {
            self.buckets.remove(at);
        }
    }
}

#[cfg(test)]
mod tests;
