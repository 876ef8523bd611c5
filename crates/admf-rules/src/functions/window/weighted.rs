//! A mean with weights.

use super::Aggregate;

/// Sum of weights and mean of values.
#[derive(Clone, Copy)]
pub(in crate::functions) struct Weighted {
    weight: f64,
    mean: f64,
}

impl Weighted {
    /// The mean; `None` where nothing weighs anything.
    pub(in crate::functions) fn mean(self) -> Option<f64> {
        (self.weight > 0.0).then_some(self.mean)
    }
}

impl Aggregate<[f64; 2]> for Weighted {
    /// A value and its weight, which is not negative.
    fn of([mean, weight]: [f64; 2]) -> Self {
        Self { weight, mean }
    }

    /// Moves the mean by differences, so that the mean of equal values is that value.
    fn join(self, later: Self) -> Self {
        if later.weight == 0.0 {
            return self;
        }
        let weight = self.weight + later.weight;
        Self { weight, mean: self.mean + (later.mean - self.mean) * (later.weight / weight) }
    }
}
