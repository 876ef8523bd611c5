//! `lowest`: the smallest of the last values.

use super::window::{Lowest, Window};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The smallest of the last values.
pub static FUNCTION: Function = Function {
    name: "lowest",
    family: Family::Statistics,
    summary: "smallest of the last n values",
    doc: "\
## What it does
The smallest of the last `n` values of `x`, this bar's included: a channel that a price is to break is
`lag(lowest(x, n), 1)`. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
TA-Lib `MIN`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Extreme(Window::new(constants[0] as usize))),
};

struct Extreme(Window<Lowest>);

impl Step for Extreme {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0]).map(|extreme| extreme.0)
    }
}
