//! `since`: how long ago a condition held.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// How long ago a condition held.
pub static FUNCTION: Function = Function {
    name: "since",
    family: Family::Logic,
    summary: "bars since a condition was last true, 0 on such a bar",
    doc: "\
## What it does
How many bars ago `condition` was last true: 0 on a bar on which it is. Undefined before the first such bar, and at a
bar on which the condition is undefined; that bar counts as one that passed.
`since(cross_above(close, sma(close, 50))) <= 5` is true on the bar of the crossing and the five after it.

## Parameters
- `condition`: true or false per bar.

## Reference
`ta.barssince` of Pine Script.
",
    arguments: &[Argument::Truth { name: "condition" }],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 0,
    make: |_| Box::new(Since(None)),
};

/// Bars since, up to the last bar.
struct Since(Option<f64>);

impl Step for Since {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let held = inputs[0].map(|condition| condition != 0.0);
        self.0 = if held == Some(true) { Some(0.0) } else { self.0.map(|bars| bars + 1.0) };
        held.and(self.0)
    }
}
