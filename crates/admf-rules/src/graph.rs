//! Rules with their constants in place, as nodes that are shared by everything that spells them the same.
//!
//! `sma(close, 50)` of a thousand strategies is one node. Nodes only refer to earlier ones, so ascending ids are an
//! order of evaluation. The graph knows nothing about bars: [`Columns`](crate::Columns) and
//! [`Stream`](crate::Stream) give its nodes values.

use crate::functions::{Function, MAX_INPUTS};
use crate::logic::{self, Arithmetic};
use crate::types::{LabelCode, Type};
use admf_model::Comparison;
use indexmap::IndexSet;
use std::hash::{Hash, Hasher};

mod hash;
mod print;

/// A node of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// A place holder for inputs that a call does not have.
    pub(crate) const FIRST: Self = Self(0);

    /// Position in the graph.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A column of the bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// Traded units.
    Volume,
    /// Days since 1970-01-01 of the session; read by functions, not by name.
    Session,
    /// Minutes from the session's midnight to the close of a bar that is shorter than a day; not by name either.
    Minutes,
}

impl Field {
    /// The columns that have a name in rules.
    pub const ALL: [Self; 5] = [Self::Open, Self::High, Self::Low, Self::Close, Self::Volume];

    /// The name in rules.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
            Self::Close => "close",
            Self::Volume => "volume",
            Self::Session => "session",
            Self::Minutes => "minutes",
        }
    }

    /// The column of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// A finite constant, equal when its bits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Constant(u64);

impl Constant {
    /// Minus zero is zero.
    pub(crate) fn new(value: f64) -> Self {
        debug_assert!(value.is_finite(), "constants are finite");
        Self(if value == 0.0 { 0 } else { value.to_bits() })
    }

    /// The number.
    pub const fn value(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// What a node is. The numbers in `Price`, `Regime` and `Call` are positions in the graph's lists of those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// The same number on every bar.
    Number(Constant),
    /// The same truth on every bar.
    Truth(bool),
    /// A label to compare with.
    Label(LabelCode),
    /// A column of bars: [`Graph::prices`].
    Price(u32),
    /// The label of a classifier: [`Graph::regimes`].
    Regime(u32),
    /// Closes since the fill of the position; only in exits.
    BarsHeld,
    /// A function: [`Graph::calls`].
    Call(u32),
    /// Minus.
    Negate(NodeId),
    /// Kleene negation.
    Not(NodeId),
    /// Kleene conjunction.
    And(NodeId, NodeId),
    /// Kleene disjunction.
    Or(NodeId, NodeId),
    /// Two numbers compared.
    Compare(Comparison, NodeId, NodeId),
    /// Two labels compared: `true` for `==`, `false` for `!=`.
    SameLabel(bool, NodeId, NodeId),
    /// Two numbers combined.
    Arithmetic(Arithmetic, NodeId, NodeId),
}

/// A price column of the evaluated symbol, or of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Which column.
    pub field: Field,
    /// The other symbol, `None` for the evaluated one.
    pub symbol: Option<String>,
}

/// A function with its constants and inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function.
    pub function: &'static Function,
    constants: [Constant; MAX_INPUTS],
    inputs: [NodeId; MAX_INPUTS],
    constants_len: u8,
    inputs_len: u8,
}

/// Of what is used only: the places behind are all alike.
impl Hash for Call {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.hash(state);
        for constant in &self.constants[..usize::from(self.constants_len)] {
            constant.hash(state);
        }
        for input in self.inputs() {
            input.hash(state);
        }
    }
}

impl Call {
    /// The constants, as the function's `make` takes them.
    pub fn constants(&self) -> ([f64; MAX_INPUTS], usize) {
        (self.constants.map(Constant::value), usize::from(self.constants_len))
    }

    /// The series that each bar's inputs come from: written ones, then implicit prices.
    pub fn inputs(&self) -> &[NodeId] {
        &self.inputs[..usize::from(self.inputs_len)]
    }

    /// A fresh state of the function.
    pub(crate) fn make(&self) -> Box<dyn crate::functions::Step> {
        let (constants, len) = self.constants();
        (self.function.make)(&constants[..len])
    }
}

