//! Subsets: uniform, without replacement, after conditions, in grid order, and the same everywhere.

use super::Sample;
use crate::grid::Grid;
use crate::{Definition, RuleError, library, yaml};
use std::collections::BTreeMap;

/// A library strategy's grid, drawn from as the key `sample` of a spec says.
fn grid(strategy: &str, spec: &str) -> Result<Grid, RuleError> {
    let node = yaml::parse(spec).unwrap();
    let mut grid = library::strategy(strategy).unwrap().grid(node.get("grid"), node.get("where"))?;
    if let Some(sample) = node.get("sample") {
        grid.draw(Sample::read(sample)?, sample)?;
    }
    Ok(grid)
}

fn sets(grid: &Grid) -> Vec<String> {
    grid.iter().map(|parameters| parameters.to_string()).collect()
}

#[test]
fn a_subset_is_in_grid_order_without_repetition_and_admitted() {
    let axes = "grid: {fast: 5..60, slow: 10..200}\nwhere: slow > 3 * fast\n";
    let all = sets(&grid("ma_crossover", axes).unwrap());
    let drawn_grid = grid("ma_crossover", &format!("{axes}sample: 100")).unwrap();
    let drawn = sets(&drawn_grid);
    assert_eq!((drawn.len(), drawn_grid.steps(), drawn_grid.len()), (100, 100, 56 * 191));
    let places: Vec<usize> = drawn.iter().map(|set| all.iter().position(|s| s == set).unwrap()).collect();
    assert!(places.is_sorted_by(|a, b| a < b));
    // Nothing left out and nothing twice when as many are wanted as there are.
    let count = all.len();
    assert_eq!(sets(&grid("ma_crossover", &format!("{axes}sample: {count}")).unwrap()), all);
}

#[test]
fn the_seed_decides_and_the_subset_never_changes() {
    let with = |sample: &str| {
        sets(
            &grid("ma_crossover", &format!("grid: {{fast: 5..60, slow: 70..200}}\nsample: {sample}"))
                .unwrap(),
        )
    };
    // Fixed: results that people have stored name these parameter sets. They follow from the published stream, as
    // `fixtures/grid/sample.py` computes it on its own.
    assert_eq!(with("{count: 3, seed: 7}"), FIXED);
    assert_eq!(with("3"), with("{count: 3, seed: 1}"));
    assert_ne!(with("3"), with("{count: 3, seed: 2}"));
}

const FIXED: [&str; 3] = ["fast=6 slow=76", "fast=29 slow=119", "fast=41 slow=129"];

/// How often each of the 15 subsets of 2 out of 6 comes up in 15,000 seeds.
fn chi_squared(axes: &str) -> f64 {
    let mut counts: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    for seed in 0..15_000 {
        let spec = format!("{axes}\nsample: {{count: 2, seed: {seed}}}");
        *counts.entry(sets(&grid("ma_crossover", &spec).unwrap())).or_default() += 1;
    }
    assert_eq!(counts.len(), 15);
    counts.values().map(|n| (f64::from(*n) - 1000.0).powi(2) / 1000.0).sum()
}

#[test]
fn every_subset_is_equally_likely() {
    // With 14 degrees of freedom chi squared is above 36.1 once in a thousand.
    let plain = chi_squared("grid: {fast: [2, 3], slow: [10, 20, 30]}");
    let conditional = chi_squared("grid: {fast: 5..10, slow: 11..20}\nwhere: fast + 10 == slow");
    assert!(plain < 36.1 && conditional < 36.1, "{plain} {conditional}");
}

