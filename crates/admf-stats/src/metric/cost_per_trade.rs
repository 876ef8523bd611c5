//! Cost per trade: what a trade has to earn before it pays.
//!
//! # What it does
//! Costs of closed trades divided by their number.
//! # When it fails
//! An open trade is left out, though its entry was paid for. Undefined without closed trades.
//! # Parameters
//! None.
//! # Reference
//! Rules 14 and 16.

use crate::{TradeEvidence, ratio};

/// Money; `None` without closed trades.
pub fn cost_per_trade(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.closed_costs, trades.closed as f64)
}
