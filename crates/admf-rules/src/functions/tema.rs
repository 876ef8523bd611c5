//! `tema`: the triple exponential moving average.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The triple exponential moving average.
pub static FUNCTION: Function = Function {
    name: "tema",
    family: Family::Averages,
    summary: "triple exponential moving average: less lag than ema",
    doc: "\
## What it does
`3 * e - 3 * ema(e, n) + ema(ema(e, n), n)` with `e = ema(x, n)`: takes away more of the lag than `dema` and
overshoots more. Each average starts at the mean of its first `n` values. Undefined at a bar where `x` is;
goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
Mulloy (1994), Smoothing Data with Less Lag, Technical Analysis of Stocks & Commodities 12(2). TA-Lib `TEMA`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| 3 * (constants[0] as u32 - 1),
    make: |constants| {
        let average = || Smoothing::exponential(constants[0]);
        Box::new(Tema { first: average(), second: average(), third: average() })
    },
};

struct Tema {
    first: Smoothing,
    second: Smoothing,
    third: Smoothing,
}

impl Step for Tema {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let first = self.first.next(inputs[0]?)?;
        let second = self.second.next(first)?;
        let third = self.third.next(second)?;
        Some(3.0 * first - 3.0 * second + third)
    }
}
