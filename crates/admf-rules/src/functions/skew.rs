//! `skew`: the asymmetry of the last values.

use super::window::Window;
use super::window::moments::Moments;
use super::window::origin::Origin;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The asymmetry of the last values.
pub static FUNCTION: Function = Function {
    name: "skew",
    family: Family::Statistics,
    summary: "population skewness of the last n values",
    doc: "\
## What it does
The third central moment of the last `n` values of `x` over the second to the power 1.5: 0 when they are symmetric,
positive with a long tail upwards. Population moments, as in the metrics of a strategy (rule 20 of the semantics):
pandas' `skew` is larger by a factor that depends on `n` alone. Defined where all `n` values are and not all are
equal. Returns are what it is usually asked of: `skew(roc(close, 1), 60)`.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 3.

## Reference
Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis, g1. `scipy.stats.skew`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 3.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Skew { origin: Origin::default(), window: Window::new(constants[0] as usize) }),
};

struct Skew {
    origin: Origin,
    window: Window<Moments>,
}

impl Step for Skew {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.window.push(self.origin.measure(inputs[0])).map(Moments::skew)
    }
}
