//! One date or time, from the text of its field.

use super::super::zone::{Zone, read_offset};
use super::civil::{clock, midnight, number};
use super::{DateFormat, DateReading, DateRules, SECOND, Unit, Written};
use crate::market::zone::Moments;

/// Years in which a number of twelve or fourteen digits is a date and not a count since 1970.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// Reads a field; `None` for what is no date. Of days that depend on the order of day and month,
/// [`super::Convention`] finds those that do not exist.
pub(in super::super) fn read(text: &str, rules: &DateRules) -> Option<(Written, DateFormat)> {
    let (written, format) = match &rules.reading {
        Some(DateReading::Pattern(pattern)) => (read_pattern(text, pattern)?, DateFormat::Pattern),
        Some(DateReading::Format(format)) => match format.epoch() {
            Some(unit) => (instant(count(text, unit)?), *format),
            None => read_as(text, *format)?,
        },
        None => read_written(text)?,
    };
    let Some(zone) = &rules.zone else { return Some((written, format)) };
    // An instant is seen on the clocks of the zone, so that its midnights are known as such.
    let instant = match written {
        Written::Zoned { local, offset } => local - i64::from(offset) * SECOND,
        other => return Some((other, format)),
    };
    let offset = zone.offset_at(instant);
    Some((Written::Zoned { local: instant + i64::from(offset) * SECOND, offset }, format))
}

fn read_as(text: &str, format: DateFormat) -> Option<(Written, DateFormat)> {
    let (written, found) = read_written(text)?;
    let by_fields = matches!(written, Written::Fields { .. });
    let fits = match format {
        DateFormat::Iso => found == DateFormat::Iso,
        _ => by_fields,
    };
    fits.then_some((written, format))
}

