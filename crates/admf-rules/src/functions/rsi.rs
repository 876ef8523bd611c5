//! `rsi`: Wilder's relative strength index.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The relative strength index.
pub static FUNCTION: Function = Function {
    name: "rsi",
    family: Family::Momentum,
    summary: "Wilder's relative strength index, 0 to 100",
    doc: "\
## What it does
`100 * gain / (gain + loss)`, where gain and loss are Wilder's averages of the rises and falls of `x` from
one defined value to the next, each started with the mean of the first `n`. Undefined while nothing ever
moved (TA-Lib gives 0) and at a bar where `x` is undefined; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of changes, at least 2; 14 where left out.

## Reference
Wilder (1978), New Concepts in Technical Trading Systems, section VI. TA-Lib `RSI`.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 2.0, default: Some(14.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| constants[0] as u32,
    make: |constants| {
        let average = || Smoothing::wilder(constants[0]);
        Box::new(Rsi { before: None, gain: average(), loss: average() })
    },
};

struct Rsi {
    before: Option<f64>,
    gain: Smoothing,
    loss: Smoothing,
}

impl Step for Rsi {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let value = inputs[0]?;
        let change = value - self.before.replace(value)?;
        let gain = self.gain.next(change.max(0.0));
        let loss = self.loss.next((-change).max(0.0));
        let (gain, loss) = (gain?, loss?);
        // 0 / 0 is not a number, which callers take as undefined.
        Some(100.0 * (gain / (gain + loss)))
    }
}
