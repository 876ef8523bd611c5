//! Total slippage: money lost between the price before slippage and the fill.
//!
//! # What it does
//! Sum over all fills of units times the distance between the fill price and the price before slippage.
//! # When it fails
//! It is modelled, not observed: real fills depend on size and liquidity.
//! # Parameters
//! None.
//! # Reference
//! Rule 14.

use crate::TradeEvidence;

/// Money.
pub fn total_slippage(trades: &TradeEvidence) -> f64 {
    trades.slippage
}
