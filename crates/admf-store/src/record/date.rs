//! Calendar days.

use admf_model::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A calendar day, UTC: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// From days since 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Midnight UTC.
    pub const fn midnight(self) -> Timestamp {
        Timestamp::from_micros(self.0 as i64 * 86_400_000_000)
    }
}

impl From<Timestamp> for Date {
    /// The day that contains a point in time.
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.days())
    }
}

impl fmt::Display for Date {
    /// `2000-03-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.midnight().fmt(f)
    }
}

/// Text that is not a calendar day.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a day: write 2000-03-01")]
pub struct DateError(pub String);

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let midnight: Option<Timestamp> = text.parse().ok();
        let date = midnight.map(Self::from).filter(|date| midnight == Some(date.midnight()));
        date.ok_or_else(|| DateError(text.to_owned()))
    }
}
