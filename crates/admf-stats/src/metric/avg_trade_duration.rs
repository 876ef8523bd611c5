//! Average trade duration: how long a position was held in the mean.
//!
//! # What it does
//! Mean bars from entry fill to exit fill of closed trades.
//! # When it fails
//! A position still open at the end is not in it, however long it was held. Undefined without trades.
//! # Parameters
//! None.
//! # Reference
//! Rule 16.

use crate::{TradeEvidence, ratio};

/// Bars; `None` without trades.
pub fn avg_trade_duration(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.sum_duration_bars as f64, trades.closed as f64)
}
