//! `atr`: Wilder's average true range.

use super::smoothing::Smoothing;
use super::true_range::TrueRange;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The average true range.
pub static FUNCTION: Function = Function {
    name: "atr",
    family: Family::Volatility,
    summary: "Wilder's average true range, in units of price",
    doc: "\
## What it does
Wilder's average of the true range of the evaluated symbol: the largest of high - low, |high - previous
close| and |low - previous close|. Starts with the mean of the first `n` true ranges; the first bar, which
has no previous close, has none. Undefined at a bar where high, low or close is; goes on from there at the
next bar that has all three.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.

## Reference
Wilder (1978), New Concepts in Technical Trading Systems, section III. TA-Lib `ATR`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) }],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Atr::new(constants[0])),
};

/// Shared with `keltner`.
pub(super) struct Atr {
    range: TrueRange,
    average: Smoothing,
}

impl Atr {
    pub(super) fn new(n: f64) -> Self {
        Self { range: TrueRange::default(), average: Smoothing::wilder(n) }
    }
}

impl Step for Atr {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.average.next(self.range.next(inputs)?)
    }
}
