//! Numbers as files write them: missing, a finite decimal, or neither.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    /// Empty, `.`, `NA`, `NaN` or `null`.
    Missing,
    /// A finite number.
    Number(f64),
    /// Digits with thousands separators, which could also be a decimal comma.
    Grouped,
    /// Anything else.
    Unreadable,
}

impl Field {
    /// Reads a trimmed field.
    pub(super) fn read(text: &str) -> Self {
        const MISSING: [&str; 5] = ["", ".", "na", "nan", "null"];
        if MISSING.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Self::Missing;
        }
        // `inf` and `infinity` parse as numbers but are none here.
        match text.parse::<f64>() {
            // Adding zero turns -0 into 0, which would otherwise be another content.
            Ok(number) if number.is_finite() => Self::Number(number + 0.0),
            _ if is_grouped(text) => Self::Grouped,
            _ => Self::Unreadable,
        }
    }
}

fn is_grouped(text: &str) -> bool {
    let separators = [',', ' ', '\'', '_', '\u{a0}', '\u{202f}'];
    let digits: String = text.chars().filter(|c| !separators.contains(c)).collect();
    digits.len() < text.len() && digits.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn fields_are_missing_numbers_or_refused() {
        for text in ["", ".", "NA", "na", "NaN", "null", "NULL"] {
            assert_eq!(Field::read(text), Field::Missing, "{text}");
        }
        for (text, number) in [("1", 1.0), ("-2.5", -2.5), ("+.5", 0.5), ("1e3", 1000.0), ("1.", 1.0)] {
            assert_eq!(Field::read(text), Field::Number(number), "{text}");
        }
        assert_eq!(Field::read("1,234.5"), Field::Grouped);
        assert_eq!(Field::read("1 234"), Field::Grouped);
        assert_eq!(Field::read("1,5"), Field::Grouped);
        for text in ["abc", "inf", "-infinity", "1e999", "$12", "--", "1.2.3", "N/A"] {
            assert_eq!(Field::read(text), Field::Unreadable, "{text}");
        }
    }

    #[test]
    fn minus_zero_is_zero() {
        assert!(matches!(Field::read("-0"), Field::Number(z) if z.to_bits() == 0));
    }
}
