//! Value at risk: the loss that 19 of 20 bars stay within.
//!
//! # What it does
//! Historical 95 % value at risk of one bar: the mildest loss among the worst 5 % of bars.
//! # When it fails
//! It says nothing about the losses beyond it, and is zero for a strategy that is seldom in the market.
//! Undefined without bars.
//! # Parameters
//! None.
//! # Reference
//! Rule 20; Jorion, Value at Risk, 3rd ed., 2006.

use crate::Tail;

/// Fraction, positive for a loss; `None` without bars.
pub fn value_at_risk(tail: &Tail) -> Option<f64> {
    tail.value_at_risk
}
