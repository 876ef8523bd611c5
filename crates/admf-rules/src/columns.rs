//! Values of a graph's nodes over whole columns of bars.
//!
//! Functions, prices and regimes are computed once and kept. Operators above them are not: they are evaluated 64 bars
//! at a time when somebody asks, because a sweep asks for each combination only once.

use crate::functions::{Block, Lanes};
use crate::graph::{Call, Field, Graph, Node, NodeId, Price};
use crate::types::{LabelCode, Type};
use admf_model::{AlignedBars, Bars, Bits, Interval, Labels, Series, SeriesBuilder, SessionDay};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

mod truth_cache;
mod word;

pub use truth_cache::TruthCache;
pub use word::TruthWord;

/// What rules are evaluated on. All columns have one entry per bar of `bars`.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The evaluated symbol.
    pub bars: &'a Bars,
    /// Other symbols, on the evaluated symbol's clock.
    pub auxiliary: &'a BTreeMap<String, AlignedBars>,
    /// Labels by the name that rules use: a role or a classifier.
    pub regimes: &'a BTreeMap<String, Labels>,
    /// Length of the evaluated symbol's bars, which says to which session a time belongs.
    pub interval: Interval,
}

/// Why a graph cannot be evaluated on some inputs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// A rule reads a symbol that is not there.
    #[error("the rule reads {field}@{symbol}, but symbol `{symbol}` is not among the inputs")]
    MissingSymbol {
        /// The symbol.
        symbol: String,
        /// The column of it.
        field: &'static str,
    },
    /// A rule reads a regime that is not there.
    #[error("the rule reads regime({regime}), but no such classifier is among the inputs")]
    MissingRegime {
        /// The role or classifier.
        regime: String,
    },
    /// Columns differ in length.
    #[error("`{name}` has {found} bars, the evaluated symbol has {expected}")]
    Length {
        /// The symbol or regime.
        name: String,
        /// Its length.
        found: usize,
        /// The evaluated symbol's.
        expected: usize,
    },
}

/// A truth per bar: true, false, or neither where undefined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Where it is true.
    pub yes: Bits,
    /// Where it is false.
    pub no: Bits,
}

/// Numbers, padded to whole words.
#[derive(Clone, Debug)]
struct NumberColumn {
    lanes: Vec<Lanes>,
    defined: Vec<u64>,
}

#[derive(Clone, Debug)]
enum CallColumn {
    Number(NumberColumn),
    Truth(Vec<TruthWord>),
}

/// A column that [`Columns::extend_by`] had made.
#[derive(Debug)]
pub struct MadeColumn(CallColumn);

/// Labels as codes that are the same for every role, padded to whole words.
#[derive(Clone, Debug)]
struct LabelColumn {
    codes: Vec<[u8; 64]>,
    defined: Vec<u64>,
}

/// The columns of a graph's prices, regimes and functions on some bars.
#[derive(Debug)]
pub struct Columns {
    /// No other columns of the process have it.
    id: u64,
    bars: usize,
    prices: Vec<NumberColumn>,
    regimes: Vec<LabelColumn>,
    calls: Vec<CallColumn>,
}

