//! Number of trades: positions that have ended.
//!
//! # What it does
//! Counts trades that have ended, those that break even included.
//! # When it fails
//! A position still open at the end is not in it.
//! # Parameters
//! None.
//! # Reference
//! Rules 16 and 17.

use crate::TradeEvidence;

/// Count.
pub fn total_trades(trades: &TradeEvidence) -> f64 {
    trades.closed as f64
}
