//! `beta`: response to the returns of a market.

use super::window::pair::{Pair, PairWindow};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Response to the returns of a market.
pub static FUNCTION: Function = Function {
    name: "beta",
    family: Family::Statistics,
    summary: "slope of the returns of x on those of a market over the last n bars",
    doc: "\
## What it does
By how much `x` moved, in percent, per percent of `market`: the slope of the least-squares line of the last `n`
one-bar returns of `x` on those of `market`, `beta(close, close@SP500, 60)`. Returns are `x / lag(x) - 1`, so it takes
`n + 1` levels, not returns. Defined where all of them are, none but the last is zero and the market moved.

## Parameters
- `x`: a number per bar.
- `market`: another number per bar, the one to respond to.
- `n`: whole number of bars, at least 2.

## Reference
TA-Lib `BETA(market, x)`: TA-Lib divides by the variance of its first series.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Series { name: "market" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Beta { before: None, returns: PairWindow::new(constants[0] as usize) }),
};

struct Beta {
    /// Both levels of the bar before.
    before: Option<[f64; 2]>,
    returns: PairWindow,
}

impl Step for Beta {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let now = inputs[0].zip(inputs[1]).map(|(x, market)| [x, market]);
        let moved = std::mem::replace(&mut self.before, now).zip(now).map(|(before, now)| {
            let change = |i: usize| now[i] / before[i] - 1.0;
            [change(0), change(1)]
        });
        let [x, market] =
            moved.filter(|r| r[0].is_finite() && r[1].is_finite()).map_or([None; 2], |r| r.map(Some));
        self.returns.push(x, market).map(Pair::slope_on_second)
    }
}
