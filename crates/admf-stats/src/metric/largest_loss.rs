//! Largest loss: the worst closed trade.
//!
//! # What it does
//! The largest loss of a closed trade.
//! # When it fails
//! It is one event and grows with the account. Undefined without a loss.
//! # Parameters
//! None.
//! # Reference
//! Rule 17.

use crate::TradeEvidence;

/// Money, negative; `None` without a loss.
pub fn largest_loss(trades: &TradeEvidence) -> Option<f64> {
    (trades.losses > 0).then_some(trades.largest_loss)
}
