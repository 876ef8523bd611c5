//! The inner loop of a sweep: operators over 64 bars at a time.

use super::truth_cache::{Key, TruthCache};
use super::{CallColumn, Columns, NumberColumn};
use crate::functions::{Block, Lanes};
use crate::graph::{Graph, Node, NodeId};
use crate::logic::Arithmetic;
use admf_model::{Comparison, vectorized};

/// The truths of 64 bars: bit `i` of `yes` and `no` for bar `i`, neither where undefined or past the last bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruthWord {
    /// Where it is true.
    pub yes: u64,
    /// Where it is false.
    pub no: u64,
}

impl TruthWord {
    const UNDEFINED: Self = Self { yes: 0, no: 0 };

    /// Where `yes` among the defined bars.
    #[inline]
    fn decided(yes: u64, defined: u64) -> Self {
        Self { yes: yes & defined, no: !yes & defined }
    }

    /// The truth of one of the 64 bars.
    #[inline]
    pub fn get(self, bar: usize) -> Option<bool> {
        match (self.yes >> bar & 1, self.no >> bar & 1) {
            (1, _) => Some(true),
            (_, 1) => Some(false),
            _ => None,
        }
    }
}

/// A number on 64 bars: a column's values, or the same on all of them.
#[derive(Clone, Copy)]
enum Operand<'a> {
    Lanes(&'a Lanes),
    Constant(f64),
}

impl<'a> Operand<'a> {
    fn source(self) -> Source<'a> {
        match self {
            Self::Lanes(lanes) => Source::Lanes(std::slice::from_ref(lanes)),
            Self::Constant(value) => Source::Constant(value),
        }
    }
}

/// Numbers in words of 64 bars: a column's values, or the same on all of them.
#[derive(Clone, Copy)]
enum Source<'a> {
    Lanes(&'a [Lanes]),
    Constant(f64),
}

/// Numbers at all bars and where they are defined; `None` for where there are bars.
type Stored<'a> = (Source<'a>, Option<&'a [u64]>);

impl Columns {
    /// The truths of bars `64 * word ..` of a truth node. Allocates nothing.
    ///
    /// # Panics
    /// When the node is not a truth, or when columns that it needs were not computed by [`Columns::extend`].
    pub fn truth_word(&self, graph: &Graph, node: NodeId, word: usize) -> TruthWord {
        match graph.node(node) {
            Node::Truth(value) => TruthWord::decided(if value { u64::MAX } else { 0 }, self.existing(word)),
            Node::Not(a) => {
                let a = self.truth_word(graph, a, word);
                TruthWord { yes: a.no, no: a.yes }
            }
            Node::And(a, b) => {
                let (a, b) = (self.truth_word(graph, a, word), self.truth_word(graph, b, word));
                TruthWord { yes: a.yes & b.yes, no: a.no | b.no }
            }
            Node::Or(a, b) => {
                let (a, b) = (self.truth_word(graph, a, word), self.truth_word(graph, b, word));
                TruthWord { yes: a.yes | b.yes, no: a.no & b.no }
            }
            Node::Compare(comparison, a, b) => self.compare(graph, comparison, (a, b), word),
            Node::SameLabel(equal, a, b) => {
                let ((a, in_a), (b, in_b)) = (self.codes(graph, a, word), self.codes(graph, b, word));
                let same = mask(|bar| a[bar] == b[bar]);
                TruthWord::decided(if equal { same } else { !same }, in_a & in_b)
            }
            Node::Call(index) => match &self.calls[index as usize] {
                CallColumn::Truth(words) => words[word],
                CallColumn::Number(_) => TruthWord::UNDEFINED,
            },
            _ => panic!("node {} is not a truth: {:?}", node.index(), graph.node(node)),
        }
    }

    /// The truths of all bars of a truth node: [`Columns::truth_word`] of every word, but comparisons of stored columns,
    /// of which most rules consist, are one loop.
    pub(super) fn truth_words(
        &self,
        graph: &Graph,
        node: NodeId,
        cache: &mut TruthCache,
        yes: &mut [u64],
        no: &mut [u64],
    ) {
        let mut both = |a, b, yes: &mut [u64], no: &mut [u64]| {
            self.truth_words(graph, a, cache, yes, no);
            let (mut yes, mut no) = (vec![0; yes.len()], vec![0; no.len()]);
            self.truth_words(graph, b, cache, &mut yes, &mut no);
            (yes, no)
        };
        match graph.node(node) {
            Node::Not(a) => self.truth_words(graph, a, cache, no, yes),
            Node::And(a, b) => {
                let (b_yes, b_no) = both(a, b, yes, no);
                yes.iter_mut().zip(b_yes).for_each(|(a, b)| *a &= b);
                no.iter_mut().zip(b_no).for_each(|(a, b)| *a |= b);
            }
            Node::Or(a, b) => {
                let (b_yes, b_no) = both(a, b, yes, no);
                yes.iter_mut().zip(b_yes).for_each(|(a, b)| *a |= b);
                no.iter_mut().zip(b_no).for_each(|(a, b)| *a &= b);
            }
            Node::Compare(comparison, a, b) => {
                let sides = (graph.node(a), graph.node(b));
                match (self.column(sides.0), self.column(sides.1)) {
                    (Some(a), Some(b)) => {
                        let key = Key { columns: self.id, comparison, sides };
                        let compare = |yes: &mut [u64], no: &mut [u64]| {
                            self.compare_columns(comparison, (a, b), yes, no);
                        };
                        cache.read(key, yes, no, compare);
                    }
                    _ => self.truths(graph, node, yes, no),
                }
            }
            _ => self.truths(graph, node, yes, no),
        }
    }

