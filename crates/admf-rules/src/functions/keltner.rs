//! `keltner_…`: bands some average true ranges around an exponential average.

use super::atr::Atr;
use super::bollinger::WIDTH;
use super::ema;
use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The upper band.
pub static UPPER: Function = Function {
    name: "keltner_upper",
    family: Family::Volatility,
    summary: "Keltner band above the exponential average by some true ranges away",
    doc: "\
## What it does
`ema(close, n) + width * atr(atr_n)` of the evaluated symbol. Undefined at a bar where high, low or close is;
goes on from there at the next bar that has all three.

## Parameters
- `n`: whole number of bars, at least 1; 20 where left out.
- `width`: average true ranges from the middle to each band, 0 to 100; 2 where left out.
- `atr_n`: whole number of bars of the average true range, at least 1; 10 where left out.

## Reference
Keltner (1960), How To Make Money in Commodities, in the form of Linda Raschke: an exponential average and
the average true range. TA-Lib has none; TradingView and pandas-ta smooth the true range over `n` bars and
with other weights.
",
    arguments: &[
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
        WIDTH,
        Argument::Bars { name: "atr_n", minimum: 1.0, default: Some(10.0) },
    ],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| (constants[0] as u32 - 1).max(constants[2] as u32),
    make: |constants| band(constants, 1.0),
};

/// The middle.
pub static MIDDLE: Function = Function {
    name: "keltner_middle",
    family: Family::Volatility,
    summary: "middle of the Keltner bands: the exponential average of the close",
    doc: "\
## What it does
`ema(close, n)` of the evaluated symbol.

## Parameters
- `n`: whole number of bars, at least 1; 20 where left out.

## Reference
Keltner (1960), How To Make Money in Commodities, in the form of Linda Raschke: an exponential average and
the average true range. TA-Lib has none; TradingView and pandas-ta smooth the true range over `n` bars and
with other weights.
",
    arguments: &[Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) }],
    implicit: &[Field::Close],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: ema::FUNCTION.warm_up,
    make: ema::FUNCTION.make,
};

/// The lower band.
pub static LOWER: Function = Function {
    name: "keltner_lower",
    family: Family::Volatility,
    summary: "Keltner band below the exponential average by some true ranges away",
    doc: "\
## What it does
`ema(close, n) - width * atr(atr_n)` of the evaluated symbol. Undefined at a bar where high, low or close is;
goes on from there at the next bar that has all three.

## Parameters
- `n`: whole number of bars, at least 1; 20 where left out.
- `width`: average true ranges from the middle to each band, 0 to 100; 2 where left out.
- `atr_n`: whole number of bars of the average true range, at least 1; 10 where left out.

## Reference
Keltner (1960), How To Make Money in Commodities, in the form of Linda Raschke: an exponential average and
the average true range. TA-Lib has none; TradingView and pandas-ta smooth the true range over `n` bars and
with other weights.
",
    arguments: &[
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
        WIDTH,
        Argument::Bars { name: "atr_n", minimum: 1.0, default: Some(10.0) },
    ],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| (constants[0] as u32 - 1).max(constants[2] as u32),
    make: |constants| band(constants, -1.0),
};

struct Keltner {
    middle: Smoothing,
    range: Atr,
    /// Ranges from the middle to the band, negative below it.
    width: f64,
}

fn band(constants: &[f64], side: f64) -> Box<dyn Step> {
    let middle = Smoothing::exponential(constants[0]);
    Box::new(Keltner { middle, range: Atr::new(constants[2]), width: side * constants[1] })
}

impl Step for Keltner {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let (Some(_), Some(_), Some(close)) = (inputs[0], inputs[1], inputs[2]) else { return None };
        let (middle, range) = (self.middle.next(close), self.range.next(inputs));
        Some(middle? + self.width * range?)
    }
}
