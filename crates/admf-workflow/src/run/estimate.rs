//! `admf run --dry-run`: what a run would evaluate, how long it would take and how much it would store.
//!
//! Strategies, duplicates, identities and trials are counted exactly. Time, disk and memory are extrapolated from a
//! small sample of the strategies, spread over all of them. Nothing is written.

use super::prepared::{Distinct, Prepared, each_strategy};
use super::rows::{Item, RowMaker};
use super::{RunObserver, data_in_words, facts, fills_in_words, threads_or_all, work, workers};
use crate::plan::Plan;
use crate::spec::Source;
use crate::{WorkflowError, Workspace};
use admf_engine::{Candidate, Sweep, finder, sweep};
use admf_model::{CellKind, Parameters, RunId, Sheet, Timestamp};
use admf_rules::Graph;
use admf_stats::TrialStatistics;
use admf_store::run::{Rows, RunWriter, StoredBytes};
use admf_store::trials;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// Strategies between two reports of how far counting is.
const LOOKED: usize = 1024;
/// Strategies of the sample, at most.
const SAMPLE: usize = 256;
/// Time that the sample may take, unless a single strategy takes longer.
const BUDGET_US: i64 = 200_000;
/// Time of a run that does not depend on its size: files that are made durable, the database that is brought up to date.
const FIXED_SECONDS: f64 = 0.4;
/// How often the work of encoding a row is done: in a checkpoint, read from there, in its file, in the database.
const STORING: f64 = 5.0;
/// Bytes of `analytics.duckdb` for a byte of a run's files, measured on four runs.
const DATABASE_SHARE: f64 = 1.3;
/// Memory for a byte on disk while the database takes in a run, measured on four runs.
const DATABASE_MEMORY: f64 = 3.0;
/// Bytes of a line of the trial ledger, and of a segment whatever it holds.
const TRIAL_BYTES: f64 = 18.0;
const SEGMENT_BYTES: f64 = 1_500.0;
/// Memory of the process before it has read anything.
const BASE_MEMORY: f64 = 60e6;
/// Memory of a strategy's identity, kept to tell duplicates, and of its trial.
const IDENTITY_MEMORY: f64 = 80.0;
/// Memory of a strategy with its rows, and of a trade, until they are stored.
const STRATEGY_MEMORY: f64 = 3_000.0;
const TRADE_MEMORY: f64 = 600.0;
/// Memory of a number in a column, with its part of the mask.
const NUMBER_MEMORY: f64 = 8.125;

/// What would be run.
pub struct EstimateRequest<'a> {
    /// Where datasets are.
    pub workspace: &'a Workspace,
    /// Name of the spec's file, for messages.
    pub spec_name: String,
    /// The spec.
    pub spec_text: String,
    /// Threads; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Tells the time, to measure the sample.
    pub clock: &'a dyn Fn() -> Timestamp,
}

/// What the run would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The id that the run would have, if it began now.
    pub run_id: RunId,
    /// What it would call itself.
    pub name: String,
    /// Dataset, symbols, bars and period, in words.
    pub data: String,
    /// When decisions would be filled and from which capital, in words.
    pub fills: String,
    /// A row per entry of the spec: `strategy`, `parameter_sets`, `symbols`, `strategies` without duplicates, `kernel`.
    pub entries: Sheet,
    /// Strategies, without duplicates.
    pub strategies: usize,
    /// Parameter sets that come to the same rule as an earlier one.
    pub duplicates: usize,
    /// Strategies times the bars that each is evaluated on.
    pub evaluated_bars: u64,
    /// Distinct indicators, each computed once per symbol.
    pub indicators: usize,
    /// Trades would be stored.
    pub keeps_trades: bool,
    /// Signals would be stored.
    pub keeps_signals: bool,
    /// The family whose trials are counted.
    pub family: String,
    /// Its trials until now, as a run reports them: those that traded.
    pub trials_before: u64,
    /// Its trials after the run, if all that are new trade.
    pub trials_at_most: u64,
    /// Threads that would work.
    pub threads: usize,
    /// Strategies of the sample.
    pub sampled: usize,
    /// Estimated duration.
    pub seconds: f64,
    /// Estimated growth of the workspace, its database included.
    pub disk_bytes: u64,
    /// Room that is left for it; `None` where the system does not say.
    pub free_bytes: Option<u64>,
    /// Estimated memory at its height.
    pub memory_bytes: u64,
}

