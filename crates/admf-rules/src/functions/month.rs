//! `month`: the month.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The month.
pub static FUNCTION: Function = Function {
    name: "month",
    family: Family::Calendar,
    summary: "month, January 1 to December 12",
    doc: "\
## What it does
The month of the bar: `month >= 11 or month <= 4` is the winter half of \"sell in May\". The day is that of the bar's
session: the date of a daily bar; for bars within the day the UTC date of their close, midnight being the end of a
day.

## Parameters
None.

## Reference
Bouman and Jacobsen (2002), The Halloween indicator, \"Sell in May and go away\". The Gregorian calendar.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 12.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::month)),
};
