//! Names for what others named.

use super::{Subject, Terms, canonical, classifier, strategy, trial, type_name};
use admf_store::name::{self, NameKind};

const TERMS: Terms<'_> = Terms { interval: "1d", commission: "0.001", slippage: "linear" };

fn subject(parameters: &str) -> Subject<'_> {
    Subject { strategy_type: "sma", symbol: "SPY", parameters }
}

#[test]
fn costs_make_another_strategy_and_the_same_trial() {
    let free = Terms { commission: "0", ..TERMS };
    let one = subject("{\"n\":2}");
    assert_ne!(strategy(&one, &TERMS), strategy(&one, &free));
    assert_eq!(trial(&one, &TERMS), trial(&one, &free));
    assert_ne!(trial(&one, &TERMS), trial(&subject("{\"n\":3}"), &TERMS));
    assert_ne!(classifier(&one, &TERMS), classifier(&subject("{\"n\":3}"), &TERMS));
}

#[test]
fn the_order_of_names_does_not_matter_and_that_of_values_does() {
    let parse = |text| canonical(&serde_json::from_str(text).unwrap());
    assert_eq!(parse(r#"{"b": [2, 1], "a": {"d": "x", "c": 0.5}}"#), r#"{"a":{"c":0.5,"d":"x"},"b":[2,1]}"#);
    assert_ne!(parse("[1, 2]"), parse("[2, 1]"));
}

#[test]
fn every_type_can_name_a_file_and_no_two_share_one() {
    let texts = [
        "ma_crossover",
        "../../etc",
        "RSI (fast)",
        "RSI [fast]",
        "",
        "nul",
        "x y",
        "Über",
        &"long".repeat(40),
    ];
    let names = texts.map(|text| type_name(NameKind::Strategy, text));
    for name in &names {
        assert!(name::check(NameKind::Strategy, name).is_ok(), "{name}");
    }
    assert_eq!(names[0], "ma_crossover");
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
}
