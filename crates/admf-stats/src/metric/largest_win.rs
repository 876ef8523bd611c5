//! Largest win: the best closed trade.
//!
//! # What it does
//! The largest profit of a closed trade.
//! # When it fails
//! It is one event and grows with the account. Undefined without a win.
//! # Parameters
//! None.
//! # Reference
//! Rule 17.

use crate::TradeEvidence;

/// Money, positive; `None` without a win.
pub fn largest_win(trades: &TradeEvidence) -> Option<f64> {
    (trades.wins > 0).then_some(trades.largest_win)
}