/// Hash-consed nodes.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: IndexSet<Node, hash::Build>,
    /// Few: one per column and symbol that rules name.
    prices: Vec<Price>,
    regimes: IndexSet<String, hash::Build>,
    calls: IndexSet<Call, hash::Build>,
    /// One per node.
    warm_ups: Vec<u32>,
    compares_price_with_level: bool,
    /// Nodes above which the next [`Graph::trim`] does something.
    trimmed_from: usize,
}

/// Fewest nodes that are worth trimming: some tens of megabytes.
const MANY_NODES: usize = 1 << 20;

impl Graph {
    /// An empty graph.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True without nodes.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What a node is.
    ///
    /// # Panics
    /// When the id is from another graph.
    #[inline]
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes[id.index()]
    }

    /// True when a price of the evaluated symbol is compared with a constant other than 0: on adjusted prices such a
    /// level moves with every later split and dividend (rule 3).
    pub fn compares_price_with_level(&self) -> bool {
        self.compares_price_with_level
    }

    fn is_price_with_level(&self, a: NodeId, b: NodeId) -> bool {
        let own_price = |id: NodeId| match self.node(id) {
            Node::Price(at) => {
                self.prices[at as usize].symbol.is_none() && self.prices[at as usize].field != Field::Volume
            }
            _ => false,
        };
        let level = |id: NodeId| matches!(self.node(id), Node::Number(c) if c.value() != 0.0);
        (own_price(a) && level(b)) || (own_price(b) && level(a))
    }

    /// Drops operators where there are very many nodes: what stays are functions and what they are computed from, in
    /// the same order, so that columns stay valid. Ids that were given out before mean nothing afterwards.
    pub fn trim(&mut self) {
        if self.nodes.len() < self.trimmed_from.max(MANY_NODES) {
            return;
        }
        drop(self.hand_over());
        self.trimmed_from = 2 * self.nodes.len();
    }

    /// Gives away the graph, in which ids that were given out keep their meaning, and goes on as [`Graph::trim`] leaves
    /// it: strategies can be bound to this one while those bound before are evaluated with the other.
    #[must_use]
    pub fn hand_over(&mut self) -> Self {
        let old = std::mem::take(self);
        self.prices = old.prices.clone();
        self.regimes = old.regimes.clone();
        self.compares_price_with_level = old.compares_price_with_level;
        self.trimmed_from = old.trimmed_from;
        for call in &old.calls {
            let mut call = *call;
            for input in &mut call.inputs[..usize::from(call.inputs_len)] {
                *input = self.adopt(&old, *input);
            }
            let (index, _) = self.calls.insert_full(call);
            self.intern(Node::Call(position(index)));
        }
        old
    }

    /// A node of another graph that has the same prices and regimes and, as far as the node needs them, functions.
    fn adopt(&mut self, other: &Self, id: NodeId) -> NodeId {
        let node = match other.node(id) {
            Node::Negate(a) => Node::Negate(self.adopt(other, a)),
            Node::Not(a) => Node::Not(self.adopt(other, a)),
            Node::And(a, b) => Node::And(self.adopt(other, a), self.adopt(other, b)),
            Node::Or(a, b) => Node::Or(self.adopt(other, a), self.adopt(other, b)),
            Node::Compare(c, a, b) => Node::Compare(c, self.adopt(other, a), self.adopt(other, b)),
            Node::SameLabel(equal, a, b) => {
                Node::SameLabel(equal, self.adopt(other, a), self.adopt(other, b))
            }
            Node::Arithmetic(o, a, b) => Node::Arithmetic(o, self.adopt(other, a), self.adopt(other, b)),
            leaf => leaf,
        };
        self.intern(node)
    }

    /// The price columns that are read, in the order of `Node::Price`.
    pub fn prices(&self) -> impl ExactSizeIterator<Item = &Price> {
        self.prices.iter()
    }

    /// The regimes that are read, in the order of `Node::Regime`.
    pub fn regimes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.regimes.iter().map(String::as_str)
    }

    /// The functions that are called, in the order of `Node::Call`; inputs come before what they are inputs of.
    pub fn calls(&self) -> impl ExactSizeIterator<Item = &Call> {
        self.calls.iter()
    }

    /// Bars before the first on which a node can be defined, given inputs that are defined from the first bar on.
    /// For a truth it is when it is sure to be: `and` and `or` can be decided earlier by one side alone. The time that
    /// a classifier behind `regime` needs is not included.
    pub fn warm_up(&self, id: NodeId) -> u32 {
        self.warm_ups[id.index()]
    }

    /// Number, truth or label.
    pub fn type_of(&self, id: NodeId) -> Type {
        match self.node(id) {
            Node::Number(_) | Node::Price(_) | Node::BarsHeld | Node::Negate(_) | Node::Arithmetic(..) => {
                Type::Number
            }
            Node::Label(_) | Node::Regime(_) => Type::Label,
            Node::Call(call) => self.calls[call as usize].function.result,
            Node::Truth(_)
            | Node::Not(_)
            | Node::And(..)
            | Node::Or(..)
            | Node::Compare(..)
            | Node::SameLabel(..) => Type::Truth,
        }
    }

    /// The nodes that a node is computed from.
    pub fn operands(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let (few, call): ([Option<NodeId>; 2], &[NodeId]) = match self.node(id) {
            Node::Negate(a) | Node::Not(a) => ([Some(a), None], &[]),
            Node::And(a, b)
            | Node::Or(a, b)
            | Node::Compare(_, a, b)
            | Node::SameLabel(_, a, b)
            | Node::Arithmetic(_, a, b) => ([Some(a), Some(b)], &[]),
            Node::Call(call) => ([None, None], self.calls[call as usize].inputs()),
            _ => ([None, None], &[]),
        };
        few.into_iter().flatten().chain(call.iter().copied())
    }

    /// Which of [`Graph::calls`] a node is; `None` for what is no function.
    pub fn call_index(&self, id: NodeId) -> Option<u32> {
        let Node::Call(index) = self.node(id) else { return None };
        Some(index)
    }

    /// True when a node reads [`Node::BarsHeld`], which has a value in a position only.
    pub fn reads_bars_held(&self, id: NodeId) -> bool {
        let Some(held) = self.nodes.get_index_of(&Node::BarsHeld) else { return false };
        // Operands come before what is made of them: nothing before that node can read it.
        id.index() >= held
            && (id.index() == held || self.operands(id).any(|operand| self.reads_bars_held(operand)))
    }

    pub(crate) fn price_at(&self, index: u32) -> &Price {
        &self.prices[index as usize]
    }

    pub(crate) fn regime_at(&self, index: u32) -> &str {
        &self.regimes[index as usize]
    }

    pub(crate) fn call(&self, index: u32) -> &Call {
        &self.calls[index as usize]
    }

    fn intern(&mut self, node: Node) -> NodeId {
        let (index, new) = self.nodes.insert_full(node);
        let id = NodeId(u32::try_from(index).expect("memory ends before four billion nodes"));
        if new {
            let inputs = self.operands(id).map(|input| self.warm_ups[input.index()]).max().unwrap_or(0);
            let own = match node {
                Node::Call(index) => {
                    let call = &self.calls[index as usize];
                    let (constants, len) = call.constants();
                    (call.function.warm_up)(&constants[..len])
                }
                _ => 0,
            };
            self.warm_ups.push(inputs.saturating_add(own));
        }
        id
    }
}

