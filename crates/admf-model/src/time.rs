//! Points in time and bar lengths.

use std::fmt;
use std::str::FromStr;

/// UTC microseconds since 1970-01-01. A bar carries the time of its close; a daily bar its session date at 00:00
/// UTC, which means that session's close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const MICROS_PER_DAY: i64 = 86_400_000_000;

impl Timestamp {
    /// From UTC microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// UTC microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Midnight UTC of a calendar day; `None` for a day that does not exist.
    pub fn from_date(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        Self::from_datetime(date.at(0, 0, 0, 0))
    }

    /// A civil date and time taken as UTC.
    pub fn from_datetime(datetime: jiff::civil::DateTime) -> Option<Self> {
        let zoned = datetime.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Self(zoned.timestamp().as_microsecond()))
    }

    /// Days since 1970-01-01, the type `DATE` of SQL.
    pub fn days(self) -> i32 {
        i32::try_from(self.0.div_euclid(MICROS_PER_DAY)).unwrap_or(if self.0 < 0 {
            i32::MIN
        } else {
            i32::MAX
        })
    }

    /// The calendar year, UTC.
    pub fn year(self) -> i16 {
        self.civil().map_or(1970, |d| d.year())
    }

    fn civil(self) -> Option<jiff::civil::DateTime> {
        let ts = jiff::Timestamp::from_microsecond(self.0).ok()?;
        Some(ts.to_zoned(jiff::tz::TimeZone::UTC).datetime())
    }
}

impl fmt::Display for Timestamp {
    /// `2000-03-01` at midnight, else `2000-03-01T14:30:00Z` with as many decimals as needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.civil() {
            Some(d) if self.0.rem_euclid(MICROS_PER_DAY) == 0 => write!(f, "{}", d.date()),
            Some(d) => write!(f, "{d}Z"),
            None => write!(f, "{}us", self.0),
        }
    }
}

/// Text that is neither a date nor a time.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a date: write 2000-03-01 or 2000-03-01T14:30:00Z")]
pub struct TimestampError(pub String);

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads what `Display` writes, and a date and time with a space or without `Z` (taken as UTC).
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let error = || TimestampError(text.to_owned());
        if let Ok(ts) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(ts.as_microsecond()));
        }
        let datetime = text
            .parse::<jiff::civil::DateTime>()
            .or_else(|_| text.parse::<jiff::civil::Date>().map(|d| d.at(0, 0, 0, 0)))
            .map_err(|_| error())?;
        Self::from_datetime(datetime).ok_or_else(error)
    }
}

/// The length of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval(i64);

impl Interval {
    /// One day.
    pub const DAY: Self = Self(MICROS_PER_DAY);

    /// From microseconds; `None` unless positive.
    pub fn from_micros(micros: i64) -> Option<Self> {
        (micros > 0).then_some(Self(micros))
    }

    /// Microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Months of a bar whose length in days is that of a month, a quarter, half a year or a year: 1, 3, 6 or 12.
    pub fn months(self) -> Option<u8> {
        match self.0 / MICROS_PER_DAY {
            _ if self.0 % MICROS_PER_DAY != 0 => None,
            28..=31 => Some(1),
            89..=92 => Some(3),
            181..=184 => Some(6),
            365..=366 => Some(12),
            _ => None,
        }
    }

    /// True for bars of whole days or longer.
    pub fn is_daily_or_longer(self) -> bool {
        self.0 >= MICROS_PER_DAY
    }
}

const UNITS: [(&str, i64); 5] = [
    ("w", 7 * MICROS_PER_DAY),
    ("d", MICROS_PER_DAY),
    ("h", 3_600_000_000),
    ("m", 60_000_000),
    ("s", 1_000_000),
];

impl fmt::Display for Interval {
    /// `1d`, `4h`, `5m`, `1s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(_, micros)| self.0 % micros == 0) {
            Some((unit, micros)) => write!(f, "{}{unit}", self.0 / micros),
            None => write!(f, "{}us", self.0),
        }
    }
}

/// Text that is not a bar length.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a bar interval: write a number and w, d, h, m, s or us, such as 1d or 5m")]
pub struct IntervalError(pub String);

impl FromStr for Interval {
    type Err = IntervalError;

    fn from_str(text: &str) -> Result<Self, IntervalError> {
        let error = || IntervalError(text.to_owned());
        let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
        let (count, unit) = text.split_at(split);
        let micros = UNITS.iter().copied().chain([("us", 1)]).find(|(u, _)| *u == unit).ok_or_else(error)?.1;
        let total = count.parse::<i64>().ok().and_then(|n| n.checked_mul(micros));
        total.and_then(Self::from_micros).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests;