    /// [`Columns::truth_word`] of every word.
    fn truths(&self, graph: &Graph, node: NodeId, yes: &mut [u64], no: &mut [u64]) {
        for (word, (yes, no)) in yes.iter_mut().zip(no).enumerate() {
            TruthWord { yes: *yes, no: *no } = self.truth_word(graph, node, word);
        }
    }

    /// A column, or a number that is the same at every bar; `None` for what is computed when asked for.
    fn column(&self, node: Node) -> Option<Stored<'_>> {
        match node {
            Node::Number(value) => Some((Source::Constant(value.value()), None)),
            Node::Price(index) => Some(self.prices[index as usize].stored()),
            Node::Call(index) => match &self.calls[index as usize] {
                CallColumn::Number(column) => Some(column.stored()),
                CallColumn::Truth(_) => None,
            },
            _ => None,
        }
    }

    fn compare_columns(
        &self,
        comparison: Comparison,
        sides: (Stored<'_>, Stored<'_>),
        yes: &mut [u64],
        no: &mut [u64],
    ) {
        let ((a, in_a), (b, in_b)) = sides;
        decide_columns(comparison, (a, b), yes);
        for (word, (yes, no)) in yes.iter_mut().zip(no).enumerate() {
            let defined = |of: Option<&[u64]>| of.map_or_else(|| self.existing(word), |of| of[word]);
            TruthWord { yes: *yes, no: *no } = TruthWord::decided(*yes, defined(in_a) & defined(in_b));
        }
    }

    fn compare(
        &self,
        graph: &Graph,
        comparison: Comparison,
        (a, b): (NodeId, NodeId),
        word: usize,
    ) -> TruthWord {
        let (mut buffer_a, mut buffer_b) = (None, None);
        let (a, in_a) = self.operand(graph, a, word, &mut buffer_a);
        let (b, in_b) = self.operand(graph, b, word, &mut buffer_b);
        let mut yes = [0];
        decide_columns(comparison, (a.source(), b.source()), &mut yes);
        let [yes] = yes;
        TruthWord::decided(yes, in_a & in_b)
    }

    /// The numbers of bars `64 * word ..`, in place where they are stored, else written to `buffer`.
    pub(super) fn numbers<'a>(
        &'a self,
        graph: &Graph,
        node: NodeId,
        word: usize,
        buffer: &'a mut Lanes,
    ) -> Block<'a> {
        match self.stored(graph, node, word) {
            Some((Operand::Lanes(values), defined)) => Block { values, defined },
            Some((Operand::Constant(value), defined)) => {
                buffer.fill(value);
                Block { values: buffer, defined }
            }
            None => {
                let defined = self.compute(graph, node, word, buffer);
                Block { values: buffer, defined }
            }
        }
    }

    /// Like [`Columns::numbers`], with constants as such and a buffer that is only filled where it is needed: most
    /// comparisons read columns in place.
    #[inline]
    fn operand<'a>(
        &'a self,
        graph: &Graph,
        node: NodeId,
        word: usize,
        buffer: &'a mut Option<Lanes>,
    ) -> (Operand<'a>, u64) {
        if let Some(stored) = self.stored(graph, node, word) {
            return stored;
        }
        let lanes = buffer.insert([0.0; 64]);
        let defined = self.compute(graph, node, word, lanes);
        (Operand::Lanes(lanes), defined)
    }

    #[inline]
    fn stored(&self, graph: &Graph, node: NodeId, word: usize) -> Option<(Operand<'_>, u64)> {
        let column = match graph.node(node) {
            Node::Number(value) => return Some((Operand::Constant(value.value()), self.existing(word))),
            // A column is made before there is a position: an exit looks the count up where it needs it.
            Node::BarsHeld => return Some((Operand::Constant(0.0), 0)),
            Node::Price(index) => &self.prices[index as usize],
            Node::Call(index) => match &self.calls[index as usize] {
                CallColumn::Number(column) => column,
                CallColumn::Truth(_) => return None,
            },
            _ => return None,
        };
        Some((Operand::Lanes(&column.lanes[word]), column.defined[word]))
    }

    /// Writes the values of an operator and returns where they are defined.
    fn compute(&self, graph: &Graph, node: NodeId, word: usize, output: &mut Lanes) -> u64 {
        let (mut buffer_a, mut buffer_b) = (None, None);
        match graph.node(node) {
            Node::Negate(a) => {
                let (a, defined) = self.operand(graph, a, word, &mut buffer_a);
                combine(a, a, output, |a, _| -a);
                defined
            }
            Node::Arithmetic(operation, a, b) => {
                let (a, in_a) = self.operand(graph, a, word, &mut buffer_a);
                let (b, in_b) = self.operand(graph, b, word, &mut buffer_b);
                match operation {
                    Arithmetic::Add => combine(a, b, output, |a, b| a + b),
                    Arithmetic::Subtract => combine(a, b, output, |a, b| a - b),
                    Arithmetic::Multiply => combine(a, b, output, |a, b| a * b),
                    Arithmetic::Divide => combine(a, b, output, |a, b| a / b),
                }
                in_a & in_b & mask(|bar| output[bar].is_finite())
            }
            other => panic!("node {} is not a number: {other:?}", node.index()),
        }
    }

    fn codes(&self, graph: &Graph, node: NodeId, word: usize) -> ([u8; 64], u64) {
        match graph.node(node) {
            Node::Label(label) => ([label.bits(); 64], self.existing(word)),
            Node::Regime(index) => {
                let column = &self.regimes[index as usize];
                (column.codes[word], column.defined[word])
            }
            other => panic!("node {} is not a label: {other:?}", node.index()),
        }
    }

    /// The bars of a word that exist: all but past the last one.
    #[inline]
    fn existing(&self, word: usize) -> u64 {
        let left = self.bars - word * 64;
        if left >= 64 { u64::MAX } else { (1 << left) - 1 }
    }
}