/// Looks at a spec as a run would, evaluates a sample, and writes nothing.
///
/// # Errors
/// Those of a run before it begins.
pub fn estimate(
    request: &EstimateRequest<'_>,
    observer: &mut dyn RunObserver,
) -> Result<Estimate, WorkflowError> {
    let started = (request.clock)();
    let source = Source::open(&request.spec_name, &request.spec_text)?;
    let spec_text = source.whole()?;
    let plan = Plan::new(request.workspace, &source)?;
    trials::check(request.workspace, &plan.dataset.family)?;
    let mut prepared = Prepared::new(plan, observer)?;
    let facts = facts::facts(&prepared, &spec_text);
    let census = Census::take(&mut prepared, observer)?;
    let planned = seconds_between(started, (request.clock)());
    let before = trials::summary(request.workspace, &facts.family)?;
    let trials_before = TrialStatistics::from_rounds(before.rounds()).count;
    let known = trials::known(request.workspace, &facts.family)?;
    let new = census.trials.iter().filter(|trial| !known.contains(trial)).count();
    let sample = Sample::measure(&mut prepared, &census, request)?;
    let keep = prepared.plan.keep.decide(prepared.total);
    let extent = Extent::of(&prepared, &census, &sample);
    let disk_bytes = extent.disk_bytes(&prepared)?;
    Ok(Estimate {
        run_id: RunWriter::next_id(request.workspace, &spec_text, &facts)?,
        name: facts.name.clone(),
        data: data_in_words(&facts),
        fills: fills_in_words(&prepared.plan.execution),
        entries: entries(&prepared, &census, &sample),
        strategies: census.strategies(),
        duplicates: census.duplicates,
        evaluated_bars: extent.evaluated_bars,
        indicators: prepared.graph.calls().len(),
        keeps_trades: keep.trades,
        keeps_signals: keep.signals,
        trials_before,
        trials_at_most: trials_before + new as u64,
        threads: threads_or_all(request.threads).get(),
        sampled: sample.evaluated,
        seconds: FIXED_SECONDS + planned + extent.seconds,
        disk_bytes: disk_bytes as u64,
        free_bytes: crate::disk::free_space(request.workspace.root()),
        memory_bytes: extent.memory_bytes.max(BASE_MEMORY + DATABASE_MEMORY * disk_bytes) as u64,
        family: facts.family,
    })
}

fn seconds_between(from: Timestamp, to: Timestamp) -> f64 {
    (to.micros() - from.micros()).max(0) as f64 / 1e6
}

/// All strategies, counted, and some of them picked.
struct Census {
    /// Distinct strategies by entry and symbol.
    counts: BTreeMap<(usize, usize), usize>,
    duplicates: usize,
    /// Sorted, each once.
    trials: Vec<u64>,
    picked: Vec<(usize, Item)>,
}

impl Census {
    fn take(prepared: &mut Prepared, observer: &mut dyn RunObserver) -> Result<Self, WorkflowError> {
        let Prepared { plan, identity, classifiers, graph, total, .. } = prepared;
        let step = total.div_ceil(SAMPLE).max(1);
        let mut census =
            Self { counts: BTreeMap::new(), duplicates: 0, trials: Vec::new(), picked: Vec::new() };
        let mut at = 0;
        census.duplicates = each_strategy(plan, classifiers, identity, graph, &mut |graph, distinct| {
            let Distinct { entry, item, looked, .. } = distinct;
            if looked % LOOKED == 0 {
                observer.expanded(looked as u64, *total as u64);
                graph.trim();
            }
            let count = census.counts.entry((entry, item.symbol)).or_default();
            *count += 1;
            census.trials.push(item.trial_id.bits());
            // The first of every entry and symbol tells the kernel.
            if *count == 1 || at % step == 0 {
                census.picked.push((entry, item));
            }
            at += 1;
            Ok(())
        })?;
        census.trials.sort_unstable();
        census.trials.dedup();
        // In an order in which any beginning is spread over the whole.
        census.picked = scattered(std::mem::take(&mut census.picked));
        Ok(census)
    }

    fn strategies(&self) -> usize {
        self.counts.values().sum()
    }
}

