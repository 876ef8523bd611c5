//! `wma`: the linearly weighted moving average.

use super::window::Window;
use super::window::trend::Trend;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The linearly weighted moving average.
pub static FUNCTION: Function = Function {
    name: "wma",
    family: Family::Averages,
    summary: "weighted moving average: weights 1 to n, most on the newest",
    doc: "\
## What it does
The mean of the last `n` values of `x` with weights 1, 2, .., `n`, the newest weighing most. Defined where
all `n` values are. Computed as the plain mean plus what the values have in common with time, so that it does
not drift and the average of equal values is that value.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
TA-Lib `WMA`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(WeightedMean::new(constants[0] as usize)),
};

/// Shared with `hma`.
pub(super) struct WeightedMean(Window<Trend>);

impl WeightedMean {
    pub(super) fn new(n: usize) -> Self {
        Self(Window::new(n))
    }

    pub(super) fn push(&mut self, value: Option<f64>) -> Option<f64> {
        self.0.push(value).map(Trend::weighted_mean)
    }
}

impl Step for WeightedMean {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.push(inputs[0])
    }
}
