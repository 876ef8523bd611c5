//! `hour`: the hour of the close.

use super::calendar::OfTime;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;

/// The hour of the close.
pub static FUNCTION: Function = Function {
    name: "hour",
    family: Family::Calendar,
    summary: "hour of the bar's close, 0 to 24",
    doc: "\
## What it does
The hour at which the bar closes: `hour == 15 and minute >= 30` are the bars that close from 15:30 to 15:59. Times are
UTC. A bar that closes at midnight ends its day and closes at 24:00, not at 0:00 of the next. Undefined for bars of a
day or longer, whose time of close is not known.

## Parameters
None.

## Reference
ISO 8601, which knows 24:00 as the end of a day.
",
    arguments: &[],
    implicit: &[Field::Minutes],
    result: Type::Number,
    values: Values::Within(0.0, 24.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfTime(|minutes| (minutes / 60.0).floor())),
};
