//! `defined`: whether there is a value.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Whether there is a value.
pub static FUNCTION: Function = Function {
    name: "defined",
    family: Family::Logic,
    summary: "true where x has a value, false where it is undefined",
    doc: "\
## What it does
True where `x` has a value and false where it is undefined; never undefined itself. With `if` it gives a value to fall
back on: `if(defined(close@VIX), close@VIX, 20)`.

## Parameters
- `x`: a number per bar.

## Reference
`notna` of pandas.
",
    arguments: &[Argument::Series { name: "x" }],
    implicit: &[],
    result: Type::Truth,
    values: Values::Any,
    warm_up: |_| 0,
    make: |_| Box::new(Defined),
};

struct Defined;

impl Step for Defined {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        Some(f64::from(inputs[0].is_some()))
    }
}
