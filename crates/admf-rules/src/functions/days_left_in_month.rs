//! `days_left_in_month`: days to the end of the month.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// Days to the end of the month.
pub static FUNCTION: Function = Function {
    name: "days_left_in_month",
    family: Family::Calendar,
    summary: "calendar days left in the month after this one, 0 on its last",
    doc: "\
## What it does
How many days the month has after the bar's day, by the calendar alone: 0 on the 31st of January. That much of the
future is printed on every calendar; on which of those days there will be sessions is not, so nothing counts those.
The day is that of the bar's session: the date of a daily bar; for bars within the day the UTC date of their close,
midnight being the end of a day.

## Parameters
None.

## Reference
The Gregorian calendar.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(0.0, 30.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::days_left_in_month)),
};
