//! The loop over all strategies: evaluated in chunks, each counted and then stored.

use super::RunObserver;
use super::prepared::{Distinct, Prepared, each_strategy};
use super::rows::{Item, RowMaker};
use super::symbols::Symbols;
use crate::WorkflowError;
use crate::spec::Keep;
use admf_engine::{Candidate, Sweep, Workers, sweep};
use admf_model::{RunId, StrategyId};
use admf_rules::Graph;
use admf_store::run::{Rows, RunWriter};
use admf_store::trials::TrialRow;
use admf_store::{Workspace, trials};
use std::sync::mpsc::{Receiver, SyncSender};

/// Strategies between two looks at the clock and at the user's wish to stop: few enough to keep the progress bar moving
/// and to bound what evaluations hold before they are rows.
const BATCH: usize = 256;

/// Strategies between two checkpoints: few enough to lose little, many enough that a checkpoint costs little.
pub(super) fn chunk_size(total: usize) -> usize {
    (total / 64).clamp(1024, 32_768)
}

/// What a chunk of strategies came to.
#[derive(Default)]
struct Evaluated {
    rows: Rows,
    ledger: Vec<TrialRow>,
}

/// Where evaluations go and who watches.
struct Work<'a> {
    workers: &'a Workers,
    keep: Keep,
    run_id: RunId,
    /// Strategies stored, or on their way.
    evaluated: usize,
    total: usize,
    symbols: &'a mut Symbols,
    storing: SyncSender<Evaluated>,
    observer: &'a mut dyn RunObserver,
}

/// Evaluates what the writer does not hold yet, and gives the number of duplicates. A thread stores what has been
/// evaluated while the next chunk is.
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
    let (run_id, evaluated) = (writer.run_id(), writer.stored() as usize);
    std::thread::scope(|scope| {
        // One chunk is stored, one waits and one is evaluated: memory does not grow with the run.
        let (storing, chunks) = std::sync::mpsc::sync_channel(1);
        let family = &plan.dataset.family;
        let thread = scope.spawn(move || store(workspace, family, writer, &chunks));
        let keep = plan.keep.decide(*total);
        let mut work = Work { workers, keep, run_id, evaluated, total: *total, symbols, storing, observer };
        let (chunk, mut items, mut candidates) = (chunk_size(*total), Vec::new(), Vec::new());
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
        });
        let done = duplicates.and_then(|duplicates| {
            stored.check_all_seen()?;
            work.evaluate(&items, &candidates, graph, duplicates)?;
            Ok(duplicates)
        });
        // The thread ends when nothing can be sent to it any more. Its error explains why sending failed.
        drop(work);
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        done
    })
}

/// Counts the trials of each chunk before it stores them, so that what is stored has been counted.
fn store(
    workspace: &Workspace,
    family: &str,
    writer: &mut RunWriter,
    chunks: &Receiver<Evaluated>,
) -> Result<(), WorkflowError> {
    for Evaluated { rows, ledger } in chunks {
        trials::append(workspace, family, &ledger)?;
        writer.checkpoint(&rows)?;
    }
    Ok(())
}
impl Work<'_> {
    /// Evaluates a chunk and hands it over to be stored.
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
        let maker = RowMaker { run_id: self.run_id, symbols: self.symbols, keep: self.keep };
        let mut chunk = Evaluated::default();
        let before = self.evaluated + duplicates;
        for (items, candidates) in items.chunks(BATCH).zip(candidates.chunks(BATCH)) {
            for (item, evaluation) in items.iter().zip(sweep(self.workers, &plan, candidates)) {
                maker.add(item, &evaluation, &mut chunk.rows, &mut chunk.ledger);
            }
            self.observer.progressed(before + chunk.rows.strategies.len());
            if self.observer.is_cancelled() {
                break;
            }
        }
        let evaluated = chunk.rows.strategies.len();
        self.evaluated += evaluated;
        // Where the other thread is gone it has failed, and its error is the one that is told.
        self.storing.send(chunk).map_err(|_| self.interrupted())?;
        if evaluated < items.len() { self.stop_if_asked() } else { Ok(()) }
    }

    fn stop_if_asked(&self) -> Result<(), WorkflowError> {
        if self.observer.is_cancelled() { Err(self.interrupted()) } else { Ok(()) }
    }

    fn interrupted(&self) -> WorkflowError {
        WorkflowError::Interrupted { run: self.run_id, evaluated: self.evaluated, total: self.total }
    }
}

/// The strategies that earlier processes stored: the first so many, in the order of evaluation.
struct Stored {
    run: String,
    left: u64,
    last: Option<StrategyId>,
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
