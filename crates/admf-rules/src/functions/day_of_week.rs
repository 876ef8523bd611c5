//! `day_of_week`: the day of the week.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The day of the week.
pub static FUNCTION: Function = Function {
    name: "day_of_week",
    family: Family::Calendar,
    summary: "day of the week, Monday 1 to Sunday 7",
    doc: "\
## What it does
The day of the week of the bar: 1 is Monday, 5 Friday, 7 Sunday. The day is that of the bar's session: the date of a
daily bar; for bars within the day the UTC date of their close, midnight being the end of a day.

## Parameters
None.

## Reference
ISO 8601.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 7.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::day_of_week)),
};
