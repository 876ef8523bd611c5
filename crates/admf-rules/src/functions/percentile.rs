//! `percentile`: a value below which a share of the last ones lies.

use super::ordered::Ordered;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// A value below which a share of the last ones lies.
pub static FUNCTION: Function = Function {
    name: "percentile",
    family: Family::Statistics,
    summary: "value below which the fraction p of the last n values lies",
    doc: "\
## What it does
The value below which the fraction `p` of the last `n` values of `x` lies, this bar's included, interpolated linearly
between the two neighbours in order: `percentile(x, n, 0%)` is `lowest(x, n)`, `percentile(x, n, 50%)` is
`median(x, n)`. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.
- `p`: a fraction from 0 to 1, such as `90%`, the same on every bar.

## Reference
Hyndman and Fan (1996), Sample quantiles in statistical packages, definition 7; the default of `numpy.percentile`,
which counts to 100.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: None }, Argument::Number { name: "p", minimum: 0.0, maximum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Percentile { p: constants[1], ordered: Ordered::new(constants[0] as usize) }),
};

/// Also the median.
pub(super) struct Percentile {
    pub(super) p: f64,
    pub(super) ordered: Ordered,
}

impl Step for Percentile {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.ordered.push(inputs[0]).then(|| self.ordered.percentile(self.p))
    }
}
