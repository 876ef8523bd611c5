//! `cci`: the commodity channel index.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The commodity channel index.
pub static FUNCTION: Function = Function {
    name: "cci",
    family: Family::Momentum,
    summary: "commodity channel index: distance of the price from its mean, mostly -100 to 100",
    doc: "\
## What it does
`(price - mean) / (0.015 * deviation)` of the typical price `(high + low + close) / 3` over the last `n`
bars, where the deviation is the mean absolute one. Undefined where the price did not move (TA-Lib gives 0).
A window function of `n` bars, which looks at all of them on every bar.

## Parameters
- `n`: whole number of bars, at least 2; 20 where left out.

## Reference
Lambert (1980), Commodity Channel Index: Tool for Trading Cyclic Trends, Commodities, October. TA-Lib `CCI`,
which has 14 bars where left out.
",
    arguments: &[Argument::Bars { name: "n", minimum: 2.0, default: Some(20.0) }],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Cci::new(constants[0] as usize)),
};

struct Cci {
    n: usize,
    /// The last typical prices, fewer than `n` after a gap.
    prices: Vec<f64>,
    oldest: usize,
}

impl Cci {
    fn new(n: usize) -> Self {
        Self { n, prices: Vec::with_capacity(n), oldest: 0 }
    }
}

impl Step for Cci {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let Some(price) = typical_price(inputs) else {
            self.prices.clear();
            return None;
        };
        if self.prices.len() < self.n {
            self.oldest = 0;
            self.prices.push(price);
        } else {
            self.prices[self.oldest] = price;
            self.oldest = if self.oldest + 1 == self.n { 0 } else { self.oldest + 1 };
        }
        (self.prices.len() == self.n).then(|| index(&self.prices, price))
    }
}

/// Distances from the last price are added up, so that equal prices have no deviation to the last bit.
fn index(prices: &[f64], last: f64) -> f64 {
    let n = prices.len() as f64;
    let mean = prices.iter().map(|price| price - last).sum::<f64>() / n;
    let deviation = prices.iter().map(|price| (price - last - mean).abs()).sum::<f64>() / n;
    -mean / (0.015 * deviation)
}

/// The mean of high, low and close; shared with `mfi`.
pub(super) fn typical_price(inputs: &[Option<f64>]) -> Option<f64> {
    Some((inputs[0]? + inputs[1]? + inputs[2]?) / 3.0)
}
