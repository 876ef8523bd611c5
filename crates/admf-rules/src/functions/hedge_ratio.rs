//! `hedge_ratio`: units of one series that offset another.

use super::window::pair::{Pair, PairWindow};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Units of one series that offset another.
pub static FUNCTION: Function = Function {
    name: "hedge_ratio",
    family: Family::Statistics,
    summary: "slope of the least-squares line of x on y over the last n bars",
    doc: "\
## What it does
By how much `x` moved per unit of `y` over the last `n` bars: the slope of the least-squares line of the values of `x`
on those of `y`. A position in `x` is hedged by that many units of `y` sold. For the response of returns to a market's
ask `beta`. Defined where all `2 n` values are and `y` is not the same throughout.

## Parameters
- `x`: a number per bar.
- `y`: another number per bar, often of another symbol: `close@SP500`.
- `n`: whole number of bars, at least 2.

## Reference
Chan (2013), Algorithmic Trading, chapter 2. `scipy.stats.linregress(y, x)`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Series { name: "y" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(HedgeRatio(PairWindow::new(constants[0] as usize))),
};

struct HedgeRatio(PairWindow);

impl Step for HedgeRatio {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0], inputs[1]).map(Pair::slope_on_second)
    }
}
