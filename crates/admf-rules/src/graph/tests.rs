//! Sharing, constants computed early, canonical text, warm-up.

use super::*;
use crate::testing::{bind, number_rule, truth_rule, try_bind};
use proptest::prelude::*;

#[test]
fn equal_rules_are_one_node_and_one_spelling() {
    let table = [
        ("sma(close,5)>sma( close , 50 )", "sma(close, 5) > sma(close, 50)"),
        ("((close) > (open))", "close > open"),
        ("close > 5%", "close > 0.05"),
        ("close > 1_000", "close > 1000"),
        ("close > 2 * (3 + 4) - 1", "close > 13"),
        ("rsi(close) < 30", "rsi(close, 14) < 30"),
        ("rsi(n=7, x=close) < 30", "rsi(close, 7) < 30"),
        ("atr() > 1e-12", "atr(14) > 1e-12"),
        ("close - (open - high) > 0", "close - (open - high) > 0"),
        ("(close - open) - high > 0", "close - open - high > 0"),
        ("close / (open * high) > 0", "close / (open * high) > 0"),
        ("-close * -2 < -(open + 1)", "-close * -2 < -(open + 1)"),
        ("--close < close", "close < close"),
        ("not (close > 1 or open > 1) and high > 1", "not (close > 1 or open > 1) and high > 1"),
        ("not (not (close > 1))", "close > 1"),
        ("close > 1 and true", "close > 1"),
        ("false or close > 1", "close > 1"),
        ("close > 1 and 2 < 1", "false"),
        ("true or close > 1", "true"),
        ("close > 1 and (open > 1 and high > 1)", "close > 1 and (open > 1 and high > 1)"),
        ("(regime(trend)==UP)", "regime(trend) == UP"),
        ("RANGE != regime(mine)", "RANGE != regime(mine)"),
        ("regime(trend) == regime(mine)", "regime(trend) == regime(mine)"),
        ("close@\"VIX\" > close@\"ES=F\"", "close@VIX > close@\"ES=F\""),
        ("cross_above( close,30 )", "cross_above(close, 30)"),
        ("-0 < close", "0 < close"),
        ("month() == 5 and day_of_week>1", "month == 5 and day_of_week > 1"),
        ("mean(close, 5) > 1", "sma(close, 5) > 1"),
        ("atr()@VIX > atr(14)", "atr(14)@VIX > atr(14)"),
        ("rsi(close, 14)@\"ES=F\" > 1", "rsi(close@\"ES=F\", 14) > 1"),
        ("sma(close@VIX + high, 3)@SPX > 1", "sma(close@VIX + high@SPX, 3) > 1"),
        ("lag(true_range@VIX + low)@SPX > 1", "lag(true_range@VIX + low@SPX, 1) > 1"),
        ("true_range()@VIX > true_range", "true_range@VIX > true_range"),
        ("count( close>1 , 3 ) > since(open > 1)", "count(close > 1, 3) > since(open > 1)"),
        ("if(close > 1, open > 1, high > 1)", "if(close > 1, open > 1, high > 1)"),
        ("if(close > 1, open, high) > 1", "if(close > 1, open, high) > 1"),
        ("not (bars_held<3) or close > 1", "not bars_held < 3 or close > 1"),
    ];
    for (text, canonical) in table {
        let mut graph = Graph::new();
        let node = bind(text, &mut graph);
        assert_eq!(graph.text(node), canonical, "{text}");
        assert_eq!(bind(canonical, &mut graph), node, "{text}");
    }
}

#[test]
fn parts_are_shared() {
    let mut graph = Graph::new();
    bind("sma(close, 5) > sma(close, 9) and sma(close, 9) > 1", &mut graph);
    bind("sma(close, 9) < sma(close, 5)", &mut graph);
    assert_eq!(graph.calls().len(), 2);
    assert_eq!(graph.prices().len(), 1);
    // close, two averages, 1, two comparisons and their conjunction, and the comparison the other way round.
    assert_eq!(graph.len(), 8);
}

#[test]
fn warm_up_adds_along_the_longest_path() {
    let table = [
        ("close > 1", 0),
        ("sma(close, 20) > 1", 19),
        ("lag(highest(high, 20), 1) < close", 20),
        ("rsi(sma(close, 10), 14) < 5 or atr(30) > 1", 30),
        ("cross_above(ema(close, 5), roc(close, 3))", 5),
        ("stdev(roc(close, 1), 20) > sma(stdev(roc(close, 1), 20), 250)", 20 + 249),
    ];
    for (text, expected) in table {
        let mut graph = Graph::new();
        let node = bind(text, &mut graph);
        assert_eq!(graph.warm_up(node), expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn canonical_text_reads_back_as_the_same_node(text in prop_oneof![truth_rule(), number_rule()]) {
        let mut graph = Graph::new();
        let Ok(node) = try_bind(&text, &mut graph) else { return Ok(()) };
        let canonical = graph.text(node);
        prop_assert_eq!(bind(&canonical, &mut graph), node, "{}", canonical);
    }
}

#[test]
fn fixed_levels_of_prices_are_found() {
    for (rule, found) in [
        ("close > 50", true),
        ("50 <= high and rsi(close, 14) < 30", true),
        ("close > 0", false),
        ("volume > 1000", false),
        ("close@VIX > 20", false),
        ("close > sma(close, 20)", false),
        ("rsi(close, 14) < 30", false),
    ] {
        let mut graph = Graph::new();
        bind(rule, &mut graph);
        assert_eq!(graph.compares_price_with_level(), found, "{rule}");
    }
}

#[test]
fn trimming_keeps_functions_in_order_and_what_they_need() {
    let mut graph = Graph::new();
    let rule = "sma(if(close > 2, close * 3, -open), 4) > sma(close, 5) and close@VIX > 1";
    let before = bind(rule, &mut graph);
    let text = graph.text(before);
    graph.trim();
    assert_eq!(graph.text(before), text, "a small graph is left alone");
    let calls: Vec<Call> = graph.calls().copied().collect();
    let nodes = graph.len();
    // As if there were very many.
    for number in 0..MANY_NODES {
        graph.number(0.5 + number as f64);
    }
    graph.trim();
    assert!(graph.len() < nodes, "operators and numbers are gone");
    let names = |calls: &[Call]| calls.iter().map(|call| call.function.name).collect::<Vec<_>>();
    assert_eq!(names(&graph.calls().copied().collect::<Vec<_>>()), names(&calls));
    let again = bind(rule, &mut graph);
    assert_eq!(graph.text(again), text);
    assert_eq!(graph.calls().len(), calls.len(), "the functions that stayed are found again");
    assert!(graph.compares_price_with_level());
}

#[test]
fn a_graph_that_is_handed_over_keeps_its_ids_and_leaves_its_functions() {
    let mut graph = Graph::new();
    let rule = "sma(if(close > 2, close * 3, -open), 4) > sma(close, 5) and close@VIX > 1";
    let before = bind(rule, &mut graph);
    let (text, nodes) = (graph.text(before), graph.len());
    let calls: Vec<Call> = graph.calls().copied().collect();
    let given = graph.hand_over();
    assert_eq!((given.text(before), given.len()), (text.clone(), nodes));
    assert!(graph.len() < nodes, "operators are gone");
    let again = bind(rule, &mut graph);
    assert_eq!(graph.text(again), text);
    let position = |call: &Call| calls.iter().position(|known| known.function.name == call.function.name);
    assert_eq!(graph.calls().len(), calls.len());
    assert!(graph.calls().zip(&calls).all(|(call, known)| position(call) == position(known)));
}