#[test]
fn a_subset_of_a_grid_that_was_walked_is_uniform() {
    let grid = grid("ma_crossover", "grid: {fast: [2, 3], slow: [10, 20, 30]}").unwrap();
    let mut counts = [0_u32; 6];
    for seed in 0..6000 {
        let sample = Sample { count: 3, seed };
        let chosen = sample.choose((0..6).collect(), super::Random::new(seed)).unwrap();
        assert!(chosen.len() == 3 && chosen.is_sorted());
        chosen.iter().for_each(|index| counts[*index as usize] += 1);
    }
    // Each is in half of the subsets; four standard deviations.
    assert!(counts.iter().all(|n| n.abs_diff(3000) < 155), "{counts:?}");
    assert_eq!(grid.len(), 6);
}

#[test]
fn rare_combinations_are_found_by_walking() {
    let one_in_a_million =
        "grid: {n: 2..101, low: 1..50 step 0.01, high: [60, 70]}\nwhere: n == 50 and low == 25\n";
    let drawn = grid("rsi_reversion", &format!("{one_in_a_million}sample: 2")).unwrap();
    assert_eq!(sets(&drawn), ["n=50 low=25 high=60", "n=50 low=25 high=70"]);
    let error = grid("rsi_reversion", &format!("{one_in_a_million}sample: 3")).unwrap_err();
    assert_eq!(error.to_string(), "`sample` asks for 3 of 2 parameter sets");
    assert!(error.help().unwrap().starts_with("write at most 2"));
    let none = "grid: {n: 2..101, low: 1..50}\nwhere: low > 60\nsample: 3";
    let help = grid("rsi_reversion", none).unwrap_err().help();
    assert_eq!(help.as_deref(), Some("no parameter set satisfies `where`: relax it"));
}

#[test]
fn grids_far_larger_than_memory_are_drawn_from() {
    let huge = "grid: {n: 2..200, low: 1..49 step 0.0001, high: 51..99 step 0.0001}\n";
    let drawn = grid("rsi_reversion", &format!("{huge}where: high - low < 10\nsample: 500")).unwrap();
    assert!(drawn.len() > 45_000_000_000_000);
    assert_eq!(sets(&drawn).len(), 500);
    let error = grid("rsi_reversion", &format!("{huge}where: high < low\nsample: 500")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "only 0 parameter sets satisfied `where` in 16,777,216 random draws, `sample` asks for 500"
    );
}

#[test]
fn mistakes_are_pointed_at() {
    for (sample, message, at) in [
        ("0", "`count` is 0: draw 1 to 10,000,000 parameter sets", "0"),
        ("-5", "`count` is -5: draw 1 to 10,000,000 parameter sets", "-5"),
        ("many", "expected a number such as 500, or {count: 500, seed: 7}, found `many`", "many"),
        ("{seed: 7}", "the key `count` is missing", "{seed: 7}"),
        ("{count: 5, sed: 7}", "unknown key `sed`", "sed"),
        ("{count: 5, seed: -7}", "`seed` is -7: write a whole number from 0", "-7"),
        ("{count: 5, seed: 0.5}", "expected a whole number, found `0.5`", "0.5"),
    ] {
        let spec = format!("sample: {sample}");
        let error = grid("ma_crossover", &spec).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(&spec[error.span().start..error.span().end], at);
    }
}

/// Eight parameters of 100,000 values have 10^40 combinations, more than 128 bits can number.
#[test]
fn what_cannot_be_numbered_is_not_drawn_from() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let parameters: Vec<String> = names.iter().map(|name| format!("{name}: 1..100000")).collect();
    let sum: Vec<String> = names.iter().map(|name| format!("${name}")).collect();
    let text =
        format!("name: wide\nparameters: {{{}}}\nlong: close > {}", parameters.join(", "), sum.join(" + "));
    let node = yaml::parse(&text).unwrap();
    let mut grid = Definition::strategy(&node).unwrap().grid(None, None).unwrap();
    let sample = yaml::parse("sample: 200").unwrap();
    let asked = sample.get("sample").unwrap();
    let error = grid.draw(Sample::read(asked).unwrap(), asked).unwrap_err();
    assert!(error.to_string().contains("more combinations than can be numbered"), "{error}");
}
