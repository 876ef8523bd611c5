//! `variance`: the variance of the last values.

use super::window::{Spread, Window};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The variance of the last values.
pub static FUNCTION: Function = Function {
    name: "variance",
    family: Family::Statistics,
    summary: "population variance of the last n values",
    doc: "\
## What it does
The mean squared deviation of the last `n` values of `x` from their mean, this bar's included: the square of `stdev`.
Divides by `n`, not by `n - 1`, as TA-Lib does. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
TA-Lib `VAR`. Chan, Golub, LeVeque (1979), Updating formulae and a pairwise algorithm for computing sample variances.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Variance(Window::new(constants[0] as usize))),
};

struct Variance(Window<Spread>);

impl Step for Variance {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0]).map(Spread::population_variance)
    }
}
