//! `drawdown`: the fall from the highest value so far.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The fall from the highest value so far.
pub static FUNCTION: Function = Function {
    name: "drawdown",
    family: Family::Statistics,
    summary: "fall from the highest value so far, a fraction: 0.2 is 20% below it",
    doc: "\
## What it does
By which fraction `x` lies below its highest value so far: 0 on a record, `0.2` where a fifth is lost, never negative.
Over a fixed time: `1 - close / highest(close, 252)`. Undefined at a bar where `x` is, goes on from there at the next
one; undefined too while no value was above zero.

## Parameters
- `x`: a number per bar.

## Reference
Magdon-Ismail and Atiya (2004), Maximum drawdown.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 0,
    make: |_| Box::new(Drawdown(0.0)),
};

struct Drawdown(f64);

impl Step for Drawdown {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let x = inputs[0]?;
        self.0 = self.0.max(x);
        // Without a value above zero the peak stays zero, and a fraction of it is not finite.
        Some((self.0 - x) / self.0)
    }
}
