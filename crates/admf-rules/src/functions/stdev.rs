//! `stdev`: the standard deviation of the last values.

use super::window::{Spread, Window};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The population standard deviation.
pub static FUNCTION: Function = Function {
    name: "stdev",
    family: Family::Volatility,
    summary: "population standard deviation of the last n values",
    doc: "\
## What it does
The square root of the mean squared deviation of the last `n` values of `x` from their mean, this bar's included.
Divides by `n`, not by `n - 1`, as Bollinger bands and TA-Lib do. Defined where all `n` values are. Deviations are
accumulated, not squares, so that a small spread around a large level keeps its digits.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
TA-Lib `STDDEV` with `nbdev` 1. Chan, Golub, LeVeque (1979), Updating formulae and a pairwise algorithm for computing
sample variances.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Stdev(Window::new(constants[0] as usize))),
};

struct Stdev(Window<Spread>);

impl Step for Stdev {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        // A square root is correctly rounded on every processor: no need for libm.
        self.0.push(inputs[0]).map(|spread| spread.population_variance().sqrt())
    }
}
