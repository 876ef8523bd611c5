//! `williams_r`: how far the close is below the highest high, in the range of the last bars.

use super::donchian::Channel;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// How far the close is below the highest high, in the range of the last bars.
pub static FUNCTION: Function = Function {
    name: "williams_r",
    family: Family::Momentum,
    summary: "Williams' %R: where the close stands in the range of n bars, -100 to 0",
    doc: "\
## What it does
`-100 * (highest - close) / (highest - lowest)` over the last `n` bars: 0 at the highest high, -100 at the
lowest low. Undefined where both are equal (TA-Lib gives 0). A window function of `n` bars.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.

## Reference
Williams (1973), How I Made One Million Dollars Last Year Trading Commodities. TA-Lib `WILLR`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) }],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Within(-100.0, 0.0),
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(WilliamsR(Channel::new(constants[0]))),
};

struct WilliamsR(Channel);

impl Step for WilliamsR {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let range = self.0.push(inputs[0], inputs[1]);
        Some(100.0 * (range?.place_of(inputs[2]?)? - 1.0))
    }
}
