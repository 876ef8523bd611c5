//! `log`: the natural logarithm.

use super::arithmetic::Unary;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The natural logarithm.
pub static FUNCTION: Function = Function {
    name: "log",
    family: Family::Arithmetic,
    summary: "natural logarithm of x",
    doc: "\
## What it does
The natural logarithm of `x`; undefined at zero and below. `change(log(close))` is the log return of a bar.

## Parameters
- `x`: a number per bar.

## Reference
TA-Lib `LN`.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |_| 0,
    make: |_| Box::new(Unary(libm::log)),
};
