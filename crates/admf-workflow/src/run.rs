//! Runs a spec: plans, sweeps chunk by chunk, counts trials, stores, completes.

pub mod estimate;
mod facts;
pub(crate) mod identity;
mod idle;
pub(crate) mod prepared;
pub(crate) mod rows;
pub(crate) mod symbols;
mod work;

use crate::plan::Plan;
use crate::spec::Source;
use crate::words::{counted, grouped};
use crate::{WorkflowError, database, luck};
use admf_engine::Workers;
use admf_model::{Execution, RunId, Sheet, Timestamp};
use admf_stats::TrialStatistics;
use admf_store::queries::{ScanRequest, run_types, scan_distinct};
use admf_store::run::{Finish, RunFacts, RunMetadata, RunWriter, SharpeEvidence, resolve_incomplete};
use admf_store::{Workspace, trials};
use prepared::Prepared;
use std::num::NonZeroUsize;

/// The version of the engine, part of every run's identity.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What to run.
pub struct RunRequest<'a> {
    /// Where datasets are and results go.
    pub workspace: &'a Workspace,
    /// Path of the spec's file, for messages; paths of files that it includes are relative to its folder.
    pub spec_name: String,
    /// The spec.
    pub spec_text: String,
    /// Threads; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Tells the time, for the wall-clock fields of the run's metadata.
    pub clock: &'a dyn Fn() -> Timestamp,
}

/// Which run to go on with.
pub struct ResumeRequest<'a> {
    /// Where it is.
    pub workspace: &'a Workspace,
    /// The beginning of its id, or `@last` for the incomplete run that began last.
    pub run: String,
    /// Threads; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Tells the time.
    pub clock: &'a dyn Fn() -> Timestamp,
}

/// What a run is going to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSummary {
    /// The run.
    pub run_id: RunId,
    /// Strategies, before duplicates are dropped.
    pub strategies: usize,
    /// Symbols.
    pub symbols: usize,
    /// Evaluated bars, summed over symbols.
    pub bars: usize,
    /// Classifiers.
    pub classifiers: usize,
    /// Strategies that are evaluated already, when a run is resumed.
    pub stored: usize,
}

/// Watches a run and may stop it.
pub trait RunObserver {
    /// So many combinations of parameters of so many were looked at; nothing is evaluated yet.
    fn expanded(&mut self, looked: u64, of: u64);
    /// The run is about to begin.
    fn planned(&mut self, plan: &PlanSummary);
    /// So many strategies are evaluated.
    fn progressed(&mut self, evaluated: usize);
    /// Something the user should know.
    fn noted(&mut self, note: &str);
    /// True once the user wants to stop; what is evaluated is kept.
    fn is_cancelled(&self) -> bool;
}

/// What a run has done.
#[derive(Clone, Debug, PartialEq)]
pub struct RunReport {
    /// The run.
    pub run_id: RunId,
    /// What it calls itself.
    pub name: String,
    /// What it was evaluated on: dataset, symbols, bars and period, in words.
    pub data: String,
    /// When decisions were filled and from which capital, in words.
    pub fills: String,
    /// How commission was charged.
    pub commission: String,
    /// How slippage was charged.
    pub slippage: String,
    /// Strategies stored.
    pub strategies: usize,
    /// Parameter sets that came to the same rule as an earlier one.
    pub duplicates: usize,
    /// The family whose trials are counted.
    pub family: String,
    /// Trials of the family, this run's included, that made at least one trade.
    pub trials: u64,
    /// How long it took.
    pub elapsed_ms: i64,
    /// The best strategies by Sharpe ratio.
    pub best: Sheet,
    /// A sentence for each type of which no strategy traded, with the reason.
    pub idle_types: Vec<String>,
    /// The types of which some strategies did not trade.
    pub idle: Option<String>,
    /// How to read the deflated Sharpe ratios.
    pub luck: Vec<String>,
}

/// Rows of the ranked table in the report.
pub const BEST_ROWS: u32 = 10;

