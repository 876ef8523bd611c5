//! Sharpe ratio: return above the risk-free rate per unit of risk.
//!
//! # What it does
//! The Sharpe ratio per bar times the square root of bars per year.
//! # When it fails
//! It is blind to skew and fat tails, and overstated where returns follow each other. The best of many
//! attempts has a high one by luck: read it beside the deflated ratio. Undefined without variance.
//! # Parameters
//! `risk_free` per year; `bars_per_year`.
//! # Reference
//! Rule 18; Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21(1), 1994.

use super::sharpe_per_bar;
use crate::{Basis, Moments};

/// Dimensionless, annualised; `None` without variance.
pub fn sharpe_ratio(returns: &Moments, basis: &Basis) -> Option<f64> {
    Some(sharpe_per_bar(returns, basis)? * basis.bars_per_year.sqrt())
}
