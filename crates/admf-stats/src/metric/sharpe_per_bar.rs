//! Sharpe ratio per bar: return above the risk-free rate per unit of risk, not annualised.
//!
//! # What it does
//! Mean of bar returns above the risk-free rate, divided by their standard deviation (n - 1); not annualised.
//! The statistics of luck are computed from this one.
//! # When it fails
//! It is blind to skew and fat tails, which is why the deflated ratio takes them into account. Undefined
//! without variance.
//! # Parameters
//! `risk_free` per year, spread evenly over `bars_per_year`.
//! # Reference
//! Rule 18; Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21(1), 1994.

use crate::{Basis, Moments, ratio};

/// Dimensionless, per bar; `None` without variance.
pub fn sharpe_per_bar(returns: &Moments, basis: &Basis) -> Option<f64> {
    ratio(returns.mean()? - basis.risk_free_per_bar(), returns.sample_deviation()?)
}
