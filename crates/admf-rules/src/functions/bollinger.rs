//! `bollinger_…`: bands some standard deviations around a moving average.

use super::window::{Spread, Window};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// How far the bands are from the middle, in deviations.
pub(super) const WIDTH: Argument =
    Argument::Number { name: "width", minimum: 0.0, maximum: 100.0, default: Some(2.0) };

/// The upper band.
pub static UPPER: Function = Function {
    name: "bollinger_upper",
    family: Family::Volatility,
    summary: "Bollinger band above the moving average",
    doc: "\
## What it does
The mean of the last `n` values of `x` plus `width` times their population standard deviation, as `stdev`.
Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 20 where left out.
- `width`: standard deviations from the middle to each band, 0 to 100; 2 where left out.

## Reference
Bollinger (2001), Bollinger on Bollinger Bands. TA-Lib `BBANDS` with a simple moving average, which has 5
bars where left out.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
        WIDTH,
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| bands(constants, |bands| bands.middle + bands.half),
};

/// The middle.
pub static MIDDLE: Function = Function {
    name: "bollinger_middle",
    family: Family::Volatility,
    summary: "middle of the Bollinger bands: the moving average",
    doc: "\
## What it does
The mean of the last `n` values of `x`: `sma(x, n)`, up to rounding. Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 20 where left out.

## Reference
Bollinger (2001), Bollinger on Bollinger Bands. TA-Lib `BBANDS` with a simple moving average, which has 5
bars where left out.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| bands(constants, |bands| bands.middle),
};

/// The lower band.
pub static LOWER: Function = Function {
    name: "bollinger_lower",
    family: Family::Volatility,
    summary: "Bollinger band below the moving average",
    doc: "\
## What it does
The mean of the last `n` values of `x` minus `width` times their population standard deviation, as `stdev`.
Defined where all `n` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 20 where left out.
- `width`: standard deviations from the middle to each band, 0 to 100; 2 where left out.

## Reference
Bollinger (2001), Bollinger on Bollinger Bands. TA-Lib `BBANDS` with a simple moving average, which has 5
bars where left out.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
        WIDTH,
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| bands(constants, |bands| bands.middle - bands.half),
};

/// Where the value stands between the bands.
pub static PERCENT_B: Function = Function {
    name: "bollinger_percent_b",
    family: Family::Volatility,
    summary: "where x stands between the Bollinger bands: 0 lower, 1 upper",
    doc: "\
## What it does
`(x - lower) / (upper - lower)`: 0 at the lower band, 0.5 in the middle, 1 at the upper band, beyond outside.
Defined where all `n` values are and not all the same.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 20 where left out.
- `width`: standard deviations from the middle to each band, 0 to 100; 2 where left out.

## Reference
Bollinger (2001), Bollinger on Bollinger Bands, chapter 8.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
        WIDTH,
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| bands(constants, |bands| 0.5 + (bands.value - bands.middle) / (2.0 * bands.half)),
};

/// How far apart the bands are.
pub static BANDWIDTH: Function = Function {
    name: "bollinger_bandwidth",
    family: Family::Volatility,
    summary: "distance of the Bollinger bands as a fraction of the middle",
    doc: "\
## What it does
`(upper - lower) / middle`, a fraction: small before and large after a breakout. Defined where all `n` values
are and their mean is not 0. pandas-ta and TradingView multiply by 100.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 20 where left out.
- `width`: standard deviations from the middle to each band, 0 to 100; 2 where left out.

## Reference
Bollinger (2001), Bollinger on Bollinger Bands, chapter 8.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(20.0) },
        WIDTH,
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| bands(constants, |bands| 2.0 * bands.half / bands.middle),
};

/// The bands at a bar.
struct Bands {
    value: f64,
    middle: f64,
    /// From the middle to either band.
    half: f64,
}

struct Bollinger<F> {
    window: Window<Spread>,
    width: f64,
    output: F,
}

fn bands(constants: &[f64], output: impl Fn(Bands) -> f64 + Send + 'static) -> Box<dyn Step> {
    let width = constants.get(1).copied().unwrap_or(0.0);
    Box::new(Bollinger { window: Window::new(constants[0] as usize), width, output })
}

impl<F: Fn(Bands) -> f64 + Send> Step for Bollinger<F> {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let spread = self.window.push(inputs[0])?;
        let half = self.width * spread.population_variance().sqrt();
        Some((self.output)(Bands { value: inputs[0]?, middle: spread.mean(), half }))
    }
}
