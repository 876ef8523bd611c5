//! `roc`: the rate of change.

use super::lag::History;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The rate of change.
pub static FUNCTION: Function = Function {
    name: "roc",
    family: Family::Momentum,
    summary: "rate of change over some bars, a fraction: 0.05 is 5%",
    doc: "\
## What it does
`(x - before) / before`, where `before` is the value `bars` bars ago: the simple return over that time, as a fraction
and not in percent. Defined where both values are and `before` is not 0.

## Parameters
- `x`: a number per bar.
- `bars`: whole number of bars back, at least 1; 1 where left out.

## Reference
TA-Lib `ROCP`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "bars", minimum: 1.0, default: Some(1.0) }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Roc(History::new(constants[0] as usize))),
};

struct Roc(History);

impl Step for Roc {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let before = self.0.exchange(inputs[0]);
        let (value, before) = (inputs[0]?, before?);
        Some((value - before) / before)
    }
}
