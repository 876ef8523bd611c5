//! Every file of the library is read, documented and bound.

use super::*;
use crate::Graph;
use crate::definition::{ParameterKind, StrategyFamily};
use admf_model::{ParameterValue, Parameters};
use std::collections::BTreeSet;

fn all() -> impl Iterator<Item = &'static Definition> {
    strategies().iter().chain(classifiers())
}

#[test]
fn names_are_unique_and_found() {
    assert!(strategies().len() >= 35, "{} strategies", strategies().len());
    assert_eq!(
        classifiers().iter().map(|d| d.name.as_str()).collect::<Vec<_>>(),
        ["trend", "volatility", "vix", "drawdown", "correlation"]
    );
    let names: BTreeSet<&str> = all().map(|d| d.name.as_str()).collect();
    assert_eq!(names.len(), all().count());
    for name in names {
        assert!(source(name).is_some_and(|text| text.starts_with(&format!("name: {name}\n"))), "{name}");
        assert!(strategy(name).is_some() != classifier(name).is_some(), "{name}");
    }
    assert_eq!(strategy("trend"), None);
    assert_eq!(source("macd"), None);
}

#[test]
fn strategies_stand_by_family_and_every_family_has_one() {
    let families: Vec<_> = strategies().iter().map(|d| d.family.expect(&d.name)).collect();
    assert!(families.is_sorted());
    assert!(StrategyFamily::ALL.iter().all(|family| families.contains(family)));
    assert!(classifiers().iter().all(|d| d.family.is_none()), "classifiers have roles");
    for role in admf_model::Role::ALL {
        assert!(classifiers().iter().any(|d| d.role() == Some(role)), "{role}");
    }
}

/// A name and a year, as in `Faber, M. T. (2007), A Quantitative Approach …`.
fn is_citation(text: &str) -> bool {
    let years = text.match_indices('(').filter_map(|(at, _)| text.get(at + 1..at + 6));
    let is_year = |t: &str| t.ends_with(')') && t[..4].parse().is_ok_and(|y: u32| (1900..2026).contains(&y));
    years.into_iter().any(is_year)
}

#[test]
fn every_heading_says_something() {
    for definition in all() {
        let Definition { name, title, what_it_does, when_it_fails, reference, .. } = definition;
        assert!(title.len() > 5 && title != name, "{name}: title");
        assert!(what_it_does.split(' ').count() >= 15, "{name}: {what_it_does}");
        assert!(when_it_fails.split(' ').count() >= 8, "{name}: {when_it_fails}");
        assert!(is_citation(reference), "{name}: {reference}");
        for text in [title, what_it_does, when_it_fails, reference] {
            assert!(!text.contains(['!', '\n']), "{name}: {text}");
        }
        for parameter in &definition.parameters {
            assert!(parameter.doc.len() > 10, "{name}: {}", parameter.name);
            assert!(parameter.range.is_some(), "{name}: {}", parameter.name);
        }
        assert!(definition.others.iter().all(|other| !other.doc.is_empty()), "{name}");
    }
}

#[test]
fn suggested_grids_name_every_parameter_and_can_be_run_in_seconds() {
    for definition in strategies().iter().filter(|d| !d.parameters.is_empty()) {
        let named: BTreeSet<String> = definition.suggestion().into_iter().map(|(name, _)| name).collect();
        for parameter in definition.parameters.iter().filter(|p| p.name != "year") {
            assert!(named.contains(&parameter.name), "{}: {}", definition.name, parameter.name);
        }
        let sets = definition.suggested_grid().iter().count();
        assert!((10..=3000).contains(&sets), "{}: {sets} parameter sets", definition.name);
        assert_eq!(definition.grid(None, None).unwrap().iter().count(), 1, "{}: defaults", definition.name);
    }
}

#[test]
fn every_parameter_may_go_to_the_ends_of_its_range() {
    for definition in all() {
        let ends = definition.parameters.iter().map(|p| {
            let (low, high) = p.range.unwrap();
            [low, p.default, high]
        });
        let mut sets: Vec<Vec<ParameterValue>> = vec![Vec::new()];
        for values in ends {
            sets = sets.iter().flat_map(|set| values.map(|v| [&set[..], &[v]].concat())).collect();
        }
        let admitted: Vec<_> = sets.into_iter().filter_map(|set| admitted(definition, set)).collect();
        for (at, parameter) in definition.parameters.iter().enumerate() {
            let (low, high) = parameter.range.unwrap();
            let is_end = |value: ParameterValue| value == low || value == high;
            let reached = admitted.iter().any(|set| set.iter().nth(at).is_some_and(|(_, v)| is_end(v)));
            assert!(reached, "{}: {} never comes to an end", definition.name, parameter.name);
        }
        for parameters in &admitted {
            let mut graph = Graph::new();
            let bound = match definition.role() {
                None => definition.bind_strategy(parameters, &mut graph).map(|_| ()),
                Some(_) => definition.bind_classifier(parameters, &mut graph).map(|_| ()),
            };
            assert!(bound.is_ok(), "{} with {parameters}: {bound:?}", definition.name);
        }
    }
}

/// The values as parameters, if the definition's condition admits them.
fn admitted(definition: &Definition, values: Vec<ParameterValue>) -> Option<Parameters> {
    let numbers: Vec<f64> = values.iter().map(|v| v.as_f64()).collect();
    let condition = definition.checked_condition.as_ref();
    let names = definition.parameters.iter().map(|p| p.name.clone());
    condition
        .is_none_or(|condition| condition.constant(&numbers) == Some(1.0))
        .then(|| Parameters::new(names.zip(values).collect()))
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

/// Every definition with parameters that are warm after a few dozen bars, and VIX as every other symbol.
pub(crate) fn short_settings() -> Vec<(Definition, Parameters)> {
    let short = |definition: &Definition| {
        let mut sets: Vec<Vec<ParameterValue>> = vec![Vec::new()];
        for parameter in &definition.parameters {
            let (low, high) = parameter.range.unwrap();
            let whole = [7, 3, 14, 20].map(ParameterValue::Integer);
            let values: Vec<_> = match parameter.kind {
                ParameterKind::Integer => whole.into_iter().filter(|v| (low..=high).contains(v)).collect(),
                ParameterKind::Number => vec![parameter.default],
            };
            sets = sets.iter().flat_map(|set| values.iter().map(|v| [&set[..], &[*v]].concat())).collect();
        }
        let parameters = sets.into_iter().find_map(|set| admitted(definition, set)).unwrap();
        let mut definition = definition.clone();
        for other in definition.others.clone() {
            let mut errors = Vec::new();
            let node = yaml::parse(&format!("{}: VIX", other.name)).unwrap();
            definition = definition.with_others(&node, &mut errors);
            assert!(errors.is_empty());
        }
        (definition, parameters)
    };
    all().map(short).collect()
}