/// The same things in an order in which neighbours are far apart; the first stays first.
fn scattered<T>(things: Vec<T>) -> Vec<T> {
    let mut numbered: Vec<(u32, T)> = (0_u32..).map(|n| n.wrapping_mul(2_654_435_769)).zip(things).collect();
    numbered.sort_by_key(|(key, _)| *key);
    numbered.into_iter().map(|(_, thing)| thing).collect()
}

/// How long evaluating some strategies took, on all threads.
#[derive(Default)]
struct Timed {
    strategies: usize,
    seconds: f64,
}

/// What evaluating some strategies took and gave.
#[derive(Default)]
struct Sample {
    evaluated: usize,
    trades: usize,
    /// The first evaluations, which find everything cold, and the others.
    cold: Timed,
    warm: Timed,
    /// Columns of indicators, over all symbols, and how long they took.
    columns: usize,
    column_seconds: f64,
    stored: StoredBytes,
    storing_seconds: f64,
    /// For each entry whether the fast kernel takes it.
    fast: BTreeMap<usize, bool>,
}

impl Sample {
    fn measure(
        prepared: &mut Prepared,
        census: &Census,
        request: &EstimateRequest<'_>,
    ) -> Result<Self, WorkflowError> {
        let mut sample = Self::default();
        let workers = workers(request.threads)?;
        // A graph of its own: that of the plan would have the indicators of all strategies computed. It begins like
        // that one, with the classifiers, whose columns the symbols have.
        let mut graph = Graph::new();
        prepared.plan.bind_classifiers(&mut graph)?;
        let (mut rows, mut ledger) = (Rows::default(), Vec::new());
        let keep = prepared.plan.keep.decide(prepared.total);
        let run_id = RunId::of(&[b"sample"]);
        let (mut left, mut size) = (census.picked.as_slice(), threads_or_all(request.threads).get());
        let begun = (request.clock)();
        while !left.is_empty() {
            let (batch, rest) = left.split_at(size.min(left.len()));
            let candidates = sample.bind(prepared, &mut graph, batch, request.clock)?;
            let sweep_of = Sweep { graph: &graph, symbols: &prepared.symbols.data, mode: keep.mode() };
            let before = (request.clock)();
            let evaluations = sweep(&workers, &sweep_of, &candidates);
            let seconds = seconds_between(before, (request.clock)());
            let timed = if sample.evaluated == 0 { &mut sample.cold } else { &mut sample.warm };
            timed.strategies += batch.len();
            timed.seconds += seconds;
            sample.evaluated += batch.len();
            let maker = RowMaker { run_id, symbols: &prepared.symbols, keep };
            for ((_, item), evaluation) in batch.iter().zip(&evaluations) {
                sample.trades += evaluation.trade_count;
                maker.add(item, evaluation, &mut rows, &mut ledger);
            }
            (left, size) = (rest, size * 2);
            if (request.clock)().micros() - begun.micros() > BUDGET_US {
                break;
            }
        }
        let before = (request.clock)();
        sample.stored = rows.stored_bytes()?;
        sample.storing_seconds = seconds_between(before, (request.clock)());
        Ok(sample)
    }

    /// Binds a batch and computes its columns.
    fn bind(
        &mut self,
        prepared: &mut Prepared,
        graph: &mut Graph,
        batch: &[(usize, Item)],
        clock: &dyn Fn() -> Timestamp,
    ) -> Result<Vec<Candidate>, WorkflowError> {
        let Prepared { plan, symbols, .. } = prepared;
        let columns = graph.calls().len();
        let mut candidates = Vec::new();
        for (entry, item) in batch {
            let parameters: &Parameters = &item.parameters;
            let rule = plan.bind_strategy(&plan.strategies[*entry], parameters, graph)?;
            candidates.push(Candidate { symbol: item.symbol, rule });
        }
        let before = clock();
        for data in &mut symbols.data {
            data.extend(graph).map_err(|e| WorkflowError::data(e.to_string()))?;
        }
        self.column_seconds += seconds_between(before, clock());
        self.columns += (graph.calls().len() - columns) * symbols.data.len();
        for ((entry, _), candidate) in batch.iter().zip(&candidates) {
            let data = &symbols.data[candidate.symbol];
            self.fast
                .entry(*entry)
                .or_insert_with(|| finder::is_exact(&data.decisions(graph, &candidate.rule)));
        }
        Ok(candidates)
    }
}

