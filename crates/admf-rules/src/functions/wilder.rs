//! Wilder's smoothing: seeded with the mean of the first `n` values, then `(previous * (n - 1) + value) / n`.

/// Shared by `rsi` and `atr`; counts only the values it is given, so undefined bars leave it as it is.
pub(super) struct Wilder {
    n: f64,
    seen: f64,
    /// The sum while seeding, the smoothed value afterwards.
    state: f64,
}

impl Wilder {
    pub(super) fn new(n: f64) -> Self {
        Self { n, seen: 0.0, state: 0.0 }
    }

    pub(super) fn next(&mut self, value: f64) -> Option<f64> {
        if self.seen < self.n {
            self.seen += 1.0;
            self.state += value;
            if self.seen < self.n {
                return None;
            }
            self.state /= self.n;
        } else {
            self.state = (self.state * (self.n - 1.0) + value) / self.n;
        }
        Some(self.state)
    }
}
