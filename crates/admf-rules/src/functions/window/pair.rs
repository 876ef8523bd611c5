//! How two series move together.

use super::origin::Origin;
use super::{Aggregate, Window};

/// Count, means, sums of squared deviations and of products of deviations of two series.
#[derive(Clone, Copy)]
pub(in crate::functions) struct Pair {
    count: f64,
    mean: [f64; 2],
    squares: [f64; 2],
    products: f64,
}

impl Pair {
    /// Mean product of deviations.
    pub(in crate::functions) fn covariance(self) -> f64 {
        self.products / self.count
    }

    /// Pearson's correlation, -1 to 1; not finite where one of the two does not move.
    pub(in crate::functions) fn correlation(self) -> f64 {
        let ratio = self.products / (self.squares[0] * self.squares[1]).sqrt();
        // Rounding may step over the ends; what is not a number stays so.
        if ratio.abs() > 1.0 && ratio.is_finite() { ratio.signum() } else { ratio }
    }

    /// Slope of the least-squares line of the first on the second; not finite where the second does not move.
    pub(in crate::functions) fn slope_on_second(self) -> f64 {
        self.products / self.squares[1]
    }
}

impl Aggregate<[f64; 2]> for Pair {
    fn of(mean: [f64; 2]) -> Self {
        Self { count: 1.0, mean, squares: [0.0; 2], products: 0.0 }
    }

    /// As [`Spread`](super::Spread), with the product of both distances between the means.
    fn join(self, later: Self) -> Self {
        let count = self.count + later.count;
        let share = later.count / count;
        let weight = self.count * share;
        let delta = [later.mean[0] - self.mean[0], later.mean[1] - self.mean[1]];
        let squares = |i: usize| self.squares[i] + later.squares[i] + delta[i] * delta[i] * weight;
        Self {
            count,
            mean: [self.mean[0] + delta[0] * share, self.mean[1] + delta[1] * share],
            squares: [squares(0), squares(1)],
            products: self.products + later.products + delta[0] * delta[1] * weight,
        }
    }
}

/// The last `n` pairs, all defined or none.
pub(in crate::functions) struct PairWindow {
    origins: [Origin; 2],
    window: Window<Pair>,
}

impl PairWindow {
    pub(in crate::functions) fn new(n: usize) -> Self {
        Self { origins: Default::default(), window: Window::new(n) }
    }

    /// The aggregate of the last `n` pairs; `None` until both sides were defined `n` times in a row.
    pub(in crate::functions) fn push(&mut self, x: Option<f64>, y: Option<f64>) -> Option<Pair> {
        let (x, y) = x.zip(y).unzip();
        let measured = [self.origins[0].measure(x), self.origins[1].measure(y)];
        self.window.push(measured[0].zip(measured[1]).map(|(x, y)| [x, y]))
    }
}
