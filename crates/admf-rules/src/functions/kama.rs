//! `kama`: Kaufman's adaptive moving average.

use super::lag::History;
use super::window::total::Total;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Kaufman's adaptive moving average.
pub static FUNCTION: Function = Function {
    name: "kama",
    family: Family::Averages,
    summary: "Kaufman's adaptive moving average: quick in a trend, slow in noise",
    doc: "\
## What it does
Moves a fraction `(efficiency * (f - s) + s)^2` of the way to each new value of `x`, with
`f = 2 / (fast + 1)`, `s = 2 / (slow + 1)` and the efficiency of the last `n` changes: how far `x` came
divided by the length of its path, 0 in noise and 1 on a straight way, also for standing still. Starts at the
`n`th defined value. Undefined at a bar where `x` is; goes on from there at the next defined one.

## Parameters
- `x`: a number per bar.
- `n`: whole number of changes, at least 1; 10 where left out.
- `fast`: whole number of bars of the quickest `ema`, at least 1; 2 where left out.
- `slow`: whole number of bars of the slowest `ema`, at least 1; 30 where left out.

## Reference
Kaufman (1995), Smarter Trading, chapter 8. TA-Lib `KAMA`, which has 30 changes where left out and fixes the
other two at 2 and 30.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 1.0, default: Some(10.0) },
        Argument::Bars { name: "fast", minimum: 1.0, default: Some(2.0) },
        Argument::Bars { name: "slow", minimum: 1.0, default: Some(30.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Kama::new(constants)),
};

struct Kama {
    fastest: f64,
    slowest: f64,
    before: Option<f64>,
    history: History,
    path: Total,
    average: Option<f64>,
}

impl Kama {
    fn new(constants: &[f64]) -> Self {
        let n = constants[0] as usize;
        Self {
            fastest: 2.0 / (constants[1] + 1.0),
            slowest: 2.0 / (constants[2] + 1.0),
            before: None,
            history: History::new(n),
            path: Total::new(n),
            average: None,
        }
    }
}

impl Step for Kama {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let value = inputs[0]?;
        let start = self.history.exchange(Some(value));
        let before = self.before.replace(value)?;
        let path = self.path.push(Some((value - before).abs()));
        let (start, path) = (start?, path?);
        let way = (value - start).abs();
        // Rounding may make a straight path shorter than its way; standing still has neither.
        let efficiency = if way >= path { 1.0 } else { way / path };
        let speed = efficiency * (self.fastest - self.slowest) + self.slowest;
        let average = self.average.unwrap_or(before);
        self.average = Some(average + (value - average) * (speed * speed));
        self.average
    }
}
