//! `adx`: Wilder's average directional index.

use super::directional::Directional;
use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The average directional index.
pub static FUNCTION: Function = Function {
    name: "adx",
    family: Family::Momentum,
    summary: "Wilder's average directional index: strength of a trend up or down, 0 to 100",
    doc: "\
## What it does
Wilder's average over `n` bars of `100 * |up - down| / (up + down)`, with `up = plus_di(n)` and
`down = minus_di(n)`, started with the mean of the first `n`. It forgets slowly: a start on another bar still
shows after `5 * n` bars, so that TA-Lib lets users declare an unstable period; here indicators always start
at the first bar of the data, whatever part of it is evaluated. Undefined at a bar where high, low or close
is, and where nothing moved in either direction yet (TA-Lib counts that as 0); goes on from there at the next
defined one.

## Parameters
- `n`: whole number of bars, at least 2; 14 where left out.

## Reference
Wilder (1978), New Concepts in Technical Trading Systems, section IV. TA-Lib `ADX` with an unstable period of
0.
",
    arguments: &[Argument::Bars { name: "n", minimum: 2.0, default: Some(14.0) }],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| 2 * constants[0] as u32 - 1,
    make: |constants| {
        let n = constants[0];
        Box::new(Adx { directional: Directional::new(n), average: Smoothing::wilder(n) })
    },
};

struct Adx {
    directional: Directional,
    average: Smoothing,
}

impl Step for Adx {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let directions = self.directional.next([inputs[0]?, inputs[1]?, inputs[2]?])?;
        let index = 100.0 * (directions.up - directions.down).abs() / (directions.up + directions.down);
        if index.is_finite() { self.average.next(index) } else { None }
    }
}
