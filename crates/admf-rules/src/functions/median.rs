//! `median`: the middle of the last values.

use super::ordered::Ordered;
use super::percentile::Percentile;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// The middle of the last values.
pub static FUNCTION: Function = Function {
    name: "median",
    family: Family::Statistics,
    summary: "median of the last n values",
    doc: "\
## What it does
The middle one of the last `n` values of `x` in order of size, this bar's included; the mean of the middle two for an
even `n`. One wild bar does not move it far. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
`numpy.median`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Percentile { p: 0.5, ordered: Ordered::new(constants[0] as usize) }),
};
