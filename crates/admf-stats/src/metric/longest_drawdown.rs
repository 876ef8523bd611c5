//! Longest drawdown: how long equity stayed below its peak.
//!
//! # What it does
//! The longest run of closes below the running peak of equity, the one still going on at the end included.
//! # When it fails
//! A strategy that is seldom in the market stays below its peak for long without losing anything more.
//! # Parameters
//! None.
//! # Reference
//! Rule 18; `drawdown.rs` has the fold.

use crate::ReturnEvidence;

/// Bars; zero without a drawdown.
pub fn longest_drawdown(returns: &ReturnEvidence) -> f64 {
    returns.longest_drawdown as f64
}
