//! What there is to say about a definition besides its own words: how many bars it needs, how fast it is evaluated, and
//! how it is written in a spec.

use admf_model::Parameters;
use admf_rules::{Amount, BoundStrategy, Definition, Graph, NodeId};

/// A definition at its defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// Bars before the first on which all its rules can be defined.
    pub warm_up_bars: u32,
    /// How a strategy is evaluated.
    pub pace: Pace,
    /// Parameter sets of the suggested grid.
    pub suggested_sets: usize,
    /// Lines of a spec that use it.
    pub snippet: String,
}

/// Which bars a sweep looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Those at which the position changes.
    Changes,
    /// Those in a position, because of these keys.
    Held(Vec<String>),
    /// All, because a rule reads `bars_held`.
    All,
}

impl std::fmt::Display for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Changes => f.write_str("from change to change, the fast way"),
            Self::Held(keys) => write!(f, "bar by bar while in a position, because of {}", keys.join(", ")),
            Self::All => f.write_str("bar by bar, because of bars_held"),
        }
    }
}

/// Keys for which prices are looked at while in a position, or returns are not the market's own.
const LOOKS: [&str; 5] = ["short", "size", "stop_loss", "take_profit", "trailing_stop"];

/// Looks at a definition.
pub fn portrait(definition: &Definition) -> Portrait {
    let mut keys: Vec<String> = definition.rules.iter().map(|(key, _)| key.clone()).collect();
    keys.retain(|key| definition.role().is_none() && LOOKS.contains(&key.as_str()));
    let pace = if definition.rules.iter().any(|(_, rule)| rule.contains("bars_held")) {
        Pace::All
    } else if keys.is_empty() {
        Pace::Changes
    } else {
        Pace::Held(keys)
    };
    Portrait {
        warm_up_bars: warm_up(definition),
        pace,
        suggested_sets: definition.suggested_grid().iter().count(),
        snippet: snippet(definition),
    }
}

/// The largest warm-up of the rules with the default parameters.
fn warm_up(definition: &Definition) -> u32 {
    let mut graph = Graph::new();
    let defaults = definition.parameters.iter().map(|p| (p.name.clone(), p.default)).collect();
    let defaults = Parameters::new(defaults);
    let nodes = match definition.role() {
        None => definition.bind_strategy(&defaults, &mut graph).map(|bound| strategy_nodes(&bound)),
        Some(_) => definition
            .bind_classifier(&defaults, &mut graph)
            .map(|bound| bound.labels.iter().map(|(_, node)| *node).collect()),
    };
    nodes.unwrap_or_default().into_iter().map(|node| graph.warm_up(node)).max().unwrap_or(0)
}

fn strategy_nodes(bound: &BoundStrategy) -> Vec<NodeId> {
    let rules = [bound.long, bound.short, bound.exit_long, bound.exit_short];
    let amounts = [Some(bound.size), bound.stop_loss, bound.take_profit, bound.trailing_stop];
    let amounts = amounts.into_iter().flatten().filter_map(|amount| match amount {
        Amount::Constant(_) => None,
        Amount::Node(node) => Some(node),
    });
    rules.into_iter().flatten().chain(amounts).collect()
}

/// How the definition stands in a spec: a strategy with its suggested grid, a classifier with its parameters.
fn snippet(definition: &Definition) -> String {
    let map = |entries: Vec<(String, String)>| {
        let entries = entries.iter().map(|(key, value)| format!("{key}: {value}"));
        format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
    };
    let (list, key, values) = match definition.role() {
        None => ("strategies", "grid", definition.suggestion()),
        Some(_) => {
            let defaults = definition.parameters.iter().map(|p| (p.name.clone(), p.default.to_string()));
            ("classifiers", "parameters", defaults.collect())
        }
    };
    let mut text = format!("{list}:\n  - type: {}\n", definition.name);
    if !values.is_empty() {
        text += &format!("    {key}: {}\n", map(values));
    }
    if !definition.others.is_empty() {
        let others = definition.others.iter().map(|other| (other.name.clone(), other.symbol.clone()));
        text += &format!("    others: {}\n", map(others.collect()));
    }
    text
}

#[cfg(test)]
mod tests;
