//! `minute`: the minute of the close.

use super::calendar::OfTime;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;

/// The minute of the close.
pub static FUNCTION: Function = Function {
    name: "minute",
    family: Family::Calendar,
    summary: "minute of the bar's close within the hour, 0 to 59",
    doc: "\
## What it does
The minute of the hour at which the bar closes; seconds are left out. Times are UTC. A bar that closes at midnight
ends its day and closes at 24:00, not at 0:00 of the next. Undefined for bars of a day or longer, whose time of close
is not known.

## Parameters
None.

## Reference
ISO 8601.
",
    arguments: &[],
    implicit: &[Field::Minutes],
    result: Type::Number,
    values: Values::Within(0.0, 59.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfTime(|minutes| (minutes % 60.0).floor())),
};
