//! `value_when`: a value remembered from a condition.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// A value remembered from a condition.
pub static FUNCTION: Function = Function {
    name: "value_when",
    family: Family::Logic,
    summary: "x at the last bar on which a condition was true",
    doc: "\
## What it does
The value that `x` had at the last bar on which `condition` was true, this one included:
`value_when(close == highest(close, 250), high)`. Undefined before the first such bar, where `x` was undefined on it,
and at a bar on which the condition is.

## Parameters
- `condition`: true or false per bar.
- `x`: a number per bar.

## Reference
`ta.valuewhen` of Pine Script with occurrence 0.
",
    arguments: &[Argument::Truth { name: "condition" }, Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |_| 0,
    make: |_| Box::new(ValueWhen(None)),
};

struct ValueWhen(Option<f64>);

impl Step for ValueWhen {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        if inputs[0]? != 0.0 {
            self.0 = inputs[1];
        }
        self.0
    }
}
