//! `since_lowest`: how long ago the smallest of the last values was.

use super::window::Window;
use super::window::latest_extreme::LatestHighest;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// How long ago the smallest of the last values was.
pub static FUNCTION: Function = Function {
    name: "since_lowest",
    family: Family::Statistics,
    summary: "bars since the lowest of the last n values, 0 on it",
    doc: "\
## What it does
How many bars ago the smallest of the last `n` values of `x` was: 0 when it is this bar's, `n - 1` at most. Of equal
values the latest counts. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
As `since_highest`, of the values with their signs turned.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::UpToLast,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(SinceLowest(Window::new(constants[0] as usize))),
};

struct SinceLowest(Window<LatestHighest>);

impl Step for SinceLowest {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0].map(|x| -x)).map(LatestHighest::age)
    }
}
