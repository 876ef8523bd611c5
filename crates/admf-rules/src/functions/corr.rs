//! `corr`: the correlation of two series.

use super::window::pair::{Pair, PairWindow};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The correlation of two series.
pub static FUNCTION: Function = Function {
    name: "corr",
    family: Family::Statistics,
    summary: "Pearson correlation of the last n values of x and y, -1 to 1",
    doc: "\
## What it does
Pearson's correlation of the last `n` values of `x` and `y`, this bar's included: 1 when one is a rising line of the
other, -1 when a falling one. Of prices it mostly says that both have trends; of returns it says whether they move
together: `corr(roc(close, 1), roc(close@SP500, 1), 60)`. Defined where all `2 n` values are and neither side is the
same throughout.

## Parameters
- `x`: a number per bar.
- `y`: another number per bar, often of another symbol: `close@SP500`.
- `n`: whole number of bars, at least 2.

## Reference
TA-Lib `CORREL`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Series { name: "y" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Within(-1.0, 1.0),
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Corr(PairWindow::new(constants[0] as usize))),
};

struct Corr(PairWindow);

impl Step for Corr {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0], inputs[1]).map(Pair::correlation)
    }
}
