//! Average loss: what a losing trade costs in the mean.
//!
//! # What it does
//! Mean result of losing trades.
//! # When it fails
//! It grows with the account. Undefined without a loss.
//! # Parameters
//! None.
//! # Reference
//! Rule 17.

use crate::{TradeEvidence, ratio};

/// Money, negative; `None` without a loss.
pub fn avg_loss(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.loss, trades.losses as f64)
}
