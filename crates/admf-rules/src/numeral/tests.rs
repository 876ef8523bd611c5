//! Numbers are read and written exactly.

use super::{Numeral, write_number};

fn value(text: &str) -> Option<f64> {
    Numeral::parse(text).and_then(Numeral::value)
}

#[test]
fn reads_the_nearest_double() {
    let table = [
        ("5", 5.0),
        ("5%", 0.05),
        ("0.1%", 0.001),
        ("1_000", 1000.0),
        ("1e-3", 0.001),
        ("2.5E+2", 250.0),
        ("-0.5", -0.5),
        ("1e2%", 1.0),
        ("0.30000000000000004", 0.30000000000000004),
    ];
    for (text, expected) in table {
        assert_eq!(value(text), Some(expected), "{text}");
    }
    for text in ["", "-", ".5", "5.", "1__0", "_1", "1_", "1e", "1e999", "5%%", "--1", "0x10", "nan", "inf"] {
        assert_eq!(value(text), None, "{text}");
    }
}

#[test]
fn writes_what_reads_back() {
    for number in [0.0, -0.0, 5.0, 0.05, -2.5, 1e-3, 1e300, -1e-300, 0.1 + 0.2, 1e17, 123_456_789.125] {
        let mut text = String::new();
        write_number(number, &mut text);
        assert!(text.len() <= 25, "{text}");
        assert_eq!(value(&text), Some(if number == 0.0 { 0.0 } else { number }), "{text}");
    }
}
