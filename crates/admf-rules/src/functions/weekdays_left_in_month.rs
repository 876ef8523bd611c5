//! `weekdays_left_in_month`: weekdays to the end of the month.

use super::calendar::OfDay;
use super::{Family, Function, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// Weekdays to the end of the month.
pub static FUNCTION: Function = Function {
    name: "weekdays_left_in_month",
    family: Family::Calendar,
    summary: "days from Monday to Friday left in the month after this one",
    doc: "\
## What it does
How many days from Monday to Friday the month has after the bar's day. Holidays are not known, so that it may count a
day or two without a session: `weekdays_left_in_month <= 1 or trading_day_of_month <= 3` is the turn of the month. The
day is that of the bar's session: the date of a daily bar; for bars within the day the UTC date of their close,
midnight being the end of a day.

## Parameters
None.

## Reference
Lakonishok and Smidt (1988), Are seasonal anomalies real? A ninety-year perspective.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(0.0, 22.0),
    warm_up: |_| 0,
    make: |_| Box::new(OfDay(SessionDay::weekdays_left_in_month)),
};
