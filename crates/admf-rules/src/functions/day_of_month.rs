//! `day_of_month`: the day of the month.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The day of the month.
pub static FUNCTION: Function = Function {
    name: "day_of_month",
    family: Family::Calendar,
    summary: "day of the month, 1 to 31",
    doc: "\
## What it does
The day of the month of the bar, by the calendar; `trading_day_of_month` counts sessions. The day is that of the bar's
session: the date of a daily bar; for bars within the day the UTC date of their close, midnight being the end of a
day.

## Parameters
None.

## Reference
The Gregorian calendar.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 31.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::day_of_month)),
};
