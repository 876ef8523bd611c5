//! Values exactly as typed, and what is said about the rest.

use super::*;
use crate::yaml;

fn read(text: &str) -> Result<Vec<ParameterValue>, RuleError> {
    let node = yaml::parse(&format!("x: {text}")).unwrap();
    let node = &node.entries("a map").unwrap()[0].value;
    Domain::read(node).map(|domain| domain.values.into_iter().map(|(value, _)| value).collect())
}

fn whole(values: impl IntoIterator<Item = i64>) -> Vec<ParameterValue> {
    values.into_iter().map(ParameterValue::Integer).collect()
}

fn decimal(values: impl IntoIterator<Item = f64>) -> Vec<ParameterValue> {
    values.into_iter().map(ParameterValue::Number).collect()
}

#[test]
fn values_lists_and_ranges() {
    let table = [
        ("20", whole([20])),
        ("-3", whole([-3])),
        ("1_000", whole([1000])),
        ("0.5", decimal([0.5])),
        ("5%", decimal([0.05])),
        ("20.0", decimal([20.0])),
        ("[5, 10, 20]", whole([5, 10, 20])),
        ("[5, 2.5]", vec![ParameterValue::Integer(5), ParameterValue::Number(2.5)]),
        ("2..5", whole(2..=5)),
        ("5..60 step 20", whole([5, 25, 45])),
        ("7..7", whole([7])),
        ("-2..2 step 2", whole([-2, 0, 2])),
        // As typed: 0.1 + 0.1 + 0.1 would be 0.30000000000000004.
        ("0.1..0.5 step 0.1", decimal([0.1, 0.2, 0.3, 0.4, 0.5])),
        ("1..2 step 0.25", decimal([1.0, 1.25, 1.5, 1.75, 2.0])),
        ("1%..3% step 0.5%", decimal([0.01, 0.015, 0.02, 0.025, 0.03])),
        ("-0.2..0.2 step 0.2", decimal([-0.2, 0.0, 0.2])),
        ("1e-3..3e-3 step 1e-3", decimal([0.001, 0.002, 0.003])),
        ("1..100 log 3", whole([1, 10, 100])),
        ("0.5..50  log  3", decimal([0.5, 5.0, 50.0])),
        ("1..10 step 2.5", decimal([1.0, 3.5, 6.0, 8.5])),
    ];
    for (text, expected) in table {
        assert_eq!(read(text).unwrap_or_else(|e| panic!("{text}: {e}")), expected, "{text}");
    }
    assert_eq!(read("1..1000000").unwrap().len(), 1_000_000);
}

#[test]
fn a_whole_range_up_to_a_decimal_stays_whole() {
    assert_eq!(read("1..3.5 step 1").unwrap(), whole([1, 2, 3]));
}

#[test]
fn mistakes_name_the_remedy() {
    let table = [
        (
            "5..60 by 5",
            "`5..60 by 5` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8",
        ),
        (
            "fast",
            "`fast` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8",
        ),
        (
            "\"5\"",
            "`5` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8",
        ),
        ("60..5", "the range descends from 60 to 5: write 5..60"),
        ("60..5 step -5", "a step of -5 never ends: write a step above 0"),
        ("5..60 step 0", "a step of 0 never ends: write a step above 0"),
        ("0.1..0.5", "a range of decimals needs a step: write 0.1..0.5 step 0.1"),
        ("0..1000000", "1,000,001 values for one parameter, allowed are 1,000,000: take fewer"),
        (
            "0..1 step 1e-300",
            "`0..1 step 1e-300` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8",
        ),
        ("[]", "a list needs at least one value"),
        ("[5, 5.0]", "the value 5 is listed twice"),
        ("[5, a]", "expected a number, found `a`"),
        ("[5, [6]]", "expected a number, found a list"),
        ("{a: 5}", "expected a number, a list [5, 10, 20] or a range 5..60 step 5, found a map"),
        ("", "`` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8"),
        ("0..5 log 3", "a range in equal ratios begins above 0, not at 0: write 1..100 log 5"),
        (
            "1..5 log",
            "`1..5 log` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8",
        ),
    ];
    for (text, message) in table {
        assert_eq!(read(text).expect_err(text).to_string(), message, "{text}");
    }
}

#[test]
fn mistyped_words_of_a_range_are_recognised() {
    let help = |text: &str| read(text).expect_err(text).help();
    assert_eq!(help("5..60 stp 5").as_deref(), Some("did you mean `step`?"));
    assert_eq!(help("5..500 lgo 8").as_deref(), Some("did you mean `log`?"));
    assert_eq!(help("5..60 by 5"), None);
}
