//! The day that a bar belongs to, and when within it the bar closes.

use crate::{Interval, Timestamp};
use jiff::civil::{Date, Weekday};

/// Days since 1970-01-01 of a trading session, by the UTC calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionDay(i32);

const MICROS_PER_MINUTE: i64 = 60_000_000;

impl SessionDay {
    /// The session of a bar with this close time: its date for a bar of a day or longer, which carries it as its time
    /// (rule 1); for a shorter one the UTC date of the close, where midnight is the end of a day.
    pub fn of(close: Timestamp, interval: Interval) -> Self {
        if interval.is_daily_or_longer() {
            return Self(close.days());
        }
        Self(Timestamp::from_micros(close.micros().saturating_sub(1)).days())
    }

    /// Minutes from the midnight at which this day begins to a bar's close, above 0 and up to 1440; `None` for a bar of
    /// a day or longer, of which only the date is known.
    pub fn minutes_to(self, close: Timestamp, interval: Interval) -> Option<f64> {
        let midnight = i64::from(self.0) * Interval::DAY.micros();
        let within = close.micros().saturating_sub(midnight) as f64;
        (!interval.is_daily_or_longer()).then_some(within / MICROS_PER_MINUTE as f64)
    }

    /// From days since 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// 1 is Monday, 7 Sunday.
    pub fn day_of_week(self) -> u16 {
        weekday(self.date().weekday())
    }

    /// 1 to 31.
    pub fn day_of_month(self) -> u16 {
        self.date().day().unsigned_abs().into()
    }

    /// 1 to 366.
    pub fn day_of_year(self) -> u16 {
        self.date().day_of_year().unsigned_abs()
    }

    /// Week of ISO 8601, 1 to 53.
    pub fn week_of_year(self) -> u16 {
        self.date().iso_week_date().week().unsigned_abs().into()
    }

    /// 1 to 12.
    pub fn month(self) -> u16 {
        self.date().month().unsigned_abs().into()
    }

    /// 1 to 4.
    pub fn quarter(self) -> u16 {
        (self.month() - 1) / 3 + 1
    }

    /// The calendar year.
    pub fn year(self) -> u16 {
        self.date().year().unsigned_abs()
    }

    /// Days of the month after this one.
    pub fn days_left_in_month(self) -> u16 {
        let date = self.date();
        (date.days_in_month() - date.day()).unsigned_abs().into()
    }

    /// Days from Monday to Friday of the month after this one.
    pub fn weekdays_left_in_month(self) -> u16 {
        let (today, left) = (self.day_of_week(), self.days_left_in_month());
        (1..=left).map(|days| u16::from((today - 1 + days) % 7 < 5)).sum()
    }

    /// The date; days beyond the years -9999 to 9999 count as 1970-01-01.
    fn date(self) -> Date {
        let epoch = Date::constant(1970, 1, 1);
        jiff::Timestamp::from_second(i64::from(self.0) * 86_400)
            .map_or(epoch, |ts| ts.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

fn weekday(day: Weekday) -> u16 {
    day.to_monday_one_offset().unsigned_abs().into()
}

#[cfg(test)]
mod tests;
