//! Times of rows from what is written, once all of the file has told how its dates are.

use super::date::{Convention, Moment, Written};
use super::reject::Reason;
use admf_model::Timestamp;

/// What stands for the time of a row that has none.
pub(super) const NO_TIME: Timestamp = Timestamp::from_micros(0);

/// Turns written times of one symbol into points in time. Of a time that clocks showed twice it is the first one, unless
/// a bar stands there or later already: rows are read in the order of time.
pub(super) struct Dater<'a> {
    convention: &'a Convention,
    folds: &'a mut u64,
    pub(super) newest_first: bool,
    before: Option<Timestamp>,
}

impl<'a> Dater<'a> {
    /// Of rows whose first and last times are known.
    pub(super) fn new(
        convention: &'a Convention,
        folds: &'a mut u64,
        ends: Option<(Written, Written)>,
    ) -> Self {
        let rough = |written: Written| match convention.moment(written) {
            Moment::At(time) | Moment::Either(time, _) => Some(time),
            Moment::Skipped | Moment::NoDay => None,
        };
        let newest_first = ends.is_some_and(|(first, last)| rough(first) > rough(last));
        Self { convention, folds, newest_first, before: None }
    }

    /// The times of the rows that follow, or of those before where the newest are first; tells and returns rows whose
    /// time is none.
    pub(super) fn date(
        &mut self,
        written: &[Written],
        times: &mut [Timestamp],
        mut reject: impl FnMut(usize, Reason),
    ) -> Vec<usize> {
        let mut faults = Vec::new();
        for step in 0..written.len() {
            let row = if self.newest_first { written.len() - 1 - step } else { step };
            let time = match self.convention.moment(written[row]) {
                Moment::At(time) => time,
                Moment::Either(first, second) => {
                    *self.folds += 1;
                    if self.before.is_some_and(|before| before >= first) { second } else { first }
                }
                Moment::Skipped => {
                    let zone = self.convention.zone().unwrap_or_default();
                    faults.push((row, Reason::SkippedTime { text: written[row].to_string(), zone }));
                    continue;
                }
                Moment::NoDay => {
                    faults.push((row, Reason::NotADate { text: written[row].to_string() }));
                    continue;
                }
            };
            times[row] = time;
            self.before = Some(time);
        }
        faults.sort_by_key(|(row, _)| *row);
        let told = faults.into_iter().map(|(row, reason)| {
            reject(row, reason);
            row
        });
        told.collect()
    }
}
