//! Average slippage: how far fills were from the prices before slippage.
//!
//! # What it does
//! Money lost to slippage divided by the value of all fills before slippage.
//! # When it fails
//! Targets are filled without slippage and lower it. Undefined without fills.
//! # Parameters
//! None.
//! # Reference
//! Rule 14.

use crate::{TradeEvidence, ratio};

/// Fraction of traded value; `None` without fills.
pub fn avg_slippage(trades: &TradeEvidence) -> Option<f64> {
    ratio(trades.slippage, trades.traded_value_before_slippage)
}
