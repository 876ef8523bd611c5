//! Kurtosis: how much of the spread comes from extreme bars.
//!
//! # What it does
//! m₄ / m₂² of bar returns, population moments, raw: 3 for a normal distribution.
//! # When it fails
//! A single extreme bar decides it. Undefined without variance.
//! # Parameters
//! None.
//! # Reference
//! Rule 20; g₂ + 3 of Joanes and Gill, Comparing Measures of Sample Skewness and Kurtosis, The Statistician
//! 47(1), 1998.

use crate::Moments;

/// Dimensionless, at least 1; `None` without variance.
pub fn kurtosis(returns: &Moments) -> Option<f64> {
    returns.kurtosis()
}
