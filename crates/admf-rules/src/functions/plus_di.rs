//! `plus_di`: the directional indicator up.

use super::directional::Directional;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The directional indicator up.
pub static FUNCTION: Function = Function {
    name: "plus_di",
    family: Family::Momentum,
    summary: "Wilder's directional indicator up, 0 to 100",
    doc: "\
## What it does
How much of the true range of about the last `n` bars was movement up: `100 *` the smoothed rise of the high,
where it exceeds the fall of the low, divided by the smoothed true range. Smoothing is Wilder's, started as
TA-Lib does: with the sum of the first `n - 1` bars that have a previous one. Undefined at a bar where high,
low or close is and while there was no range (TA-Lib gives 0); goes on from there at the next bar that has
all three.

## Parameters
- `n`: whole number of bars, at least 2; 14 where left out.

## Reference
Wilder (1978), New Concepts in Technical Trading Systems, section IV. TA-Lib `PLUS_DI`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 2.0, default: Some(14.0) }],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(PlusDi(Directional::new(constants[0]))),
};

struct PlusDi(Directional);

impl Step for PlusDi {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let bar = [inputs[0]?, inputs[1]?, inputs[2]?];
        self.0.next(bar).map(|directions| 100.0 * directions.up)
    }
}
