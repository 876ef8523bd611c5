//! Total return: growth of the capital over all evaluated bars.
//!
//! # What it does
//! Final equity divided by starting capital, less one.
//! # When it fails
//! It says nothing about how long it took or what was risked on the way.
//! # Parameters
//! None.
//! # Reference
//! Rule 18.

use crate::{ReturnEvidence, ratio};

/// Fraction, at least -1.
pub fn total_return(returns: &ReturnEvidence) -> Option<f64> {
    ratio(returns.final_equity - returns.capital, returns.capital)
}
