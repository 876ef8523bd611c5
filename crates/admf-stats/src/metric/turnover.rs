//! Turnover: how often a year the account is traded over.
//!
//! # What it does
//! Value of all fills per year divided by mean equity: 2 is everything bought and sold once a year.
//! # When it fails
//! Undefined where mean equity is zero.
//! # Parameters
//! `bars_per_year`.
//! # Reference
//! Grinold and Kahn, Active Portfolio Management, 2nd ed., 2000, counting both sides.

use crate::{Evidence, ratio};

/// Times per year; `None` where mean equity is zero.
pub fn turnover(evidence: &Evidence) -> Option<f64> {
    // Value per year is value ÷ (n ÷ bars per year) and mean equity Σ equity ÷ n: n cancels.
    ratio(evidence.trades.traded_value * evidence.bars_per_year, evidence.sum_equity)
}
