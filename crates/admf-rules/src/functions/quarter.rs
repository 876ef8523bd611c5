//! `quarter`: the quarter of the year.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The quarter of the year.
pub static FUNCTION: Function = Function {
    name: "quarter",
    family: Family::Calendar,
    summary: "quarter of the year, 1 to 4",
    doc: "\
## What it does
The quarter of the year of the bar: January to March are 1. The day is that of the bar's session: the date of a daily
bar; for bars within the day the UTC date of their close, midnight being the end of a day.

## Parameters
None.

## Reference
The Gregorian calendar.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 4.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::quarter)),
};
