//! `sum`: the sum of the last values.

use super::window::total::Total;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The sum of the last values.
pub static FUNCTION: Function = Function {
    name: "sum",
    family: Family::Statistics,
    summary: "sum of the last n values",
    doc: "\
## What it does
The sum of the last `n` values of `x`, this bar's included. Defined where all `n` values are. Nothing drifts: an old
value leaves no rounding error behind.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
TA-Lib `SUM`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Sum(Total::new(constants[0] as usize))),
};

struct Sum(Total);

impl Step for Sum {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0])
    }
}
