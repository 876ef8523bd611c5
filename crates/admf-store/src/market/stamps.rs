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
    /// When it opens; of a week or a month, its first day.
    Open,
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
            _ => Err(format!("`{text}` is neither: write open or close")),
        }
    }
}

impl fmt::Display for Stamps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Close | Self::End => "close",
        })
    }
}

/// Turns the times of a file into closing times. `dated` tells that all are midnights.
pub(super) fn to_closes(times: &mut [Timestamp], stamps: Stamps, interval: Interval, dated: bool) {
    let length = interval.micros();
    let longer = interval.is_daily_or_longer() && dated;
    match stamps {
        Stamps::Close => {}
        // A session is named by its date already; the last instant of a day belongs to that day.
        Stamps::End if longer => shift(times, -DAY),
        Stamps::End => {}
        Stamps::Open if longer && length == 7 * DAY && are_on_one_weekday(times) => shift(times, 6 * DAY),
        Stamps::Open if longer && (28 * DAY..=31 * DAY).contains(&length) => {
            times.iter_mut().for_each(|time| *time = last_day_of_month(*time));
        }
        // Days, and bars of no fixed length.
        Stamps::Open if longer => {}
        Stamps::Open => shift(times, length),
    }
}

fn are_on_one_weekday(times: &[Timestamp]) -> bool {
    let weekday = |time: &Timestamp| time.micros().div_euclid(DAY).rem_euclid(7);
    times.windows(2).all(|pair| weekday(&pair[0]) == weekday(&pair[1]))
}

fn shift(times: &mut [Timestamp], micros: i64) {
    times.iter_mut().for_each(|time| *time = Timestamp::from_micros(time.micros() + micros));
}

/// The day before the same day of the next month: of a bar that opens on the first, the last of its month.
fn last_day_of_month(time: Timestamp) -> Timestamp {
    let next = jiff::Timestamp::from_microsecond(time.micros())
        .ok()
        .and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC).checked_add(1.month()).ok());
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
