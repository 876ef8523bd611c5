//! Numbers in, numbers out: what a strategy earned and risked, and how much of it may be luck.
//!
//! Metrics are computed from *sufficient statistics*: a handful of sums that a walk over bars folds one bar at a time
//! and that a walk over segments of constant position gets from differences of prefix sums. Both then use the same
//! formulas, one file each in `metric/`; [`performance()`] applies them all. `inference/` judges a Sharpe ratio
//! against the number of attempts.
//!
//! This crate does not know about bars, rules or files, and nothing in it allocates per bar. What cannot be computed
//! is `None`, never NaN or infinite. Powers and logarithms come from `libm`, which gives the same bits on every
//! processor; square roots are exact everywhere and come from the standard library.

pub mod drawdown;
pub mod evidence;
pub mod inference;
pub mod lanes;
pub mod metric;
pub mod moments;
pub mod performance;
pub mod returns;
pub mod tail;
pub mod trade_evidence;

pub use drawdown::DrawdownFold;
pub use evidence::{Basis, Evidence, MarketEvidence, ReturnEvidence};
pub use inference::{
    Merge, TrialStatistics, average_linkage, deflated_sharpe, effective_number, expected_maximum_sharpe,
    normal_cdf, normal_quantile, probabilistic_sharpe,
};
pub use lanes::{product_sum, sum};
pub use moments::Moments;
pub use performance::performance;
pub use returns::{ReturnFold, simple_return};
pub use tail::{Tail, tail_count};
pub use trade_evidence::TradeEvidence;

/// `numerator / denominator`, `None` where that is no finite number.
pub(crate) fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    finite(numerator / denominator)
}

/// The value, `None` where it is infinite or NaN.
pub(crate) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}
