//! Values of a graph's nodes one bar at a time: the same bits as [`Columns`](crate::Columns), without a past in memory.

use crate::functions::{MAX_INPUTS, Step};
use crate::graph::{Field, Graph, Node, NodeId};
use crate::logic;
use crate::types::LabelCode;
use crate::{BoundClassifier, InputError, Inputs};
use admf_model::{AlignedBars, Bars, Series};
use std::collections::{BTreeMap, BTreeSet};

/// The columns of one bar; `None` where undefined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PriceRow {
    /// First price.
    pub open: Option<f64>,
    /// Highest price.
    pub high: Option<f64>,
    /// Lowest price.
    pub low: Option<f64>,
    /// Last price.
    pub close: Option<f64>,
    /// Traded units.
    pub volume: Option<f64>,
    /// Days since 1970-01-01 of its session; of the evaluated symbol only.
    pub session: Option<f64>,
    /// Minutes from the session's midnight to the close, for bars shorter than a day; of the evaluated symbol only.
    pub minutes: Option<f64>,
}

/// What rules see at the close of one bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The evaluated symbol.
    pub prices: PriceRow,
    /// Closes since the fill of the position, `None` while flat; only exits ask for it.
    pub bars_held: Option<f64>,
    /// Other symbols as they are known by now.
    pub auxiliary: BTreeMap<String, PriceRow>,
    /// Labels by the name that rules use; `None` where undefined.
    pub regimes: BTreeMap<String, Option<LabelCode>>,
}

impl PriceRow {
    fn get(&self, field: Field) -> Option<f64> {
        match field {
            Field::Open => self.open,
            Field::High => self.high,
            Field::Low => self.low,
            Field::Close => self.close,
            Field::Volume => self.volume,
            Field::Session => self.session,
            Field::Minutes => self.minutes,
        }
    }

    fn of([open, high, low, close, volume]: [&Series; 5], bar: usize) -> Self {
        Self {
            open: open.get(bar),
            high: high.get(bar),
            low: low.get(bar),
            close: close.get(bar),
            volume: volume.get(bar),
            ..Self::default()
        }
    }
}

impl Inputs<'_> {
    /// One bar of the columns, while flat.
    pub fn row(&self, bar: usize) -> Row {
        let Bars { open, high, low, close, volume, .. } = self.bars;
        let auxiliary = self.auxiliary.iter().map(|(symbol, aligned)| {
            let AlignedBars { open, high, low, close, volume, .. } = aligned;
            (symbol.clone(), PriceRow::of([open, high, low, close, volume], bar))
        });
        let regimes = self
            .regimes
            .iter()
            .map(|(name, labels)| (name.clone(), labels.text(bar).and_then(LabelCode::of)));
        let (session, minutes) = self.clock(bar);
        Row {
            prices: PriceRow { session, minutes, ..PriceRow::of([open, high, low, close, volume], bar) },
            bars_held: None,
            auxiliary: auxiliary.collect(),
            regimes: regimes.collect(),
        }
    }
}

/// The state of some nodes and everything below them.
pub struct Stream {
    /// In order of evaluation: operands come before what is computed from them.
    nodes: Vec<(NodeId, Operation)>,
    /// The values at the last bar, one per node; `None` is undefined.
    values: Vec<Option<f64>>,
}

/// How a node gets its value. Positions are into the stream's nodes; truths are 1 and 0, labels their codes.
enum Operation {
    Constant(f64),
    Price { field: Field, symbol: Option<String> },
    Regime(String),
    BarsHeld,
    Call { step: Box<dyn Step>, inputs: Vec<usize> },
    Operator { node: Node, operands: [usize; 2] },
}

impl Stream {
    /// A stream before its first bar, for these nodes and what they need.
    pub fn new(graph: &Graph, roots: impl IntoIterator<Item = NodeId>) -> Self {
        let mut needed = BTreeSet::new();
        let mut open: Vec<NodeId> = roots.into_iter().collect();
        while let Some(node) = open.pop() {
            if needed.insert(node) {
                open.extend(graph.operands(node));
            }
        }
        let order: Vec<NodeId> = needed.into_iter().collect();
        let place = |id: NodeId| order.partition_point(|node| *node < id);
        let nodes: Vec<_> = order.iter().map(|id| (*id, Operation::of(graph, *id, &place))).collect();
        let values = vec![None; nodes.len()];
        Self { nodes, values }
    }

