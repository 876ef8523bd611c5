//! `macd`, `macd_signal`, `macd_histogram`: the distance of two exponential averages.

use super::smoothing::Smoothing;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The distance of two exponential averages.
pub static FUNCTION: Function = Function {
    name: "macd",
    family: Family::Momentum,
    summary: "distance of a fast from a slow exponential average",
    doc: "\
## What it does
The fast exponential average of `x` minus the slow one, in the units of `x`. Both averages are started on the
same bar, with the mean of their last `fast` and `slow` values up to it, as TA-Lib does: the line differs
from `ema(x, fast) - ema(x, slow)` until the different start is forgotten. Undefined at a bar where `x` is;
goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `fast`, `slow`: whole number of bars of the two averages, at least 1; 12 and 26 where left out.

## Reference
Appel (1979), The Moving Average Convergence-Divergence Method. TA-Lib `MACD`, which leaves the line out
until its signal exists and swaps `fast` and `slow` where `fast` is larger.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "fast", minimum: 1.0, default: Some(12.0) },
        Argument::Bars { name: "slow", minimum: 1.0, default: Some(26.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: line_warm_up,
    make: |constants| Box::new(Line::new(constants)),
};

/// The smoothed distance.
pub static SIGNAL: Function = Function {
    name: "macd_signal",
    family: Family::Momentum,
    summary: "exponential average of macd: the signal line",
    doc: "\
## What it does
The exponential average of `macd(x, fast, slow)` over `signal` bars, started with the mean of its first
`signal` values. Undefined at a bar where `x` is; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `fast`, `slow`: whole number of bars of the two averages, at least 1; 12 and 26 where left out.
- `signal`: whole number of bars of the signal line, at least 1; 9 where left out.

## Reference
Appel (1979), The Moving Average Convergence-Divergence Method. TA-Lib `MACD`, which leaves the line out
until its signal exists and swaps `fast` and `slow` where `fast` is larger.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "fast", minimum: 1.0, default: Some(12.0) },
        Argument::Bars { name: "slow", minimum: 1.0, default: Some(26.0) },
        Argument::Bars { name: "signal", minimum: 1.0, default: Some(9.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: signal_warm_up,
    make: |constants| signalled(constants, |_, signal| signal),
};

/// The distance from its smoothed self.
pub static HISTOGRAM: Function = Function {
    name: "macd_histogram",
    family: Family::Momentum,
    summary: "macd minus macd_signal",
    doc: "\
## What it does
`macd(x, fast, slow) - macd_signal(x, fast, slow, signal)`: above 0 where the line is above its signal.
Undefined at a bar where `x` is; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `fast`, `slow`: whole number of bars of the two averages, at least 1; 12 and 26 where left out.
- `signal`: whole number of bars of the signal line, at least 1; 9 where left out.

## Reference
Appel (1979), The Moving Average Convergence-Divergence Method. TA-Lib `MACD`, which leaves the line out
until its signal exists and swaps `fast` and `slow` where `fast` is larger.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "fast", minimum: 1.0, default: Some(12.0) },
        Argument::Bars { name: "slow", minimum: 1.0, default: Some(26.0) },
        Argument::Bars { name: "signal", minimum: 1.0, default: Some(9.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::Any,
    warm_up: signal_warm_up,
    make: |constants| signalled(constants, |line, signal| line - signal),
};

fn line_warm_up(constants: &[f64]) -> u32 {
    constants[0].max(constants[1]) as u32 - 1
}

fn signal_warm_up(constants: &[f64]) -> u32 {
    line_warm_up(constants) + constants[2] as u32 - 1
}

/// The faster average waits until the slower one's values include as many that it does not take.
struct Line {
    /// Values that the fast average and the slow one still let pass.
    waits: [f64; 2],
    averages: [Smoothing; 2],
}

impl Line {
    fn new(constants: &[f64]) -> Self {
        let (fast, slow) = (constants[0], constants[1]);
        Self {
            waits: [(slow - fast).max(0.0), (fast - slow).max(0.0)],
            averages: [fast, slow].map(Smoothing::exponential),
        }
    }

    fn take(&mut self, value: f64) -> Option<f64> {
        let mut next = |at: usize| {
            if self.waits[at] > 0.0 {
                self.waits[at] -= 1.0;
                return None;
            }
            self.averages[at].next(value)
        };
        let (fast, slow) = (next(0), next(1));
        Some(fast? - slow?)
    }
}

impl Step for Line {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.take(inputs[0]?)
    }
}

struct Signalled<F> {
    line: Line,
    signal: Smoothing,
    output: F,
}

/// `output` takes the line and its signal.
fn signalled(constants: &[f64], output: impl Fn(f64, f64) -> f64 + Send + 'static) -> Box<dyn Step> {
    Box::new(Signalled { line: Line::new(constants), signal: Smoothing::exponential(constants[2]), output })
}

impl<F: Fn(f64, f64) -> f64 + Send> Step for Signalled<F> {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let line = self.line.take(inputs[0]?)?;
        self.signal.next(line).map(|signal| (self.output)(line, signal))
    }
}
