//! What the dates of one file have in common, and what they mean by it.

use super::super::zone::{Moments, Zone};
use super::civil::midnight;
use super::{DAY, DateFormat, DateReading, DateRules, SECOND, Written};
use admf_model::Timestamp;

/// Gathered row by row.
#[derive(Debug, Default)]
pub(in super::super) struct Evidence {
    formats: u16,
    fields: bool,
    /// Rows whose first field can only be a day.
    day_first: u64,
    /// Rows whose second field can only be a day.
    day_second: u64,
    /// The first date that would be another one with day and month swapped.
    swappable: Option<Written>,
    some_offset: bool,
    some_clock: bool,
    /// Some time of day stands without a zone.
    some_local_clock: bool,
}

impl Evidence {
    pub(in super::super) fn see(&mut self, written: Written, format: DateFormat) {
        match written {
            // Most rows tell nothing that the first ones did not.
            Written::Local(_) if self.some_clock && self.some_local_clock => {}
            Written::Local(local) => {
                let clock = local.rem_euclid(DAY) != 0;
                self.some_clock |= clock;
                self.some_local_clock |= clock;
            }
            Written::Zoned { local, offset } => {
                self.some_offset |= offset != 0;
                self.some_clock |= local.rem_euclid(DAY) != 0;
            }
            Written::Fields { first, second, clock, .. } => {
                self.fields = true;
                let only_a_day = |field| (13..=31).contains(&field);
                self.day_first += u64::from(only_a_day(first));
                self.day_second += u64::from(only_a_day(second));
                if self.swappable.is_none() && first != second {
                    self.swappable = Some(written);
                }
                self.some_clock |= clock != 0;
                self.some_local_clock |= clock != 0;
                return;
            }
        }
        self.formats |= 1 << format as u16;
    }

    /// Appends what was gathered from the rows that follow.
    pub(in super::super) fn append(&mut self, next: &Self) {
        self.formats |= next.formats;
        self.fields |= next.fields;
        self.day_first += next.day_first;
        self.day_second += next.day_second;
        self.swappable = self.swappable.or(next.swappable);
        self.some_offset |= next.some_offset;
        self.some_clock |= next.some_clock;
        self.some_local_clock |= next.some_local_clock;
    }

    /// Decides how the dates of the file are read. Where rows contradict each other most of them win, so that one
    /// misprint does not turn all dates around; the others are then no dates. `Err` with an example when no date
    /// tells whether day or month comes first.
    pub(in super::super) fn decide(&self, rules: &DateRules) -> Result<Convention, Written> {
        let day_first = match (&rules.reading, self.day_first, self.day_second) {
            (Some(DateReading::Format(DateFormat::DayMonth)), ..) => true,
            (Some(DateReading::Format(DateFormat::MonthDay)), ..) => false,
            (_, 0, 0) => match self.swappable {
                Some(example) => return Err(example),
                None => false,
            },
            (_, first, second) => first >= second,
        };
        let mut formats: Vec<DateFormat> =
            DateFormat::ALL.into_iter().filter(|format| self.formats & (1 << *format as u16) != 0).collect();
        let by_fields = if day_first { DateFormat::DayMonth } else { DateFormat::MonthDay };
        if self.fields && !formats.contains(&by_fields) {
            formats.push(by_fields);
        }
        Ok(Convention {
            formats,
            day_first,
            session_dates: self.some_offset && !self.some_clock,
            zone: rules.zone.clone().filter(|_| self.some_clock),
            clocks_without_zone: self.some_local_clock && rules.zone.is_none(),
        })
    }
}

/// How the dates of one file are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Convention {
    /// The ways of writing that occur.
    pub(in super::super) formats: Vec<DateFormat>,
    day_first: bool,
    /// Every time is midnight of a local zone: a daily file written with zones. The local date is the session.
    pub(in super::super) session_dates: bool,
    /// The zone of the clocks that name none.
    zone: Option<Zone>,
    /// Times of day stand without a zone and none was given.
    pub(in super::super) clocks_without_zone: bool,
}

/// What a written time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Moment {
    /// A point in time.
    At(Timestamp),
    /// Either of two: clocks were put back.
    Either(Timestamp, Timestamp),
    /// Clocks were put forward over it.
    Skipped,
    /// A day that does not exist.
    NoDay,
}

impl Convention {
    /// What a written time means in this file.
    pub(in super::super) fn moment(&self, written: Written) -> Moment {
        let local = match written {
            Written::Zoned { local, .. } if self.session_dates => return at(local),
            Written::Zoned { local, offset } => return at(local - i64::from(offset) * SECOND),
            Written::Local(local) => local,
            Written::Fields { first, second, year, clock } => {
                let (month, day) = if self.day_first { (second, first) } else { (first, second) };
                match midnight(year, month, day) {
                    Some(midnight) => midnight + clock as i64,
                    None => return Moment::NoDay,
                }
            }
        };
        let Some(zone) = &self.zone else { return at(local) };
        match zone.moments(local) {
            Moments::Once(micros) => at(micros),
            Moments::Twice(first, second) => {
                Moment::Either(Timestamp::from_micros(first), Timestamp::from_micros(second))
            }
            Moments::Never => Moment::Skipped,
        }
    }

    /// The zone's name, for messages.
    pub(in super::super) fn zone(&self) -> Option<String> {
        self.zone.as_ref().map(ToString::to_string)
    }
}

fn at(micros: i64) -> Moment {
    Moment::At(Timestamp::from_micros(micros))
}
