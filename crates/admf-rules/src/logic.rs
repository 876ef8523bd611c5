//! Arithmetic and logic with undefined values (rule 6 of the semantics): the one place that says what operators mean
//! for one bar. Columns do the same to 64 bars at a time.

use admf_model::Comparison;

/// The four operations of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// The raw result, which may be infinite or not a number: callers turn that into undefined.
#[inline(always)]
pub(crate) fn raw_arithmetic(operation: Arithmetic, a: f64, b: f64) -> f64 {
    match operation {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
    }
}

/// `None` unless finite: division by zero and overflow are undefined.
#[inline(always)]
pub(crate) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// Arithmetic with undefined operands or results undefined.
pub(crate) fn arithmetic(operation: Arithmetic, a: Option<f64>, b: Option<f64>) -> Option<f64> {
    finite(raw_arithmetic(operation, a?, b?))
}

/// Whether two finite numbers compare so.
pub(crate) fn holds(comparison: Comparison, a: f64, b: f64) -> bool {
    match comparison {
        Comparison::Less => a < b,
        Comparison::LessOrEqual => a <= b,
        Comparison::Greater => a > b,
        Comparison::GreaterOrEqual => a >= b,
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
    }
}

/// A comparison with an undefined side is undefined.
pub(crate) fn compare(comparison: Comparison, a: Option<f64>, b: Option<f64>) -> Option<bool> {
    Some(holds(comparison, a?, b?))
}

/// Kleene conjunction: `false` decides alone.
pub(crate) fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Kleene disjunction: `true` decides alone.
pub(crate) fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
