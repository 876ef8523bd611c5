//! Words of 64 bars: three-valued logic, the last partial word, labels.

use super::*;
use crate::testing::{World, bind};
use crate::{BoundClassifier, logic};
use admf_model::Role;

fn columns(graph: &Graph, world: &World) -> Columns {
    let mut columns = Columns::new(world.bars.len());
    columns.extend(graph, &world.inputs()).unwrap();
    columns
}

type Pair = (Option<bool>, Option<bool>);

/// All pairs of true, false and undefined: `close > 1` and `open > 1` where 2 is true and 0 false.
fn pairs() -> (World, Vec<Pair>) {
    let states = [Some(true), Some(false), None];
    let pairs: Vec<Pair> = states.into_iter().flat_map(|a| states.map(|b| (a, b))).collect();
    let price = |state: Option<bool>| state.map(|s| if s { 2.0 } else { 0.0 });
    let tick = |(a, b): &Pair| {
        let mut prices = [None; 10];
        (prices[3], prices[0]) = (price(*a), price(*b));
        (prices, None, None)
    };
    (World::new(&pairs.iter().map(tick).collect::<Vec<_>>()), pairs)
}

#[test]
fn words_follow_kleene() {
    let (world, pairs) = pairs();
    let mut graph = Graph::new();
    let and = bind("close > 1 and open > 1", &mut graph);
    let or = bind("close > 1 or open > 1", &mut graph);
    let not = bind("not (close > 1)", &mut graph);
    let columns = columns(&graph, &world);
    for (bar, (a, b)) in pairs.into_iter().enumerate() {
        let at = |node| columns.truth_word(&graph, node, 0).get(bar);
        assert_eq!(at(and), logic::and(a, b), "{a:?} and {b:?}");
        assert_eq!(at(or), logic::or(a, b), "{a:?} or {b:?}");
        assert_eq!(at(not), a.map(|a| !a), "not {a:?}");
    }
}

#[test]
fn every_comparison_compares_columns_and_constants_both_ways() {
    let closes = [Some(1.0), Some(2.0), Some(3.0), None];
    let world = World::of_closes(&closes);
    let (t, f) = (Some(true), Some(false));
    let table = [
        ("<", [t, f, f], [f, f, t]),
        ("<=", [t, t, f], [f, t, t]),
        (">", [f, f, t], [t, f, f]),
        (">=", [f, t, t], [t, t, f]),
        ("==", [f, t, f], [f, t, f]),
        ("!=", [t, f, t], [t, f, t]),
    ];
    for (sign, expected, swapped) in table {
        let mut graph = Graph::new();
        let cases = [
            (format!("close {sign} 2"), expected),
            (format!("2 {sign} close"), swapped),
            (format!("close {sign} high - close + 2"), expected),
            (format!("low * 0 + 2 {sign} high"), swapped),
            (format!("close + 0 {sign} 4 / 2 + open * 0"), expected),
        ];
        for (rule, expected) in cases {
            let node = bind(&rule, &mut graph);
            let word = columns(&graph, &world).truth_word(&graph, node, 0);
            assert_eq!([0, 1, 2].map(|bar| word.get(bar)), expected, "{rule}");
            assert_eq!(word.get(3), None, "{rule}");
        }
    }
}

#[test]
fn nothing_is_true_or_false_after_the_last_bar() {
    for bars in [1, 63, 64, 65, 130] {
        let world = World::of_closes(&vec![Some(1.0); bars]);
        for rule in [
            "true",
            "false",
            "not false",
            "close < 2",
            "close > 2",
            "1 / close != 5",
            "not (cross_above(close, 2))",
        ] {
            let mut graph = Graph::new();
            let node = bind(rule, &mut graph);
            let columns = columns(&graph, &world);
            assert_eq!(columns.words(), usize::div_ceil(bars, 64));
            let last = columns.truth_word(&graph, node, columns.words() - 1);
            assert_eq!(
                (last.yes | last.no).count_ones() as usize,
                (bars - 1) % 64 + 1,
                "{rule}, {bars} bars"
            );
            let truth = columns.truth(&graph, node);
            assert_eq!(truth.yes.count_ones() + truth.no.count_ones(), bars, "{rule}");
        }
    }
}

#[test]
fn later_nodes_are_added_to_the_same_columns() {
    let world = World::of_closes(&[Some(1.0), Some(2.0), Some(4.0)]);
    let mut graph = Graph::new();
    let first = bind("sma(close, 2)", &mut graph);
    let mut columns = columns(&graph, &world);
    let second = bind("highest(sma(close, 2) + open, 2)", &mut graph);
    columns.extend(&graph, &world.inputs()).unwrap();
    let values = |node| columns.series(&graph, node).iter().collect::<Vec<_>>();
    assert_eq!(values(first), [None, Some(1.5), Some(3.0)]);
    assert_eq!(values(second), [None, None, Some(7.0)]);
    assert_eq!(columns.number(&graph, second, 2), Some(7.0));
}

