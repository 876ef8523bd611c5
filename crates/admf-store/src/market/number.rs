//! Numbers as files write them: missing, a finite decimal, or neither.

use std::borrow::Cow;
use std::ops::Range;
use std::str::FromStr;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    /// Empty, or one of the words and signs for nothing.
    Missing,
    /// A finite number.
    Number(f64),
    /// Separators that contradict the file's decimal sign, or `1,234` where nothing tells what the comma is.
    Grouped,
    /// Anything else.
    Unreadable,
}

/// The sign between whole and fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1234.5`
    Point,
    /// `1234,5`
    Comma,
}

impl FromStr for Decimal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "point" | "." => Ok(Self::Point),
            "comma" | "," => Ok(Self::Comma),
            _ => Err(format!("`{text}` is no decimal sign: write point or comma")),
        }
    }
}

/// A text and the sixteen bytes that end where it ends, where there are so many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending<'a> {
    text: &'a str,
    bytes: Option<&'a [u8; 16]>,
}

impl<'a> Ending<'a> {
    /// A stretch of a longer text.
    #[inline]
    pub(super) fn of(longer: &'a str, bounds: Range<usize>) -> Self {
        Self { bytes: longer.as_bytes()[..bounds.end].last_chunk(), text: &longer[bounds] }
    }

    /// The bytes as a number, of which the last one is the highest; those before the text are anything.
    fn last_bytes(self) -> u128 {
        u128::from_le_bytes(self.bytes.copied().unwrap_or_else(|| {
            let mut bytes = [0; 16];
            let text = self.text.as_bytes();
            bytes[16 - text.len()..].copy_from_slice(text);
            bytes
        }))
    }
}

impl<'a> From<&'a str> for Ending<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, bytes: None }
    }
}

/// How the numbers of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) decimal: Decimal,
    /// Some number, or the user, told the decimal sign.
    pub(super) certain: bool,
}

/// What numbers of a file tell of their decimal sign.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DecimalEvidence {
    point: bool,
    comma: bool,
}

impl DecimalEvidence {
    pub(super) fn see(&mut self, text: &str) {
        let last = text.rfind([',', '.']);
        let Some(at) = last else { return };
        let (sign, fraction) = (text.as_bytes()[at], &text[at + 1..]);
        let both = text.contains(',') && text.contains('.');
        let several = text.matches(char::from(sign)).count() > 1;
        // `1,234` may be either; `1,23`, `1.234,5` and `0,123` may not.
        let leading_zero = text[..at].trim_start_matches(['-', '+']) == "0";
        if several || !(both || fraction.len() != 3 || leading_zero) {
            return;
        }
        *if sign == b',' { &mut self.comma } else { &mut self.point } = true;
    }

    pub(super) fn decide(self) -> Numbers {
        match (self.point, self.comma) {
            (false, true) => Numbers { decimal: Decimal::Comma, certain: true },
            (point, comma) => Numbers { decimal: Decimal::Point, certain: point && !comma },
        }
    }
}

impl Numbers {
    /// Plain numbers with a point.
    #[cfg(test)]
    pub(super) const PLAIN: Self = Self { decimal: Decimal::Point, certain: true };

    /// Reads a trimmed price.
    #[inline]
    pub(super) fn price<'a>(self, text: impl Into<Ending<'a>>) -> Field {
        self.read(text.into(), self.certain)
    }

    /// Reads a trimmed volume: `1,234` is a thousand of units there, and `1.2M` more than one.
    #[inline]
    pub(super) fn volume<'a>(self, text: impl Into<Ending<'a>>) -> Field {
        let field = text.into();
        match self.read(field, true) {
            Field::Unreadable => self.with_magnitude(field.text),
            read => read,
        }
    }

    fn read(self, field: Ending<'_>, groups: bool) -> Field {
        if self.decimal == Decimal::Point
            && let Some(number) = plain_decimal(field)
        {
            return Field::Number(number);
        }
        self.read_other(field.text, groups)
    }

    /// What is not the plainest of numbers.
    fn read_other(self, text: &str, groups: bool) -> Field {
        if self.decimal == Decimal::Point
            && let Ok(number) = text.parse::<f64>()
        {
            // `inf` parses as a number but is none here. Adding zero turns -0 into 0, another content otherwise.
            return match number {
                number if number.is_finite() => Field::Number(number + 0.0),
                number if number.is_nan() => Field::Missing,
                _ => Field::Unreadable,
            };
        }
        if is_missing(text) {
            return Field::Missing;
        }
        let bare = text.trim_start_matches(['$', '€', '£']).trim();
        let (decimal, group) = match self.decimal {
            Decimal::Point => ('.', ','),
            Decimal::Comma => (',', '.'),
        };
        match without_groups(bare, decimal, group) {
            Some(Cow::Owned(_)) if !groups && bare.contains(group) && !bare.contains(decimal) => {
                Field::Grouped
            }
            Some(plain) => plain.replacen(decimal, ".", 1).parse::<f64>().map_or(Field::Unreadable, finite),
            None if looks_grouped(bare) => Field::Grouped,
            None => Field::Unreadable,
        }
    }

    fn with_magnitude(self, text: &str) -> Field {
        let factor = match text.as_bytes().last() {
            Some(b'K' | b'k') => 1e3,
            Some(b'M' | b'm') => 1e6,
            Some(b'B' | b'b') => 1e9,
            _ => return Field::Unreadable,
        };
        match self.read(text[..text.len() - 1].trim_end().into(), true) {
            Field::Number(number) => finite((number * factor).round()),
            _ => Field::Unreadable,
        }
    }
}

