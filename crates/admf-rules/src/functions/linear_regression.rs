//! `linear_regression`: the end of the line through the last values.

use super::window::Window;
use super::window::origin::Origin;
use super::window::trend::Trend;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The end of the line through the last values.
pub static FUNCTION: Function = Function {
    name: "linear_regression",
    family: Family::Statistics,
    summary: "value at this bar of the least-squares line through the last n values",
    doc: "\
## What it does
Where the least-squares line through the last `n` values of `x` stands at this bar: a moving average that does not lag
behind a steady trend. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
TA-Lib `LINEARREG`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(LineEnd { origin: Origin::default(), window: Window::new(constants[0] as usize) }),
};

struct LineEnd {
    origin: Origin,
    window: Window<Trend>,
}

impl Step for LineEnd {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let line = self.window.push(self.origin.measure(inputs[0]))?;
        Some(self.origin.level() + line.end())
    }
}
