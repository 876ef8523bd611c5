//! Skewness: whether large bars are gains or losses.
//!
//! # What it does
//! m₃ / m₂^1.5 of bar returns, population moments. Negative: rare large losses.
//! # When it fails
//! A single extreme bar decides it. Undefined without variance.
//! # Parameters
//! None.
//! # Reference
//! Rule 20; g₁ of Joanes and Gill, Comparing Measures of Sample Skewness and Kurtosis, The Statistician
//! 47(1), 1998.

use crate::Moments;

/// Dimensionless; `None` without variance.
pub fn skewness(returns: &Moments) -> Option<f64> {
    returns.skewness()
}
