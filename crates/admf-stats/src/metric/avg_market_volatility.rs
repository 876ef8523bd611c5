//! Average market volatility: how much the symbol itself moved.
//!
//! # What it does
//! Mean over the evaluated bars of the symbol's annualised 20-bar volatility.
//! # When it fails
//! It is the market's, not the strategy's, which may be out when it is high. Undefined where it is at no bar
//! defined.
//! # Parameters
//! None.
//! # Reference
//! Rule 14 has the 20-bar volatility.

use crate::MarketEvidence;

/// Fraction per year; `None` where it is nowhere defined.
pub fn avg_market_volatility(market: &MarketEvidence) -> Option<f64> {
    market.average_volatility
}
