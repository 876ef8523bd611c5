//! `max`: the larger of two numbers.

use super::arithmetic::Binary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The larger of two numbers.
pub static FUNCTION: Function = Function {
    name: "max",
    family: Family::Arithmetic,
    summary: "larger of x and y",
    doc: "\
## What it does
The larger of `x` and `y` at this bar; undefined where one of them is. Over several bars ask `highest`.

## Parameters
- `x`: a number per bar.
- `y`: another number per bar, or a constant.

## Reference
`numpy.maximum`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Series { name: "y" }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |_| 0,
    make: |_| Box::new(Binary(f64::max)),
};
