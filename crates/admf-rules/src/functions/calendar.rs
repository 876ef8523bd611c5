//! Steps that read the clock: the day of a bar's session, or the time of its close.

use super::Step;
use admf_model::SessionDay;

/// A number of the session's day.
pub(super) struct OfDay(pub(super) fn(SessionDay) -> u16);

impl Step for OfDay {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        day(inputs).map(self.0).map(f64::from)
    }
}

/// The day of the bar's session, the first input of what reads the calendar.
pub(super) fn day(inputs: &[Option<f64>]) -> Option<SessionDay> {
    inputs[0].map(|days| SessionDay::from_days(days as i32))
}

/// A number of the time of the close, in minutes since midnight.
pub(super) struct OfTime(pub(super) fn(f64) -> f64);

impl Step for OfTime {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        inputs[0].map(self.0)
    }
}
