//! `vwma`: the moving average weighted by volume.

use super::window::Window;
use super::window::weighted::Weighted;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The moving average weighted by volume.
pub static FUNCTION: Function = Function {
    name: "vwma",
    family: Family::Averages,
    summary: "volume-weighted moving average of the last n values",
    doc: "\
## What it does
The mean of the last `n` values of `x`, each weighted by the volume of its bar. Defined where `x` and the
volume are on all `n` bars and something was traded on one of them. Volume is not adjusted for splits.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
TradingView `ta.vwma`, pandas-ta `vwma`; TA-Lib has none.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[Field::Volume],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Vwma(Window::new(constants[0] as usize))),
};

struct Vwma(Window<Weighted>);

impl Step for Vwma {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let pair = inputs[0].zip(inputs[1]).map(|(value, weight)| [value, weight]);
        self.0.push(pair).and_then(Weighted::mean)
    }
}
