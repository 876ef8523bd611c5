//! Dates and times as files write them, and what they mean once the whole file is known.
//!
//! Whether `3/4/2000` is in March or April, and whether midnights of a local zone are session dates, can only be
//! decided over all rows. So a row keeps what is [`Written`], and [`Convention`] turns it into a time at the end.

use super::dialect::DateFormat;
use admf_model::Timestamp;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A date or time as written: unambiguous, or two fields of which either may be the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Local microseconds since 1970-01-01 and the zone's offset from UTC in seconds (0 where none is written).
    Iso { local: i64, offset: i32 },
    /// `first/second/year`, and the second of the day.
    Slash { first: u8, second: u8, year: i16, seconds: u32 },
}

impl Written {
    /// Reads `2000-03-01`, `20000301`, `2000-03-01T14:30:00` (or with a space; with `Z` or an offset), `3/1/2000` or
    /// `3/1/2000 14:30`; `None` for anything else. Days that do not exist are found by [`Convention::time`].
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.contains('/') {
            return read_slashes(text);
        }
        if let Some(date) = read_plain_date(text.as_bytes()) {
            return Some(Self::Iso { local: date.micros(), offset: 0 });
        }
        let instant = text.parse::<Timestamp>().ok()?.micros();
        let clock = text.get(10..).unwrap_or_default();
        let zone = clock.find(['+', '-', 'Z', 'z']).map_or(text.len(), |at| at + 10);
        let local = text[..zone].trim_end().parse::<Timestamp>().ok()?.micros();
        let offset = i32::try_from((local - instant) / SECOND).ok()?;
        Some(Self::Iso { local, offset })
    }
}

/// `2000-03-01`, which most rows are: a tenth of the time of the general parser.
fn read_plain_date(text: &[u8]) -> Option<Timestamp> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = |digits: &[u8]| -> Option<i16> {
        digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i16::from(b - b'0')))
    };
    let (month, day) = (number(&[*m1, *m2])?, number(&[*d1, *d2])?);
    Timestamp::from_date(number(&[*y1, *y2, *y3, *y4])?, month as i8, day as i8)
}

fn read_slashes(text: &str) -> Option<Written> {
    let (date, clock) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut fields = date.split('/');
    let mut next = |widths: std::ops::RangeInclusive<usize>| {
        fields.next().filter(|f| widths.contains(&f.len()) && f.bytes().all(|b| b.is_ascii_digit()))
    };
    let (first, second, year) = (next(1..=2)?, next(1..=2)?, next(4..=4)?);
    if fields.next().is_some() {
        return None;
    }
    let seconds = match clock.trim() {
        "" => 0,
        // A clock has no meaning of its own for the shared parser, so it gets a day.
        clock => {
            let padded = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
            let time = format!("1970-01-01T{padded}").parse::<Timestamp>().ok()?;
            u32::try_from(time.micros() / SECOND).ok()?
        }
    };
    Some(Written::Slash {
        first: first.parse().ok()?,
        second: second.parse().ok()?,
        year: year.parse().ok()?,
        seconds,
    })
}

/// What the dates of a file have in common, gathered row by row.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    iso: bool,
    slash: bool,
    /// Rows whose first field can only be a day.
    day_first: u64,
    /// Rows whose second field can only be a day.
    day_second: u64,
    some_offset: bool,
    some_clock: bool,
}

impl Evidence {
    pub(super) fn see(&mut self, written: Written) {
        match written {
            Written::Iso { local, offset } => {
                self.iso = true;
                self.some_offset |= offset != 0;
                self.some_clock |= local.rem_euclid(DAY) != 0;
            }
            Written::Slash { first, second, seconds, .. } => {
                self.slash = true;
                let only_a_day = |field| (13..=31).contains(&field);
                self.day_first += u64::from(only_a_day(first));
                self.day_second += u64::from(only_a_day(second));
                self.some_clock |= seconds != 0;
            }
        }
    }

    /// Decides how the dates of the file are read. Where rows contradict each other most of them win, so that one
    /// misprint does not turn all dates around; the others are then no dates.
    pub(super) fn decide(&self) -> Convention {
        Convention {
            iso: self.iso,
            slash: self.slash.then_some(match (self.day_first, self.day_second) {
                (0, 0) => DateFormat::MonthDayAssumed,
                (first, second) if first >= second => DateFormat::DayMonth,
                _ => DateFormat::MonthDay,
            }),
            session_dates: self.some_offset && !self.some_clock,
        }
    }
}

/// How the dates of one file are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Convention {
    iso: bool,
    slash: Option<DateFormat>,
    /// Every time is midnight of a local zone: a daily file written with zones. The local date is the session.
    pub(super) session_dates: bool,
}

impl Convention {
    /// The ways of writing that occur.
    pub(super) fn formats(&self) -> Vec<DateFormat> {
        self.iso.then_some(DateFormat::Iso).into_iter().chain(self.slash).collect()
    }

    /// The time that was written; `None` for a day that does not exist.
    pub(super) fn time(&self, written: Written) -> Option<Timestamp> {
        match written {
            Written::Iso { local, .. } if self.session_dates => Some(Timestamp::from_micros(local)),
            Written::Iso { local, offset } => {
                Some(Timestamp::from_micros(local - i64::from(offset) * SECOND))
            }
            Written::Slash { first, second, year, seconds } => {
                let day_first = self.slash == Some(DateFormat::DayMonth);
                let (month, day) = if day_first { (second, first) } else { (first, second) };
                let date = Timestamp::from_date(year, month as i8, day as i8)?;
                Some(Timestamp::from_micros(date.micros() + i64::from(seconds) * SECOND))
            }
        }
    }
}

/// What a rejected date looked like, for the message.
impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Iso { local, .. } => write!(f, "{}", Timestamp::from_micros(*local)),
            Self::Slash { first, second, year, .. } => write!(f, "{first}/{second}/{year}"),
        }
    }
}

#[cfg(test)]
mod tests;
