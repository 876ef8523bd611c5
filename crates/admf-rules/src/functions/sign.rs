//! `sign`: the direction of a number.

use super::arithmetic::Unary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The direction of a number.
pub static FUNCTION: Function = Function {
    name: "sign",
    family: Family::Arithmetic,
    summary: "1 above zero, -1 below, 0 on it",
    doc: "\
## What it does
1 where `x` is positive, -1 where it is negative, 0 where it is 0.

## Parameters
- `x`: a number per bar.

## Reference
`numpy.sign`.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::Within(-1.0, 1.0),
    warm_up: |_| 0,
    make: |_| Box::new(Unary(|x| if x == 0.0 { 0.0 } else { x.signum() })),
};
