//! Every file of the library is read, documented and bound.

use super::*;
use crate::Graph;

#[test]
fn names_are_unique_and_found() {
    let names: Vec<&str> = strategies().iter().chain(classifiers()).map(|d| d.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "buy_and_hold",
            "ma_crossover",
            "momentum",
            "rsi_reversion",
            "donchian_breakout",
            "bollinger_reversion",
            "trend",
            "volatility"
        ]
    );
    for name in names {
        assert!(source(name).is_some_and(|text| text.starts_with(&format!("name: {name}\n"))));
        assert!(strategy(name).is_some() != classifier(name).is_some());
    }
    assert_eq!(strategy("trend"), None);
    assert_eq!(source("macd"), None);
}

#[test]
fn every_heading_is_filled_in() {
    for definition in strategies().iter().chain(classifiers()) {
        let Definition { title, what_it_does, when_it_fails, reference, .. } = definition;
        for (heading, text) in [
            ("title", title),
            ("what it does", what_it_does),
            ("when it fails", when_it_fails),
            ("reference", reference),
        ] {
            assert!(text.len() > 5, "{}: {heading} is not documented", definition.name);
        }
        for parameter in &definition.parameters {
            assert!(!parameter.doc.is_empty(), "{}: {}", definition.name, parameter.name);
            assert!(parameter.range.is_some(), "{}: {}", definition.name, parameter.name);
        }
    }
}

#[test]
fn defaults_bind_to_the_documented_rules() {
    let canonical = |name: &str| {
        let definition = strategy(name).unwrap();
        let grid = definition.grid(None, None).unwrap();
        let parameters: Vec<_> = grid.iter().collect();
        assert_eq!(parameters.len(), 1, "{name}: defaults satisfy the condition");
        definition.bind_strategy(&parameters[0], &mut Graph::new()).unwrap().canonical
    };
    assert_eq!(canonical("buy_and_hold"), "long: true\nsize: 1");
    assert_eq!(canonical("ma_crossover"), "long: sma(close, 10) > sma(close, 50)\nsize: 1");
    assert_eq!(canonical("momentum"), "long: roc(close, 120) > 0\nsize: 1");
    assert_eq!(
        canonical("rsi_reversion"),
        "long: rsi(close, 14) < 30\nexit_long: rsi(close, 14) > 55\nsize: 1"
    );
    assert_eq!(
        canonical("donchian_breakout"),
        "long: close > lag(highest(high, 20), 1)\nexit_long: close < lag(lowest(low, 10), 1)\nsize: 1"
    );
    assert_eq!(
        canonical("bollinger_reversion"),
        "long: close < sma(close, 20) - 2 * stdev(close, 20)\nexit_long: close > sma(close, 20)\nsize: 1"
    );
    let bound = |name: &str| {
        let definition = classifier(name).unwrap();
        let parameters = definition.grid(None, None).unwrap().iter().next().unwrap();
        definition.bind_classifier(&parameters, &mut Graph::new()).unwrap()
    };
    assert_eq!(
        bound("trend").canonical,
        "role: trend\nlabels:\n  UP: close > sma(close, 100) and sma(close, 100) > lag(sma(close, 100), 20)\n  \
         DOWN: close < sma(close, 100) and sma(close, 100) < lag(sma(close, 100), 20)\notherwise: RANGE"
    );
    assert_eq!(bound("volatility").otherwise, Some(1));
}

/// Every definition with parameters that are warm after a few dozen bars.
pub(crate) fn short_settings() -> Vec<(&'static Definition, admf_model::Parameters)> {
    let short = |definition: &'static Definition| {
        let values = definition.parameters.iter().map(|p| {
            let value = match (definition.name.as_str(), p.name.as_str()) {
                ("ma_crossover", "fast") | ("trend", "slope") => admf_model::ParameterValue::Integer(3),
                ("volatility", "long") => admf_model::ParameterValue::Integer(20),
                _ if p.kind == crate::ParameterKind::Integer => admf_model::ParameterValue::Integer(7),
                _ => p.default,
            };
            (p.name.clone(), value)
        });
        (definition, admf_model::Parameters::new(values.collect()))
    };
    strategies().iter().chain(classifiers()).map(short).collect()
}
