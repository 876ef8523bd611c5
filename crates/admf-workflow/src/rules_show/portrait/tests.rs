//! Portraits of the library: the snippet is a spec, the kernel is the one that evaluates it.

use super::{Pace, portrait};
use crate::spec::{Source, Spec};
use admf_rules::library;

#[test]
fn every_snippet_is_a_spec_with_the_suggested_grid() {
    for definition in library::strategies() {
        let portrait = portrait(definition);
        let text = format!("data: x\n{}", portrait.snippet);
        let spec = Spec::parse(&Source::new("x.yaml", &text)).expect(&definition.name);
        assert_eq!(spec.strategies[0].grid.iter().count(), portrait.suggested_sets, "{}", definition.name);
        assert_eq!(&spec.strategies[0].chosen.definition, definition);
    }
    for definition in library::classifiers() {
        let text = format!("data: x\nstrategies: [buy_and_hold]\n{}", portrait(definition).snippet);
        let spec = Spec::parse(&Source::new("x.yaml", &text)).expect(&definition.name);
        assert_eq!(&spec.classifiers[0].chosen.definition, definition);
    }
}

#[test]
fn the_source_of_every_strategy_is_a_definition_of_the_users_own_with_the_same_grid() {
    for definition in library::strategies() {
        let source = library::source(&definition.name).unwrap();
        let own = source.replacen("name: ", "name: my_", 1).replace('\n', "\n    ");
        let text = format!("data: x\nstrategies:\n  - {}\n", own.trim_end());
        let spec = Spec::parse(&Source::new("x.yaml", &text)).expect(&text);
        assert_eq!(spec.strategies[0].grid.iter().count(), portrait(definition).suggested_sets);
    }
}

#[test]
fn suggested_grids_are_taken_by_word() {
    let text = "data: x\nstrategies:\n  - {type: ma_crossover, grid: suggested, where: fast == 5}\n";
    let spec = Spec::parse(&Source::new("x.yaml", text)).unwrap();
    // Slow from 50 to 250 in steps of 25.
    assert_eq!(spec.strategies[0].grid.iter().count(), 9);
}

#[test]
fn bars_and_kernels_are_those_of_the_defaults() {
    let of = |name: &str| portrait(library::strategy(name).unwrap());
    assert_eq!((of("buy_and_hold").warm_up_bars, of("buy_and_hold").pace), (0, Pace::Changes));
    assert_eq!(of("price_above_average").warm_up_bars, 199);
    assert_eq!(of("momentum_skip_month").warm_up_bars, 252);
    let held = ["short", "size", "stop_loss"].map(str::to_owned).to_vec();
    assert_eq!(of("turtle_breakout").pace, Pace::Held(held));
    assert_eq!(portrait(library::classifier("drawdown").unwrap()).warm_up_bars, 251);
}
