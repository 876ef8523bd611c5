//! The first bar on which a condition can be true, of conditions as they are written.

use super::first_bar;
use admf_model::Parameters;
use admf_rules::{Definition, Graph, yaml};

fn first(rule: &str) -> Option<u32> {
    let node = yaml::parse(&format!("name: a\nlong: |\n  {rule}\n")).unwrap();
    let mut graph = Graph::new();
    let definition = Definition::strategy(&node).unwrap();
    let bound = definition.bind_strategy(&Parameters::default(), &mut graph).unwrap();
    first_bar(bound.long.unwrap(), true, &graph)
}

#[test]
fn one_side_decides_where_it_may() {
    for (rule, expected) in [
        ("sma(close, 50) > 1", Some(49)),
        ("sma(close, 50) > 1 and close > 1", Some(49)),
        ("sma(close, 50) > 1 or close > 1", Some(0)),
        ("not (sma(close, 50) > 1 or close > 1)", Some(49)),
        ("not (sma(close, 50) > 1 and close > 1)", Some(0)),
        ("2 < 1", None),
        ("close > 1 and 2 < 1", None),
        ("close > 1 or 1 < 2", Some(0)),
    ] {
        assert_eq!(first(rule), expected, "{rule}");
    }
}