fn next_id() -> u64 {
    // A counter and no state: two columns of one process only have to differ.
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Clone for Columns {
    /// With an id of its own: what it is extended by may differ.
    fn clone(&self) -> Self {
        let Self { id: _, bars, prices, regimes, calls } = self;
        Self {
            id: next_id(),
            bars: *bars,
            prices: prices.clone(),
            regimes: regimes.clone(),
            calls: calls.clone(),
        }
    }
}

impl Columns {
    /// For `bars` bars; nothing is computed yet.
    pub fn new(bars: usize) -> Self {
        Self { id: next_id(), bars, prices: Vec::new(), regimes: Vec::new(), calls: Vec::new() }
    }

    /// Number of bars.
    pub fn bars(&self) -> usize {
        self.bars
    }

    /// Number of words of 64 bars; the last may be partly used.
    pub fn words(&self) -> usize {
        self.bars.div_ceil(64)
    }

    /// Computes what the graph has and these columns do not yet. Inputs must be the same at every call.
    pub fn extend(&mut self, graph: &Graph, inputs: &Inputs<'_>) -> Result<(), InputError> {
        self.extend_by(graph, inputs, |count, make| (0..count).map(make).collect())
    }

    /// The same, where `all` is given a number of columns that do not need each other, and what makes one of them; it
    /// returns them in order, whoever made them.
    pub fn extend_by(
        &mut self,
        graph: &Graph,
        inputs: &Inputs<'_>,
        all: impl Fn(usize, &(dyn Fn(usize) -> MadeColumn + Sync)) -> Vec<MadeColumn>,
    ) -> Result<(), InputError> {
        for price in graph.prices().skip(self.prices.len()) {
            let series = price_series(price, inputs)?;
            self.check_length(series.len(), || price.symbol.clone().unwrap_or_default())?;
            self.prices.push(NumberColumn::of(&series));
        }
        for regime in graph.regimes().skip(self.regimes.len()) {
            let missing = || InputError::MissingRegime { regime: regime.to_owned() };
            let labels = inputs.regimes.get(regime).ok_or_else(missing)?;
            self.check_length(labels.len(), || regime.to_owned())?;
            self.regimes.push(LabelColumn::of(labels));
        }
        let calls: Vec<&Call> = graph.calls().skip(self.calls.len()).collect();
        let mut rest = &calls[..];
        while !rest.is_empty() {
            // What a function reads was called before it: the first one can always be computed.
            let count = rest.iter().take_while(|call| self.has_inputs(graph, call)).count().max(1);
            let (now, later) = rest.split_at(count);
            let made = all(count, &|at| MadeColumn(self.fold(graph, now[at])));
            self.calls.extend(made.into_iter().map(|column| column.0));
            rest = later;
        }
        Ok(())
    }

    /// True when the functions that a function reads are computed.
    fn has_inputs(&self, graph: &Graph, call: &Call) -> bool {
        call.inputs().iter().all(|input| self.is_computed(graph, *input))
    }

    fn is_computed(&self, graph: &Graph, node: NodeId) -> bool {
        match graph.call_index(node) {
            Some(index) => (index as usize) < self.calls.len(),
            None => graph.operands(node).all(|operand| self.is_computed(graph, operand)),
        }
    }

    fn check_length(&self, found: usize, name: impl FnOnce() -> String) -> Result<(), InputError> {
        let expected = self.bars;
        if found == expected { Ok(()) } else { Err(InputError::Length { name: name(), found, expected }) }
    }

    fn fold(&self, graph: &Graph, call: &Call) -> CallColumn {
        let words = self.words();
        let mut step = call.make();
        let mut buffers = [[0.0; 64]; crate::functions::MAX_INPUTS];
        let mut column =
            NumberColumn { lanes: Vec::with_capacity(words), defined: Vec::with_capacity(words) };
        for word in 0..words {
            let mut blocks = [Block { values: &[0.0; 64], defined: 0 }; crate::functions::MAX_INPUTS];
            for ((block, buffer), input) in blocks.iter_mut().zip(&mut buffers).zip(call.inputs()) {
                *block = self.inputs(graph, *input, word, buffer);
            }
            let mut lanes = [0.0; 64];
            let bars = (self.bars - word * 64).min(64);
            let defined = step.fold(&blocks[..call.inputs().len()], bars, &mut lanes);
            column.lanes.push(lanes);
            column.defined.push(defined);
        }
        match call.function.result {
            Type::Truth => CallColumn::Truth(column.truths()),
            _ => CallColumn::Number(column),
        }
    }

    /// What a function sees of one of its inputs: numbers, truths as 1 and 0.
    fn inputs<'a>(&'a self, graph: &Graph, node: NodeId, word: usize, buffer: &'a mut Lanes) -> Block<'a> {
        if graph.type_of(node) != Type::Truth {
            return self.numbers(graph, node, word, buffer);
        }
        let truth = self.truth_word(graph, node, word);
        for (bar, value) in buffer.iter_mut().enumerate() {
            *value = (truth.yes >> bar & 1) as f64;
        }
        Block { values: buffer, defined: truth.yes | truth.no }
    }

    /// True, false and undefined bars of a truth node.
    pub fn truth(&self, graph: &Graph, node: NodeId) -> Truth {
        self.truth_cached(graph, node, &mut TruthCache::that_keeps_nothing())
    }

    /// The same; comparisons are looked up in a cache, and kept there.
    pub fn truth_cached(&self, graph: &Graph, node: NodeId, cache: &mut TruthCache) -> Truth {
        let (mut yes, mut no) = (vec![0; self.words()], vec![0; self.words()]);
        self.truth_words(graph, node, cache, &mut yes, &mut no);
        Truth { yes: Bits::from_words(yes, self.bars), no: Bits::from_words(no, self.bars) }
    }

    /// The column of a number node.
    pub fn series(&self, graph: &Graph, node: NodeId) -> Series {
        let mut buffer = [0.0; 64];
        let mut series = SeriesBuilder::with_capacity(self.bars);
        for word in 0..self.words() {
            let block = self.numbers(graph, node, word, &mut buffer);
            for bar in 0..(self.bars - word * 64).min(64) {
                series.push((block.defined >> bar & 1 == 1).then(|| block.values[bar]));
            }
        }
        series.finish()
    }

    /// The value of a number node at one bar, without computing the bars around it.
    pub fn number(&self, graph: &Graph, node: NodeId, bar: usize) -> Option<f64> {
        match graph.node(node) {
            Node::Number(value) => Some(value.value()),
            Node::Price(index) => self.prices[index as usize].get(bar),
            Node::Call(index) => match &self.calls[index as usize] {
                CallColumn::Number(column) => column.get(bar),
                CallColumn::Truth(_) => None,
            },
            Node::Negate(a) => self.number(graph, a, bar).map(|v| -v),
            Node::Arithmetic(operation, a, b) => {
                crate::logic::arithmetic(operation, self.number(graph, a, bar), self.number(graph, b, bar))
            }
            _ => None,
        }
    }

    /// The labels of a classifier: at each bar the first condition that is true, `otherwise` when all are false,
    /// undefined when an undefined one comes first.
    pub fn labels(&self, graph: &Graph, classifier: &crate::BoundClassifier) -> Labels {
        let mut codes = vec![None; self.words() * 64];
        for word in 0..self.words() {
            let mut open = u64::MAX;
            for (label, condition) in &classifier.labels {
                let truth = self.truth_word(graph, *condition, word);
                set(&mut codes[word * 64..], open & truth.yes, *label);
                open &= truth.no;
            }
            if let Some(label) = classifier.otherwise {
                set(&mut codes[word * 64..], open, label);
            }
        }
        Labels::new(classifier.role, codes.into_iter().take(self.bars))
    }
}

fn set(codes: &mut [Option<u8>], mut bits: u64, label: u8) {
    while bits != 0 {
        codes[bits.trailing_zeros() as usize] = Some(label);
        bits &= bits - 1;
    }
}

fn price_series<'a>(price: &Price, inputs: &Inputs<'a>) -> Result<Cow<'a, Series>, InputError> {
    let [open, high, low, close, volume] = match &price.symbol {
        None => {
            let Bars { open, high, low, close, volume, .. } = inputs.bars;
            [open, high, low, close, volume]
        }
        Some(symbol) => {
            let missing = || InputError::MissingSymbol { symbol: symbol.clone(), field: price.field.name() };
            let AlignedBars { open, high, low, close, volume, .. } =
                inputs.auxiliary.get(symbol).ok_or_else(missing)?;
            [open, high, low, close, volume]
        }
    };
    Ok(match price.field {
        Field::Open => Cow::Borrowed(open),
        Field::High => Cow::Borrowed(high),
        Field::Low => Cow::Borrowed(low),
        Field::Close => Cow::Borrowed(close),
        Field::Volume => Cow::Borrowed(volume),
        Field::Session => Cow::Owned((0..inputs.bars.len()).map(|bar| inputs.clock(bar).0).collect()),
        Field::Minutes => Cow::Owned((0..inputs.bars.len()).map(|bar| inputs.clock(bar).1).collect()),
    })
}

