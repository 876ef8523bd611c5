//! Runs a spec: plans, sweeps chunk by chunk, counts trials, stores, completes.

pub(crate) mod identity;
pub(crate) mod rows;
pub(crate) mod symbols;

use crate::plan::Plan;
use crate::spec::{Keep, Source};
use crate::{WorkflowError, database, luck};
use admf_engine::{Candidate, Path, Sweep, Workers, sweep};
use admf_model::{ContentHash, Costs, Dataset, RunId, Sheet, Slippage, Timestamp};
use admf_rules::{BoundClassifier, Graph};
use admf_stats::TrialStatistics;
use admf_store::queries::{ScanRequest, scan};
use admf_store::record::Date;
use admf_store::run::{AuxiliaryDataset, Finish, Rows, RunFacts, RunWriter};
use admf_store::tables::StrategyRow;
use admf_store::{Workspace, trials};
use identity::Identity;
use rows::{Item, RowMaker, count};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use symbols::Symbols;

/// The version of the engine, part of every run's identity.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What to run.
pub struct RunRequest<'a> {
    /// Where datasets are and results go.
    pub workspace: &'a Workspace,
    /// Name of the spec's file, for messages.
    pub spec_name: String,
    /// The spec.
    pub spec_text: String,
    /// Threads; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Tells the time, for the wall-clock fields of the run's metadata.
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
}

/// Watches a run and may stop it.
pub trait RunObserver {
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
    let source = Source { name: &request.spec_name, text: &request.spec_text };
    let plan = Plan::new(request.workspace, &source)?;
    plan.notes.iter().for_each(|note| observer.noted(note));
    let threads = request.threads.or_else(|| std::thread::available_parallelism().ok());
    let workers = Workers::new(threads.unwrap_or(NonZeroUsize::MIN))
        .map_err(|e| WorkflowError::System(e.to_string()))?;
    let identity = Identity::new(&plan.execution, plan.bars_per_year, plan.dataset.interval);
    let mut graph = Graph::new();
    let classifiers = plan.bind_classifiers(&mut graph)?;
    let mut symbols = Symbols::prepare(&plan, &classifiers, &identity, &graph)?;
    let total = plan.check(&mut graph)?;
    if let Some(note) = plan.note_levels(&graph) {
        observer.noted(&note);
    }

    let facts = facts(&plan, &symbols, &request.spec_text, total);
    let mut writer = RunWriter::begin(request.workspace, &request.spec_text, facts, started_at)?;
    for run in writer.abandoned() {
        observer.noted(&format!("removed run {run}: it was interrupted before anything was stored"));
    }
    observer.planned(&PlanSummary {
        run_id: writer.run_id(),
        strategies: total,
        symbols: plan.symbols.len(),
        bars: symbols.bars(),
        classifiers: plan.classifiers.len(),
    });
    writer.checkpoint(&symbols.rows(writer.run_id()))?;
    let mut work = Work {
        plan: &plan,
        classifiers: &classifiers,
        workspace: request.workspace,
        workers: &workers,
        keep: plan.keep.decide(total),
        chunk: chunk_size(total),
        total,
        duplicates: 0,
    };
    work.evaluate_all(&identity, &mut graph, &mut symbols, &mut writer, observer)?;
    finish(request, &plan, &work, writer, started_at)
}

/// Strategies between two checkpoints: few enough to lose little, many enough that a checkpoint costs little.
fn chunk_size(total: usize) -> usize {
    (total / 64).clamp(1024, 32_768)
}

/// The loop over all strategies.
struct Work<'a> {
    plan: &'a Plan,
    classifiers: &'a [BoundClassifier],
    workspace: &'a Workspace,
    workers: &'a Workers,
    keep: Keep,
    chunk: usize,
    total: usize,
    duplicates: usize,
}

