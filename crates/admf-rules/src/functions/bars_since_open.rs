//! `bars_since_open`: the number of a bar in its session.

use super::calendar::day;
use super::{Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;
use admf_model::SessionDay;

/// The number of a bar in its session.
pub static FUNCTION: Function = Function {
    name: "bars_since_open",
    family: Family::Calendar,
    summary: "bars of the session so far, 1 on its first",
    doc: "\
## What it does
Counts the bars of the session, this one included: 1 at the close of its first bar, always 1 with daily bars.
Undefined in the first session of the data, which may begin within it. A session is a day in UTC: for markets whose
session spans midnight UTC the count begins anew there. The day is that of the bar's session: the date of a daily bar;
for bars within the day the UTC date of their close, midnight being the end of a day.

## Parameters
None.

## Reference
Bars counted as `bars_held` counts them: rule 11 of the semantics.
",
    arguments: &[],
    implicit: &[Field::Session],
    result: Type::Number,
    values: Values::Within(1.0, f64::INFINITY),
    warm_up: |_| 1,
    make: |_| Box::new(Bars::default()),
};

#[derive(Default)]
struct Bars {
    last: Option<SessionDay>,
    /// Bars of this session; unknown in the first.
    count: Option<f64>,
}

impl Step for Bars {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let day = day(inputs)?;
        match self.last.replace(day) {
            Some(last) if last == day => self.count = self.count.map(|count| count + 1.0),
            Some(_) => self.count = Some(1.0),
            None => {}
        }
        self.count
    }
}