/// Runs a spec.
///
/// # Errors
/// Errors in the spec point at their place. [`WorkflowError::Interrupted`] leaves an incomplete run with what was
/// evaluated.
pub fn run(request: &RunRequest<'_>, observer: &mut dyn RunObserver) -> Result<RunReport, WorkflowError> {
    let started_at = (request.clock)();
    let source = Source::open(&request.spec_name, &request.spec_text)?;
    let spec_text = source.whole()?;
    let plan = Plan::new(request.workspace, &source)?;
    trials::check(request.workspace, &plan.dataset.family)?;
    let workers = workers(request.threads)?;
    let prepared = Prepared::new(plan, observer)?;
    let facts = facts::facts(&prepared, &spec_text);
    let mut writer = RunWriter::begin(request.workspace, &spec_text, facts, started_at)?;
    for run in &writer.swept().removed {
        observer.noted(&format!("removed run {run}: it was interrupted before anything was stored"));
    }
    for error in &writer.swept().skipped {
        let error = error.with_causes();
        observer.noted(&format!("{error}: that run is left as it is; `admf doctor` looks at all"));
    }
    let begun = Begun { workspace: request.workspace, clock: request.clock, started_at, workers };
    let summary = summary(&prepared, &writer);
    observer.planned(&summary);
    writer.checkpoint(&prepared.symbols.rows(writer.run_id()))?;
    complete(&begun, prepared, writer, observer)
}

/// Goes on with a run that was interrupted or killed: what is stored stays, the rest is evaluated on the same versions
/// of the data. The files are those that an uninterrupted run would have written.
///
/// # Errors
/// A run that is complete, that another process writes, that another version of ADMF began, or whose data is gone is
/// refused.
pub fn resume(
    request: &ResumeRequest<'_>,
    observer: &mut dyn RunObserver,
) -> Result<RunReport, WorkflowError> {
    let started_at = (request.clock)();
    let run = resolve_incomplete(request.workspace, &request.run)?;
    let mut writer = RunWriter::resume(request.workspace, run, started_at)?;
    let before = writer.begun().facts.clone();
    if before.is_adopted() {
        return Err(WorkflowError::Usage {
            message: format!("run {run} is an import that was interrupted"),
            help: Some(
                "import its folder again with `admf workspace import`: it takes the place of this one"
                    .to_owned(),
            ),
        });
    }
    facts::check_unchanged(
        &before,
        &RunFacts { engine_version: ENGINE_VERSION.to_owned(), ..before.clone() },
    )?;
    let text = writer.spec()?;
    let name = format!("runs/{run}/spec.yaml");
    let plan = Plan::of_run(request.workspace, &Source::new(&name, &text), &before)?;
    trials::check(request.workspace, &plan.dataset.family)?;
    let workers = workers(request.threads)?;
    let prepared = Prepared::new(plan, observer)?;
    facts::check_unchanged(&before, &facts::facts(&prepared, &text))?;
    let begun = Begun { workspace: request.workspace, clock: request.clock, started_at, workers };
    if let Some(fault) = writer.damaged().first() {
        observer.noted(&format!("{fault}: what was stored from there on is evaluated again"));
    }
    if writer.is_empty() {
        writer.checkpoint(&prepared.symbols.rows(run))?;
    }
    observer.planned(&summary(&prepared, &writer));
    complete(&begun, prepared, writer, observer)
}

fn workers(threads: Option<NonZeroUsize>) -> Result<Workers, WorkflowError> {
    Workers::new(threads_or_all(threads)).map_err(|e| WorkflowError::System(e.to_string()))
}

/// As many threads as asked for, else one per processor.
fn threads_or_all(threads: Option<NonZeroUsize>) -> NonZeroUsize {
    threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

fn summary(prepared: &Prepared, writer: &RunWriter) -> PlanSummary {
    PlanSummary {
        run_id: writer.run_id(),
        strategies: prepared.total,
        symbols: prepared.plan.symbols.len(),
        bars: prepared.symbols.bars(),
        classifiers: prepared.plan.classifiers.len(),
        stored: usize::try_from(writer.stored()).unwrap_or(usize::MAX),
    }
}

/// The process that works on a run.
struct Begun<'a> {
    workspace: &'a Workspace,
    clock: &'a dyn Fn() -> Timestamp,
    started_at: Timestamp,
    workers: Workers,
}

