//! `exp`: the exponential.

use super::arithmetic::Unary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The exponential.
pub static FUNCTION: Function = Function {
    name: "exp",
    family: Family::Arithmetic,
    summary: "e to the power x",
    doc: "\
## What it does
e to the power `x`; undefined where that is too large for a number.

## Parameters
- `x`: a number per bar.

## Reference
TA-Lib `EXP`.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 0,
    make: |_| Box::new(Unary(libm::exp)),
};
