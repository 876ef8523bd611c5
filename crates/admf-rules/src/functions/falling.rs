//! `falling`: whether a value fell bar by bar.

use super::rising::Run;
use super::{Argument, Family, Function, Values};
use crate::Type;

/// Whether a value fell bar by bar.
pub static FUNCTION: Function = Function {
    name: "falling",
    family: Family::Logic,
    summary: "true where x fell on each of the last n bars",
    doc: "\
## What it does
True where `x` fell from bar to bar on each of the last `n` bars, this one included; a value that stays ends it. With
1, which is taken where `n` is left out, `x < lag(x)`. Defined where the last `n + 1` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 1 where left out.

## Reference
`x.diff() < 0` on all of the last `n` bars in pandas.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: Some(1.0) }],
    implicit: &[],
    result: Type::Truth,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Run::new(constants[0], |now, before| now < before)),
};