/// Evaluates what is missing and completes the run.
fn complete(
    begun: &Begun<'_>,
    mut prepared: Prepared,
    mut writer: RunWriter,
    observer: &mut dyn RunObserver,
) -> Result<RunReport, WorkflowError> {
    let workspace = begun.workspace;
    let duplicates = work::evaluate_all(workspace, &mut prepared, &begun.workers, &mut writer, observer)?;
    let family = prepared.plan.dataset.family.clone();
    let summary = trials::summary(workspace, &family)?;
    let statistics = TrialStatistics::from_rounds(summary.rounds());
    let deflate = |row: &SharpeEvidence| deflated_sharpe(row, &statistics);
    let elapsed_ms = || ((begun.clock)().micros() - begun.started_at.micros()) / 1000;
    let metadata = writer.finish(&Finish {
        elapsed_ms: &elapsed_ms,
        trials: statistics.count,
        trial_sharpe_variance: statistics.variance,
        expected_maximum_sharpe: statistics.expected_maximum,
        deflated_sharpe: &deflate,
    })?;
    let told = tell(workspace, &mut prepared, &metadata);
    let Told { best, idle, luck } =
        told.map_err(|error| WorkflowError::NotShown { run: metadata.run_id, source: Box::new(error) })?;
    Ok(RunReport {
        run_id: metadata.run_id,
        name: metadata.facts.name.clone(),
        data: data_in_words(&metadata.facts),
        fills: fills_in_words(&prepared.plan.execution),
        commission: metadata.facts.commission_model.clone(),
        slippage: metadata.facts.slippage_model.clone(),
        strategies: metadata.total_strategies as usize,
        duplicates,
        family,
        trials: statistics.count,
        elapsed_ms: metadata.wall_clock.elapsed_ms,
        best,
        idle_types: idle.types,
        idle: idle.some,
        luck,
    })
}

/// What is told of a complete run besides its facts.
struct Told {
    best: Sheet,
    idle: idle::Idle,
    luck: Vec<String>,
}

fn tell(
    workspace: &Workspace,
    prepared: &mut Prepared,
    metadata: &RunMetadata,
) -> Result<Told, WorkflowError> {
    let (mut database, _) = database::open(workspace)?;
    let idle = idle::look(prepared, &run_types(&mut database, metadata.run_id)?)?;
    let ranking = ScanRequest { run: Some(metadata.run_id), ..ScanRequest::by_sharpe(BEST_ROWS) };
    let best = scan_distinct(&mut database, &ranking)?.sheet;
    Ok(Told { best, idle, luck: luck::of_run(&mut database, metadata)? })
}

/// `stocks@f3ce9055, 3 symbols, 9,810 bars from 2000-03-01 to 2013-03-01`.
fn data_in_words(facts: &RunFacts) -> String {
    let version = &facts.dataset_hash.to_string()[..8];
    let symbols = counted(facts.symbols.len(), "symbol", "symbols");
    let bars = grouped(facts.total_bars.unsigned_abs());
    let RunFacts { dataset, start_date, end_date, .. } = facts;
    format!("{dataset}@{version}, {symbols}, {bars} bars from {start_date} to {end_date}")
}

/// `at the next open, from a capital of 100,000`.
fn fills_in_words(execution: &Execution) -> String {
    let capital = execution.capital;
    let capital =
        if capital.fract() == 0.0 && capital < 1e15 { grouped(capital as u64) } else { capital.to_string() };
    format!("{}, from a capital of {capital}", facts::fill(execution.fill))
}

fn deflated_sharpe(row: &SharpeEvidence, trials: &TrialStatistics) -> Option<f64> {
    let bars = u64::try_from(row.evaluated_bars).ok()?;
    admf_stats::deflated_sharpe(row.sharpe_per_bar?, bars, row.skewness?, row.kurtosis?, trials)
}
