//! Days of the calendar and times of the day as numbers: ten times faster than a general parser, which most of the
//! time of an import would go into.

use super::{DAY, SECOND};

/// Microseconds from 1970-01-01 to a day at 00:00; `None` for a day that does not exist. After Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(super) fn midnight(year: i16, month: u8, day: u8) -> Option<i64> {
    if !(1..=12).contains(&month)
        || day < 1
        || day > days_in_month(year, month)
        || !(1..=9999).contains(&year)
    {
        return None;
    }
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some((era * 146_097 + day_of_era - 719_468) * DAY)
}

fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A number of at most nine digits; `None` for anything else.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    let fits = !digits.is_empty() && digits.len() <= 9;
    let add = |sum: u32, b: &u8| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0'));
    if fits { digits.iter().try_fold(0, add) } else { None }
}

/// The time of day at the start of a text, in microseconds, and what follows it: `9:30`, `09:30:00.25`, `093000`,
/// `9:30 PM`. `24:00` is the end of the day.
pub(super) fn clock(text: &str) -> Option<(i64, &str)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(0);
    let (hours, minutes, seconds, mut at) = if bytes.get(first) == Some(&b':') {
        let minutes_at = first + 1;
        let seconds_at = minutes_at + 2;
        let minutes = number(bytes.get(minutes_at..seconds_at)?)?;
        let hours = number(&bytes[..first]).filter(|_| first <= 2)?;
        match bytes.get(seconds_at) {
            Some(b':') => {
                (hours, minutes, number(bytes.get(seconds_at + 1..seconds_at + 3)?)?, seconds_at + 3)
            }
            _ => (hours, minutes, 0, seconds_at),
        }
    } else {
        let number = number(&bytes[..first])?;
        match first {
            // What a spreadsheet leaves of 000000.
            1 | 2 if number == 0 => (0, 0, 0, first),
            3 | 4 => (number / 100, number % 100, 0, first),
            5 | 6 => (number / 10_000, number / 100 % 100, number % 100, first),
            _ => return None,
        }
    };
    let mut micros = (i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds)) * SECOND;
    if matches!(bytes.get(at), Some(b'.' | b',')) {
        let length = digits(at + 1);
        let kept = &bytes[at + 1..at + 1 + length.min(6)];
        micros += i64::from(number(kept)?) * 10_i64.pow(6 - kept.len() as u32);
        at += 1 + length;
    }
    let (micros, rest) = half_of_day(hours, micros, &text[at..])?;
    let end_of_day = micros == DAY;
    (minutes < 60 && seconds < 60 && (micros < DAY || end_of_day)).then_some((micros, rest))
}

/// Reads `AM` or `PM` behind a time of day.
fn half_of_day(hours: u32, micros: i64, rest: &str) -> Option<(i64, &str)> {
    let word = rest.trim_start();
    // `America/New_York` begins with other letters than a half of the day.
    let ends = !word.as_bytes().get(2).is_some_and(u8::is_ascii_alphanumeric);
    let half = word.get(..2).filter(|_| ends).map(str::to_ascii_lowercase);
    let shift = match (half.as_deref(), hours) {
        (Some("am"), 12) => -12,
        (Some("am"), 1..12) | (Some("pm"), 12) => 0,
        (Some("pm"), 1..12) => 12,
        (Some("am" | "pm"), _) => return None,
        _ => return Some((micros, rest)),
    };
    Some((micros + shift * 3600 * SECOND, &word[2..]))
}
