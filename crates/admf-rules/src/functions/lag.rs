//! `lag`: a value of an earlier bar.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// A value of an earlier bar.
pub static FUNCTION: Function = Function {
    name: "lag",
    family: Family::Statistics,
    summary: "the value some bars ago",
    doc: "\
## What it does
The value that `x` had `bars` bars ago, undefined where it was undefined then. There is no way to look ahead: `bars` is
at least 1.

## Parameters
- `x`: a number per bar.
- `bars`: whole number of bars back, at least 1; 1 where left out.

## Reference
The lag operator of time series analysis: Hamilton (1994), Time Series Analysis, chapter 2.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "bars", minimum: 1.0, default: Some(1.0) }],
    implicit: &[],
    result: Type::Number,
    values: Values::AmongInputs,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Lag(History::new(constants[0] as usize))),
};

struct Lag(History);

impl Step for Lag {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0.exchange(inputs[0])
    }
}

/// The last values, undefined ones included.
pub(super) struct History {
    ring: Box<[Option<f64>]>,
    oldest: usize,
}

impl History {
    /// Remembers `bars` values; before that many came they were undefined.
    pub(super) fn new(bars: usize) -> Self {
        Self { ring: vec![None; bars].into(), oldest: 0 }
    }

    /// Stores this bar's value and returns the one of `bars` bars ago.
    pub(super) fn exchange(&mut self, value: Option<f64>) -> Option<f64> {
        let before = std::mem::replace(&mut self.ring[self.oldest], value);
        self.oldest += 1;
        if self.oldest == self.ring.len() {
            self.oldest = 0;
        }
        before
    }
}