    /// Takes the next bar.
    pub fn next(&mut self, row: &Row) -> Result<(), InputError> {
        for at in 0..self.nodes.len() {
            let value = self.nodes[at].1.next(row, &self.values)?;
            self.values[at] = value;
        }
        Ok(())
    }

    /// The truth of a node at the last bar; `None` where undefined, and for a node that this stream was not made for.
    pub fn truth(&self, node: NodeId) -> Option<bool> {
        self.number(node).map(|value| value != 0.0)
    }

    /// The number of a node at the last bar; `None` where undefined, and for a node that this stream was not made for.
    pub fn number(&self, node: NodeId) -> Option<f64> {
        let at = self.nodes.binary_search_by_key(&node, |(id, _)| *id).ok()?;
        self.values[at]
    }

    /// The label of a classifier at the last bar, as an index into its role's labels.
    pub fn label(&self, classifier: &BoundClassifier) -> Option<u8> {
        for (label, condition) in &classifier.labels {
            if self.truth(*condition)? {
                return Some(*label);
            }
        }
        classifier.otherwise
    }
}

impl Operation {
    fn of(graph: &Graph, id: NodeId, place: &dyn Fn(NodeId) -> usize) -> Self {
        match graph.node(id) {
            Node::Number(value) => Self::Constant(value.value()),
            Node::Truth(value) => Self::Constant(f64::from(value)),
            Node::Label(label) => Self::Constant(f64::from(label.bits())),
            Node::Price(index) => {
                let price = graph.price_at(index);
                Self::Price { field: price.field, symbol: price.symbol.clone() }
            }
            Node::Regime(index) => Self::Regime(graph.regime_at(index).to_owned()),
            Node::BarsHeld => Self::BarsHeld,
            Node::Call(index) => {
                let call = graph.call(index);
                let inputs = call.inputs().iter().map(|input| place(*input)).collect();
                Self::Call { step: call.make(), inputs }
            }
            node @ (Node::Negate(a) | Node::Not(a)) => Self::Operator { node, operands: [place(a); 2] },
            node @ (Node::And(a, b)
            | Node::Or(a, b)
            | Node::Compare(_, a, b)
            | Node::SameLabel(_, a, b)
            | Node::Arithmetic(_, a, b)) => Self::Operator { node, operands: [place(a), place(b)] },
        }
    }

    fn next(&mut self, row: &Row, values: &[Option<f64>]) -> Result<Option<f64>, InputError> {
        Ok(match self {
            Self::Constant(value) => Some(*value),
            Self::Price { field, symbol: None } => row.prices.get(*field),
            Self::Price { field, symbol: Some(symbol) } => match row.auxiliary.get(symbol) {
                Some(prices) => prices.get(*field),
                None => {
                    return Err(InputError::MissingSymbol { symbol: symbol.clone(), field: field.name() });
                }
            },
            Self::Regime(regime) => match row.regimes.get(regime) {
                Some(label) => label.map(|code| f64::from(code.bits())),
                None => return Err(InputError::MissingRegime { regime: regime.clone() }),
            },
            Self::BarsHeld => row.bars_held,
            Self::Call { step, inputs } => {
                let mut arguments = [None; MAX_INPUTS];
                for (argument, input) in arguments.iter_mut().zip(&*inputs) {
                    *argument = values[*input];
                }
                step.next(&arguments[..inputs.len()]).filter(|v| v.is_finite())
            }
            Self::Operator { node, operands } => operate(*node, operands.map(|at| values[at])),
        })
    }
}

fn operate(node: Node, [a, b]: [Option<f64>; 2]) -> Option<f64> {
    let truth = |value: Option<f64>| value.map(|v| v != 0.0);
    match node {
        Node::Negate(_) => a.map(|v| -v),
        Node::Not(_) => truth(a).map(|v| f64::from(!v)),
        Node::And(..) => logic::and(truth(a), truth(b)).map(f64::from),
        Node::Or(..) => logic::or(truth(a), truth(b)).map(f64::from),
        Node::Compare(comparison, ..) => logic::compare(comparison, a, b).map(f64::from),
        Node::SameLabel(equal, ..) => Some(f64::from((a? == b?) == equal)),
        Node::Arithmetic(operation, ..) => logic::arithmetic(operation, a, b),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
