//! `trix`: the rate of change of a triple exponential average.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The rate of change of a triple exponential average.
pub static FUNCTION: Function = Function {
    name: "trix",
    family: Family::Momentum,
    summary: "change of a triple exponential average, percent per bar",
    doc: "\
## What it does
The change of `ema(ema(ema(x, n), n), n)` from one bar to the next, in percent of it (unlike `roc`, which is
a fraction: TRIX is always quoted in percent). Each average starts at the mean of its first `n` values.
Undefined at a bar where `x` is; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 15 where left out.

## Reference
Hutson (1983), Good TRIX, Technical Analysis of Stocks & Commodities 1(5). TA-Lib `TRIX`, which has 30 bars
where left out.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(15.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| 3 * (constants[0] as u32 - 1) + 1,
    make: |constants| {
        Box::new(Trix { averages: [constants[0]; 3].map(Smoothing::exponential), before: None })
    },
};

struct Trix {
    averages: [Smoothing; 3],
    before: Option<f64>,
}

impl Step for Trix {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let mut value = inputs[0]?;
        for average in &mut self.averages {
            value = average.next(value)?;
        }
        let before = self.before.replace(value)?;
        Some(100.0 * (value - before) / before)
    }
}
