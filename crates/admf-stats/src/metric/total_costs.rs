//! Total costs: commission, slippage and borrowing together.
//!
//! # What it does
//! Commission, slippage and borrowing, an open trade's included.
//! # When it fails
//! It grows with the account.
//! # Parameters
//! None.
//! # Reference
//! Rules 13 and 14.

use crate::TradeEvidence;

/// Money.
pub fn total_costs(trades: &TradeEvidence) -> f64 {
    trades.commission + trades.slippage + trades.borrow
}
