//! Combinations, their order, conditions, and values from a spec.

use super::*;
use crate::{RuleError, library, yaml};

/// The grid of a library strategy with the keys `grid` and `where` of a spec.
fn grid(strategy: &str, spec: &str) -> Result<Grid, RuleError> {
    let node = yaml::parse(spec).unwrap();
    library::strategy(strategy).unwrap().grid(node.get("grid"), node.get("where"))
}

fn combinations(grid: &Grid) -> Vec<String> {
    grid.iter().map(|parameters| parameters.to_string()).collect()
}

#[test]
fn the_last_axis_is_fastest_and_conditions_hold() {
    let crossover = grid("ma_crossover", "grid: {slow: [10, 20], fast: 5..20 step 5}").unwrap();
    assert_eq!(crossover.len(), 8);
    assert_eq!(
        combinations(&crossover),
        ["fast=5 slow=10", "fast=5 slow=20", "fast=10 slow=20", "fast=15 slow=20"]
    );
    let halved =
        grid("ma_crossover", "grid: {slow: [10, 20], fast: 5..20 step 5}\nwhere: fast * 2 <= slow").unwrap();
    assert_eq!(combinations(&halved), ["fast=5 slow=10", "fast=5 slow=20", "fast=10 slow=20"]);
    let axes: Vec<(&str, usize)> = halved.axes().iter().map(|a| (a.name.as_str(), a.values.len())).collect();
    assert_eq!(axes, [("fast", 4), ("slow", 2)]);
}

#[test]
fn parameters_that_are_not_named_take_their_defaults() {
    assert_eq!(
        combinations(&grid("rsi_reversion", "grid: {n: 2..3}").unwrap()),
        ["n=2 low=30 high=55", "n=3 low=30 high=55"]
    );
    let defaults = library::strategy("buy_and_hold").unwrap().grid(None, None).unwrap();
    assert_eq!(combinations(&defaults), [""]);
    assert_eq!(defaults.len(), 1);
}

#[test]
fn an_undefined_condition_admits_nothing() {
    let all =
        grid("momentum", "grid: {lookback: [2, 3], threshold: [0, 1]}\nwhere: lookback / threshold > 0")
            .unwrap();
    assert_eq!(combinations(&all), ["lookback=2 threshold=1", "lookback=3 threshold=1"]);
}

#[test]
fn a_huge_grid_is_counted_and_walked_without_being_built() {
    let huge =
        grid("rsi_reversion", "grid: {n: 2..200, low: 1..50 step 0.001, high: 50..99 step 0.001}").unwrap();
    assert_eq!(huge.len(), 199 * 49_001 * 49_001);
    assert_eq!(huge.iter().nth(1).unwrap().to_string(), "n=2 low=1 high=50.001");
}

#[test]
fn mistakes_point_into_the_spec() {
    let table = [
        ("grid: {fats: 5}", "fats", "ma_crossover has no parameter `fats`", "did you mean `fast`?"),
        ("grid: {fast: 1..20}", "1..20", "parameter `fast` is 1, allowed 2..400", ""),
        ("grid: {fast: [5, 500]}", "500", "parameter `fast` is 500, allowed 2..400", ""),
        (
            "grid: {fast: 5..6 step 0.5}",
            "5..6 step 0.5",
            "parameter `fast` is 5.5: it takes whole numbers",
            "",
        ),
        ("grid: {fast: 60..5}", "60..5", "the range descends from 60 to 5: write 5..60", ""),
        ("grid: 5", "5", "expected a map from parameters to values, found `5`", ""),
        ("where: fats < slow", "fats", "unknown parameter `fats`", "did you mean `fast`?"),
        (
            "where: fast < slow < 50",
            "<",
            "comparisons cannot be chained: write `fast < slow and slow < 50`",
            "",
        ),
        ("where: [a]", "[a]", "expected a condition such as fast < slow, found a list", ""),
    ];
    for (spec, at, message, help) in table {
        let error = grid("ma_crossover", spec).expect_err(spec);
        assert_eq!(error.to_string(), message, "{spec}");
        assert_eq!(error.help().unwrap_or_default(), help, "{spec}");
        assert_eq!(&spec[error.span().start..error.span().end], at, "{spec}");
    }
}
