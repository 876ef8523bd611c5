//! Exits that read `bars_held`: what is left of them once everything else is a column.
//!
//! The columns of such an exit are computed with `bars_held` undefined, as it is while flat. Where they are true or
//! false already, no count changes that (Kleene's logic is monotone); only at the other bars is this asked, with the
//! count of the position that is held there.

use crate::columns::{Columns, Truth};
use crate::graph::{Graph, Node, NodeId};
use crate::logic::{self, Arithmetic};
use admf_model::{Comparison, Series};

/// A condition over columns and the closes since the fill of a position.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRule(Condition);

#[derive(Clone, Debug, PartialEq)]
enum Condition {
    Column(Truth),
    Not(Box<Condition>),
    And(Box<[Condition; 2]>),
    Or(Box<[Condition; 2]>),
    Compare(Comparison, Box<[Quantity; 2]>),
}

#[derive(Clone, Debug, PartialEq)]
enum Quantity {
    BarsHeld,
    Constant(f64),
    Column(Series),
    Negate(Box<Quantity>),
    Arithmetic(Arithmetic, Box<[Quantity; 2]>),
}

impl HeldRule {
    /// The truth at a bar's close when the position has been held for `bars_held` closes (rule 11); `None` where
    /// undefined.
    pub fn at(&self, bar: usize, bars_held: usize) -> Option<bool> {
        self.0.at(bar, bars_held as f64)
    }
}

impl Columns {
    /// What a condition that reads `bars_held` depends on; `None` for one that does not.
    ///
    /// # Panics
    /// When the node is not a truth, or when columns that it needs were not computed by [`Columns::extend`].
    pub fn held_rule(&self, graph: &Graph, node: NodeId) -> Option<HeldRule> {
        graph.reads_bars_held(node).then(|| HeldRule(self.condition(graph, node)))
    }

    fn condition(&self, graph: &Graph, node: NodeId) -> Condition {
        if !graph.reads_bars_held(node) {
            return Condition::Column(self.truth(graph, node));
        }
        let both = |a, b| Box::new([a, b].map(|node| self.condition(graph, node)));
        match graph.node(node) {
            Node::Not(a) => Condition::Not(Box::new(self.condition(graph, a))),
            Node::And(a, b) => Condition::And(both(a, b)),
            Node::Or(a, b) => Condition::Or(both(a, b)),
            Node::Compare(comparison, a, b) => {
                Condition::Compare(comparison, Box::new([a, b].map(|node| self.quantity(graph, node))))
            }
            other => panic!("{other:?} is no condition that reads bars_held"),
        }
    }

    fn quantity(&self, graph: &Graph, node: NodeId) -> Quantity {
        match graph.node(node) {
            Node::BarsHeld => Quantity::BarsHeld,
            Node::Number(value) => Quantity::Constant(value.value()),
            Node::Negate(a) => Quantity::Negate(Box::new(self.quantity(graph, a))),
            Node::Arithmetic(operation, a, b) if graph.reads_bars_held(node) => {
                Quantity::Arithmetic(operation, Box::new([a, b].map(|node| self.quantity(graph, node))))
            }
            _ => Quantity::Column(self.series(graph, node)),
        }
    }
}

impl Condition {
    fn at(&self, bar: usize, held: f64) -> Option<bool> {
        match self {
            Self::Column(truth) if truth.yes.get(bar) => Some(true),
            Self::Column(truth) => truth.no.get(bar).then_some(false),
            Self::Not(a) => a.at(bar, held).map(|truth| !truth),
            Self::And(sides) => logic::and(sides[0].at(bar, held), sides[1].at(bar, held)),
            Self::Or(sides) => logic::or(sides[0].at(bar, held), sides[1].at(bar, held)),
            Self::Compare(comparison, sides) => {
                logic::compare(*comparison, sides[0].at(bar, held), sides[1].at(bar, held))
            }
        }
    }
}

impl Quantity {
    fn at(&self, bar: usize, held: f64) -> Option<f64> {
        match self {
            Self::BarsHeld => Some(held),
            Self::Constant(value) => Some(*value),
            Self::Column(column) => column.get(bar),
            Self::Negate(a) => a.at(bar, held).map(|value| -value),
            Self::Arithmetic(operation, sides) => {
                logic::arithmetic(*operation, sides[0].at(bar, held), sides[1].at(bar, held))
            }
        }
    }
}

#[cfg(test)]
mod tests;
