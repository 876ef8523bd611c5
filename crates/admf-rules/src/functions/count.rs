//! `count`: on how many bars a condition held.

use super::lag::History;
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// On how many bars a condition held.
pub static FUNCTION: Function = Function {
    name: "count",
    family: Family::Logic,
    summary: "on how many of the last n bars a condition was true",
    doc: "\
## What it does
On how many of the last `n` bars `condition` was true, this one included: `count(close > open, 10) >= 7`. Defined
where it was true or false on all `n`.

## Parameters
- `condition`: true or false per bar.
- `n`: whole number of bars, at least 1.

## Reference
`condition.rolling(n).sum()` in pandas.
",
    arguments: &[Argument::Truth { name: "condition" }, Argument::Bars { name: "n", minimum: 1.0, default: None }],
    implicit: &[],
    result: Type::Number,
    values: Values::UpToLast,
    warm_up: |constants| constants[0] as u32 - 1,
    make: |constants| Box::new(Count { n: constants[0], history: History::new(constants[0] as usize), known: 0.0, held: 0.0 }),
};

struct Count {
    n: f64,
    history: History,
    /// Of the remembered bars those on which it was true or false.
    known: f64,
    /// And those on which it was true. Whole numbers: nothing is rounded.
    held: f64,
}

impl Step for Count {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        if let Some(before) = self.history.exchange(inputs[0]) {
            self.known -= 1.0;
            self.held -= before;
        }
        if let Some(now) = inputs[0] {
            self.known += 1.0;
            self.held += now;
        }
        (self.known == self.n).then_some(self.held)
    }
}