impl Inputs<'_> {
    /// Session and minutes of a bar.
    pub(crate) fn clock(&self, bar: usize) -> (Option<f64>, Option<f64>) {
        let close = self.bars.timestamps()[bar];
        let day = SessionDay::of(close, self.interval);
        (Some(f64::from(day.days())), day.minutes_to(close, self.interval))
    }
}

impl NumberColumn {
    fn of(series: &Series) -> Self {
        let mut lanes = vec![[0.0; 64]; series.len().div_ceil(64)];
        for (lane, values) in lanes.iter_mut().zip(series.values().chunks(64)) {
            lane[..values.len()].copy_from_slice(values);
        }
        Self { lanes, defined: series.defined().words().to_vec() }
    }

    fn get(&self, bar: usize) -> Option<f64> {
        (self.defined[bar / 64] >> (bar % 64) & 1 == 1).then(|| self.lanes[bar / 64][bar % 64])
    }

    /// Functions return truths as 1 and 0.
    fn truths(&self) -> Vec<TruthWord> {
        let truth = |(lanes, defined): (&Lanes, &u64)| {
            let yes = word::mask(|bar| lanes[bar] != 0.0) & defined;
            TruthWord { yes, no: defined & !yes }
        };
        self.lanes.iter().zip(&self.defined).map(truth).collect()
    }
}

impl LabelColumn {
    fn of(labels: &Labels) -> Self {
        let vocabulary = labels.role().labels();
        let code = |code: &u8| {
            let label = LabelCode::of(vocabulary[usize::from(*code)]);
            label.expect("labels of a role are among all labels").bits()
        };
        let mut codes = vec![[0; 64]; labels.len().div_ceil(64)];
        for (block, source) in codes.iter_mut().zip(labels.codes().chunks(64)) {
            for (slot, label) in block.iter_mut().zip(source) {
                *slot = code(label);
            }
        }
        Self { codes, defined: labels.defined().words().to_vec() }
    }
}

#[cfg(test)]
mod tests;
