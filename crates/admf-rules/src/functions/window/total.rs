//! The sum of the last `n` values, and nothing left of those before them.

use super::Sum;

/// A sum to which each value is added and from which it is subtracted when it leaves the window, both without
/// rounding: what an addition loses is kept beside the sum. Once in every `n` bars it is summed up anew, so that no error
/// is older than two windows.
pub(in crate::functions) struct Total {
    n: usize,
    /// The last values; the next one takes the place of the oldest.
    values: Vec<f64>,
    next: usize,
    sum: Sum,
    /// Values that are not zero: of zeros alone nothing is left, not even a rounding error.
    others: usize,
}

impl Total {
    pub(in crate::functions) fn new(n: usize) -> Self {
        assert!(n > 0, "a window holds at least one value: checked against the function's range");
        Self { n, values: Vec::with_capacity(n), next: 0, sum: Sum::ZERO, others: 0 }
    }

    /// The sum of the last `n` values up to this one; `None` until `n` defined values came in a row.
    #[inline(always)]
    pub(in crate::functions) fn push(&mut self, value: Option<f64>) -> Option<f64> {
        let Some(value) = value else {
            self.values.clear();
            (self.next, self.sum, self.others) = (0, Sum::ZERO, 0);
            return None;
        };
        let oldest = match self.values.get_mut(self.next) {
            Some(oldest) => std::mem::replace(oldest, value),
            None => return self.fill(value),
        };
        self.sum = self.sum.plus(value).plus(-oldest);
        self.others = self.others + usize::from(value != 0.0) - usize::from(oldest != 0.0);
        self.next += 1;
        if self.next == self.n {
            self.next = 0;
            self.sum_up();
        }
        Some(self.value())
    }

    /// One of the first values.
    fn fill(&mut self, value: f64) -> Option<f64> {
        self.values.push(value);
        self.sum = self.sum.plus(value);
        self.others += usize::from(value != 0.0);
        self.next = self.values.len() % self.n;
        (self.values.len() == self.n).then(|| self.value())
    }

    #[inline(always)]
    fn value(&mut self) -> f64 {
        let sum = self.sum.value();
        if sum.is_finite() {
            return if self.others == 0 { 0.0 } else { sum };
        }
        // An overflow would stay for good.
        self.sum_up();
        self.sum.value()
    }

    #[inline(never)]
    fn sum_up(&mut self) {
        self.sum = self.values.iter().fold(Sum::ZERO, |sum, value| sum.plus(*value));
    }
}

#[cfg(test)]
mod tests {
    use super::Total;

    #[test]
    fn what_overflowed_is_forgotten_with_the_value_that_made_it() {
        let mut total = Total::new(3);
        let values = [f64::MAX, f64::MAX, 1.0, 2.0, 3.0, 4.0];
        let sums = values.map(|value| total.push(Some(value)));
        assert!(sums[2].is_some_and(|sum| !sum.is_finite()));
        assert_eq!(sums[4..], [Some(6.0), Some(9.0)]);
    }

    #[test]
    fn zeros_sum_to_zero_whatever_was_before() {
        let mut total = Total::new(4);
        [1e30, 1e-30, 3e7, 0.1, 7e-19].iter().for_each(|value| _ = total.push(Some(*value)));
        let sums: Vec<Option<f64>> = (0..4).map(|_| total.push(Some(0.0))).collect();
        assert_eq!(sums[3], Some(0.0));
    }

    #[test]
    fn an_undefined_value_starts_it_anew() {
        let mut total = Total::new(2);
        let values = [Some(1.0), Some(2.0), None, Some(3.0), Some(4.0)];
        assert_eq!(values.map(|value| total.push(value)), [None, Some(3.0), None, None, Some(7.0)]);
    }
}
