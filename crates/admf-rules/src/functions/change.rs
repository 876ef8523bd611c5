//! `change`: the difference from an earlier value.

use super::lag::History;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The difference from an earlier value.
pub static FUNCTION: Function = Function {
    name: "change",
    family: Family::Statistics,
    summary: "difference from the value some bars ago, in units of x",
    doc: "\
## What it does
`x` less the value that it had `bars` bars ago, in units of `x`; `roc` is the same as a fraction. Undefined where one
of the two is.

## Parameters
- `x`: a number per bar.
- `bars`: whole number of bars back, at least 1; 1 where left out.

## Reference
TA-Lib `MOM`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "bars", minimum: 1.0, default: Some(1.0) }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Change(History::new(constants[0] as usize))),
};

struct Change(History);

impl Step for Change {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let before = self.0.exchange(inputs[0])?;
        Some(inputs[0]? - before)
    }
}
