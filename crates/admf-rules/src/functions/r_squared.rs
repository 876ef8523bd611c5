//! `r_squared`: how straight the last values are.

use super::window::Window;
use super::window::origin::Origin;
use super::window::trend::Trend;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// How straight the last values are.
pub static FUNCTION: Function = Function {
    name: "r_squared",
    family: Family::Statistics,
    summary: "share of the variance of the last n values that a straight line explains, 0 to 1",
    doc: "\
## What it does
The coefficient of determination of the least-squares line through the last `n` values of `x`: 1 when they lie on a
straight line, near 0 without a trend. It does not tell up from down; `slope` does. Defined where all `n` values are
and not all are equal.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 3.

## Reference
Clenow (2015), Stocks on the Move, chapter 7, which ranks by slope times this. `scipy.stats.linregress`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 3.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Within(0.0, 1.0),
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Fit { origin: Origin::default(), window: Window::new(constants[0] as usize) }),
};

struct Fit {
    origin: Origin,
    window: Window<Trend>,
}

impl Step for Fit {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.window.push(self.origin.measure(inputs[0])).map(Trend::fit)
    }
}
