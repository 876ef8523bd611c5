//! Steps that look at one bar only.

use super::Step;

/// A number of one number.
pub(super) struct Unary(pub(super) fn(f64) -> f64);

impl Step for Unary {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        inputs[0].map(self.0)
    }
}

/// A number of two numbers.
pub(super) struct Binary(pub(super) fn(f64, f64) -> f64);

impl Step for Binary {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        Some((self.0)(inputs[0]?, inputs[1]?))
    }
}
