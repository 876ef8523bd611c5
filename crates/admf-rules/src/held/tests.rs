//! What is left of exits against a stream that is told for how long the position has been held.

use crate::testing::{Tick, World, bind, ticks};
use crate::{Columns, Graph, Stream};
use proptest::prelude::*;

const RULES: [&str; 8] = [
    "bars_held >= 3",
    "close > open or bars_held >= 4",
    "close > open and bars_held >= 2",
    "not (bars_held < 5 and close@VIX > high)",
    "bars_held > sma(close, 2) and (regime(trend) == UP or bars_held == 7)",
    "-bars_held + 2 * close < bars_held / (close - 3)",
    "(bars_held - 1) * 2 >= lag(close, 2) or not (rising(close) and 3 < bars_held)",
    "count(close > 5, 3) >= bars_held",
];

/// Entries at some bars and exits at others, as closes held: `None` while flat.
fn holding(bars: usize, turns: &[bool]) -> Vec<Option<usize>> {
    let mut held: Option<usize> = None;
    (0..bars)
        .map(|bar| {
            held = match (held, turns[bar % turns.len()]) {
                (None, true) => Some(1),
                (Some(_), true) => None,
                (held, false) => held.map(|bars| bars + 1),
            };
            held
        })
        .collect()
}

fn check(rule: &str, ticks: &[Tick], turns: &[bool]) -> Result<(), TestCaseError> {
    let world = World::new(ticks);
    let mut graph = Graph::new();
    let node = bind(rule, &mut graph);
    let mut columns = Columns::new(ticks.len());
    columns.extend(&graph, &world.inputs()).unwrap();
    let left = columns.held_rule(&graph, node).unwrap();
    let mut stream = Stream::new(&graph, [node]);
    for (bar, held) in holding(ticks.len(), turns).into_iter().enumerate() {
        let mut row = world.inputs().row(bar);
        row.bars_held = held.map(|bars| bars as f64);
        stream.next(&row).unwrap();
        let column = columns.truth_word(&graph, node, bar / 64).get(bar % 64);
        let ours = held.map_or(column, |bars| left.at(bar, bars));
        prop_assert_eq!(ours, stream.truth(node), "{} at {}", rule, bar);
        // What is known while flat stays so: kernels look no further there.
        prop_assert!(column.is_none() || column == ours, "{} at {}", rule, bar);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn held_rules_are_what_a_stream_computes(ticks in ticks(1..150), turns in prop::collection::vec(prop::bool::weighted(0.15), 1..150)) {
        for rule in RULES {
            check(rule, &ticks, &turns)?;
        }
    }
}

#[test]
fn a_rule_that_does_not_count_has_nothing_left() {
    let world = World::of_closes(&[Some(1.0), Some(2.0)]);
    let mut graph = Graph::new();
    let (plain, counting) = (bind("close > 1", &mut graph), bind("close > bars_held", &mut graph));
    let later = bind("high > 1", &mut graph);
    let mut columns = Columns::new(2);
    columns.extend(&graph, &world.inputs()).unwrap();
    assert!(columns.held_rule(&graph, plain).is_none() && columns.held_rule(&graph, later).is_none());
    assert!(columns.held_rule(&graph, counting).is_some());
    assert_eq!(graph.text(counting), "close > bars_held");
}
