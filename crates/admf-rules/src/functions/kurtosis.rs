//! `kurtosis`: the weight of the tails of the last values.

use super::window::Window;
use super::window::moments::Moments;
use super::window::origin::Origin;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The weight of the tails of the last values.
pub static FUNCTION: Function = Function {
    name: "kurtosis",
    family: Family::Statistics,
    summary: "population kurtosis of the last n values, 3 for a normal distribution",
    doc: "\
## What it does
The fourth central moment of the last `n` values of `x` over the square of the second: 3 for a normal distribution,
more with heavy tails. Population moments and not the excess over 3, as in the metrics of a strategy (rule 20 of the
semantics). Defined where all `n` values are and not all are equal.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 4.

## Reference
Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis, g2 + 3. `scipy.stats.kurtosis` with
`fisher=False`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 4.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Kurtosis { origin: Origin::default(), window: Window::new(constants[0] as usize) }),
};

struct Kurtosis {
    origin: Origin,
    window: Window<Moments>,
}

impl Step for Kurtosis {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.window.push(self.origin.measure(inputs[0])).map(Moments::kurtosis)
    }
}
