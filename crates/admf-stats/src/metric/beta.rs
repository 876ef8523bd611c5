//! Beta: how far the strategy's returns follow those of its symbol.
//!
//! # What it does
//! Slope of the strategy's bar returns against the symbol's own: covariance over the symbol's variance, all
//! evaluated bars.
//! # When it fails
//! A strategy that switches sides has no one slope. Undefined where the symbol's price does not vary.
//! # Parameters
//! None.
//! # Reference
//! Sharpe, Capital Asset Prices, Journal of Finance 19(3), 1964.

use crate::{MarketEvidence, Moments, ratio};

/// Dimensionless; `None` without variance of the market, and where Σ r·m was not asked for. Both samples are over the same bars.
pub fn beta(returns: &Moments, market: &MarketEvidence) -> Option<f64> {
    debug_assert_eq!(returns.count, market.moments.count, "both are over the same bars");
    let covariation = returns.count as f64 * market.sum_product? - returns.sum * market.moments.sum;
    ratio(covariation, market.moments.scatter())
}
