//! Cost impact: what costs took from the Sharpe ratio.
//!
//! # What it does
//! Gross less net Sharpe ratio: what costs took.
//! # When it fails
//! Undefined where either ratio is.
//! # Parameters
//! `risk_free` per year; `bars_per_year`.
//! # Reference
//! Rules 15 and 18.

use super::sharpe_ratio;
use crate::Evidence;

/// Dimensionless, annualised; `None` where either ratio is.
pub fn cost_impact(evidence: &Evidence) -> Option<f64> {
    let basis = evidence.basis();
    Some(sharpe_ratio(&evidence.gross?.moments, &basis)? - sharpe_ratio(&evidence.net.moments, &basis)?)
}