#[test]
fn inputs_that_are_missing_or_too_short_are_named() {
    let world = World::of_closes(&[Some(1.0), Some(2.0)]);
    let fails = |rule: &str, bars: usize| {
        let mut graph = Graph::new();
        bind(rule, &mut graph);
        Columns::new(bars).extend(&graph, &world.inputs()).unwrap_err().to_string()
    };
    assert_eq!(
        fails("volume@DAX > 1", 2),
        "the rule reads volume@DAX, but symbol `DAX` is not among the inputs"
    );
    assert_eq!(
        fails("regime(mine) == UP", 2),
        "the rule reads regime(mine), but no such classifier is among the inputs"
    );
    assert_eq!(fails("close@VIX > 1", 3), "`VIX` has 2 bars, the evaluated symbol has 3");
}

#[test]
fn the_first_true_label_wins_and_an_undefined_condition_before_it_hides_it() {
    let (world, pairs) = pairs();
    let mut graph = Graph::new();
    let labels = vec![(2, bind("close > 1", &mut graph)), (0, bind("open > 1", &mut graph))];
    for otherwise in [Some(1), None] {
        let classifier = BoundClassifier {
            canonical: String::new(),
            role: Role::Trend,
            labels: labels.clone(),
            otherwise,
        };
        let found = columns(&graph, &world).labels(&graph, &classifier);
        assert_eq!(found.role(), Role::Trend);
        for (bar, pair) in pairs.iter().enumerate() {
            let expected = match pair {
                (Some(true), _) => Some(2),
                (Some(false), Some(true)) => Some(0),
                (Some(false), Some(false)) => otherwise,
                _ => None,
            };
            assert_eq!(found.get(bar), expected, "{pair:?}");
        }
    }
}

#[test]
fn the_deepest_rules_are_evaluated_on_half_the_usual_stack() {
    let deep = |open: &str, n: usize, close: &str| format!("{}close{} > 1", open.repeat(n), close.repeat(n));
    let rules = [
        deep("1 - (", 60, ")"),
        deep("sma(", 120, ", 1)"),
        deep("-(", 60, ")"),
        format!("close > 1{}", " or close > 2".repeat(120)),
    ];
    let evaluate = move || {
        let world = World::of_closes(&[Some(2.0); 70]);
        for rule in rules {
            let mut graph = Graph::new();
            let node = bind(&rule, &mut graph);
            assert!(columns(&graph, &world).truth_word(&graph, node, 1).get(0).is_some(), "{rule}");
            assert!(!graph.text(node).is_empty());
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(evaluate).unwrap().join().unwrap();
}

#[test]
fn whole_columns_are_their_words_with_a_cache_and_without() {
    let closes: Vec<Option<f64>> =
        (0..200).map(|bar| (bar % 31 != 7).then_some(f64::from(bar * bar % 17))).collect();
    let world = World::of_closes(&closes);
    let rules = [
        "close > 5",
        "close > 5 or close < 2 and not (close == 1)",
        "close >= sma(close, 3)",
        "close + 1 < 9",
        "2 < 1",
        "rising(close, 2) and close != 3",
    ];
    let mut graph = Graph::new();
    let nodes = rules.map(|rule| bind(rule, &mut graph));
    let columns = columns(&graph, &world);
    let mut cache = TruthCache::default();
    // Columns of other values, in whose cache the answers would be wrong.
    let others = World::of_closes(&closes.iter().map(|close| close.map(|c| 16.0 - c)).collect::<Vec<_>>());
    let others = self::columns(&graph, &others);
    for round in 0..3 {
        for (rule, node) in rules.iter().zip(nodes) {
            for columns in [&columns, &others] {
                let by_word = |pick: fn(&TruthWord) -> u64| -> Vec<u64> {
                    (0..columns.words()).map(|word| pick(&columns.truth_word(&graph, node, word))).collect()
                };
                let (yes, no) = (by_word(|w| w.yes), by_word(|w| w.no));
                for found in [columns.truth(&graph, node), columns.truth_cached(&graph, node, &mut cache)] {
                    assert_eq!((found.yes.words(), found.no.words()), (&yes[..], &no[..]), "{rule}, {round}");
                }
            }
        }
    }
}

#[test]
fn columns_made_by_others_are_the_same_whatever_reads_what() {
    let closes: Vec<Option<f64>> = (0..150).map(|bar| Some(f64::from(bar * bar % 23))).collect();
    let world = World::of_closes(&closes);
    let mut graph = Graph::new();
    let rules =
        ["sma(rsi(close, 5), 3) > 50", "sma(close, 4) + ema(close, 3) > 20", "rising(sma(close, 4), 2)"];
    let nodes = rules.map(|rule| bind(rule, &mut graph));
    let alone = columns(&graph, &world);
    let mut together = Columns::new(world.bars.len());
    let counts = std::sync::Mutex::new(Vec::new());
    let backwards = |count: usize, make: &(dyn Fn(usize) -> MadeColumn + Sync)| {
        counts.lock().unwrap().push(count);
        let mut made: Vec<MadeColumn> = (0..count).rev().map(make).collect();
        made.reverse();
        made
    };
    together.extend_by(&graph, &world.inputs(), backwards).unwrap();
    for node in nodes {
        assert_eq!(together.truth(&graph, node), alone.truth(&graph, node));
    }
    // rsi; its average with both averages of the close; what rises.
    assert_eq!(*counts.lock().unwrap(), [1, 3, 1]);
}