/// Reads any of the ways that need no help.
pub(in super::super) fn read_written(text: &str) -> Option<(Written, DateFormat)> {
    if let Some(local) = plain_clock(text.as_bytes()) {
        return Some((Written::Local(local), DateFormat::Iso));
    }
    let bytes = text.as_bytes();
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = bytes
        && let Some(day) = day_of(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
    {
        return match rest {
            [] => Some((Written::Local(day), DateFormat::Iso)),
            [b' ' | b'T' | b't', ..] => Some((with_clock(day, &text[11..])?, DateFormat::Iso)),
            _ => None,
        };
    }
    match bytes.first()? {
        b'0'..=b'9' => {}
        b'A'..=b'Z' | b'a'..=b'z' => return Some((month_first(text)?, DateFormat::Named)),
        _ => return None,
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    match bytes.get(digits) {
        None | Some(b'.') if digits > 4 => read_number(text, digits),
        Some(b' ' | b'T') if digits == 8 => {
            let day = compact(&bytes[..8])?;
            Some((with_clock(day, &text[9..])?, DateFormat::Iso))
        }
        Some(separator @ (b'-' | b'/' | b'.')) => separated(text, char::from(*separator)),
        Some(b' ') if digits <= 2 => separated(text, ' '),
        _ => None,
    }
}

/// `2000-03-01 14:30:00`, which most bars shorter than a day carry; `None` for anything else.
fn plain_clock(text: &[u8]) -> Option<i64> {
    const SIGNS: u64 = u64::from_le_bytes(*b"0000-00-");
    // From ten on a digit, from one on the difference of a sign, reaches the highest bit with these added.
    const DATE_FAULTS: u64 = u64::from_le_bytes([0x76, 0x76, 0x76, 0x76, 0x7f, 0x76, 0x76, 0x7f]);
    const CLOCK_FAULTS: u64 = u64::from_le_bytes([0x76, 0x76, 0x7f, 0x76, 0x76, 0x7f, 0x76, 0x76]);
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    let text: &[u8; 19] = text.try_into().ok()?;
    let [y1, y2, y3, y4, s1, m1, m2, s2, d1, d2, between, h1, h2, c1, n1, n2, c2, x1, x2] = *text;
    let date = u64::from_le_bytes([y1, y2, y3, y4, s1, m1, m2, s2]) ^ SIGNS;
    let clock = u64::from_le_bytes([h1, h2, c1, n1, n2, c2, x1, x2]) ^ u64::from_le_bytes(*b"00:00:00");
    let faults = date.wrapping_add(DATE_FAULTS) | date | clock.wrapping_add(CLOCK_FAULTS) | clock;
    let (d1, d2) = (d1.wrapping_sub(b'0'), d2.wrapping_sub(b'0'));
    if faults & HIGHEST != 0 || d1 > 9 || d2 > 9 || !matches!(between, b' ' | b'T') {
        return None;
    }
    let [y1, y2, y3, y4, _, m1, m2, _] = date.to_le_bytes();
    let [h1, h2, _, n1, n2, _, x1, x2] = clock.to_le_bytes();
    let (hours, minutes, seconds) = (h1 * 10 + h2, n1 * 10 + n2, x1 * 10 + x2);
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let year = i16::from(y1 * 10 + y2) * 100 + i16::from(y3 * 10 + y4);
    let day = midnight(year, m1 * 10 + m2, d1 * 10 + d2)?;
    Some(day + (i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds)) * SECOND)
}

fn day_of(year: &[u8], month: &[u8], day: &[u8]) -> Option<i64> {
    let year = i16::try_from(number(year)?).ok()?;
    midnight(year, u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?)
}

/// `20000301`.
fn compact(text: &[u8]) -> Option<i64> {
    let [y1, y2, y3, y4, m1, m2, d1, d2] = text else { return None };
    day_of(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
}

/// Digits without separators: a date, a date and a time, or a count since 1970 whose unit its magnitude tells.
fn read_number(text: &str, digits: usize) -> Option<(Written, DateFormat)> {
    let bytes = &text.as_bytes()[..digits];
    let year = || number(&bytes[..4]).is_some_and(|year| YEARS.contains(&year));
    let whole = digits == text.len();
    if whole && matches!(digits, 12 | 14) && year() {
        let clock = clock(&text[8..]).filter(|(_, rest)| rest.is_empty());
        if let (Some(day), Some((clock, _))) = (compact(&bytes[..8]), clock) {
            return Some((Written::Local(day + clock), DateFormat::Iso));
        }
    }
    if whole && digits == 8 {
        return Some((Written::Local(compact(bytes)?), DateFormat::Iso));
    }
    // Seconds from 1973 to 5138 have nine to eleven digits; the other units three more each.
    let format = match digits {
        9..=11 => DateFormat::EpochSeconds,
        12..=14 => DateFormat::EpochMilliseconds,
        15..=17 => DateFormat::EpochMicroseconds,
        18 | 19 => DateFormat::EpochNanoseconds,
        _ => return None,
    };
    Some((instant(count(text, format.epoch()?)?), format))
}

/// Microseconds of a count since 1970, with or without decimals.
fn count(text: &str, unit: Unit) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let micros = unit.micros(whole.parse().ok()?)?;
    if fraction.bytes().all(|b| b == b'0') {
        return Some(micros);
    }
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    let length = (SECOND / unit.per_second.min(SECOND)) as f64;
    Some(micros + (fraction * length).round() as i64)
}

fn instant(micros: i64) -> Written {
    Written::Zoned { local: micros, offset: 0 }
}

/// Three fields with one separator, and perhaps a time behind a space.
fn separated(text: &str, separator: char) -> Option<(Written, DateFormat)> {
    let mut fields = text.splitn(3, separator);
    let (first, second, rest) = (fields.next()?, fields.next()?, fields.next()?);
    let third = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (third, after) = rest.split_at(third);
    let clock = match after.as_bytes() {
        [] => None,
        [b' ' | b'T' | b',', ..] => Some(after[1..].trim_start()).filter(|text| !text.is_empty()),
        _ => return None,
    };
    let at = |day: i64| match clock {
        None => Some(Written::Local(day)),
        Some(clock) => with_clock(day, clock),
    };
    if first.len() == 4 && second.len() <= 2 && third.len() <= 2 {
        let day = day_of(first.as_bytes(), second.as_bytes(), third.as_bytes())?;
        return Some((at(day)?, DateFormat::Iso));
    }
    if third.len() != 4 || first.len() > 2 {
        return None;
    }
    let year = i16::try_from(number(third.as_bytes())?).ok()?;
    let first = u8::try_from(number(first.as_bytes())?).ok()?;
    if let Some(month) = month_number(second) {
        return Some((at(midnight(year, month, first)?)?, DateFormat::Named));
    }
    let second = u8::try_from(number(second.as_bytes()).filter(|_| second.len() <= 2)?).ok()?;
    let clock = match at(0)? {
        Written::Local(clock) => u64::try_from(clock).ok()?,
        // Local time of a zone on a day that is not known yet: nobody writes that.
        _ => return None,
    };
    Some((Written::Fields { first, second, year, clock }, DateFormat::MonthDay))
}

/// `Mar 1, 2000`.
fn month_first(text: &str) -> Option<Written> {
    let mut words = text.splitn(3, [' ', '-', '/']).map(|word| word.trim_matches([',', ' ']));
    let (month, day, rest) = (month_number(words.next()?)?, words.next()?, words.next()?);
    let (year, clock) = rest.split_once([' ', ',']).unwrap_or((rest, ""));
    let year = i16::try_from(number(year.as_bytes()).filter(|_| year.len() == 4)?).ok()?;
    let day = midnight(year, month, u8::try_from(number(day.as_bytes())?).ok()?)?;
    match clock.trim() {
        "" => Some(Written::Local(day)),
        clock => with_clock(day, clock),
    }
}

fn month_number(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let fits = |month: &&str| {
        word.len() >= 3 && (month.starts_with(&word) || word == "sept" && **month == *"september")
    };
    MONTHS.iter().position(fits).and_then(|index| u8::try_from(index + 1).ok())
}

/// A day with the time of day and perhaps the zone that follow it.
fn with_clock(day: i64, text: &str) -> Option<Written> {
    let (clock, zone) = clock(text.trim_start())?;
    let local = day + clock;
    // `[Europe/Paris]` behind an offset adds nothing to it.
    let zone = zone.split('[').next().unwrap_or_default().trim();
    if zone.is_empty() {
        return Some(Written::Local(local));
    }
    if let Some(offset) = read_offset(zone) {
        return Some(Written::Zoned { local, offset });
    }
    match zone.parse::<Zone>().ok()?.moments(local) {
        Moments::Once(at) | Moments::Twice(at, _) => {
            Some(Written::Zoned { local, offset: i32::try_from((local - at) / SECOND).ok()? })
        }
        Moments::Never => None,
    }
}

fn read_pattern(text: &str, pattern: &str) -> Option<Written> {
    let parsed = jiff::fmt::strtime::parse(pattern, text).ok()?;
    let datetime = parsed.to_datetime().ok().or_else(|| Some(parsed.to_date().ok()?.at(0, 0, 0, 0)))?;
    let local = admf_model::Timestamp::from_datetime(datetime)?.micros();
    Some(match parsed.offset() {
        Some(offset) => Written::Zoned { local, offset: offset.seconds() },
        None => Written::Local(local),
    })
}
