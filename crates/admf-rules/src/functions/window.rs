//! Aggregates over the last `n` values in which nothing drifts.
//!
//! A running sum that adds the newest value and subtracts the oldest keeps the rounding error of everything that ever
//! passed: after a spike of 1e9 it is wrong for good. A plain sum keeps that error beside it and takes it back
//! (`total.rs`). Anything else is never subtracted: the window is cut in two at a block boundary: the older
//! part is a suffix of a finished block whose suffix aggregates were computed when it was finished, the newer part is
//! a prefix aggregated as values arrive. Joining the two is the window. Each value is visited twice, so a step costs
//! constant time on average, and no error is older than two windows.

pub(super) mod latest_extreme;
pub(super) mod moments;
pub(super) mod origin;
pub(super) mod pair;
pub(super) mod total;
pub(super) mod trend;
pub(super) mod weighted;

/// Something that aggregates a run of values: numbers, where nothing else is said.
pub(super) trait Aggregate<V = f64>: Copy {
    /// Of one value.
    fn of(value: V) -> Self;
    /// Of this run followed by another.
    fn join(self, later: Self) -> Self;
}

/// The last `n` values, all defined or none.
pub(super) struct Window<A> {
    n: usize,
    /// Values of the unfinished block, fewer than `n` after each push.
    at: usize,
    /// The aggregate of the unfinished block.
    prefix: Option<A>,
    /// The unfinished block in the first `at` places. Behind them, once a block is finished, place `i` aggregates that
    /// block from its value `i` on: what the next push needs is never what it overwrites.
    slots: Vec<A>,
}

impl<A: Copy> Window<A> {
    pub(super) fn new(n: usize) -> Self {
        assert!(n > 0, "a window holds at least one value: checked against the function's range");
        Self { n, at: 0, prefix: None, slots: Vec::with_capacity(n) }
    }

    /// The aggregate of the last `n` values up to this one; `None` until `n` defined values came in a row.
    pub(super) fn push<V>(&mut self, value: Option<V>) -> Option<A>
    where
        A: Aggregate<V>,
    {
        self.add(value.map(A::of), A::join)
    }

    fn add(&mut self, one: Option<A>, join: impl Fn(A, A) -> A) -> Option<A> {
        let Some(one) = one else {
            self.slots.clear();
            self.at = 0;
            self.prefix = None;
            return None;
        };
        match self.slots.get_mut(self.at) {
            Some(slot) => *slot = one,
            None => self.slots.push(one),
        }
        self.at += 1;
        let prefix = self.prefix.map_or(one, |p| join(p, one));
        if self.at == self.n {
            self.finish_block(join);
            return Some(prefix);
        }
        self.prefix = Some(prefix);
        self.slots.get(self.at).map(|suffix| join(*suffix, prefix))
    }

    fn finish_block(&mut self, join: impl Fn(A, A) -> A) {
        for i in (1..self.n).rev() {
            self.slots[i - 1] = join(self.slots[i - 1], self.slots[i]);
        }
        self.at = 0;
        self.prefix = None;
    }
}

/// A sum with the rounding error of its additions beside it, so that equal values sum to the rounded product.
#[derive(Clone, Copy)]
pub(super) struct Sum {
    sum: f64,
    error: f64,
}

impl Sum {
    /// Of nothing.
    pub(super) const ZERO: Self = Self { sum: 0.0, error: 0.0 };

    pub(super) fn value(self) -> f64 {
        self.sum + self.error
    }

    /// With a value more. Knuth's exact addition: the new sum and `lost` are the old sum and the value without rounding.
    #[inline(always)]
    pub(super) fn plus(self, value: f64) -> Self {
        let sum = self.sum + value;
        let shadow = sum - self.sum;
        let lost = (self.sum - (sum - shadow)) + (value - shadow);
        Self { sum, error: self.error + lost }
    }
}

/// Count, mean and sum of squared deviations. The mean is kept as a distance from the first value, near which it is:
/// a small spread around a large level keeps its digits, whatever level there was before.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    count: f64,
    first: f64,
    /// Mean minus `first`.
    rise: f64,
    squares: f64,
}

impl Spread {
    /// Their mean, equal to the values where these are equal.
    pub(super) fn mean(self) -> f64 {
        self.first + self.rise
    }

    /// Mean squared deviation from the mean, never negative.
    pub(super) fn population_variance(self) -> f64 {
        self.squares / self.count
    }

    /// Sum of squared deviations over one less than their number, never negative; not finite for one value.
    pub(super) fn sample_variance(self) -> f64 {
        self.squares / (self.count - 1.0)
    }
}

impl Aggregate for Spread {
    fn of(value: f64) -> Self {
        Self { count: 1.0, first: value, rise: 0.0, squares: 0.0 }
    }

    /// Chan, Golub and LeVeque (1979), Updating formulae and a pairwise algorithm for computing sample variances. The
    /// difference of two values within a factor of two of each other is exact (Sterbenz 1974, theorem 4.3.1).
    fn join(self, later: Self) -> Self {
        let count = self.count + later.count;
        let delta = (later.first - self.first) + (later.rise - self.rise);
        let share = later.count / count;
        Self {
            count,
            first: self.first,
            rise: self.rise + delta * share,
            squares: self.squares + later.squares + delta * delta * (self.count * share),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Highest(pub(super) f64);

impl Aggregate for Highest {
    fn of(value: f64) -> Self {
        Self(value)
    }

    fn join(self, later: Self) -> Self {
        if later.0 > self.0 { later } else { self }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Lowest(pub(super) f64);

impl Aggregate for Lowest {
    fn of(value: f64) -> Self {
        Self(value)
    }

    fn join(self, later: Self) -> Self {
        if later.0 < self.0 { later } else { self }
    }
}

#[cfg(test)]
mod tests;
