//! What the time of a bar is in a file, and the closing times that bars carry here (rule 1).

use super::date::DAY;
use admf_model::{Interval, Timestamp};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What the time of a bar is in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamps {
    /// When it opens; of a week, month, quarter or year, its first day.
    Open,
    /// The first day of a month, quarter or year that the value is about; of a shorter bar, when it closes. So do
    /// sources of statistics.
    PeriodStart,
    /// When it closes; of a bar of a day or longer, its last session.
    #[default]
    Close,
    /// The instant at which the next bar may open.
    End,
}

impl FromStr for Stamps {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "open" => Ok(Self::Open),
            "close" => Ok(Self::Close),
            "period-start" => Ok(Self::PeriodStart),
            _ => Err(format!("`{text}` is none of them: write open, close or period-start")),
        }
    }
}

impl fmt::Display for Stamps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::PeriodStart => "period-start",
            Self::Close | Self::End => "close",
        })
    }
}

/// Turns the times of a file into closing times. `dated` tells that all are midnights.
pub(super) fn to_closes(times: &mut [Timestamp], stamps: Stamps, interval: Interval, dated: bool) {
    let length = interval.micros();
    let longer = interval.is_daily_or_longer() && dated;
    let months = interval.months().filter(|_| longer);
    match (stamps, months) {
        (Stamps::Close, _) => {}
        // A session is named by its date already; the last instant of a day belongs to that day.
        (Stamps::End, _) if longer => shift(times, -DAY),
        (Stamps::End, _) => {}
        (Stamps::Open, Some(months)) => times.iter_mut().for_each(|time| *time = last_day(*time, months)),
        // What is not dated with the first of a month is not dated with the first day of a period: fiscal years, for
        // one, carry their last.
        (Stamps::PeriodStart, Some(months)) => {
            let first_days = times.iter_mut().filter(|time| is_first_of_month(**time));
            first_days.for_each(|time| *time = last_day(*time, months));
        }
        (Stamps::PeriodStart, None) => {}
        (Stamps::Open, None) if longer && length == 7 * DAY && are_on_one_weekday(times) => {
            shift(times, 6 * DAY);
        }
        // Days, and bars of no fixed length.
        (Stamps::Open, None) if longer => {}
        (Stamps::Open, None) => shift(times, length),
    }
}

/// True for a time on the first day of a month.
pub(super) fn is_first_of_month(time: Timestamp) -> bool {
    let at = jiff::Timestamp::from_microsecond(time.micros());
    at.is_ok_and(|at| at.to_zoned(jiff::tz::TimeZone::UTC).day() == 1)
}

fn are_on_one_weekday(times: &[Timestamp]) -> bool {
    let weekday = |time: &Timestamp| time.micros().div_euclid(DAY).rem_euclid(7);
    times.windows(2).all(|pair| weekday(&pair[0]) == weekday(&pair[1]))
}

fn shift(times: &mut [Timestamp], micros: i64) {
    times.iter_mut().for_each(|time| *time = Timestamp::from_micros(time.micros() + micros));
}

/// The day before the same day some months later: of a period that begins on the first of a month, its last day.
fn last_day(time: Timestamp, months: u8) -> Timestamp {
    let next = jiff::Timestamp::from_microsecond(time.micros())
        .ok()
        .and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC).checked_add(i64::from(months).months()).ok());
    next.map_or(time, |next| Timestamp::from_micros(next.timestamp().as_microsecond() - DAY))
}

/// The instant after the last one of a bar, which files write as `…59.999`.
pub(super) fn end_of(last: Timestamp) -> Timestamp {
    const SECOND: i64 = 1_000_000;
    match last.micros().rem_euclid(SECOND) {
        999_000 | 999_999 => Timestamp::from_micros(last.micros().div_euclid(SECOND) * SECOND + SECOND),
        _ => last,
    }
}

#[cfg(test)]
mod tests;
