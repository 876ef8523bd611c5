//! `slope`: the slope of the line through the last values.

use super::window::Window;
use super::window::origin::Origin;
use super::window::trend::Trend;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The slope of the line through the last values.
pub static FUNCTION: Function = Function {
    name: "slope",
    family: Family::Statistics,
    summary: "slope of the least-squares line through the last n values, per bar",
    doc: "\
## What it does
By how much the least-squares line through the last `n` values of `x` rises from one bar to the next, in units of `x`.
Divide by the level for a rate: `slope(close, 90) / close`. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
TA-Lib `LINEARREG_SLOPE`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Slope { origin: Origin::default(), window: Window::new(constants[0] as usize) }),
};

struct Slope {
    origin: Origin,
    window: Window<Trend>,
}

impl Step for Slope {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.window.push(self.origin.measure(inputs[0])).map(Trend::slope)
    }
}
