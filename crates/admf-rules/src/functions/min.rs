//! `min`: the smaller of two numbers.

use super::arithmetic::Binary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The smaller of two numbers.
pub static FUNCTION: Function = Function {
    name: "min",
    family: Family::Arithmetic,
    summary: "smaller of x and y",
    doc: "\
## What it does
The smaller of `x` and `y` at this bar; undefined where one of them is. Over several bars ask `lowest`.

## Parameters
- `x`: a number per bar.
- `y`: another number per bar, or a constant.

## Reference
`numpy.minimum`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Series { name: "y" }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |_| 0,
    make: |_| Box::new(Binary(f64::min)),
};
