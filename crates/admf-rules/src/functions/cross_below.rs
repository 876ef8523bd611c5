//! `cross_below`: one series falls through another.

use super::cross_above::Crossing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// One series falls through another.
pub static FUNCTION: Function = Function {
    name: "cross_below",
    family: Family::Logic,
    summary: "true on the bar on which a falls below b",
    doc: "\
## What it does
True where `a < b` and `a >= b` at the last earlier bar on which both were defined. Undefined where `a` or `b` is, and
where `a < b` without such an earlier bar.

## Parameters
- `a`, `b`: a number per bar, or a constant.

## Reference
Rule 9 of the semantics; TradingView `ta.crossunder`, which looks at the previous bar only.
",
    arguments: &[Argument::Series { name: "a" }, Argument::Series { name: "b" }],
    implicit: &[],
    result: Type::Truth,
    values: Values::Any,
    warm_up: |_| 1,
    make: |_| Box::new(CrossBelow(Crossing::default())),
};

/// `a` falls below `b` where `b` rises above `a`.
struct CrossBelow(Crossing);

impl Step for CrossBelow {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.next(inputs[1], inputs[0])
    }
}
