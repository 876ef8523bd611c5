//! Numbers as people type them: `20`, `1_000`, `0.5`, `1e-3`, `5%`, kept as exact decimals.

use admf_model::ParameterValue;

/// A typed number: `mantissa * 10^exponent`, and whether it was written as a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub(crate) mantissa: i128,
    pub(crate) exponent: i32,
    pub(crate) is_whole: bool,
}

/// More significant digits than a double can tell apart, and few enough for exact arithmetic in 128 bits.
const MAX_DIGITS: usize = 25;
/// Beyond the exponents of a double, so that no value is lost and none overflows the arithmetic on exponents.
const MAX_EXPONENT: i32 = 400;

impl Numeral {
    /// Reads a number with an optional sign; `None` when the text is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let length = scan(unsigned)?;
        (length == unsigned.len()).then_some(())?;
        let (body, percent) = match unsigned.strip_suffix('%') {
            Some(body) => (body, true),
            None => (unsigned, false),
        };
        let (digits, power) = match body.find(['e', 'E']) {
            Some(at) => (&body[..at], body[at + 1..].parse::<i32>().ok()?),
            None => (body, 0),
        };
        let fraction =
            digits.split_once('.').map_or(0, |(_, f)| f.bytes().filter(u8::is_ascii_digit).count());
        let significant: String = digits.chars().filter(char::is_ascii_digit).collect();
        let significant = significant.trim_start_matches('0');
        if significant.len() > MAX_DIGITS || power.abs() > MAX_EXPONENT {
            return None;
        }
        let magnitude: i128 = if significant.is_empty() { 0 } else { significant.parse().ok()? };
        Some(Self {
            mantissa: if negative { -magnitude } else { magnitude },
            exponent: power - i32::try_from(fraction).ok()? - if percent { 2 } else { 0 },
            is_whole: !percent && !digits.contains('.') && body.len() == digits.len(),
        })
    }

    /// The nearest double; `None` when it is too large for one.
    pub(crate) fn value(self) -> Option<f64> {
        // The standard library rounds decimal text correctly, so 0.3 is the same double however it came about.
        let value: f64 = format!("{}e{}", self.mantissa, self.exponent).parse().ok()?;
        value.is_finite().then_some(if value == 0.0 { 0.0 } else { value })
    }

    /// As a parameter value: whole numbers stay whole.
    pub(crate) fn parameter(self) -> Option<ParameterValue> {
        if self.is_whole {
            i64::try_from(self.mantissa).ok().map(ParameterValue::Integer)
        } else {
            self.value().map(ParameterValue::Number)
        }
    }

    /// The mantissa of this number at a smaller exponent; `None` when it needs more than 128 bits.
    pub(crate) fn mantissa_at(self, exponent: i32) -> Option<i128> {
        let shift = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(shift)?)
    }
}

/// Length of the unsigned number at the start of `text`; `None` when there is none. Underscores may separate digits.
pub(crate) fn scan(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = scan_digits(bytes, 0)?;
    if bytes.get(at) == Some(&b'.') && bytes.get(at + 1) != Some(&b'.') {
        at = scan_digits(bytes, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'+')));
        if let Some(end) = scan_digits(bytes, at + 1 + sign) {
            at = end;
        }
    }
    Some(at + usize::from(bytes.get(at) == Some(&b'%')))
}

fn scan_digits(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit)
        || (at > start
            && bytes.get(at) == Some(&b'_')
            && bytes[at - 1] != b'_'
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
    {
        at += 1;
    }
    (at > start).then_some(at)
}

/// The shortest text that reads back as the same number, with an exponent where plain digits would be long.
pub(crate) fn write_number(value: f64, text: &mut String) {
    use std::fmt::Write;
    let magnitude = value.abs();
    let written = if value.trunc() == value && magnitude < 1e15 {
        // Most constants of rules are whole, and whole numbers are much quicker to write. Minus zero becomes zero.
        write!(text, "{}", value as i64)
    } else if (1e-7..1e17).contains(&magnitude) {
        write!(text, "{value}")
    } else {
        write!(text, "{value:e}")
    };
    debug_assert!(written.is_ok(), "writing to a string does not fail");
}

/// [`write_number`] into a string of its own.
pub(crate) fn number_text(value: f64) -> String {
    let mut text = String::new();
    write_number(value, &mut text);
    text
}

#[cfg(test)]
mod tests;
