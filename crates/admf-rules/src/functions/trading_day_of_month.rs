//! `trading_day_of_month`: the number of a session in its month.

use super::calendar::day;
use super::{Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The number of a session in its month.
pub static FUNCTION: Function = Function {
    name: "trading_day_of_month",
    family: Family::Calendar,
    summary: "number of the session within its month, 1 on the first",
    doc: "\
## What it does
Counts the sessions of the month that have bars, this one included: 1 on the first session of a month and on all of
its bars. Counted from the bars seen so far, never ahead. Undefined until the month changes for the first time in the
data, which may begin within one. The day is that of the bar's session: the date of a daily bar; for bars within the
day the UTC date of their close, midnight being the end of a day.

## Parameters
None.

## Reference
Ariel (1987), A monthly effect in stock returns.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, 31.0),
    warm_up: |_| 1,
    make: |_| Box::new(Sessions::default()),
};

#[derive(Default)]
struct Sessions {
    last: Option<SessionDay>,
    /// Sessions of this month; unknown in the first.
    count: Option<f64>,
}

impl Step for Sessions {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let day = day(inputs)?;
        match self.last.replace(day) {
            Some(last) if last == day => {}
            Some(last) if (last.year(), last.month()) != (day.year(), day.month()) => self.count = Some(1.0),
            _ => self.count = self.count.map(|count| count + 1.0),
        }
        self.count
    }
}
