//! What is known of a function's values before any bar is looked at.

use super::Function;
use crate::extent::Extent;

/// Between which numbers the values of a function lie, wherever they are defined. Rounding may miss an end by the last
/// digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values {
    /// Any number.
    Any,
    /// From one number to another, whatever the inputs are.
    Within(f64, f64),
    /// From 0 to the last constant, which counts bars.
    UpToLast,
    /// From the least to the greatest value of the inputs: averages, extremes and choices of them.
    AmongInputs,
}

impl Values {
    /// Not below zero.
    pub const NOT_NEGATIVE: Self = Self::Within(0.0, f64::INFINITY);
}

impl Function {
    /// Between which numbers the values lie, given where those of the series and of the constants do.
    pub(crate) fn extent(&self, inputs: &[Extent], constants: &[Extent]) -> Extent {
        if self.result == crate::Type::Truth {
            return Extent::TRUTH;
        }
        match self.values {
            Values::Any => Extent::ANY,
            Values::Within(low, high) => Extent { low, high },
            Values::UpToLast => {
                Extent { low: 0.0, high: constants.last().map_or(f64::INFINITY, |last| last.high) }
            }
            Values::AmongInputs => {
                let conditions = self.arguments.iter().take_while(|a| a.type_of() == crate::Type::Truth);
                inputs[conditions.count()..].iter().copied().fold(Extent::NOWHERE, Extent::joined)
            }
        }
    }
}
