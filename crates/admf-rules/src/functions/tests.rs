//! Functions against TA-Lib, on undefined inputs, and in the documentation.

use super::*;
use crate::testing::{World, bind};
use crate::{Columns, Graph};

mod calendar;
mod indicators;
mod logic;
mod statistics;
mod steps;

/// The column of a number rule.
fn column(world: &World, rule: &str) -> Vec<Option<f64>> {
    let mut graph = Graph::new();
    let node = bind(rule, &mut graph);
    let mut columns = Columns::new(world.bars.len());
    columns.extend(&graph, &world.inputs()).unwrap();
    columns.series(&graph, node).iter().collect()
}

/// Bars before the first on which a rule can be defined.
fn warm_up(rule: &str) -> usize {
    let mut graph = Graph::new();
    let node = bind(rule, &mut graph);
    graph.warm_up(node) as usize
}

/// The column of a truth rule.
fn truths(world: &World, rule: &str) -> Vec<Option<bool>> {
    let mut graph = Graph::new();
    let node = bind(rule, &mut graph);
    let mut columns = Columns::new(world.bars.len());
    columns.extend(&graph, &world.inputs()).unwrap();
    (0..world.bars.len()).map(|bar| columns.truth_word(&graph, node, bar / 64).get(bar % 64)).collect()
}

/// The values of a file written by a script beside it: one rule per column, of which `high`, `low` and `close` are the
/// prices. Defined on the same bars, equal to 1e-10 but for the noise of sums around zero, and warmed up when the first value is there.
fn agrees_with(text: &str) {
    let mut lines = text.lines();
    let rules: Vec<&str> = lines.next().unwrap().split(';').collect();
    let rows: Vec<Vec<Option<f64>>> =
        lines.map(|line| line.split(';').map(|field| field.parse().ok()).collect()).collect();
    assert!(rows.len() >= 60);
    let world = World::of_prices(rows.iter().map(|row| [row[0], row[1], row[2]].map(Option::unwrap)));
    for (at, rule) in rules.iter().enumerate() {
        let ours = column(&world, rule);
        for (bar, (ours, row)) in ours.iter().zip(&rows).enumerate() {
            match (ours, row[at]) {
                (Some(ours), Some(theirs)) => {
                    assert!(
                        (ours - theirs).abs() <= 1e-10 * theirs.abs() + 1e-11,
                        "{rule} at {bar}: {ours}, reference {theirs}"
                    );
                }
                (ours, theirs) => {
                    assert_eq!(*ours, theirs, "{rule} is defined elsewhere than the reference at {bar}");
                }
            }
        }
        let mut graph = Graph::new();
        let node = bind(rule, &mut graph);
        let first = ours.iter().position(Option::is_some).unwrap();
        assert_eq!(graph.warm_up(node) as usize, first, "warm-up of {rule}");
    }
}

#[test]
fn statistics_are_those_of_ta_lib_numpy_pandas_and_scipy() {
    // fixtures/statistics.py says how the file came about: 150 random bars with many equal prices.
    agrees_with(include_str!("../../fixtures/statistics.csv"));
}

#[test]
fn every_function_is_compared_with_an_independent_source() {
    let statistics = include_str!("../../fixtures/statistics.csv").lines().next().unwrap().split(';');
    let compared: Vec<&str> = indicators::compared().chain(statistics).collect();
    // Conditions, and what reads the clock, are worked out by hand in this file and those beside it.
    let by_hand = [Family::Logic, Family::Calendar];
    for function in FUNCTIONS {
        let call = format!("{}(", function.name);
        assert!(
            compared.iter().any(|rule| rule.starts_with(&call)) || by_hand.contains(&function.family),
            "{function:?}"
        );
    }
}

const HOLE: Option<f64> = None;

#[test]
fn window_functions_wait_for_a_full_window_after_a_hole() {
    let closes = [Some(1.0), Some(2.0), Some(6.0), HOLE, Some(5.0), Some(3.0), Some(4.0), Some(8.0)];
    let world = World::of_closes(&closes);
    let table = [
        ("sma(close, 3)", [HOLE, HOLE, Some(3.0), HOLE, HOLE, HOLE, Some(4.0), Some(5.0)]),
        ("highest(close, 3)", [HOLE, HOLE, Some(6.0), HOLE, HOLE, HOLE, Some(5.0), Some(8.0)]),
        ("lowest(close, 3)", [HOLE, HOLE, Some(1.0), HOLE, HOLE, HOLE, Some(3.0), Some(3.0)]),
        ("stdev(close, 2)", [HOLE, Some(0.5), Some(2.0), HOLE, HOLE, Some(1.0), Some(0.5), Some(2.0)]),
        // Single values: a hole costs the bars that look at it and no others.
        ("lag(close, 2)", [HOLE, HOLE, Some(1.0), Some(2.0), Some(6.0), HOLE, Some(5.0), Some(3.0)]),
        ("roc(close, 1)", [HOLE, Some(1.0), Some(2.0), HOLE, HOLE, Some(-0.4), Some(1.0 / 3.0), Some(1.0)]),
    ];
    for (rule, expected) in table {
        assert_eq!(column(&world, rule), expected, "{rule}");
    }
}