/// Reads `123.45` where that takes one division; `None` for anything else. Digits that make a whole number below 2^53
/// and a power of ten up to 10^22 are exact, so that their quotient is rounded once and right (Clinger, "How to Read
/// Floating Point Numbers Accurately", 1990). Nearly all prices are so, and the general parser takes ten times as long.
/// All digits are looked at at once, so that nothing depends on how many there are.
fn plain_decimal(field: Ending<'_>) -> Option<f64> {
    const TENS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let length = field.text.len();
    if length == 0 || length > 16 {
        return None;
    }
    let before = 8 * (16 - length as u32);
    let text = field.last_bytes() >> before << before;
    let points = equal_bytes(text, u128::from(b'.') * EACH_BYTE);
    let (text, digits, decimals) = if points == 0 {
        (text, length, 0)
    } else {
        // What stands before the point takes its place.
        let at = points.trailing_zeros() / 8;
        let whole = text & ((1 << (8 * at)) - 1);
        let fraction = text ^ whole ^ (u128::from(b'.') << (8 * at));
        (fraction | whole << 8, length - 1, 15 - at as usize)
    };
    // Fifteen digits are below 2^53.
    if digits == 0 || digits > 15 {
        return None;
    }
    let before = 8 * (16 - digits as u32);
    let values = (text ^ (u128::from(b'0') * EACH_BYTE)) >> before << before;
    // From ten on the highest bit is set, or was.
    if (values.wrapping_add(0x76 * EACH_BYTE) | values) & (0x80 * EACH_BYTE) != 0 {
        return None;
    }
    let number = eight_digits(values as u64) * 100_000_000 + eight_digits((values >> 64) as u64);
    Some(number as f64 / TENS[decimals])
}

/// A word with this number of each of its bytes times a byte has that byte sixteen times.
const EACH_BYTE: u128 = u128::MAX / 0xff;

/// The highest bit of each byte that is that of the other word: their difference is zero, to which 0x7f can be added
/// without a carry (Warren, "Hacker's Delight", 6-1).
fn equal_bytes(word: u128, other: u128) -> u128 {
    const LOW: u128 = 0x7f * EACH_BYTE;
    let difference = word ^ other;
    !(((difference & LOW) + LOW) | difference | LOW)
}

/// The number that eight digits make, the first of which is the lowest byte: pairs, fours, all (Lemire, "Number Parsing
/// at a Gigabyte per Second", 2021).
fn eight_digits(values: u64) -> u64 {
    const FIRST: u64 = 0x0000_00ff_0000_00ff;
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8);
    let fours = (pairs & FIRST).wrapping_mul(100 + (1_000_000 << 32));
    fours.wrapping_add((pairs >> 16 & FIRST).wrapping_mul(1 + (10_000 << 32))) >> 32
}

fn finite(number: f64) -> Field {
    if number.is_finite() { Field::Number(number + 0.0) } else { Field::Unreadable }
}

fn is_missing(text: &str) -> bool {
    const MISSING: [&str; 11] = ["", ".", "-", "--", "na", "n/a", "#n/a", "nan", "null", "none", "nil"];
    text.len() <= 4 && MISSING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The number without thousands separators; borrowed where there are none, `None` where they are in wrong places or
/// the number has other signs.
fn without_groups(text: &str, decimal: char, group: char) -> Option<Cow<'_, str>> {
    let (whole, fraction) = text.split_once(decimal).map_or((text, None), |(a, b)| (a, Some(b)));
    let is_number = |c: char| c.is_ascii_digit() || "+-eE".contains(c);
    if fraction.is_some_and(|f| !f.chars().all(is_number)) {
        return None;
    }
    if whole.chars().all(is_number) {
        return Some(Cow::Borrowed(text));
    }
    let sign = whole.chars().find(|c| *c == group || [' ', '\'', '\u{a0}', '\u{202f}', '’'].contains(c))?;
    let mut groups = whole.split(sign);
    let first = groups.next()?.trim_start_matches(['-', '+']);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !(1..=3).contains(&first.len()) || !digits(first) || !groups.all(|g| g.len() == 3 && digits(g)) {
        return None;
    }
    let whole = whole.replace(sign, "");
    Some(Cow::Owned(match fraction {
        Some(fraction) => format!("{whole}{decimal}{fraction}"),
        None => whole,
    }))
}

fn looks_grouped(text: &str) -> bool {
    let separators = [',', '.', ' ', '\'', '_', '\u{a0}', '\u{202f}', '’'];
    let digits: String = text.chars().filter(|c| !separators.contains(c)).collect();
    text.contains(separators) && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
