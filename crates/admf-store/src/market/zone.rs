//! Time zones: what a clock on a wall says, as UTC, where clocks are put forward and back, too.

use admf_model::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::fmt;
use std::str::FromStr;

const SECOND: i64 = 1_000_000;

/// A time zone by its name in the IANA database (`America/New_York`), `UTC`, or a fixed offset (`+02:00`). The
/// database is built into the program, so that a name means the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Text that names no zone.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{text}` is not a time zone: write a name such as America/New_York, UTC, or an offset such as +02:00{}", did_you_mean(.near))]
pub struct ZoneError {
    text: String,
    near: Option<String>,
}

fn did_you_mean(near: &Option<String>) -> String {
    near.as_ref().map_or_else(String::new, |name| format!("; is it {name}?"))
}

/// The points in time at which clocks show a time, as UTC microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moments {
    /// One.
    Once(i64),
    /// Clocks were put back: the first and the second time.
    Twice(i64, i64),
    /// Clocks were put forward over it.
    Never,
}

impl Zone {
    /// When clocks of the zone show `local` microseconds since 1970-01-01.
    pub(super) fn moments(&self, local: i64) -> Moments {
        let utc = |offset: jiff::tz::Offset| local - i64::from(offset.seconds()) * SECOND;
        let Ok(shown) = jiff::Timestamp::from_microsecond(local) else { return Moments::Never };
        let datetime = shown.to_zoned(TimeZone::UTC).datetime();
        match self.0.to_ambiguous_timestamp(datetime).offset() {
            AmbiguousOffset::Unambiguous { offset } => Moments::Once(utc(offset)),
            AmbiguousOffset::Gap { .. } => Moments::Never,
            AmbiguousOffset::Fold { before, after } => Moments::Twice(utc(before), utc(after)),
        }
    }

    /// Seconds that clocks of the zone are ahead of UTC at a point in time.
    pub(super) fn offset_at(&self, micros: i64) -> i32 {
        jiff::Timestamp::from_microsecond(micros).map_or(0, |at| self.0.to_offset(at).seconds())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.iana_name() {
            Some(name) => f.write_str(name),
            None => write!(f, "{}", self.0.to_offset(jiff::Timestamp::UNIX_EPOCH)),
        }
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        if let Some(seconds) = read_offset(text) {
            let offset = jiff::tz::Offset::from_seconds(seconds);
            return offset.map(|o| Self(TimeZone::fixed(o))).map_err(|_| unknown(text));
        }
        TimeZone::get(text).map(Self).map_err(|_| unknown(text))
    }
}

fn unknown(text: &str) -> ZoneError {
    let score = |name: &str| {
        // Who types `new_york` means the city.
        let city = name.rsplit('/').next().unwrap_or(name);
        let like = |other: &str| strsim::jaro_winkler(&text.to_lowercase(), &other.to_lowercase());
        like(name).max(like(city))
    };
    let names = jiff::tz::db().available();
    let near = names
        .map(|name| (score(name.as_str()), name.as_str().to_owned()))
        .filter(|(score, _)| *score >= 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    ZoneError { text: text.to_owned(), near: near.map(|(_, name)| name) }
}

/// Reads `Z`, `UTC`, `GMT`, `+02:00`, `-0500` or `+02` as seconds ahead of UTC.
pub(super) fn read_offset(text: &str) -> Option<i32> {
    if ["z", "utc", "gmt"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes() {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let digit = |b: &u8| b.is_ascii_digit().then(|| i32::from(b - b'0'));
    let (hours, minutes) = match digits {
        [h1, h2] => (digit(h1)? * 10 + digit(h2)?, 0),
        [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => {
            (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?)
        }
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// A clock's time as text, for messages.
pub(super) fn local_text(local: i64) -> String {
    Timestamp::from_micros(local).to_string().trim_end_matches('Z').replace('T', " ")
}

#[cfg(test)]
mod tests;
