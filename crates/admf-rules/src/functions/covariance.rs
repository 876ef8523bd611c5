//! `covariance`: the covariance of two series.

use super::window::pair::{Pair, PairWindow};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The covariance of two series.
pub static FUNCTION: Function = Function {
    name: "covariance",
    family: Family::Statistics,
    summary: "population covariance of the last n values of x and y",
    doc: "\
## What it does
The mean product of the deviations of the last `n` values of `x` and `y` from their means, this bar's included.
Divides by `n`, as `variance` does. Defined where all `2 n` values are.

## Parameters
- `x`: a number per bar.
- `y`: another number per bar, often of another symbol: `close@SP500`.
- `n`: whole number of bars, at least 2.

## Reference
`numpy.cov` with `ddof=0`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Series { name: "y" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Covariance(PairWindow::new(constants[0] as usize))),
};

struct Covariance(PairWindow);

impl Step for Covariance {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0], inputs[1]).map(Pair::covariance)
    }
}
