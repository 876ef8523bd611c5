//! Total commission: what was paid for fills.
//!
//! # What it does
//! Sum of the commission of all fills, that of an open trade's entry included.
//! # When it fails
//! It grows with the account.
//! # Parameters
//! None.
//! # Reference
//! Rule 14.

use crate::TradeEvidence;

/// Money.
pub fn total_commission(trades: &TradeEvidence) -> f64 {
    trades.commission
}
