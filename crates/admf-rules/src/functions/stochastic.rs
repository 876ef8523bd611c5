//! `stochastic_k`, `stochastic_d`: where the close stands in the range of the last bars.

use super::donchian::Channel;
use super::sma::Sma;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// Where the close stands in the range of the last bars.
pub static FUNCTION: Function = Function {
    name: "stochastic_k",
    family: Family::Momentum,
    summary: "where the close stands in the range of n bars, 0 to 100, smoothed",
    doc: "\
## What it does
`100 * (close - lowest) / (highest - lowest)` over the last `n` bars, from the lowest low to the highest
high, and the moving average of that over `smooth` bars. Undefined where highest and lowest are equal (TA-Lib
gives 0), and then until `smooth` values came in a row. A window function of `n + smooth - 1` bars.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.
- `smooth`: whole number of bars of the moving average over it, at least 1; 3 where left out, 1 for the fast
  stochastic.

## Reference
Lane (1984), Lane's Stochastics, Technical Analysis of Stocks & Commodities 2(3). TA-Lib `STOCH` with moving
averages (`slowk`), which has 5, 3 and 3 bars where left out; `STOCHF` for `smooth` 1.
",
    arguments: &[
        Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) },
        Argument::Bars { name: "smooth", minimum: 1.0, default: Some(3.0) },
    ],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: k_warm_up,
    make: |constants| Box::new(K::new(constants)),
};

/// Its moving average.
pub static SIGNAL: Function = Function {
    name: "stochastic_d",
    family: Family::Momentum,
    summary: "moving average of stochastic_k: the signal line",
    doc: "\
## What it does
The moving average of `stochastic_k(n, smooth)` over `signal` bars. Undefined where one of these values is.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.
- `smooth`: whole number of bars of the moving average over it, at least 1; 3 where left out, 1 for the fast
  stochastic.
- `signal`: whole number of bars of the signal line, at least 1; 3 where left out.

## Reference
As `stochastic_k`; TA-Lib `STOCH` (`slowd`).
",
    arguments: &[
        Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) },
        Argument::Bars { name: "smooth", minimum: 1.0, default: Some(3.0) },
        Argument::Bars { name: "signal", minimum: 1.0, default: Some(3.0) },
    ],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| k_warm_up(constants) + constants[2] as u32 - 1,
    make: |constants| Box::new(D { k: K::new(constants), signal: Sma::new(constants[2]) }),
};

fn k_warm_up(constants: &[f64]) -> u32 {
    constants[0] as u32 + constants[1] as u32 - 2
}

struct K {
    channel: Channel,
    smooth: Sma,
}

impl K {
    fn new(constants: &[f64]) -> Self {
        Self { channel: Channel::new(constants[0]), smooth: Sma::new(constants[1]) }
    }
}

impl Step for K {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let range = self.channel.push(inputs[0], inputs[1]);
        let place = range.zip(inputs[2]).and_then(|(range, close)| range.place_of(close));
        self.smooth.push(place.map(|place| 100.0 * place))
    }
}

struct D {
    k: K,
    signal: Sma,
}

impl Step for D {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let k = self.k.next(inputs);
        self.signal.push(k)
    }
}