/// Building. Operators on constants are computed here, so that equal values are equal nodes; `None` is a result that
/// is undefined on every bar, such as `1 / 0`.
impl Graph {
    pub(crate) fn number(&mut self, value: f64) -> NodeId {
        self.intern(Node::Number(Constant::new(value)))
    }

    pub(crate) fn truth(&mut self, value: bool) -> NodeId {
        self.intern(Node::Truth(value))
    }

    pub(crate) fn label(&mut self, label: LabelCode) -> NodeId {
        self.intern(Node::Label(label))
    }

    pub(crate) fn price(&mut self, field: Field, symbol: Option<&str>) -> NodeId {
        let found = self.prices.iter().position(|p| p.field == field && p.symbol.as_deref() == symbol);
        let index = found.unwrap_or(self.prices.len());
        if found.is_none() {
            self.prices.push(Price { field, symbol: symbol.map(str::to_owned) });
        }
        self.intern(Node::Price(position(index)))
    }

    pub(crate) fn regime(&mut self, name: &str) -> NodeId {
        let found = self.regimes.get_index_of(name);
        let index = found.unwrap_or_else(|| self.regimes.insert_full(name.to_owned()).0);
        self.intern(Node::Regime(position(index)))
    }

    pub(crate) fn bars_held(&mut self) -> NodeId {
        self.intern(Node::BarsHeld)
    }

