//! `if`: one of two values by a condition.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// One of two values by a condition.
pub static FUNCTION: Function = Function {
    name: "if",
    family: Family::Logic,
    summary: "a where the condition is true, b where it is false",
    doc: "\
## What it does
`a` at bars where `condition` is true and `b` where it is false; undefined where the condition or the chosen one is.
The other one may be undefined. `a` and `b` are two numbers, or two conditions, of which the result is one too:
`if(regime(volatility) == EXTREME, rsi(close, 2) < 2, rsi(close, 2) < 10)`.

## Parameters
- `condition`: true or false per bar.
- `a`: a number per bar, or a condition.
- `b`: the same kind as `a`.

## Reference
The conditional expression of programming languages; rule 6 of the semantics.
",
    arguments: &[Argument::Truth { name: "condition" }, Argument::Series { name: "a" }, Argument::Series { name: "b" }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |_| 0,
    make: |_| Box::new(Choice),
};

/// The same for two conditions; calls tell them apart by the type of `a`.
pub(crate) static OF_CONDITIONS: Function = Function {
    arguments: &[
        Argument::Truth { name: "condition" },
        Argument::Truth { name: "a" },
        Argument::Truth { name: "b" },
    ],
    result: Type::Truth,
    values: Values::Any,
    ..FUNCTION
};

struct Choice;

impl Step for Choice {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        if inputs[0]? != 0.0 { inputs[1] } else { inputs[2] }
    }
}
