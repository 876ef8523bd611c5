//! Maximum drawdown: the worst fall from a peak.
//!
//! # What it does
//! The largest fall of equity at closes from its running peak, the starting capital included.
//! # When it fails
//! It is a single event and grows with the length of the sample; falls inside a bar are not seen.
//! # Parameters
//! None.
//! # Reference
//! Rule 18; Magdon-Ismail and Atiya, Maximum Drawdown, Risk 17(10), 2004.

use crate::{ReturnEvidence, drawdown};

/// Positive fraction of the peak; zero where a fall cannot be told from rounding.
pub fn max_drawdown(returns: &ReturnEvidence) -> f64 {
    if returns.max_drawdown > drawdown::RESOLUTION { returns.max_drawdown } else { 0.0 }
}
