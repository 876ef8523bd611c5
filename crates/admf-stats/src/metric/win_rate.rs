//! Win rate: how many of the trades earned.
//!
//! # What it does
//! Share of closed trades with a profit.
//! # When it fails
//! Small wins and rare large losses give a high one. Undefined without trades.
//! # Parameters
//! None.
//! # Reference
//! Rule 17.

use crate::{TradeEvidence, ratio};

/// Fraction in 0..=1; `None` without trades.
pub fn win_rate(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.wins as f64, trades.closed as f64)
}
