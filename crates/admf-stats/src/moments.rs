//! Power sums of a sample, and its mean, spread and shape.

use crate::{finite, ratio};

/// The count of a sample and the sums of its first four powers. Sums of disjoint parts add up to those of the whole,
/// which is what lets a segment of bars be the difference of two prefix sums.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Number of values.
    pub count: u64,
    /// Sum of the values.
    pub sum: f64,
    /// Sum of their squares.
    pub sum_squares: f64,
    /// Sum of their cubes.
    pub sum_cubes: f64,
    /// Sum of their fourth powers.
    pub sum_fourths: f64,
}

impl Moments {
    /// Counts one value.
    #[inline(always)]
    pub fn push(&mut self, value: f64) {
        let square = value * value;
        self.count += 1;
        self.sum += value;
        self.sum_squares += square;
        self.sum_cubes += square * value;
        self.sum_fourths += square * square;
    }

    /// Counts the values of another, disjoint part of the sample.
    #[inline(always)]
    pub fn add(&mut self, part: &Self) {
        self.count += part.count;
        self.sum += part.sum;
        self.sum_squares += part.sum_squares;
        self.sum_cubes += part.sum_cubes;
        self.sum_fourths += part.sum_fourths;
    }

    /// Mean; `None` for no values.
    pub fn mean(&self) -> Option<f64> {
        ratio(self.sum, self.count as f64)
    }

    /// Variance with n - 1, zero when it is below the resolution of the sums; `None` for fewer than two values.
    pub fn sample_variance(&self) -> Option<f64> {
        let n = self.count as f64;
        (self.count > 1).then(|| self.scatter() / (n * (n - 1.0))).and_then(finite)
    }

    /// Square root of [`Moments::sample_variance`].
    pub fn sample_deviation(&self) -> Option<f64> {
        self.sample_variance().map(f64::sqrt)
    }

    /// Population skewness m₃ / m₂^1.5; `None` without variance.
    pub fn skewness(&self) -> Option<f64> {
        let [m2, m3, _] = self.central()?;
        ratio(m3, m2 * m2.sqrt())
    }

    /// Raw population kurtosis m₄ / m₂², 3 for a normal distribution; `None` without variance.
    pub fn kurtosis(&self) -> Option<f64> {
        let [m2, _, m4] = self.central()?;
        ratio(m4, m2 * m2)
    }

    /// n·Σx² − (Σx)², which is n² times the population variance; exactly zero when it cannot be told from rounding.
    pub(crate) fn scatter(&self) -> f64 {
        let all = self.count as f64 * self.sum_squares;
        let scatter = all - self.sum * self.sum;
        if scatter > self.resolution() * all { scatter } else { 0.0 }
    }

    /// The relative error that power sums of this many values may carry.
    ///
    /// Adding n numbers one by one errs by at most n·ε/2 of the sum of their sizes, so n·Σx² and (Σx)² together err
    /// by at most about 1.5·n·ε of n·Σx². A smaller difference is noise, and a Sharpe ratio made from it would be a
    /// huge number without meaning. The floor covers the rounding of the values themselves (a return is the
    /// difference of two nearly equal numbers), and only hides deviations below a millionth of the mean.
    fn resolution(&self) -> f64 {
        (2.0 * self.count as f64 * f64::EPSILON).max(1e-12)
    }

    /// Population central moments m₂, m₃, m₄; `None` without variance, and where the mean so outweighs the deviation
    /// (about a thousandfold) that the fourth power has no digits left: m₄ ≥ m₂² must exceed the error of Σx⁴ / n.
    fn central(&self) -> Option<[f64; 3]> {
        let n = self.count as f64;
        let m2 = ratio(self.scatter(), n * n)?;
        let [mean, second, third, fourth] =
            [self.sum, self.sum_squares, self.sum_cubes, self.sum_fourths].map(|sum| sum / n);
        if m2 * m2 <= self.resolution() * fourth {
            return None;
        }
        let square = mean * mean;
        let m3 = third - 3.0 * mean * second + 2.0 * square * mean;
        let m4 = fourth - 4.0 * mean * third + 6.0 * square * second - 3.0 * square * square;
        Some([m2, m3, m4])
    }
}

#[cfg(test)]
mod tests;
