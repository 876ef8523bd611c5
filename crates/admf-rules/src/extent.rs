//! Between which numbers a value lies on every bar, as far as that is known before any bar is looked at.

use crate::logic::{self, Arithmetic};
use admf_model::Comparison;

/// The least and the greatest number that a value can be where it is defined. A truth is 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The least; may be minus infinity.
    pub low: f64,
    /// The greatest; may be infinity. Below `low` where no value is defined at all.
    pub high: f64,
}

impl Extent {
    /// Nothing is known.
    pub const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
    /// Undefined on every bar.
    pub const NOWHERE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
    /// True or false.
    pub(crate) const TRUTH: Self = Self { low: 0.0, high: 1.0 };

    /// One number.
    pub fn at(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// From the least to the greatest of some numbers.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        values.into_iter().fold(Self::NOWHERE, |all, value| all.joined(Self::at(value)))
    }

    /// True when no value is defined on any bar.
    pub fn is_nowhere(self) -> bool {
        self.low > self.high
    }

    /// The least that contains both.
    pub fn joined(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// True when the value can be this number.
    fn holds(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// True when the truth can be true.
    pub(crate) fn can_be_true(self) -> bool {
        self.holds(1.0)
    }

    /// True when the truth can be false.
    pub(crate) fn can_be_false(self) -> bool {
        self.holds(0.0)
    }

    fn truth(can_be_true: bool, can_be_false: bool) -> Self {
        match (can_be_true, can_be_false) {
            (true, true) => Self::TRUTH,
            (true, false) => Self::at(1.0),
            (false, true) => Self::at(0.0),
            (false, false) => Self::NOWHERE,
        }
    }

    pub(crate) fn not(self) -> Self {
        Self::truth(self.can_be_false(), self.can_be_true())
    }

    /// One false side decides, whatever the other is (rule 6).
    pub(crate) fn and(self, other: Self) -> Self {
        Self::truth(self.can_be_true() && other.can_be_true(), self.can_be_false() || other.can_be_false())
    }

    /// One true side decides.
    pub(crate) fn or(self, other: Self) -> Self {
        Self::truth(self.can_be_true() || other.can_be_true(), self.can_be_false() && other.can_be_false())
    }

    pub(crate) fn negate(self) -> Self {
        if self.is_nowhere() { self } else { Self { low: -self.high, high: -self.low } }
    }

    /// Rounding keeps the order of numbers, so that the ends of a result are results of ends.
    pub(crate) fn arithmetic(operation: Arithmetic, a: Self, b: Self) -> Self {
        if a.is_nowhere() || b.is_nowhere() {
            return Self::NOWHERE;
        }
        if operation == Arithmetic::Divide && b.holds(0.0) {
            return Self::ANY;
        }
        let ends = [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)];
        let results = ends.map(|(a, b)| logic::raw_arithmetic(operation, a, b));
        // Infinity less infinity, or times zero: nothing is known.
        if results.iter().any(|result| result.is_nan()) { Self::ANY } else { Self::of(results) }
    }

    pub(crate) fn compare(comparison: Comparison, a: Self, b: Self) -> Self {
        if a.is_nowhere() || b.is_nowhere() {
            return Self::NOWHERE;
        }
        let less = (a.low < b.high, a.high >= b.low);
        let greater = (a.high > b.low, a.low <= b.high);
        let equal = (a.low <= b.high && b.low <= a.high, !(a.low == a.high && a == b));
        let (yes, no) = match comparison {
            Comparison::Less => less,
            Comparison::GreaterOrEqual => (less.1, less.0),
            Comparison::Greater => greater,
            Comparison::LessOrEqual => (greater.1, greater.0),
            Comparison::Equal => equal,
            Comparison::NotEqual => (equal.1, equal.0),
        };
        Self::truth(yes, no)
    }
}
