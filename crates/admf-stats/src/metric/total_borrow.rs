//! Cost of borrowing: what short positions paid to be held.
//!
//! # What it does
//! Sum of what short positions paid for borrowed units.
//! # When it fails
//! It is a flat rate: units that are hard to borrow cost more.
//! # Parameters
//! None.
//! # Reference
//! Rule 13.

use crate::TradeEvidence;

/// Money.
pub fn total_borrow(trades: &TradeEvidence) -> f64 {
    trades.borrow
}
