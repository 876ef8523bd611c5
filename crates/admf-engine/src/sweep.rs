//! The sweep: many strategies over prepared symbols, in parallel over strategies only.

use crate::decisions::{Decisions, Quantity};
use crate::evaluate::{Evaluation, Mode, Scratch, evaluate};
use crate::order;
use crate::regime::Regimes;
use crate::{Market, Terms};
use admf_model::{AlignedBars, Interval, Labels};
use admf_rules::{Amount, BoundStrategy, Columns, Graph, InputError, Inputs, NodeId, Truth, TruthCache};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;

/// A symbol prepared for a sweep.
#[derive(Debug)]
pub struct SymbolData {
    /// Prices and the evaluated window.
    pub market: Market,
    /// Other symbols on this one's clock.
    pub auxiliary: BTreeMap<String, AlignedBars>,
    /// Labels that rules may name.
    pub labels: BTreeMap<String, Labels>,
    /// Rule columns computed so far.
    pub columns: Columns,
    /// Classifiers by which performance is split.
    pub regimes: Vec<Regimes>,
    /// Terms of trade.
    pub terms: Terms,
    /// Length of the symbol's bars.
    pub interval: Interval,
}

impl SymbolData {
    /// Computes the columns of nodes added to the graph since the last call.
    ///
    /// # Errors
    /// When a rule reads a symbol or regime that is not among the inputs.
    pub fn extend(&mut self, graph: &Graph) -> Result<(), InputError> {
        let (columns, inputs) = self.columns_and_inputs();
        columns.extend(graph, &inputs)
    }

    /// The same, on all threads.
    ///
    /// # Errors
    /// As [`SymbolData::extend`].
    pub fn extend_on(&mut self, workers: &Workers, graph: &Graph) -> Result<(), InputError> {
        let (columns, inputs) = self.columns_and_inputs();
        columns.extend_by(graph, &inputs, |count, make| {
            workers.run(|| (0..count).into_par_iter().map(make).collect())
        })
    }

    fn columns_and_inputs(&mut self) -> (&mut Columns, Inputs<'_>) {
        let Self { market, auxiliary, labels, columns, interval, .. } = self;
        (columns, Inputs { bars: &market.bars, auxiliary, regimes: labels, interval: *interval })
    }

    /// The decision columns of a rule.
    pub fn decisions(&self, graph: &Graph, rule: &BoundStrategy) -> Decisions {
        self.decide(graph, rule, |node| self.columns.truth(graph, node))
    }

    /// The same; comparisons are looked up in a cache, and kept there.
    pub fn decisions_cached(&self, graph: &Graph, rule: &BoundStrategy, cache: &mut TruthCache) -> Decisions {
        self.decide(graph, rule, |node| self.columns.truth_cached(graph, node, cache))
    }

    fn decide(
        &self,
        graph: &Graph,
        rule: &BoundStrategy,
        mut truth: impl FnMut(NodeId) -> Truth,
    ) -> Decisions {
        let mut truth = |node: Option<NodeId>| node.map(&mut truth);
        let held = |node: Option<NodeId>| node.and_then(|n| self.columns.held_rule(graph, n));
        let quantity = |amount: &Amount| match amount {
            Amount::Constant(value) => Quantity::Constant(*value),
            Amount::Node(node) => Quantity::Column(self.columns.series(graph, *node)),
        };
        Decisions {
            long: truth(rule.long),
            short: truth(rule.short),
            exit_long: truth(rule.exit_long),
            exit_short: truth(rule.exit_short),
            held_exit_long: held(rule.exit_long),
            held_exit_short: held(rule.exit_short),
            size: quantity(&rule.size),
            stop_loss: rule.stop_loss.as_ref().map(quantity),
            take_profit: rule.take_profit.as_ref().map(quantity),
            trailing_stop: rule.trailing_stop.as_ref().map(quantity),
            max_bars: rule.max_bars,
        }
    }
}

