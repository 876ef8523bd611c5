//! `week_of_year`: the week of the year.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The week of the year.
pub static FUNCTION: Function = Function {
    name: "week_of_year",
    family: Family::Calendar,
    summary: "week of the year, 1 to 53",
    doc: "\
## What it does
The week of the year of the bar. Weeks begin on Monday; week 1 is the one with the year's first Thursday, so that the
first days of January may belong to week 52 or 53 and the last of December to week 1. The day is that of the bar's
session: the date of a daily bar; for bars within the day the UTC date of their close, midnight being the end of a
day.

## Parameters
None.

## Reference
ISO 8601.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 53.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::week_of_year)),
};
