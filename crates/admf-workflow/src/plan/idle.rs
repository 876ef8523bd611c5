//! Strategies that can never trade: a warning before a run, because their rows would be empty.

use super::{Plan, PlannedStrategy};
use crate::words::{counted, grouped};
use admf_model::Parameters;
use admf_rules::graph::Node;
use admf_rules::{BoundStrategy, Graph, NodeId};

/// What was found in the parameter sets of one entry.
pub(super) struct Idle<'a> {
    name: &'a str,
    /// Each symbol and how many bars it has up to the end of the period: those that functions are computed from.
    bars: Vec<(&'a str, usize)>,
    looked: usize,
    idle: usize,
    example: Option<String>,
}

impl<'a> Idle<'a> {
    pub(super) fn new(plan: &'a Plan, strategy: &'a PlannedStrategy) -> Self {
        let up_to_end = |symbol: &'a str| {
            let bars = plan.dataset.symbol(symbol)?;
            Some((symbol, bars.timestamps().partition_point(|time| *time <= plan.period.1)))
        };
        Self {
            name: &strategy.chosen.definition.name,
            bars: strategy.symbols.iter().filter_map(|at| up_to_end(&plan.symbols[*at])).collect(),
            looked: 0,
            idle: 0,
            example: None,
        }
    }

    /// Looks at one parameter set.
    pub(super) fn look(&mut self, rule: &BoundStrategy, parameters: &Parameters, graph: &Graph) {
        self.looked += self.bars.len();
        let sides = [rule.long, rule.short].into_iter().flatten();
        let first = sides.filter_map(|side| first_bar(side, true, graph)).min();
        for (symbol, bars) in &self.bars {
            if first.is_some_and(|first| (first as usize) < *bars) {
                continue;
            }
            self.idle += 1;
            self.example.get_or_insert_with(|| {
                let with = if parameters.is_empty() { String::new() } else { format!(" with {parameters}") };
                match first {
                    None => format!("its entry is false on every bar{with}"),
                    Some(first) => {
                        let (first, bars) = (counted(first as usize, "bar", "bars"), grouped(*bars as u128));
                        format!("it needs {first} before it can be true{with}, {symbol} has {bars}")
                    }
                }
            });
        }
    }

    /// The warning, if there is one.
    pub(super) fn note(self) -> Option<String> {
        let Self { name, looked, idle, example, .. } = self;
        let example = example?;
        Some(match looked {
            1 => format!("{name} never trades: {example}"),
            _ if idle == looked => format!("{name} never trades; for example {example}"),
            _ => {
                let (idle, looked) = (grouped(idle as u128), grouped(looked as u128));
                format!("{name}: {idle} of {looked} strategies never trade; for example {example}")
            }
        })
    }
}

/// Bars before the first on which a condition can be what is wanted, given the values that its parts need; `None` when
/// it never can. One side decides an `or` that is true and an `and` that is false.
fn first_bar(id: NodeId, wanted: bool, graph: &Graph) -> Option<u32> {
    let either = |a: Option<u32>, b: Option<u32>| a.into_iter().chain(b).min();
    let both = |a: Option<u32>, b: Option<u32>| Some(a?.max(b?));
    let of = |part| first_bar(part, wanted, graph);
    match graph.node(id) {
        Node::Truth(value) => (value == wanted).then_some(0),
        Node::Not(part) => first_bar(part, !wanted, graph),
        Node::And(a, b) if wanted => both(of(a), of(b)),
        Node::And(a, b) => either(of(a), of(b)),
        Node::Or(a, b) if wanted => either(of(a), of(b)),
        Node::Or(a, b) => both(of(a), of(b)),
        _ => Some(graph.warm_up(id)),
    }
}

#[cfg(test)]
mod tests;
