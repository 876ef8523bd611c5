//! `sqrt`: the square root.

use super::arithmetic::Unary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The square root.
pub static FUNCTION: Function = Function {
    name: "sqrt",
    family: Family::Arithmetic,
    summary: "square root of x",
    doc: "\
## What it does
The square root of `x`; undefined below zero.

## Parameters
- `x`: a number per bar.

## Reference
TA-Lib `SQRT`.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 0,
    make: |_| Box::new(Unary(f64::sqrt)),
};
