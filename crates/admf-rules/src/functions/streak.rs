//! `streak`: for how long a condition has held.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// For how long a condition has held.
pub static FUNCTION: Function = Function {
    name: "streak",
    family: Family::Logic,
    summary: "bars in a row on which a condition has been true, 0 where it is false",
    doc: "\
## What it does
On how many bars in a row, this one included, `condition` has been true: 0 where it is false.
`streak(close < lag(close)) >= 3` is the third lower close in a row. Undefined at a bar on which the condition is
undefined; that bar ends the streak.

## Parameters
- `condition`: true or false per bar.

## Reference
The streak of Connors' RSI: Connors and Alvarez (2012), An introduction to ConnorsRSI.
",
    arguments: &[Argument::Truth { name: "condition" }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 0,
    make: |_| Box::new(Streak(0.0)),
};

struct Streak(f64);

impl Step for Streak {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        self.0 = if inputs[0].is_some_and(|condition| condition != 0.0) { self.0 + 1.0 } else { 0.0 };
        inputs[0].map(|_| self.0)
    }
}
