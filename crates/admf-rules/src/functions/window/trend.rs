//! The straight line through a run of values, one per bar.

use super::Aggregate;

/// Count, mean, sum of squared deviations and of products with the deviation of time.
#[derive(Clone, Copy)]
pub(in crate::functions) struct Trend {
    count: f64,
    mean: f64,
    squares: f64,
    with_time: f64,
}

impl Trend {
    /// Rise of the line per bar; not finite for one value.
    pub(in crate::functions) fn slope(self) -> f64 {
        self.with_time / self.time_squares()
    }

    /// The line at the last value.
    pub(in crate::functions) fn end(self) -> f64 {
        self.mean + self.slope() * (self.count - 1.0) / 2.0
    }

    /// Mean with weights 1, 2, .., count: what the values have in common with time lifts it from the plain mean.
    pub(in crate::functions) fn weighted_mean(self) -> f64 {
        self.mean + 2.0 * self.with_time / (self.count * (self.count + 1.0))
    }

    /// Share of the squared deviations that the line explains, 0 to 1; not finite without spread.
    pub(in crate::functions) fn fit(self) -> f64 {
        let fit = self.slope() * (self.with_time / self.squares);
        if fit > 1.0 && fit.is_finite() { 1.0 } else { fit }
    }

    /// Sum of the squared deviations of 0, 1, .., count - 1 from their mean.
    fn time_squares(self) -> f64 {
        self.count * (self.count * self.count - 1.0) / 12.0
    }
}

impl Aggregate for Trend {
    fn of(value: f64) -> Self {
        Self { count: 1.0, mean: value, squares: 0.0, with_time: 0.0 }
    }

    /// As [`Spread`](super::Spread); the mean times of the two runs lie half their joint length apart.
    fn join(self, later: Self) -> Self {
        let count = self.count + later.count;
        let delta = later.mean - self.mean;
        let share = later.count / count;
        let weight = self.count * share;
        Self {
            count,
            mean: self.mean + delta * share,
            squares: self.squares + later.squares + delta * delta * weight,
            with_time: self.with_time + later.with_time + delta * (count / 2.0) * weight,
        }
    }
}