/// A sample scaled up to all strategies.
struct Extent {
    strategies: f64,
    evaluated_bars: u64,
    seconds: f64,
    memory_bytes: f64,
    stored: StoredBytes,
    sampled: f64,
}

impl Extent {
    fn of(prepared: &Prepared, census: &Census, sample: &Sample) -> Self {
        let ratio = |part: f64, whole: usize| if whole == 0 { 0.0 } else { part / whole as f64 };
        let strategies = census.strategies() as f64;
        let data = &prepared.symbols.data;
        let columns = (prepared.graph.calls().len() * data.len()) as f64;
        let bars = |symbol: usize| data[symbol].market.window.len() as u64;
        let timed = if sample.warm.strategies > 0 { &sample.warm } else { &sample.cold };
        let per_strategy = ratio(timed.seconds, timed.strategies)
            + STORING * ratio(sample.storing_seconds, sample.evaluated);
        let numbers: f64 = data.iter().map(|d| d.market.bars.len() as f64).sum::<f64>()
            * prepared.graph.calls().len() as f64;
        let chunk = (chunk_size(prepared) as f64).min(strategies);
        let kept = prepared.plan.keep.decide(prepared.total).trades;
        let trades = if kept { ratio(sample.trades as f64, sample.evaluated) } else { 0.0 };
        Self {
            strategies,
            evaluated_bars: census
                .counts
                .iter()
                .map(|((_, symbol), count)| *count as u64 * bars(*symbol))
                .sum(),
            seconds: columns * ratio(sample.column_seconds, sample.columns) + strategies * per_strategy,
            memory_bytes: BASE_MEMORY
                + NUMBER_MEMORY * numbers
                + IDENTITY_MEMORY * strategies
                + chunk * (STRATEGY_MEMORY + TRADE_MEMORY * trades),
            stored: sample.stored,
            sampled: sample.evaluated as f64,
        }
    }

    /// The run's files, its lines of the trial ledger, and what the database makes of them.
    fn disk_bytes(&self, prepared: &Prepared) -> Result<f64, WorkflowError> {
        let labels = prepared.symbols.rows(RunId::of(&[b"sample"])).stored_bytes()?;
        let rows = self.stored.rows as f64 * self.strategies / self.sampled.max(1.0);
        let files = rows + (self.stored.files + labels.files + labels.rows) as f64;
        let finder = (self.strategies / chunk_size(prepared) as f64).ceil();
        Ok(files * (1.0 + DATABASE_SHARE) + TRIAL_BYTES * self.strategies + SEGMENT_BYTES * finder)
    }
}

fn chunk_size(prepared: &Prepared) -> usize {
    let Prepared { plan, symbols, total, .. } = prepared;
    work::chunk_size(*total, symbols.longest(), plan.keep.decide(*total))
}

fn entries(prepared: &Prepared, census: &Census, sample: &Sample) -> Sheet {
    let mut sheet = Sheet::new([
        ("strategy", CellKind::Text),
        ("parameter_sets", CellKind::Integer),
        ("symbols", CellKind::Integer),
        ("strategies", CellKind::Integer),
        ("kernel", CellKind::Text),
    ]);
    for (at, entry) in prepared.plan.strategies.iter().enumerate() {
        let strategies: usize = census.counts.range((at, 0)..(at + 1, 0)).map(|(_, count)| count).sum();
        let kernel =
            sample.fast.get(&at).map(|fast| if *fast { "from change to change" } else { "bar by bar" });
        sheet.push(vec![
            entry.chosen.definition.name.as_str().into(),
            entry.grid.iter().count().into(),
            entry.symbols.len().into(),
            strategies.into(),
            kernel.into(),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::scattered;

    #[test]
    fn the_beginning_of_scattered_things_is_spread_over_all() {
        let order = scattered((0..100).collect::<Vec<i32>>());
        let (low, high) = order[..10].iter().partition::<Vec<i32>, _>(|n| **n < 50);
        assert!(order[0] == 0 && low.len() >= 4 && high.len() >= 4, "{order:?}");
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<i32>>());
    }
}
