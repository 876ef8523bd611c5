//! Exponential smoothing: the mean of the first `n` values, then a fraction of the way to each new one.

/// Shared by all recursive averages; counts only the values it is given, so undefined bars leave it as it is.
pub(super) struct Smoothing {
    n: f64,
    weight: f64,
    seen: f64,
    /// The mean of the values so far while seeding, the smoothed value afterwards.
    state: f64,
}

impl Smoothing {
    /// With weight `2 / (n + 1)`.
    pub(super) fn exponential(n: f64) -> Self {
        Self { n, weight: 2.0 / (n + 1.0), seen: 0.0, state: 0.0 }
    }

    /// With Wilder's weight `1 / n`.
    pub(super) fn wilder(n: f64) -> Self {
        Self { n, weight: 1.0 / n, seen: 0.0, state: 0.0 }
    }

    /// The average with this value, `None` before the `n`th. Both means move by differences, so that the average of
    /// equal values is that value and a flat price never crosses it.
    pub(super) fn next(&mut self, value: f64) -> Option<f64> {
        if self.seen >= self.n {
            self.state += (value - self.state) * self.weight;
            return Some(self.state);
        }
        self.seen += 1.0;
        self.state += (value - self.state) / self.seen;
        (self.seen == self.n).then_some(self.state)
    }
}
