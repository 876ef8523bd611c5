//! `round`: the nearest whole number.

use super::arithmetic::Unary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The nearest whole number.
pub static FUNCTION: Function = Function {
    name: "round",
    family: Family::Arithmetic,
    summary: "nearest whole number, halves away from zero",
    doc: "\
## What it does
The whole number nearest to `x`; one half rounds away from zero: `round(2.5)` is 3, `round(-2.5)` is -3.

## Parameters
- `x`: a number per bar.

## Reference
`round` of the C library.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |_| 0,
    make: |_| Box::new(Unary(f64::round)),
};
