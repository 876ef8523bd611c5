//! The loop over all strategies: evaluated in chunks, each counted and then stored.

use super::RunObserver;
use super::prepared::{Distinct, Prepared, each_strategy};
use super::rows::{Item, RowMaker};
use super::symbols::Symbols;
use crate::WorkflowError;
use crate::spec::Keep;
use admf_engine::{Candidate, Sweep, Workers, sweep};
use admf_rules::Graph;
use admf_store::run::{Rows, RunWriter};
use admf_store::{Workspace, trials};

/// Strategies between two looks at the clock and at the user's wish to stop: few enough to keep the progress bar moving
/// and to bound what evaluations hold before they are rows.
const BATCH: usize = 256;

/// Strategies between two checkpoints: few enough to lose little, many enough that a checkpoint costs little.
pub(super) fn chunk_size(total: usize) -> usize {
    (total / 64).clamp(1024, 32_768)
}

/// Where evaluations go and who watches.
struct Work<'a> {
    workspace: &'a Workspace,
    workers: &'a Workers,
    family: &'a str,
    keep: Keep,
    total: usize,
    symbols: &'a mut Symbols,
    writer: &'a mut RunWriter,
    observer: &'a mut dyn RunObserver,
}

/// Evaluates what the writer does not hold yet, and gives the number of duplicates.
///
/// # Errors
/// [`WorkflowError::Interrupted`] when the observer wants to stop: what is evaluated is stored.
pub(super) fn evaluate_all(
    workspace: &Workspace,
    prepared: &mut Prepared,
    workers: &Workers,
    writer: &mut RunWriter,
    observer: &mut dyn RunObserver,
) -> Result<usize, WorkflowError> {
    let Prepared { plan, identity, classifiers, symbols, graph, total } = prepared;
    let mut stored = Stored::of(writer)?;
    let chunk = chunk_size(*total);
    let mut work = Work {
        workspace,
        workers,
        family: &plan.dataset.family,
        keep: plan.keep.decide(*total),
        total: *total,
        symbols,
        writer,
        observer,
    };
    let (mut items, mut candidates) = (Vec::new(), Vec::new());
    let duplicates = each_strategy(plan, classifiers, identity, graph, &mut |graph, distinct| {
        let Distinct { item, candidate, duplicates, looked, .. } = distinct;
        if stored.has(&item)? {
            // What is stored is gone through quickly, but there may be much of it.
            return if looked % BATCH == 0 { work.stop_if_asked() } else { Ok(()) };
        }
        items.push(item);
        candidates.push(candidate);
        if items.len() < chunk {
            return Ok(());
        }
        work.evaluate(&items, &candidates, graph, duplicates)?;
        items.clear();
        candidates.clear();
        graph.trim();
        Ok(())
    })?;
    stored.check_all_seen()?;
    work.evaluate(&items, &candidates, graph, duplicates)?;
    Ok(duplicates)
}

impl Work<'_> {
    /// Evaluates a chunk; counts its trials before it stores them, so that what is stored has been counted.
    fn evaluate(
        &mut self,
        items: &[Item],
        candidates: &[Candidate],
        graph: &Graph,
        duplicates: usize,
    ) -> Result<(), WorkflowError> {
        self.stop_if_asked()?;
        for data in &mut self.symbols.data {
            data.extend(graph).map_err(|e| WorkflowError::data(e.to_string()))?;
        }
        let plan = Sweep { graph, symbols: &self.symbols.data, mode: self.keep.mode() };
        let maker = RowMaker { run_id: self.writer.run_id(), symbols: self.symbols, keep: self.keep };
        let (mut rows, mut ledger) = (Rows::default(), Vec::new());
        let mut evaluated = self.writer.stored() as usize + duplicates;
        for (items, candidates) in items.chunks(BATCH).zip(candidates.chunks(BATCH)) {
            for (item, evaluation) in items.iter().zip(sweep(self.workers, &plan, candidates)) {
                maker.add(item, &evaluation, &mut rows, &mut ledger);
            }
            evaluated += items.len();
            self.observer.progressed(evaluated);
            if self.observer.is_cancelled() {
                break;
            }
        }
        trials::append(self.workspace, self.family, &ledger)?;
        self.writer.checkpoint(&rows)?;
        if rows.strategies.len() < items.len() { self.stop_if_asked() } else { Ok(()) }
    }

    fn stop_if_asked(&self) -> Result<(), WorkflowError> {
        if !self.observer.is_cancelled() {
            return Ok(());
        }
        let (run, evaluated) = (self.writer.run_id(), self.writer.stored() as usize);
        Err(WorkflowError::Interrupted { run, evaluated, total: self.total })
    }
}

/// The strategies that earlier processes stored: the first so many, in the order of evaluation.
struct Stored {
    run: String,
    left: u64,
    last: Option<admf_model::StrategyId>,
}

impl Stored {
    fn of(writer: &RunWriter) -> Result<Self, WorkflowError> {
        Ok(Self { run: writer.run_id().to_string(), left: writer.stored(), last: writer.last_stored()? })
    }

    /// True while strategies are stored; the last of them must be the one that was stored last.
    fn has(&mut self, item: &Item) -> Result<bool, WorkflowError> {
        if self.left == 0 {
            return Ok(false);
        }
        self.left -= 1;
        if self.left == 0 && self.last != Some(item.strategy_id) {
            return Err(self.other_strategies());
        }
        Ok(true)
    }

    fn check_all_seen(&self) -> Result<(), WorkflowError> {
        if self.left == 0 { Ok(()) } else { Err(self.other_strategies()) }
    }

    fn other_strategies(&self) -> WorkflowError {
        WorkflowError::Data {
            message: format!(
                "run {} holds other strategies than its spec gives now: rules have changed since it began",
                self.run
            ),
            help: Some("run its spec again".to_owned()),
        }
    }
}
