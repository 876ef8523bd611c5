//! `latch`: a state that one condition begins and another ends.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::logic;

/// A state that one condition begins and another ends.
pub static FUNCTION: Function = Function {
    name: "latch",
    family: Family::Logic,
    summary: "true from a bar on which on is true until one on which off is",
    doc: "\
## What it does
A state with memory: true from a bar on which `on` is true until one on which `off` is, false before the first and
where both are true. Between two thresholds it keeps what it was:
`latch(close > sma(close, 200) * 1.02, close < sma(close, 200) * 0.98)`. Undefined at a bar on which the conditions
cannot tell; the state goes on from the bar before.

## Parameters
- `on`: condition that begins the state.
- `off`: condition that ends it, and wins.

## Reference
The set-reset latch of electronics, with reset dominant; a Schmitt trigger with two thresholds of one value.
",
    arguments: &[Argument::Truth { name: "on" }, Argument::Truth { name: "off" }],
    implicit: &[],
    result: Type::Truth,
    values: Values::Any,
    warm_up: |_| 0,
    make: |_| Box::new(Latch(false)),
};

struct Latch(bool);

impl Step for Latch {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let [on, off] = [inputs[0], inputs[1]].map(|condition| condition.map(|c| c != 0.0));
        let state = logic::and(off.map(|off| !off), logic::or(on, Some(self.0)))?;
        self.0 = state;
        Some(f64::from(state))
    }
}
