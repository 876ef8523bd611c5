//! The first four moments of a run of values.

use super::Aggregate;

/// Count, mean and sums of the second to fourth powers of deviations from it.
#[derive(Clone, Copy)]
pub(in crate::functions) struct Moments {
    count: f64,
    mean: f64,
    second: f64,
    third: f64,
    fourth: f64,
}

impl Moments {
    /// Third central moment over the second to the power 1.5; not finite without spread.
    pub(in crate::functions) fn skew(self) -> f64 {
        self.count.sqrt() * self.third / (self.second * self.second.sqrt())
    }

    /// Fourth central moment over the square of the second, 3 for a normal distribution; not finite without spread.
    pub(in crate::functions) fn kurtosis(self) -> f64 {
        self.count * self.fourth / (self.second * self.second)
    }
}

impl Aggregate for Moments {
    fn of(value: f64) -> Self {
        Self { count: 1.0, mean: value, second: 0.0, third: 0.0, fourth: 0.0 }
    }

    /// Pébay (2008), Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
    /// statistical moments, equations 1.3 to 1.6.
    fn join(self, later: Self) -> Self {
        let (a, b) = (self.count, later.count);
        let n = a + b;
        let delta = later.mean - self.mean;
        let step = delta / n;
        let spread = delta * step * a * b;
        Self {
            count: n,
            mean: self.mean + step * b,
            second: self.second + later.second + spread,
            third: self.third
                + later.third
                + spread * step * (a - b)
                + 3.0 * step * (a * later.second - b * self.second),
            fourth: self.fourth
                + later.fourth
                + spread * step * step * (a * a - a * b + b * b)
                + 6.0 * step * step * (a * a * later.second + b * b * self.second)
                + 4.0 * step * (a * later.third - b * self.third),
        }
    }
}
