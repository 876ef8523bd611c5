//! `peak`: the highest value so far.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The highest value so far.
pub static FUNCTION: Function = Function {
    name: "peak",
    family: Family::Statistics,
    summary: "highest value so far",
    doc: "\
## What it does
The largest value of `x` from the first bar of the data to this one. `close == peak(close)` is a record,
`since(close == peak(close))` the bars since the last one. How far the data reach back is part of its meaning; for a
fixed time ask `highest`. Undefined at a bar where `x` is, goes on from there at the next one.

## Parameters
- `x`: a number per bar.

## Reference
The running maximum. `numpy.maximum.accumulate`.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |_| 0,
    make: |_| Box::new(Peak(None)),
};

struct Peak(Option<f64>);

impl Step for Peak {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let x = inputs[0]?;
        self.0 = Some(self.0.map_or(x, |highest| highest.max(x)));
        self.0
    }
}
