//! Numbers as files write them: missing, a finite decimal, or neither.

use std::borrow::Cow;
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
    pub(super) fn price(self, text: &str) -> Field {
        self.read(text, self.certain)
    }

    /// Reads a trimmed volume: `1,234` is a thousand of units there, and `1.2M` more than one.
    pub(super) fn volume(self, text: &str) -> Field {
        match self.read(text, true) {
            Field::Unreadable => self.with_magnitude(text),
            field => field,
        }
    }

    fn read(self, text: &str, groups: bool) -> Field {
        if self.decimal == Decimal::Point
            && let Some(number) = plain_decimal(text)
        {
            return Field::Number(number);
        }
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
        match self.read(text[..text.len() - 1].trim_end(), true) {
            Field::Number(number) => finite((number * factor).round()),
            _ => Field::Unreadable,
        }
    }
}

/// Reads `123.45` where that takes one division; `None` for anything else. Digits that make a whole number below 2^53
/// and a power of ten up to 10^22 are exact, so that their quotient is rounded once and right (Clinger, "How to Read
/// Floating Point Numbers Accurately", 1990). Nearly all prices are so, and the general parser takes four times as long.
fn plain_decimal(text: &str) -> Option<f64> {
    const TENS: [u64; 16] = {
        let mut tens = [1; 16];
        let mut at = 1;
        while at < 16 {
            tens[at] = tens[at - 1] * 10;
            at += 1;
        }
        tens
    };
    let bytes = text.as_bytes();
    // A sign, a point or an exponent beside fifteen digits at most, which are below 2^53.
    if bytes.is_empty() || bytes.len() > 16 {
        return None;
    }
    let (whole, digits) = leading_digits(bytes);
    if digits == bytes.len() {
        return (digits <= 15).then_some(whole as f64);
    }
    // Both halves by themselves, so that neither waits for the other.
    let (fraction, decimals) = leading_digits(&bytes[digits + 1..]);
    let plain = bytes[digits] == b'.' && digits + 1 + decimals == bytes.len() && bytes.len() > 1;
    plain.then(|| (whole * TENS[decimals] + fraction) as f64 / TENS[decimals] as f64)
}

/// The number that the digits at the start of a text make, and how many there are: two at a time.
fn leading_digits(text: &[u8]) -> (u64, usize) {
    let digit = |at: usize| text.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10);
    let (mut number, mut count) = (0, 0);
    while let (Some(ten), Some(one)) = (digit(count), digit(count + 1)) {
        number = number * 100 + u64::from(ten * 10 + one);
        count += 2;
    }
    match digit(count) {
        Some(one) => (number * 10 + u64::from(one), count + 1),
        None => (number, count),
    }
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
