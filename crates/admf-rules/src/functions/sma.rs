//! `sma`: the simple moving average.

use super::window::total::Total;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The simple moving average.
pub static FUNCTION: Function = Function {
    name: "sma",
    family: Family::Averages,
    summary: "simple moving average: the mean of the last n values",
    doc: "\
## What it does
The mean of the last `n` values of `x`, this bar's included. Defined where all `n` of them are. The sum is
compensated and taken anew once in every `n` bars, so that it does not drift.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
TA-Lib `SMA`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Sma::new(constants[0])),
};

/// Shared with `stochastic_k`.
pub(super) struct Sma {
    n: f64,
    total: Total,
}

impl Sma {
    pub(super) fn new(n: f64) -> Self {
        Self { n, total: Total::new(n as usize) }
    }

    pub(super) fn push(&mut self, value: Option<f64>) -> Option<f64> {
        self.total.push(value).map(|sum| sum / self.n)
    }
}

impl Step for Sma {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.push(inputs[0])
    }
}
