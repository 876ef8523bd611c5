//! Average win: what a winning trade earns in the mean.
//!
//! # What it does
//! Mean profit of winning trades.
//! # When it fails
//! It grows with the account. Undefined without a win.
//! # Parameters
//! None.
//! # Reference
//! Rule 17.

use crate::{TradeEvidence, ratio};

/// Money, positive; `None` without a win.
pub fn avg_win(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.profit, trades.wins as f64)
}
