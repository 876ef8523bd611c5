//! Equal ratios, rounding, ends as typed, and mistakes.

use super::values;
use crate::numeral::Numeral;

fn list(from: &str, to: &str, count: i128) -> Result<Vec<String>, String> {
    let number = |text| Numeral::parse(text).unwrap();
    let values = values(number(from), number(to), count).map_err(|problem| problem.to_string())?;
    Ok(values.iter().map(ToString::to_string).collect())
}

#[test]
fn values_are_those_of_exact_decimals() {
    // The first three as `fixtures/grid/sample.py` computes them with 50 digits.
    let table: [(&str, &str, i128, &[&str]); 6] = [
        ("5", "500", 8, &["5", "10", "19", "36", "69", "134", "259", "500"]),
        ("0.001", "0.1", 5, &["0.001", "0.003162", "0.01", "0.03162", "0.1"]),
        ("0.3", "7", 4, &["0.3", "0.8573", "2.45", "7"]),
        ("1%", "100%", 3, &["0.01", "0.1", "1"]),
        ("1", "1000000", 7, &["1", "10", "100", "1000", "10000", "100000", "1000000"]),
        ("1", "2.5", 2, &["1", "2.5"]),
    ];
    for (from, to, count, expected) in table {
        assert_eq!(list(from, to, count).unwrap(), expected, "{from}..{to} log {count}");
    }
}

#[test]
fn equal_values_are_kept_once_and_ends_as_typed() {
    assert_eq!(list("1", "8", 20).unwrap(), ["1", "2", "3", "4", "5", "6", "7", "8"]);
    assert_eq!(list("7", "7", 5).unwrap(), ["7"]);
    assert_eq!(list("0.123456", "0.654321", 2).unwrap(), ["0.123456", "0.654321"]);
    // Rounding to four digits would go below the first and beyond the last.
    let close = list("1.00004", "1.00096", 50).unwrap();
    assert_eq!((close.first().unwrap().as_str(), close.last().unwrap().as_str()), ("1.00004", "1.00096"));
}

#[test]
fn mistakes_name_the_remedy() {
    for (from, to, count, message) in [
        ("0", "10", 5, "a range in equal ratios begins above 0, not at 0: write 1..100 log 5"),
        ("-1", "10", 5, "a range in equal ratios begins above 0, not at -1: write 1..100 log 5"),
        ("500", "5", 8, "the range descends from 500 to 5: write 5..500"),
        ("5", "500", 1, "a range in equal ratios has at least 2 values, its ends: write log 2 or more"),
        ("5", "500", -3, "write log 2 or more"),
        ("5", "500", 1_000_001, "1,000,001 values for one parameter, allowed are 1,000,000: take fewer"),
        ("1", "1e300", 2, ""),
        ("1", "99999999999999999", 9, "1e17 is too large for a range in equal ratios"),
    ] {
        match list(from, to, count) {
            Ok(values) => assert_eq!((values.len(), message), (2, "")),
            Err(error) => assert!(error.contains(message), "{error}"),
        }
    }
}
