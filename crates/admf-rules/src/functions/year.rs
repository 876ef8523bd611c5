//! `year`: the year.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The year.
pub static FUNCTION: Function = Function {
    name: "year",
    family: Family::Calendar,
    summary: "calendar year",
    doc: "\
## What it does
The calendar year of the bar. A rule that names a year knows what came after it: good for leaving out bad data, not
for finding what works. The day is that of the bar's session: the date of a daily bar; for bars within the day the UTC
date of their close, midnight being the end of a day.

## Parameters
None.

## Reference
The Gregorian calendar.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Any,
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::year)),
};
