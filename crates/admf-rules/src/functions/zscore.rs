//! `zscore`: distance from the mean in standard deviations.

use super::window::origin::Origin;
use super::window::{Spread, Window};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Distance from the mean in standard deviations.
pub static FUNCTION: Function = Function {
    name: "zscore",
    family: Family::Statistics,
    summary: "distance from the mean of the last n values in standard deviations",
    doc: "\
## What it does
How many population standard deviations this bar's `x` lies above the mean of its last `n` values, this bar's
included: negative below. Defined where all `n` values are and not all are equal. For a pair of symbols:
`zscore(log(close) - log(close@SP500), 60)`.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
The standard score. `scipy.stats.zscore`, its last value.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| {
        Box::new(Zscore { origin: Origin::default(), window: Window::new(constants[0] as usize) })
    },
};

struct Zscore {
    origin: Origin,
    window: Window<Spread>,
}

impl Step for Zscore {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let x = self.origin.measure(inputs[0]);
        let spread = self.window.push(x)?;
        Some((x? - spread.mean()) / spread.population_variance().sqrt())
    }
}