impl Work<'_> {
    fn evaluate_all(
        &mut self,
        identity: &Identity,
        graph: &mut Graph,
        symbols: &mut Symbols,
        writer: &mut RunWriter,
        observer: &mut dyn RunObserver,
    ) -> Result<(), WorkflowError> {
        let mut seen = BTreeSet::new();
        let (mut items, mut candidates) = (Vec::new(), Vec::new());
        let plan = self.plan;
        for strategy in &plan.strategies {
            let context = plan.context(strategy, self.classifiers);
            for symbol in &strategy.symbols {
                for parameters in strategy.grid.iter() {
                    let rule = plan.bind_strategy(strategy, &parameters, graph)?;
                    let kind = (strategy.chosen.definition.name.as_str(), strategy.version.as_str());
                    let on = (*symbol, plan.symbols[*symbol].as_str());
                    let text = format!("{}{context}", rule.canonical);
                    let item = Item::new(identity, kind, on, parameters, text);
                    if !seen.insert(item.strategy_id) {
                        self.duplicates += 1;
                        continue;
                    }
                    items.push(item);
                    candidates.push(Candidate { symbol: *symbol, rule });
                    if items.len() == self.chunk {
                        self.evaluate(&items, &candidates, graph, symbols, writer, observer)?;
                        items.clear();
                        candidates.clear();
                    }
                }
            }
        }
        self.evaluate(&items, &candidates, graph, symbols, writer, observer)
    }

    /// Evaluates a chunk; counts its trials before it stores them, so that what is stored has been counted.
    fn evaluate(
        &self,
        items: &[Item],
        candidates: &[Candidate],
        graph: &Graph,
        symbols: &mut Symbols,
        writer: &mut RunWriter,
        observer: &mut dyn RunObserver,
    ) -> Result<(), WorkflowError> {
        if observer.is_cancelled() {
            let (run, evaluated) = (writer.run_id(), writer.stored() as usize);
            return Err(WorkflowError::Interrupted { run, evaluated, total: self.total });
        }
        for data in &mut symbols.data {
            data.extend(graph).map_err(|e| WorkflowError::data(e.to_string()))?;
        }
        let plan = Sweep { graph, symbols: &symbols.data, path: Path::Fastest };
        let maker = RowMaker { run_id: writer.run_id(), symbols, keep: self.keep };
        let (mut rows, mut ledger) = (Rows::default(), Vec::new());
        let mut evaluated = writer.stored() as usize + self.duplicates;
        // Small batches keep the progress bar moving and bound what evaluations hold before they are rows.
        for (items, candidates) in items.chunks(256).zip(candidates.chunks(256)) {
            for (item, evaluation) in items.iter().zip(sweep(self.workers, &plan, candidates)) {
                maker.add(item, &evaluation, &mut rows, &mut ledger);
            }
            evaluated += items.len();
            observer.progressed(evaluated);
        }
        trials::append(self.workspace, &self.plan.dataset.family, &ledger)?;
        writer.checkpoint(&rows)?;
        Ok(())
    }
}

fn finish(
    request: &RunRequest<'_>,
    plan: &Plan,
    work: &Work<'_>,
    writer: RunWriter,
    started_at: Timestamp,
) -> Result<RunReport, WorkflowError> {
    let family = plan.dataset.family.clone();
    let summary = trials::summary(request.workspace, &family)?;
    let statistics = TrialStatistics::from_sharpes(summary.sharpes.iter().copied());
    let deflate = |row: &StrategyRow| deflated_sharpe(row, &statistics);
    let elapsed_ms = || ((request.clock)().micros() - started_at.micros()) / 1000;
    let metadata = writer.finish(&Finish {
        elapsed_ms: &elapsed_ms,
        trials: statistics.count,
        trial_sharpe_variance: statistics.variance,
        deflated_sharpe: &deflate,
    })?;
    let (mut database, _) = database::open(request.workspace)?;
    let ranking = ScanRequest { run: Some(metadata.run_id), ..ScanRequest::by_sharpe(BEST_ROWS) };
    Ok(RunReport {
        run_id: metadata.run_id,
        strategies: metadata.total_strategies as usize,
        duplicates: work.duplicates,
        family,
        trials: statistics.count,
        elapsed_ms: metadata.wall_clock.elapsed_ms,
        best: scan(&mut database, &ranking)?.sheet,
        luck: luck::of_run(&mut database, &metadata)?,
    })
}

fn deflated_sharpe(row: &StrategyRow, trials: &TrialStatistics) -> Option<f64> {
    let p = &row.performance;
    let bars = u64::try_from(row.evaluated_bars).ok()?;
    admf_stats::deflated_sharpe(p.sharpe_per_bar?, bars, p.skewness?, p.kurtosis?, trials)
}

fn facts(plan: &Plan, symbols: &Symbols, spec_text: &str, strategies: usize) -> RunFacts {
    let (from, to) = symbols.period().expect("a plan has at least one symbol");
    RunFacts {
        name: plan.name.clone(),
        workflow_type: if strategies == 1 { "backtest" } else { "grid_search" }.to_owned(),
        family: plan.dataset.family.clone(),
        dataset: plan.dataset.name.clone(),
        dataset_hash: plan.dataset.content_hash,
        auxiliary: auxiliary(plan),
        symbols: plan.symbols.clone(),
        bar_interval: plan.dataset.interval.to_string(),
        bars_per_year: plan.bars_per_year,
        start_date: Date::from(from),
        end_date: Date::from(to),
        total_bars: count(symbols.bars()),
        config_hash: ContentHash::of(&[spec_text.as_bytes()]),
        engine_version: ENGINE_VERSION.to_owned(),
        commission_model: commission_model(plan.execution.costs),
        slippage_model: match plan.execution.costs.slippage {
            Slippage::Linear(rate) => format!("linear {rate}"),
            Slippage::Sqrt(rate) => format!("sqrt {rate}"),
        },
        parent_run_id: None,
    }
}

fn auxiliary(plan: &Plan) -> Vec<AuxiliaryDataset> {
    let fact = |d: &Dataset| AuxiliaryDataset { dataset: d.name.clone(), dataset_hash: d.content_hash };
    plan.auxiliary.iter().map(fact).collect()
}

fn commission_model(costs: Costs) -> String {
    let Costs { commission, commission_per_fill, commission_per_unit, .. } = costs;
    let mut parts = vec![format!("{commission} of value")];
    if commission_per_fill > 0.0 {
        parts.push(format!("{commission_per_fill} per fill"));
    }
    if commission_per_unit > 0.0 {
        parts.push(format!("{commission_per_unit} per unit"));
    }
    parts.join(" + ")
}
