//! `mfi`: the money flow index.

use super::cci::typical_price;
use super::window::total::Total;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The money flow index.
pub static FUNCTION: Function = Function {
    name: "mfi",
    family: Family::Volume,
    summary: "money flow index: an rsi weighted by volume, 0 to 100",
    doc: "\
## What it does
`100 * up / (up + down)` over the last `n` bars, where up and down add typical price
`(high + low + close) / 3` times volume of the bars whose typical price rose and fell, by more than rounding.
Undefined where nothing was traded at a rise or a fall (TA-Lib gives 0, also where less than 1 was), and
where one of the last `n + 1` bars lacks a price or its volume. Volume is not adjusted for splits.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.

## Reference
Quong and Soudack (1989), Volume-Weighted RSI: Money Flow, Technical Analysis of Stocks & Commodities 7(3).
TA-Lib `MFI`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) }],
    implicit: &[Field::High, Field::Low, Field::Close, Field::Volume],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Mfi { before: None, flows: Flows::new(constants[0] as usize) }),
};

struct Mfi {
    before: Option<f64>,
    flows: Flows,
}

/// What flowed up and down in the last bars.
struct Flows([Total; 2]);

impl Flows {
    fn new(n: usize) -> Self {
        Self([Total::new(n), Total::new(n)])
    }

    fn push(&mut self, flow: Option<[f64; 2]>) -> Option<[f64; 2]> {
        let [up, down] = &mut self.0;
        let (up, down) = (up.push(flow.map(|[up, _]| up)), down.push(flow.map(|[_, down]| down)));
        Some([up?, down?])
    }
}

impl Step for Mfi {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let now = typical_price(inputs).zip(inputs[3]);
        let before = std::mem::replace(&mut self.before, now.map(|(price, _)| price));
        let flow = now.zip(before).map(|((price, volume), before)| {
            let change = price - before;
            // 108.21 + 104.98 + 105.16 and 107.19 + 104.64 + 106.52 differ by rounding: no rise and no fall.
            let moved = change.abs() > 4.0 * f64::EPSILON * price.abs();
            let flow = if moved { price * volume } else { 0.0 };
            let up = if change > 0.0 { flow } else { 0.0 };
            [up, flow - up]
        });
        self.flows.push(flow).map(|[up, down]| 100.0 * (up / (up + down)))
    }
}
