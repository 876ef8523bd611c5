//! Exposure: how much of the time a position was held.
//!
//! # What it does
//! Share of closes at which a position was held.
//! # When it fails
//! It does not see the size of the position. Undefined without bars.
//! # Parameters
//! None.
//! # Reference
//! Rule 20.

use crate::{Evidence, ratio};

/// Fraction in 0..=1; `None` without bars.
pub fn exposure(evidence: &Evidence) -> Option<f64> {
    ratio(evidence.exposed_bars as f64, evidence.bars() as f64)
}
