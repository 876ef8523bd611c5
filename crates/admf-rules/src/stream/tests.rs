//! The column of every rule is its stream, and no bar depends on a later one.

use super::Stream;
use crate::functions::{Argument, FUNCTIONS};
use crate::testing::{Tick, World, bind, number_rule, ticks, truth_rule, try_bind};
use crate::{Columns, Graph, NodeId, Type, library};
use proptest::prelude::*;

/// The value of a node at every bar: bits of a number, or a truth.
fn columned(world: &World, graph: &Graph, node: NodeId) -> Vec<Option<u64>> {
    let bars = world.bars.len();
    let mut columns = Columns::new(bars);
    columns.extend(graph, &world.inputs()).unwrap();
    if graph.type_of(node) == Type::Number {
        let series = columns.series(graph, node);
        for bar in 0..bars {
            let one = columns.number(graph, node, bar);
            assert_eq!(one.map(f64::to_bits), series.get(bar).map(f64::to_bits), "number() at bar {bar}");
        }
        return series.iter().map(|v| v.map(f64::to_bits)).collect();
    }
    let truth = columns.truth(graph, node);
    (0..bars)
        .map(|bar| {
            let word = columns.truth_word(graph, node, bar / 64).get(bar % 64);
            assert!(!(truth.yes.get(bar) && truth.no.get(bar)), "yes and no at bar {bar}");
            assert_eq!(word == Some(true), truth.yes.get(bar));
            assert_eq!(word == Some(false), truth.no.get(bar));
            word.map(u64::from)
        })
        .collect()
}

fn streamed(world: &World, graph: &Graph, node: NodeId) -> Vec<Option<u64>> {
    let mut stream = Stream::new(graph, [node]);
    (0..world.bars.len())
        .map(|bar| {
            stream.next(&world.inputs().row(bar)).unwrap();
            match graph.type_of(node) {
                Type::Number => stream.number(node).map(f64::to_bits),
                _ => stream.truth(node).map(u64::from),
            }
        })
        .collect()
}

/// `None` for the one mistake that a random rule can contain: a constant that divides by zero.
fn bind_random(text: &str, graph: &mut Graph) -> Option<NodeId> {
    match try_bind(text, graph) {
        Ok(node) => Some(node),
        Err(e) => {
            assert!(e.to_string().starts_with("this constant is undefined"), "{text}: {e}");
            None
        }
    }
}

