//! `rank`: the standing of a value among the last ones.

use super::ordered::Ordered;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The standing of a value among the last ones.
pub static FUNCTION: Function = Function {
    name: "rank",
    family: Family::Statistics,
    summary: "rank of this bar's value among the last n, a fraction: 1 is the highest",
    doc: "\
## What it does
Where this bar's `x` stands among its last `n` values, itself included, as a fraction of `n`: 1 is the highest,
`1 / n` the lowest, and equal values share the mean of their ranks. `rank(close@VIX, 252) > 90%` is a day whose VIX is
among the highest tenth of a year. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 2.

## Reference
pandas `rolling(n).rank(pct=True)`.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 2.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::Within(0.0, 1.0),
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Rank { n: constants[0], ordered: Ordered::new(constants[0] as usize) }),
};

struct Rank {
    n: f64,
    ordered: Ordered,
}

impl Step for Rank {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let full = self.ordered.push(inputs[0]);
        let x = inputs[0].filter(|_| full)?;
        // The mean of the ranks below + 1 to up_to.
        let twice = self.ordered.below(x) + self.ordered.up_to(x) + 1;
        Some(twice as f64 / (2.0 * self.n))
    }
}
