//! Sortino ratio: return above the acceptable one per unit of downside risk.
//!
//! # What it does
//! Mean of bar returns above the minimum acceptable one, divided by the downside deviation √(Σ min(r - mar,
//! 0)² / n) over all bars, annualised.
//! # When it fails
//! Few bad bars make it large and uncertain. Undefined when no return is below the minimum acceptable one.
//! # Parameters
//! `minimum_acceptable_return` per year, spread evenly over `bars_per_year`.
//! # Reference
//! Rule 18; Sortino and van der Meer, Downside Risk, Journal of Portfolio Management 17(4), 1991.

use crate::{Basis, ReturnEvidence, ratio};

/// Dimensionless, annualised; `None` without a return below the minimum acceptable one.
pub fn sortino_ratio(returns: &ReturnEvidence, basis: &Basis) -> Option<f64> {
    let excess = returns.moments.mean()? - basis.acceptable_per_bar();
    let downside_deviation = (returns.downside_squares / returns.moments.count as f64).sqrt();
    ratio(excess * basis.bars_per_year.sqrt(), downside_deviation)
}
