//! `cross_above`: one series rises through another.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::logic;

/// One series rises through another.
pub static FUNCTION: Function = Function {
    name: "cross_above",
    family: Family::Logic,
    summary: "true on the bar on which a rises above b",
    doc: "\
## What it does
True where `a > b` and `a <= b` at the last earlier bar on which both were defined. Undefined where `a` or `b` is, and
where `a > b` without such an earlier bar.

## Parameters
- `a`, `b`: a number per bar, or a constant.

## Reference
Rule 9 of the semantics; TradingView `ta.crossover`, which looks at the previous bar only.
",
    arguments: &[Argument::Series { name: "a" }, Argument::Series { name: "b" }],
    implicit: &[],
    result: Type::Truth,
    values: Values::Any,
    warm_up: |_| 1,
    make: |_| Box::new(CrossAbove(Crossing::default())),
};

struct CrossAbove(Crossing);

impl Step for CrossAbove {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.next(inputs[0], inputs[1])
    }
}

/// What must be remembered to see one series rise through another.
#[derive(Default)]
pub(super) struct Crossing {
    /// Whether the rising series was at or below the other when both were last defined.
    was_below: Option<bool>,
}

impl Crossing {
    /// 1 where `rising` crosses above `other`, 0 where not.
    pub(super) fn next(&mut self, rising: Option<f64>, other: Option<f64>) -> Option<f64> {
        let (rising, other) = (rising?, other?);
        let was_below = self.was_below.replace(rising <= other);
        logic::and(Some(rising > other), was_below).map(f64::from)
    }
}