#[test]
fn recursive_functions_go_on_after_a_hole() {
    let with_hole = [Some(1.0), Some(2.0), Some(6.0), HOLE, Some(5.0), Some(3.0), HOLE, Some(4.0), Some(8.0)];
    let without: Vec<Option<f64>> = with_hole.into_iter().filter(Option::is_some).collect();
    for rule in ["ema(close, 3)", "rsi(close, 2)", "atr(2)"] {
        let mut expected = column(&World::of_closes(&without), rule).into_iter();
        let expected: Vec<_> =
            with_hole.iter().map(|close| close.and_then(|_| expected.next().unwrap())).collect();
        assert_eq!(column(&World::of_closes(&with_hole), rule), expected, "{rule}");
        assert!(expected.iter().any(Option::is_some));
    }
}

#[test]
fn crossings_look_at_the_last_bar_on_which_both_were_defined() {
    // Rule 9 by hand; the other side is 2.
    let closes =
        [Some(1.0), Some(3.0), Some(4.0), HOLE, Some(1.0), HOLE, HOLE, Some(5.0), Some(2.0), Some(2.5)];
    let world = World::of_closes(&closes);
    let (t, f, u) = (Some(true), Some(false), None);
    assert_eq!(truths(&world, "cross_above(close, 2)"), [f, t, f, u, f, u, u, t, f, t]);
    assert_eq!(truths(&world, "cross_below(close, 2)"), [u, f, f, u, t, u, u, f, f, f]);
    // `a <= b` decides a crossing above alone, `a > b` needs an earlier bar (rule 6).
    let first = World::of_closes(&[Some(3.0)]);
    assert_eq!(truths(&first, "cross_above(close, 2)"), [u]);
    assert_eq!(truths(&first, "cross_below(close, 2)"), [f]);
}

#[test]
fn what_cannot_be_computed_is_undefined() {
    let flat = World::of_closes(&[Some(5.0); 10]);
    assert_eq!(column(&flat, "rsi(close, 2)"), [None; 10], "no movement: 0 / 0");
    assert_eq!(column(&flat, "stdev(close, 4)")[3..], [Some(0.0); 7]);
    let zero = World::of_closes(&[Some(0.0), Some(1.0)]);
    assert_eq!(column(&zero, "roc(close, 1)"), [None, None], "a change from zero has no rate");
    let huge = World::of_closes(&[Some(1e308), Some(1e308), Some(1.0), Some(1.0)]);
    assert_eq!(
        column(&huge, "sma(close, 2)"),
        [None, None, Some(5e307), Some(1.0)],
        "sums too large are undefined"
    );
}

#[test]
fn left_out_constants_take_their_defaults() {
    let world = World::of_closes(&(0..40).map(|i| Some(f64::from(i * i % 17))).collect::<Vec<_>>());
    for (short, long) in [
        ("rsi(close)", "rsi(close, 14)"),
        ("atr()", "atr(n=14)"),
        ("lag(close)", "lag(close, 1)"),
        ("roc(x=close)", "roc(close, bars=1)"),
    ] {
        let mut graph = Graph::new();
        assert_eq!(bind(short, &mut graph), bind(long, &mut graph), "{short}");
        assert_eq!(column(&world, short), column(&world, long));
    }
}

#[test]
fn documentation_has_the_fixed_headings_and_names_every_argument() {
    let entries: Vec<Entry> = entries().collect();
    assert_eq!(entries.len(), 8 + FUNCTIONS.len());
    for entry in &entries {
        let headings: Vec<&str> = entry.doc.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, ["## What it does", "## Parameters", "## Reference"], "{}", entry.name);
        assert!(!entry.summary.is_empty() && !entry.summary.ends_with('.'), "{}", entry.name);
        assert!(entry.signature.starts_with(entry.name));
        assert_eq!(entries.iter().filter(|other| other.name == entry.name).count(), 1);
    }
    for function in FUNCTIONS {
        for argument in function.arguments {
            assert!(
                function.doc.contains(&format!("`{}`", argument.name())),
                "{function:?}: {}",
                argument.name()
            );
        }
        assert!(function.inputs() <= MAX_INPUTS && function.arguments.len() <= MAX_INPUTS);
    }
    for (name, signature) in [
        ("sma", "sma(x, n)"),
        ("rsi", "rsi(x, n=14)"),
        ("true_range", "true_range"),
        ("bollinger_upper", "bollinger_upper(x, n=20, width=2)"),
    ] {
        assert_eq!(Function::find(name).unwrap().signature(), signature);
    }
    assert!(FUNCTIONS.is_sorted_by_key(|function| function.family), "functions of a family stand together");
}
