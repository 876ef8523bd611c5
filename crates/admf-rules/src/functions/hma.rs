//! `hma`: Hull's moving average.

use super::wma::WeightedMean;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Hull's moving average.
pub static FUNCTION: Function = Function {
    name: "hma",
    family: Family::Averages,
    summary: "Hull moving average: quick, and smooth again",
    doc: "\
## What it does
`wma(2 * wma(x, n / 2) - wma(x, n), sqrt(n))`, with the half and the root of `n` rounded down. The difference
in the middle leads the price by about what the two averages lag, so that turns show early and are overshot.
A window function: defined where the last `n + sqrt(n) - 1` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
Hull (2005), How to reduce lag in a moving average. TradingView `ta.hma`, pandas-ta `hma`; TA-Lib has none.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 + root(constants[0]) as u32 - 2,
    make: |constants| Box::new(Hma::new(constants[0])),
};

struct Hma {
    half: WeightedMean,
    whole: WeightedMean,
    last: WeightedMean,
}

impl Hma {
    fn new(n: f64) -> Self {
        Self {
            half: WeightedMean::new(n as usize / 2),
            whole: WeightedMean::new(n as usize),
            last: WeightedMean::new(root(n)),
        }
    }
}

impl Step for Hma {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let (half, whole) = (self.half.push(inputs[0]), self.whole.push(inputs[0]));
        self.last.push(half.zip(whole).map(|(half, whole)| 2.0 * half - whole))
    }
}

/// The whole part of the root, exact because roots are correctly rounded.
fn root(n: f64) -> usize {
    n.sqrt() as usize
}
