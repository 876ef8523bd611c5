//! `dema`: the double exponential moving average.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The double exponential moving average.
pub static FUNCTION: Function = Function {
    name: "dema",
    family: Family::Averages,
    summary: "double exponential moving average: less lag than ema",
    doc: "\
## What it does
`2 * e - ema(e, n)` with `e = ema(x, n)`: what the second average falls behind the first is added back, so
that it lags a trend less than `ema` and overshoots at turns. Each average starts at the mean of its first
`n` values. Undefined at a bar where `x` is; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
Mulloy (1994), Smoothing Data with Faster Moving Averages, Technical Analysis of Stocks & Commodities 12(1).
TA-Lib `DEMA`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| 2 * (constants[0] as u32 - 1),
    make: |constants| {
        let average = || Smoothing::exponential(constants[0]);
        Box::new(Dema { first: average(), second: average() })
    },
};

struct Dema {
    first: Smoothing,
    second: Smoothing,
}

impl Step for Dema {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let first = self.first.next(inputs[0]?)?;
        let second = self.second.next(first)?;
        Some(2.0 * first - second)
    }
}