    /// Constants are within the function's ranges and inputs are as many as it takes.
    pub(crate) fn call_of(
        &mut self,
        function: &'static Function,
        constants: &[f64],
        inputs: &[NodeId],
    ) -> NodeId {
        debug_assert_eq!(inputs.len(), function.inputs());
        let mut call = Call {
            function,
            constants: [Constant(0); MAX_INPUTS],
            inputs: [NodeId::FIRST; MAX_INPUTS],
            constants_len: constants.len() as u8,
            inputs_len: inputs.len() as u8,
        };
        for (slot, value) in call.constants.iter_mut().zip(constants) {
            *slot = Constant::new(*value);
        }
        call.inputs[..inputs.len()].copy_from_slice(inputs);
        let (index, _) = self.calls.insert_full(call);
        self.intern(Node::Call(position(index)))
    }

    pub(crate) fn negate(&mut self, a: NodeId) -> NodeId {
        match self.node(a) {
            Node::Number(value) => self.number(-value.value()),
            Node::Negate(inner) => inner,
            _ => self.intern(Node::Negate(a)),
        }
    }

    pub(crate) fn arithmetic(&mut self, operation: Arithmetic, a: NodeId, b: NodeId) -> Option<NodeId> {
        match (self.node(a), self.node(b)) {
            (Node::Number(x), Node::Number(y)) => {
                let value = logic::finite(logic::raw_arithmetic(operation, x.value(), y.value()))?;
                Some(self.number(value))
            }
            _ => Some(self.intern(Node::Arithmetic(operation, a, b))),
        }
    }

    pub(crate) fn compare(&mut self, comparison: Comparison, a: NodeId, b: NodeId) -> NodeId {
        match (self.node(a), self.node(b)) {
            (Node::Number(x), Node::Number(y)) => self.truth(logic::holds(comparison, x.value(), y.value())),
            _ => {
                self.compares_price_with_level |= self.is_price_with_level(a, b);
                self.intern(Node::Compare(comparison, a, b))
            }
        }
    }

    pub(crate) fn same_label(&mut self, equal: bool, a: NodeId, b: NodeId) -> NodeId {
        self.intern(Node::SameLabel(equal, a, b))
    }

    pub(crate) fn not(&mut self, a: NodeId) -> NodeId {
        match self.node(a) {
            Node::Truth(value) => self.truth(!value),
            Node::Not(inner) => inner,
            _ => self.intern(Node::Not(a)),
        }
    }

    /// Kleene's tables make `true` neutral and `false` decisive, also beside undefined.
    pub(crate) fn and(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.node(a), self.node(b)) {
            (Node::Truth(true), _) | (_, Node::Truth(false)) => b,
            (_, Node::Truth(true)) | (Node::Truth(false), _) => a,
            _ => self.intern(Node::And(a, b)),
        }
    }

    /// `false` is neutral and `true` decisive.
    pub(crate) fn or(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.node(a), self.node(b)) {
            (Node::Truth(false), _) | (_, Node::Truth(true)) => b,
            (_, Node::Truth(false)) | (Node::Truth(true), _) => a,
            _ => self.intern(Node::Or(a, b)),
        }
    }
}

fn position(index: usize) -> u32 {
    u32::try_from(index).expect("fewer parts than nodes")
}

#[cfg(test)]
mod tests;
