//! Numbers of every country, and what is none.

use super::{Decimal, DecimalEvidence, Ending, Field, Numbers, plain_decimal};
use proptest::prelude::*;

const COMMA: Numbers = Numbers { decimal: Decimal::Comma, certain: true };
const UNSURE: Numbers = Numbers { decimal: Decimal::Point, certain: false };

#[test]
fn fields_are_missing_numbers_or_refused() {
    for text in ["", ".", "-", "--", "NA", "na", "N/A", "NaN", "null", "NULL", "None"] {
        assert_eq!(Numbers::PLAIN.price(text), Field::Missing, "{text}");
        assert_eq!(COMMA.price(text), Field::Missing, "{text}");
    }
    for (text, number) in [
        ("1", 1.0),
        ("-2.5", -2.5),
        ("+.5", 0.5),
        ("1e3", 1000.0),
        ("1.", 1.0),
        ("1.5E-2", 0.015),
        ("$12.5", 12.5),
    ] {
        assert_eq!(Numbers::PLAIN.price(text), Field::Number(number), "{text}");
    }
    for text in ["abc", "inf", "-infinity", "1e999", "12$", "1-2", "e", "+"] {
        assert_eq!(Numbers::PLAIN.price(text), Field::Unreadable, "{text}");
    }
}

#[test]
fn thousands_are_read_where_the_decimal_sign_is_known() {
    for (text, number) in
        [("1,234.5", 1234.5), ("1,234,567", 1_234_567.0), ("1'234.5", 1234.5), ("1 234", 1234.0)]
    {
        assert_eq!(Numbers::PLAIN.price(text), Field::Number(number), "{text}");
    }
    for (text, number) in
        [("1,5", 1.5), ("1.234,5", 1234.5), ("1.234.567", 1_234_567.0), ("12", 12.0), ("1,5e3", 1500.0)]
    {
        assert_eq!(COMMA.price(text), Field::Number(number), "{text}");
    }
    // A wrong decimal sign would be off by powers of ten: never guessed.
    for text in ["1,5", "12,34.5", "1,23,456", "1.2.3"] {
        assert_eq!(Numbers::PLAIN.price(text), Field::Grouped, "{text}");
    }
    for text in ["1.5", "1,234.5"] {
        assert_eq!(COMMA.price(text), Field::Grouped, "{text}");
    }
    assert_eq!(UNSURE.price("1,234"), Field::Grouped);
}

#[test]
fn volumes_have_thousands_and_magnitudes() {
    for (text, number) in
        [("1,234", 1234.0), ("1.5K", 1500.0), ("36.28M", 36_280_000.0), ("2B", 2e9), ("1e6", 1e6)]
    {
        assert_eq!(UNSURE.volume(text), Field::Number(number), "{text}");
    }
    assert_eq!(COMMA.volume("1.234"), Field::Number(1234.0));
    assert_eq!(UNSURE.volume("M"), Field::Unreadable);
    assert_eq!(UNSURE.price("1.5K"), Field::Unreadable);
}

#[test]
fn numbers_tell_their_decimal_sign() {
    let decide = |texts: &[&str]| {
        let mut evidence = DecimalEvidence::default();
        texts.iter().for_each(|text| evidence.see(text));
        let Numbers { decimal, certain } = evidence.decide();
        (decimal, certain)
    };
    assert_eq!(decide(&["1,5", "2"]), (Decimal::Comma, true));
    assert_eq!(decide(&["1.234,5"]), (Decimal::Comma, true));
    assert_eq!(decide(&["0,123"]), (Decimal::Comma, true));
    assert_eq!(decide(&["1.25", "1,234"]), (Decimal::Point, true));
    assert_eq!(decide(&["1,234", "2,345", "1,234,567"]), (Decimal::Point, false));
    assert_eq!(decide(&["1.25", "1,25"]), (Decimal::Point, false));
    assert_eq!(decide(&["7"]), (Decimal::Point, false));
}

#[test]
fn minus_zero_is_zero() {
    assert!(matches!(Numbers::PLAIN.price("-0"), Field::Number(z) if z.to_bits() == 0));
}

proptest! {
    /// The short way gives the bits of the general parser, also for what only looks like a number.
    #[test]
    fn plain_decimals_are_those_of_the_standard_library(text in "[0-9.]{0,17}|[0-9]{1,8}\\.[0-9]{0,9}|[-0-9.e ]{1,6}") {
        if let Some(number) = plain_decimal(text.as_str().into()) {
            prop_assert_eq!(Ok(number.to_bits()), text.parse::<f64>().map(f64::to_bits));
        }
    }

    /// What stands before a field is no part of it.
    #[test]
    fn a_field_is_read_alike_wherever_it_stands(before in "[0-9.,\"é]{0,20}", text in "[0-9.]{0,17}") {
        let longer = format!("{before}{text},7");
        let field = Ending::of(&longer, before.len()..before.len() + text.len());
        prop_assert_eq!(plain_decimal(field), plain_decimal(text.as_str().into()));
    }

    #[test]
    fn all_decimals_of_fifteen_digits_take_the_short_way(whole in "[0-9]{1,8}", fraction in "[0-9]{0,7}") {
        let text = format!("{whole}.{fraction}");
        prop_assert_eq!(plain_decimal(text.as_str().into()), text.parse().ok());
        prop_assert_eq!(plain_decimal(whole.as_str().into()), whole.parse().ok());
    }
}

#[test]
fn prices_take_the_short_way() {
    for text in ["0", "1.", ".5", "101.25", "0.000001", "999999999999999", "12345678.9012345"] {
        assert_eq!(plain_decimal(text.into()), text.parse().ok(), "{text}");
    }
    for text in [
        "",
        ".",
        "1.2.3",
        "-1",
        "1e5",
        "1/5",
        "1:5",
        "1\u{b2}",
        "\0",
        "1234567890123456",
        "12345678901.234567",
    ] {
        assert_eq!(plain_decimal(text.into()), None, "{text}");
    }
}
