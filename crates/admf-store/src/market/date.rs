//! Dates and times as files write them, and what they mean once the whole file is known.
//!
//! Whether `3/4/2000` is in March or April, and whether midnights of a local zone are session dates, can only be
//! decided over all rows. So a row keeps what is [`Written`], and [`Convention`] turns it into a time at the end.

mod civil;
mod convention;
mod read;

pub(super) use convention::{Convention, Evidence, Moment};
pub(super) use read::{read, read_written};

use super::zone::{Zone, local_text};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const SECOND: i64 = 1_000_000;
pub(super) const DAY: i64 = 86_400 * SECOND;

/// A date or time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// What a clock shows, in microseconds since 1970-01-01; of which zone is not written.
    Local(i64),
    /// What a clock shows and how many seconds it is ahead of UTC.
    Zoned { local: i64, offset: i32 },
    /// `first/second/year`, of which either may be the month, and the clock's microseconds of the day.
    Fields { first: u8, second: u8, year: i16, clock: u64 },
}

/// What a rejected date looked like, for the message.
impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(local) | Self::Zoned { local, .. } => f.write_str(&local_text(*local)),
            Self::Fields { first, second, year, .. } => write!(f, "{first}/{second}/{year}"),
        }
    }
}

/// A way to write a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFormat {
    /// `2000-03-01`, `2000.03.01` or `20000301`, with or without a time.
    Iso,
    /// `3/1/2000`: the month comes first.
    #[serde(alias = "month_day_assumed")]
    MonthDay,
    /// `1/3/2000`: the day comes first.
    DayMonth,
    /// `01-Mar-2000` or `Mar 1, 2000`.
    Named,
    /// Seconds since 1970.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMilliseconds,
    /// Microseconds since 1970.
    EpochMicroseconds,
    /// Nanoseconds since 1970.
    EpochNanoseconds,
    /// A pattern given by the user.
    Pattern,
}

impl DateFormat {
    pub(super) const ALL: [Self; 9] = [
        Self::Iso,
        Self::MonthDay,
        Self::DayMonth,
        Self::Named,
        Self::EpochSeconds,
        Self::EpochMilliseconds,
        Self::EpochMicroseconds,
        Self::EpochNanoseconds,
        Self::Pattern,
    ];

    /// Units in a second and the length of a unit; `None` for what is no count since 1970.
    fn epoch(self) -> Option<Unit> {
        match self {
            Self::EpochSeconds => Some(Unit { per_second: 1 }),
            Self::EpochMilliseconds => Some(Unit { per_second: 1_000 }),
            Self::EpochMicroseconds => Some(Unit { per_second: 1_000_000 }),
            Self::EpochNanoseconds => Some(Unit { per_second: 1_000_000_000 }),
            _ => None,
        }
    }
}

/// The unit of a count since 1970.
#[derive(Clone, Copy)]
struct Unit {
    per_second: i64,
}

impl Unit {
    fn micros(self, count: i64) -> Option<i64> {
        if self.per_second <= SECOND {
            count.checked_mul(SECOND / self.per_second)
        } else {
            Some(count.div_euclid(self.per_second / SECOND))
        }
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Iso => "YYYY-MM-DD",
            Self::MonthDay => "month/day/year",
            Self::DayMonth => "day/month/year",
            Self::Named => "day month-name year",
            Self::EpochSeconds => "seconds since 1970",
            Self::EpochMilliseconds => "milliseconds since 1970",
            Self::EpochMicroseconds => "microseconds since 1970",
            Self::EpochNanoseconds => "nanoseconds since 1970",
            Self::Pattern => "as the pattern says",
        })
    }
}

/// How the user says that dates are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// One of the ways that are known; the order of day and month, or the unit since 1970.
    Format(DateFormat),
    /// A pattern such as `%d.%m.%Y %H:%M`.
    Pattern(String),
}

/// Text that is no way to write dates.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "`{0}` is not a date format: write DD/MM/YYYY, MM/DD/YYYY, YYYY-MM-DD, epoch-s, epoch-ms, epoch-us, epoch-ns, \
     or a pattern such as %d.%m.%Y %H:%M"
)]
pub struct DateReadingError(String);

impl FromStr for DateReading {
    type Err = DateReadingError;

    fn from_str(text: &str) -> Result<Self, DateReadingError> {
        if text.contains('%') {
            return match jiff::fmt::strtime::format(text, &jiff::Zoned::default()) {
                Ok(_) => Ok(Self::Pattern(text.to_owned())),
                Err(_) => Err(DateReadingError(text.to_owned())),
            };
        }
        let mut order: Vec<char> = text.chars().filter(char::is_ascii_alphabetic).collect();
        order.iter_mut().for_each(|c| c.make_ascii_lowercase());
        order.dedup();
        Ok(Self::Format(match order.into_iter().collect::<String>().as_str() {
            "dmy" => DateFormat::DayMonth,
            "mdy" => DateFormat::MonthDay,
            "ymd" | "iso" => DateFormat::Iso,
            "epochs" | "s" => DateFormat::EpochSeconds,
            "epochms" | "ms" => DateFormat::EpochMilliseconds,
            "epochus" | "us" => DateFormat::EpochMicroseconds,
            "epochns" | "ns" => DateFormat::EpochNanoseconds,
            _ => return Err(DateReadingError(text.to_owned())),
        }))
    }
}

/// How the dates of a file are to be read, as far as the user says.
#[derive(Clone, Debug, Default)]
pub(super) struct DateRules {
    pub(super) reading: Option<DateReading>,
    pub(super) zone: Option<Zone>,
}

#[cfg(test)]
mod tests;
