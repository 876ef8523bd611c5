//! What a run, its estimate and its continuation have in common: everything that a plan names, prepared, and all
//! strategies in the order of evaluation.

use super::RunObserver;
use super::identity::Identity;
use super::rows::Item;
use super::symbols::Symbols;
use crate::WorkflowError;
use crate::plan::Plan;
use admf_engine::Candidate;
use admf_rules::{BoundClassifier, Graph};
use std::collections::HashSet;

/// A plan that can be evaluated.
pub(crate) struct Prepared {
    pub(crate) plan: Plan,
    pub(crate) identity: Identity,
    /// What they are; their nodes are gone once the symbols are labelled.
    pub(crate) classifiers: Vec<BoundClassifier>,
    pub(crate) symbols: Symbols,
    /// Holds the functions of all strategies.
    pub(crate) graph: Graph,
    /// Strategies, before duplicates are dropped.
    pub(crate) total: usize,
}

/// A strategy that is not the same as an earlier one.
pub(crate) struct Distinct {
    /// Index into [`Plan::strategies`].
    pub(crate) entry: usize,
    pub(crate) item: Item,
    pub(crate) candidate: Candidate,
    /// Duplicates dropped so far.
    pub(crate) duplicates: usize,
    /// Strategies looked at so far, this one and duplicates included.
    pub(crate) looked: usize,
}

impl Prepared {
    /// Loads and labels the symbols and puts every combination of parameters in place once.
    pub(crate) fn new(plan: Plan, observer: &mut dyn RunObserver) -> Result<Self, WorkflowError> {
        plan.notes.iter().for_each(|note| observer.noted(note));
        let identity = Identity::new(&plan.execution, plan.bars_per_year, plan.dataset.interval);
        let mut graph = Graph::new();
        let classifiers = plan.bind_classifiers(&mut graph)?;
        let symbols = Symbols::prepare(&plan, &classifiers, &identity, &graph)?;
        let checked = plan.check(&mut graph, &mut |looked, of| observer.expanded(looked, of))?;
        checked.notes.iter().for_each(|note| observer.noted(note));
        Ok(Self { plan, identity, classifiers, symbols, graph, total: checked.strategies })
    }
}

/// Hands over every distinct strategy in the order of evaluation, bound to the graph, and gives the number of
/// duplicates. Whoever is handed a strategy may trim the graph when it needs none of them any more.
pub(crate) fn each_strategy(
    plan: &Plan,
    classifiers: &[BoundClassifier],
    identity: &Identity,
    graph: &mut Graph,
    each: &mut dyn FnMut(&mut Graph, Distinct) -> Result<(), WorkflowError>,
) -> Result<usize, WorkflowError> {
    // Eight bytes a strategy, all that a run remembers of each; nothing is read from it in any order.
    let mut seen = HashSet::new();
    let (mut duplicates, mut looked) = (0, 0);
    for (entry, strategy) in plan.strategies.iter().enumerate() {
        let context = plan.context(strategy, classifiers);
        for symbol in &strategy.symbols {
            for parameters in strategy.grid.iter() {
                let mut rule = plan.bind_strategy(strategy, &parameters, graph)?;
                let on = (*symbol, plan.symbols[*symbol].as_str());
                // The candidate needs no name: its text becomes the item's.
                let mut text = std::mem::take(&mut rule.canonical);
                text.push_str(&context);
                let item = Item::new(identity, strategy, on, parameters, text);
                looked += 1;
                if !seen.insert(item.strategy_id) {
                    duplicates += 1;
                    continue;
                }
                let candidate = Candidate { symbol: *symbol, rule };
                each(graph, Distinct { entry, item, candidate, duplicates, looked })?;
            }
        }
    }
    Ok(duplicates)
}
