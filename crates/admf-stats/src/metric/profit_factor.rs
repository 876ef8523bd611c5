//! Profit factor: what was won for each unit of money lost.
//!
//! # What it does
//! Sum of profits divided by sum of losses of closed trades; above 1 the strategy earned.
//! # When it fails
//! One large win decides it where trades are few. Undefined without a loss.
//! # Parameters
//! None.
//! # Reference
//! Rule 18.

use crate::{TradeEvidence, ratio};

/// Dimensionless, never negative; `None` without a loss.
pub fn profit_factor(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.profit, trades.loss.abs())
}