impl NumberColumn {
    fn stored(&self) -> Stored<'_> {
        (Source::Lanes(&self.lanes), Some(&self.defined))
    }
}

/// Where a comparison holds, definedness aside.
fn decide_columns(comparison: Comparison, sides: (Source<'_>, Source<'_>), yes: &mut [u64]) {
    match comparison {
        Comparison::Less => decide_each(sides, yes, |a, b| a < b),
        Comparison::LessOrEqual => decide_each(sides, yes, |a, b| a <= b),
        Comparison::Greater => decide_each(sides, yes, |a, b| a > b),
        Comparison::GreaterOrEqual => decide_each(sides, yes, |a, b| a >= b),
        Comparison::Equal => decide_each(sides, yes, |a, b| a == b),
        Comparison::NotEqual => decide_each(sides, yes, |a, b| a != b),
    }
}

#[inline(always)]
fn decide_each(sides: (Source<'_>, Source<'_>), yes: &mut [u64], holds: impl Fn(f64, f64) -> bool) {
    vectorized(
        #[inline(always)]
        || match sides {
            (Source::Lanes(a), Source::Lanes(b)) => {
                for (yes, (a, b)) in yes.iter_mut().zip(a.iter().zip(b)) {
                    *yes = mask(|bar| holds(a[bar], b[bar]));
                }
            }
            (Source::Lanes(a), Source::Constant(b)) => {
                for (yes, a) in yes.iter_mut().zip(a) {
                    *yes = mask(|bar| holds(a[bar], b));
                }
            }
            (Source::Constant(a), Source::Lanes(b)) => {
                for (yes, b) in yes.iter_mut().zip(b) {
                    *yes = mask(|bar| holds(a, b[bar]));
                }
            }
            (Source::Constant(a), Source::Constant(b)) => yes.fill(if holds(a, b) { u64::MAX } else { 0 }),
        },
    );
}

/// A bit per bar. The compiler turns this plain loop into vector comparisons; gathering bytes and packing them by
/// multiplication was measured at half the speed.
#[inline(always)]
pub(super) fn mask(answer: impl Fn(usize) -> bool) -> u64 {
    let mut word = 0;
    for bar in 0..64 {
        word |= u64::from(answer(bar)) << bar;
    }
    word
}

#[inline(always)]
fn combine(a: Operand<'_>, b: Operand<'_>, output: &mut Lanes, operation: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Operand::Lanes(a), Operand::Lanes(b)) => fill(output, |bar| operation(a[bar], b[bar])),
        (Operand::Lanes(a), Operand::Constant(b)) => fill(output, |bar| operation(a[bar], b)),
        (Operand::Constant(a), Operand::Lanes(b)) => fill(output, |bar| operation(a, b[bar])),
        (Operand::Constant(a), Operand::Constant(b)) => fill(output, |_| operation(a, b)),
    }
}

#[inline(always)]
fn fill(output: &mut Lanes, value: impl Fn(usize) -> f64) {
    for (bar, out) in output.iter_mut().enumerate() {
        *out = value(bar);
    }
}
