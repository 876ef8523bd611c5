//! Average trade return: what a trade earned on its entry value in the mean.
//!
//! # What it does
//! Mean over closed trades of profit divided by entry value.
//! # When it fails
//! It weighs a short trade like a long one. Undefined without trades.
//! # Parameters
//! None.
//! # Reference
//! Rule 17.

use crate::{TradeEvidence, ratio};

/// Fraction; `None` without trades.
pub fn avg_trade_return(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.sum_returns, trades.closed as f64)
}
