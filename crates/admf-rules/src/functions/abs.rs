//! `abs`: the size of a number without its sign.

use super::arithmetic::Unary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The size of a number without its sign.
pub static FUNCTION: Function = Function {
    name: "abs",
    family: Family::Arithmetic,
    summary: "size of x without its sign",
    doc: "\
## What it does
`x` where it is positive, `-x` where it is negative.

## Parameters
- `x`: a number per bar.

## Reference
`numpy.abs`.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 0,
    make: |_| Box::new(Unary(f64::abs)),
};
