//! One function of the rule language over whole columns.

use crate::worker::{Outcome, repeated};
use admf_model::{Bars, Interval, Parameters};
use admf_rules::{Columns, Definition, Graph, Inputs, NodeId, yaml};
use std::collections::BTreeMap;

/// Columns that are there before time counts.
const PRICES: &str = "close > 0 and open > 0 and high > 0 and low > 0 and volume > 0";

/// Computes an expression whose prices are there already.
pub(crate) fn run(bars: &Bars, expression: &str) -> Outcome {
    let (auxiliary, regimes) = (BTreeMap::new(), BTreeMap::new());
    let inputs = Inputs { bars, auxiliary: &auxiliary, regimes: &regimes, interval: Interval::DAY };
    let mut graph = Graph::new();
    bind(&mut graph, PRICES);
    let mut prices = Columns::new(bars.len());
    prices.extend(&graph, &inputs).expect("the prices are there");
    let condition = bind(&mut graph, &format!("{expression} > 0"));
    let node = graph.operands(condition).next().expect("a comparison has two sides");
    let (seconds, columns) = repeated(
        || prices.clone(),
        |mut columns| {
            columns.extend(&graph, &inputs).expect("the prices are there");
            columns
        },
    );
    let values = columns.series(&graph, node).iter().map(|value| value.unwrap_or(f64::NAN)).collect();
    let mut outcome = Outcome::new(seconds);
    outcome.columns = vec![("value", values)];
    outcome
}

fn bind(graph: &mut Graph, condition: &str) -> NodeId {
    let text = format!("name: compared\nlong: {condition}\n");
    let definition = yaml::parse(&text).map_err(|e| e.to_string());
    let definition = definition.and_then(|node| Definition::strategy(&node).map_err(|e| e.to_string()));
    let definition = definition.unwrap_or_else(|e| panic!("`{condition}`: {e}"));
    let rule = definition.bind_strategy(&Parameters::default(), graph);
    let rule = rule.unwrap_or_else(|e| panic!("`{condition}`: {e:?}"));
    rule.long.expect("the definition has a rule for long positions")
}
