//! Volatility: the spread of returns, per year.
//!
//! # What it does
//! Standard deviation of bar returns (n - 1) times the square root of bars per year.
//! # When it fails
//! It counts rises like falls, and scaling by the square root of time assumes returns that do not depend on
//! each other. Undefined for fewer than two bars.
//! # Parameters
//! `bars_per_year`.
//! # Reference
//! Rule 18.

use crate::{Basis, Moments};

/// Fraction per year, never negative; `None` for fewer than two bars.
pub fn volatility(returns: &Moments, basis: &Basis) -> Option<f64> {
    Some(returns.sample_deviation()? * basis.bars_per_year.sqrt())
}