fn column_is_stream(text: &str, ticks: &[Tick]) {
    let mut graph = Graph::new();
    let Some(node) = bind_random(text, &mut graph) else { return };
    let world = World::new(ticks);
    assert_eq!(columned(&world, &graph, node), streamed(&world, &graph, node), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn truths_are_the_same_columned_and_streamed(text in truth_rule(), ticks in ticks(1..150)) {
        column_is_stream(&text, &ticks);
    }

    #[test]
    fn numbers_are_the_same_columned_and_streamed(text in number_rule(), ticks in ticks(1..150)) {
        column_is_stream(&text, &ticks);
    }

    #[test]
    fn a_later_bar_changes_nothing_earlier(text in truth_rule(), ticks in ticks(2..140), other in ticks(1..2), cut in 0.0..1.0_f64) {
        let mut graph = Graph::new();
        let Some(node) = bind_random(&text, &mut graph) else { return Ok(()) };
        let first_changed = 1 + ((ticks.len() - 1) as f64 * cut) as usize;
        let mut changed = ticks.clone();
        changed[first_changed..].fill(other[0]);
        let before = columned(&World::new(&ticks), &graph, node);
        let after = columned(&World::new(&changed), &graph, node);
        prop_assert_eq!(&before[..first_changed], &after[..first_changed]);
    }

    #[test]
    fn no_function_sees_the_future(ticks in ticks(30..140), other in ticks(1..2), cut in 0.0..1.0_f64) {
        let first_changed = 1 + ((ticks.len() - 2) as f64 * cut) as usize;
        let mut changed = ticks.clone();
        changed[first_changed..].fill(other[0]);
        let (world, later) = (World::new(&ticks), World::new(&changed));
        for function in FUNCTIONS {
            let mut series = ["close", "open"].into_iter();
            let arguments: Vec<String> = function.arguments.iter().map(|argument| match argument {
                Argument::Series { .. } => series.next().unwrap().to_owned(),
                Argument::Truth { .. } => "close > 5".to_owned(),
                Argument::Bars { .. } => "4".to_owned(),
                Argument::Number { minimum, maximum, .. } => format!("{}", maximum.min(minimum.max(4.0)) * 0.5),
            }).collect();
            let text = format!("{}({})", function.name, arguments.join(", "));
            let mut graph = Graph::new();
            let node = bind(&text, &mut graph);
            let (before, after) = (columned(&world, &graph, node), columned(&later, &graph, node));
            prop_assert_eq!(&before[..first_changed], &after[..first_changed], "{}", text);
            prop_assert_eq!(before, streamed(&world, &graph, node), "{}", text);
        }
    }

    #[test]
    fn no_library_rule_sees_the_future(ticks in ticks(140..200), other in ticks(1..2), cut in 0.0..1.0_f64) {
        let first_changed = 1 + ((ticks.len() - 2) as f64 * cut) as usize;
        let mut changed = ticks.clone();
        changed[first_changed..].fill(other[0]);
        let (world, later) = (World::new(&ticks), World::new(&changed));
        for (definition, parameters) in library::tests::short_settings() {
            let mut graph = Graph::new();
            let mut nodes = Vec::new();
            if definition.role().is_some() {
                let bound = definition.bind_classifier(&parameters, &mut graph).unwrap();
                nodes.extend(bound.labels.iter().map(|(_, node)| *node));
            } else {
                let bound = definition.bind_strategy(&parameters, &mut graph).unwrap();
                nodes.extend([bound.long, bound.short, bound.exit_long, bound.exit_short].into_iter().flatten());
            }
            for node in nodes {
                let (before, after) = (columned(&world, &graph, node), columned(&later, &graph, node));
                prop_assert_eq!(&before[..first_changed], &after[..first_changed], "{}", definition.name);
                prop_assert_eq!(before, streamed(&world, &graph, node), "{}", definition.name);
            }
        }
    }
}

#[test]
fn a_missing_input_is_named() {
    let world = World::of_closes(&[Some(1.0)]);
    let mut graph = Graph::new();
    let node = bind("close@DAX > 1", &mut graph);
    let mut stream = Stream::new(&graph, [node]);
    let error = stream.next(&world.inputs().row(0)).unwrap_err();
    assert_eq!(error.to_string(), "the rule reads close@DAX, but symbol `DAX` is not among the inputs");
    let node = bind("regime(drawdown) == CRASH", &mut graph);
    let error = Stream::new(&graph, [node]).next(&world.inputs().row(0)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the rule reads regime(drawdown), but no such classifier is among the inputs"
    );
}

#[test]
fn labels_are_the_same_columned_and_streamed() {
    let definition = library::classifier("trend").unwrap();
    let (_, parameters) =
        library::tests::short_settings().into_iter().find(|(d, _)| d.name == definition.name).unwrap();
    let closes: Vec<Option<f64>> =
        (0..150).map(|i| (i % 37 != 5).then(|| 50.0 + f64::from(i * i % 41))).collect();
    let world = World::of_closes(&closes);
    let mut graph = Graph::new();
    let bound = definition.bind_classifier(&parameters, &mut graph).unwrap();
    let mut columns = Columns::new(closes.len());
    columns.extend(&graph, &world.inputs()).unwrap();
    let labels = columns.labels(&graph, &bound);
    let mut stream = Stream::new(&graph, bound.labels.iter().map(|(_, node)| *node));
    let mut seen = std::collections::BTreeSet::new();
    for bar in 0..closes.len() {
        stream.next(&world.inputs().row(bar)).unwrap();
        assert_eq!(stream.label(&bound), labels.get(bar), "bar {bar}");
        seen.insert(labels.get(bar));
    }
    assert_eq!(seen.len(), 4, "undefined, UP, DOWN and RANGE all occur: {seen:?}");
}
