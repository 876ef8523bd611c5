//! Cost per trade: what a trade has to earn before it pays.
//!
//! # What it does
//! Total costs divided by closed trades.
//! # When it fails
//! The costs of an open trade are in it, the trade is not. Undefined without closed trades.
//! # Parameters
//! None.
//! # Reference
//! Rules 14 and 16.

use super::total_costs;
use crate::{TradeEvidence, ratio};

/// Money; `None` without closed trades.
pub fn cost_per_trade(trades: &TradeEvidence) -> Option<f64> {
    ratio(total_costs(trades), trades.closed as f64)
}
