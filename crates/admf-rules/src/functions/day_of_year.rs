//! `day_of_year`: the day of the year.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The day of the year.
pub static FUNCTION: Function = Function {
    name: "day_of_year",
    family: Family::Calendar,
    summary: "day of the year, 1 to 366",
    doc: "\
## What it does
The day of the year of the bar: 1 is the first of January. The day is that of the bar's session: the date of a daily
bar; for bars within the day the UTC date of their close, midnight being the end of a day.

## Parameters
None.

## Reference
The Gregorian calendar.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 366.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::day_of_year)),
};
