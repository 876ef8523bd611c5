//! `donchian_…`: the channel of the highest high and the lowest low.

use super::window::{Highest, Lowest, Window};
use super::{Argument, Family, Function, Step, Values, highest, lowest};
use crate::Type;
use crate::graph::Field;

/// The top of the channel.
pub static UPPER: Function = Function {
    name: "donchian_upper",
    family: Family::Volatility,
    summary: "highest high of the last n bars: the top of the channel",
    doc: "\
## What it does
`highest(high, n)` of the evaluated symbol. This bar is part of it: the channel that a price is to break is
`lag(donchian_upper(n), 1)`. Defined where all `n` highs are.

## Parameters
- `n`: whole number of bars, at least 1; 20 where left out.

## Reference
Donchian (1960), High Finance in Copper, Financial Analysts Journal 16(6). TA-Lib `MAX`; TradingView and
pandas-ta `donchian`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) }],
    implicit: &[Field::High],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: highest::FUNCTION.warm_up,
    make: highest::FUNCTION.make,
};

/// The middle of the channel.
pub static MIDDLE: Function = Function {
    name: "donchian_middle",
    family: Family::Volatility,
    summary: "middle between donchian_upper and donchian_lower",
    doc: "\
## What it does
Half of `donchian_upper(n) + donchian_lower(n)`. Defined where all `n` highs and lows are.

## Parameters
- `n`: whole number of bars, at least 1; 20 where left out.

## Reference
Donchian (1960), High Finance in Copper, Financial Analysts Journal 16(6). TA-Lib `MIDPRICE`; TradingView and
pandas-ta `donchian`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) }],
    implicit: &[Field::High, Field::Low],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Middle(Channel::new(constants[0]))),
};

/// The bottom of the channel.
pub static LOWER: Function = Function {
    name: "donchian_lower",
    family: Family::Volatility,
    summary: "lowest low of the last n bars: the bottom of the channel",
    doc: "\
## What it does
`lowest(low, n)` of the evaluated symbol. This bar is part of it: the channel that a price is to break is
`lag(donchian_lower(n), 1)`. Defined where all `n` lows are.

## Parameters
- `n`: whole number of bars, at least 1; 20 where left out.

## Reference
Donchian (1960), High Finance in Copper, Financial Analysts Journal 16(6). TA-Lib `MIN`; TradingView and
pandas-ta `donchian`.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) }],
    implicit: &[Field::Low],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: lowest::FUNCTION.warm_up,
    make: lowest::FUNCTION.make,
};

struct Middle(Channel);

impl Step for Middle {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.push(inputs[0], inputs[1]).map(|range| range.lowest + (range.highest - range.lowest) / 2.0)
    }
}

/// The highest high and the lowest low of the last bars; shared with `stochastic_k` and `williams_r`.
pub(super) struct Channel {
    highs: Window<Highest>,
    lows: Window<Lowest>,
}

/// A channel at a bar.
#[derive(Clone, Copy)]
pub(super) struct Range {
    highest: f64,
    lowest: f64,
}

impl Channel {
    pub(super) fn new(n: f64) -> Self {
        Self { highs: Window::new(n as usize), lows: Window::new(n as usize) }
    }

    /// With this bar's high and low; `None` until there are enough in a row.
    pub(super) fn push(&mut self, high: Option<f64>, low: Option<f64>) -> Option<Range> {
        let (highest, lowest) = (self.highs.push(high), self.lows.push(low));
        Some(Range { highest: highest?.0, lowest: lowest?.0 })
    }
}

impl Range {
    /// 0 at the lowest low, 1 at the highest high; `None` where they are equal.
    pub(super) fn place_of(self, price: f64) -> Option<f64> {
        let height = self.highest - self.lowest;
        (height != 0.0).then(|| (price - self.lowest) / height)
    }
}
