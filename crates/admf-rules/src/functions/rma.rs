//! `rma`: Wilder's moving average.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Wilder's moving average.
pub static FUNCTION: Function = Function {
    name: "rma",
    family: Family::Averages,
    summary: "Wilder's moving average with weight 1 / n, as in rsi and atr",
    doc: "\
## What it does
Moves a fraction `1 / n` of the way to each new value of `x`: as slow as an `ema` of `2 * n - 1` bars. Starts
at the mean of the first `n` defined values. Undefined at a bar where `x` is; goes on from there at the next
defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
Wilder (1978), New Concepts in Technical Trading Systems. TradingView `ta.rma`, pandas-ta `rma`. TA-Lib has
it inside `RSI` and `ATR` only.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Rma(Smoothing::wilder(constants[0]))),
};

struct Rma(Smoothing);

impl Step for Rma {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.next(inputs[0]?)
    }
}
