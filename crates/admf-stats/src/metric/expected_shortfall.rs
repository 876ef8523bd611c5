//! Expected shortfall: the mean loss of a bad bar.
//!
//! # What it does
//! Mean loss of the worst 5 % of bars.
//! # When it fails
//! It rests on few bars: 50 of a thousand. Undefined without bars.
//! # Parameters
//! None.
//! # Reference
//! Rule 20; Acerbi and Tasche, On the Coherence of Expected Shortfall, Journal of Banking & Finance 26(7),
//! 2002.

use crate::Tail;

/// Fraction, positive for a loss; `None` without bars.
pub fn expected_shortfall(tail: &Tail) -> Option<f64> {
    tail.expected_shortfall
}
