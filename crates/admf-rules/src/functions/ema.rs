//! `ema`: the exponential moving average.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The exponential moving average.
pub static FUNCTION: Function = Function {
    name: "ema",
    family: Family::Averages,
    summary: "exponential moving average with weight 2 / (n + 1)",
    doc: "\
## What it does
Moves a fraction `2 / (n + 1)` of the way to each new value of `x`. Starts at the mean of the first `n`
defined values. Undefined at a bar where `x` is; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
TA-Lib `EMA` with its default compatibility.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Ema(Smoothing::exponential(constants[0]))),
};

struct Ema(Smoothing);

impl Step for Ema {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.next(inputs[0]?)
    }
}