/// A rule to be evaluated on a symbol.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Index of the symbol.
    pub symbol: usize,
    /// The rule with its parameters in place.
    pub rule: BoundStrategy,
}

/// What all candidates share.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    /// The graph that the rules are bound to.
    pub graph: &'a Graph,
    /// The symbols, extended to the graph.
    pub symbols: &'a [SymbolData],
    /// How to evaluate.
    pub mode: Mode,
}

/// A fixed number of threads.
#[derive(Debug)]
pub struct Workers {
    pool: rayon::ThreadPool,
    /// One for each thread, which alone locks it: what it has grown to serves the next sweep too.
    scratches: Vec<Mutex<Scratch>>,
}

impl Workers {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system refuses to start them.
    pub fn new(threads: NonZeroUsize) -> Result<Self, WorkersError> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build()
            .map(|pool| Self { pool, scratches: (0..threads.get()).map(|_| Mutex::default()).collect() })
            .map_err(|e| WorkersError(threads, e.to_string()))
    }

    /// Runs what is parallel inside on these threads.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Runs this with the memory of the thread that calls it.
    fn with_scratch<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let own = rayon::current_thread_index().and_then(|at| self.scratches.get(at)?.try_lock().ok());
        match own {
            Some(mut scratch) => work(&mut scratch),
            None => work(&mut Scratch::default()),
        }
    }
}

/// Threads could not be started.
#[derive(Debug, thiserror::Error)]
#[error("cannot start {0} threads: {1}; try --threads 1")]
pub struct WorkersError(NonZeroUsize, String);

/// Candidates that a thread evaluates before it looks for others.
const GROUP: usize = 16;

/// Evaluates all candidates. Results are in the order of the candidates and do not depend on the number of threads:
/// every candidate is evaluated by one thread, and nothing is added up across candidates.
pub fn sweep(workers: &Workers, sweep: &Sweep<'_>, candidates: &[Candidate]) -> Vec<Evaluation> {
    let order = order::by_columns(sweep.graph, candidates);
    let evaluated: Vec<Vec<Evaluation>> = workers.run(|| {
        let group = |group: &[usize]| {
            workers.with_scratch(|scratch| {
                group.iter().map(|at| evaluate_one(sweep, &candidates[*at], scratch)).collect()
            })
        };
        order.par_chunks(GROUP).map(group).collect()
    });
    let mut all: Vec<Option<Evaluation>> = Vec::new();
    all.resize_with(candidates.len(), || None);
    for (at, evaluation) in order.into_iter().zip(evaluated.into_iter().flatten()) {
        all[at] = Some(evaluation);
    }
    all.into_iter().flatten().collect()
}

fn evaluate_one(sweep: &Sweep<'_>, candidate: &Candidate, scratch: &mut Scratch) -> Evaluation {
    let symbol = &sweep.symbols[candidate.symbol];
    let decisions = symbol.decisions_cached(sweep.graph, &candidate.rule, &mut scratch.truths);
    evaluate(&symbol.market, &decisions, &symbol.regimes, &symbol.terms, sweep.mode, scratch)
}

/// Evaluates all candidates, `size` at a time, and lets `each` make something of a group on the thread that evaluates
/// it: it is given the position of the group's first candidate and the evaluations, made when they are asked for.
/// Results are in the order of the groups and do not depend on the number of threads.
///
/// # Panics
/// When `size` is 0.
pub fn sweep_groups<T: Send>(
    workers: &Workers,
    sweep: &Sweep<'_>,
    candidates: &[Candidate],
    size: usize,
    each: impl Fn(usize, &mut dyn Iterator<Item = Evaluation>) -> T + Sync,
) -> Vec<T> {
    let group = |(at, candidates): (usize, &[Candidate])| {
        workers.with_scratch(|scratch| {
            let mut evaluations = candidates.iter().map(|candidate| evaluate_one(sweep, candidate, scratch));
            each(at * size, &mut evaluations)
        })
    };
    workers.run(|| candidates.par_chunks(size).enumerate().map(group).collect())
}
