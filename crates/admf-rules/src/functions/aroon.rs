//! `aroon_up`, `aroon_down`, `aroon_oscillator`: how long ago the extremes of the last bars were.

use super::window::Window;
use super::window::latest_extreme::LatestHighest;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// How long ago the highest high was.
pub static UP: Function = Function {
    name: "aroon_up",
    family: Family::Momentum,
    summary: "how lately the highest high was: 100 on this bar, 0 n bars ago",
    doc: "\
## What it does
`100 * (n - bars) / n`, where `bars` is how many bars ago the highest high of the last `n + 1` bars was; of
equal ones the latest counts. Defined where all `n + 1` highs are.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.

## Reference
Chande (1995), A Time Price Oscillator, Technical Analysis of Stocks & Commodities 13(9). TA-Lib `AROON`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) }],
    implicit: &[Field::High],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(One { n: constants[0], side: Side::new(constants[0], 1.0) }),
};

/// How long ago the lowest low was.
pub static DOWN: Function = Function {
    name: "aroon_down",
    family: Family::Momentum,
    summary: "how lately the lowest low was: 100 on this bar, 0 n bars ago",
    doc: "\
## What it does
`100 * (n - bars) / n`, where `bars` is how many bars ago the lowest low of the last `n + 1` bars was; of
equal ones the latest counts. Defined where all `n + 1` lows are.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.

## Reference
Chande (1995), A Time Price Oscillator, Technical Analysis of Stocks & Commodities 13(9). TA-Lib `AROON`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) }],
    implicit: &[Field::Low],
    result: Type::Number,
    values: Values::Within(0.0, 100.0),
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(One { n: constants[0], side: Side::new(constants[0], -1.0) }),
};

/// The difference of the two.
pub static OSCILLATOR: Function = Function {
    name: "aroon_oscillator",
    family: Family::Momentum,
    summary: "aroon_up minus aroon_down, -100 to 100",
    doc: "\
## What it does
`aroon_up(n) - aroon_down(n)`: above 0 where the highest high is younger than the lowest low. Defined where
all `n + 1` highs and lows are.

## Parameters
- `n`: whole number of bars, at least 1; 14 where left out.

## Reference
Chande (1995), A Time Price Oscillator, Technical Analysis of Stocks & Commodities 13(9). TA-Lib `AROONOSC`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(14.0) }],
    implicit: &[Field::High, Field::Low],
    result: Type::Number,
    values: Values::Within(-100.0, 100.0),
    warm_up: |constants| constants[0] as u32,
    make: |constants| {
        let n = constants[0];
        Box::new(Both { n, up: Side::new(n, 1.0), down: Side::new(n, -1.0) })
    },
};

/// The age of the highest of the last values times `sign`.
struct Side {
    window: Window<LatestHighest>,
    sign: f64,
}

impl Side {
    fn new(n: f64, sign: f64) -> Self {
        Self { window: Window::new(n as usize + 1), sign }
    }

    fn age(&mut self, value: Option<f64>) -> Option<f64> {
        self.window.push(value.map(|value| value * self.sign)).map(LatestHighest::age)
    }
}

struct One {
    n: f64,
    side: Side,
}

impl Step for One {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.side.age(inputs[0]).map(|age| 100.0 * (self.n - age) / self.n)
    }
}

struct Both {
    n: f64,
    up: Side,
    down: Side,
}

impl Step for Both {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let (up, down) = (self.up.age(inputs[0]), self.down.age(inputs[1]));
        Some(100.0 * (down? - up?) / self.n)
    }
}
