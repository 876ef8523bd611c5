//! The loop over all strategies: bound, evaluated in chunks, each counted and then stored; each of the three by threads
//! of its own, so that the next chunk is bound while one is evaluated and the one before it is stored.

use super::RunObserver;
use super::identity::Identity;
use super::prepared::{Distinct, Prepared, each_strategy};
use super::rows::{Item, RowMaker};
use super::symbols::Symbols;
use crate::WorkflowError;
use crate::plan::Plan;
use crate::spec::Keep;
use admf_engine::sweep::sweep_groups;
use admf_engine::{Candidate, Sweep, Workers};
use admf_model::{RunId, StrategyId};
use admf_rules::{BoundClassifier, Graph};
use admf_store::run::{Rows, RunWriter, WHOLE_PART};
use admf_store::trials::TrialRow;
use admf_store::{Workspace, trials};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Strategies between two looks at the user's wish to stop: few enough to keep the progress bar moving.
const BATCH: usize = 256;
/// The same of large runs: many enough that threads rarely wait for each other.
const LARGE_BATCH: usize = 2_048;
/// Strategies that a thread evaluates at a time.
const GROUP: usize = 64;
/// How often the user's wish to stop is looked at while nothing is bound.
const LOOK: Duration = Duration::from_millis(50);
/// How long evaluations may wait to be stored, where they are slow. The files of a finished run do not depend on it.
const LONGEST_UNSTORED: Duration = Duration::from_secs(5);
/// Strategies times bars that are evaluated in seconds.
const QUICK: usize = 1 << 30;

/// Strategies between two checkpoints: few enough to lose little, many enough that a checkpoint costs little. Where a
/// large run is quick and its rows are small it is as many as the file of the run takes as they are.
pub(super) fn chunk_size(total: usize, bars: usize, keep: Keep) -> usize {
    let is_small = !keep.trades && !keep.signals && WHOLE_PART.saturating_mul(bars) <= QUICK;
    if is_small && total > WHOLE_PART { WHOLE_PART } else { (total / 64).clamp(1024, 32_768) }
}

/// Strategies that are bound and wait to be evaluated.
struct Chunk {
    items: Vec<Item>,
    candidates: Vec<Candidate>,
    /// What the candidates are bound to.
    graph: Graph,
    /// Duplicates dropped so far.
    duplicates: usize,
}

/// What a chunk of strategies came to.
#[derive(Default)]
struct Evaluated {
    rows: Rows,
    ledger: Vec<TrialRow>,
}

impl Evaluated {
    fn append(&mut self, mut group: Self) {
        self.rows.append(group.rows);
        self.ledger.append(&mut group.ledger);
    }
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
    let (run_id, evaluated, keep) = (writer.run_id(), writer.stored() as usize, plan.keep.decide(*total));
    let size = chunk_size(*total, symbols.longest(), keep);
    let stored = Stored::of(writer)?;
    let stop = AtomicBool::new(false);
    let stopped = || WorkflowError::Interrupted { run: run_id, evaluated, total: *total };
    let binding =
        Binding { plan, classifiers, identity, size, before: evaluated, stop: &stop, stopped: &stopped };
    std::thread::scope(|scope| {
        // One chunk is bound, one evaluated and one stored, and no more: memory does not grow with the run.
        let (sender, chunks) = sync_channel(0);
        let (storing, rows) = sync_channel(0);
        let family = &plan.dataset.family;
        let thread = std::thread::Builder::new;
        let refused =
            |error: std::io::Error| WorkflowError::System(format!("cannot start a thread: {error}"));
        let bind = move || binding.bind_all(graph, stored, &sender);
        let binder = thread().spawn_scoped(scope, bind).map_err(refused)?;
        let storer =
            thread().spawn_scoped(scope, move || store(workspace, family, writer, &rows)).map_err(refused)?;
        let mut work = Work { workers, keep, run_id, evaluated, total: *total, symbols, storing, observer };
        let done = work.evaluate_chunks(&chunks);
        // Threads end when nothing can be sent to or by them any more. The error of storing explains why sending failed.
        stop.store(true, Ordering::Relaxed);
        drop((work, chunks));
        storer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let bound = binder.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        done.and(bound)
    })
}

/// What is bound, and when to stop.
struct Binding<'a> {
    plan: &'a Plan,
    classifiers: &'a [BoundClassifier],
    identity: &'a Identity,
    /// Strategies of a chunk.
    size: usize,
    /// Strategies that are stored already: the first chunk ends where it would have without the interruption.
    before: usize,
    stop: &'a AtomicBool,
    stopped: &'a (dyn Fn() -> WorkflowError + Sync),
}

impl Binding<'_> {
    /// Binds all strategies but those that are stored, and gives the number of duplicates.
    fn bind_all(
        &self,
        graph: &mut Graph,
        mut stored: Stored,
        chunks: &SyncSender<Chunk>,
    ) -> Result<usize, WorkflowError> {
        let (mut items, mut candidates) = (Vec::new(), Vec::new());
        let mut size = self.size - self.before % self.size;
        let send = |graph, items, candidates, duplicates| {
            let chunk = Chunk { items, candidates, graph, duplicates };
            chunks.send(chunk).map_err(|_| (self.stopped)())
        };
        let duplicates =
            each_strategy(self.plan, self.classifiers, self.identity, graph, &mut |graph, distinct| {
                let Distinct { item, candidate, duplicates, looked, .. } = distinct;
                if looked % BATCH == 0 && self.stop.load(Ordering::Relaxed) {
                    return Err((self.stopped)());
                }
                if stored.has(&item)? {
                    return Ok(());
                }
                items.push(item);
                candidates.push(candidate);
                if items.len() < size {
                    return Ok(());
                }
                size = self.size;
                let next = || Vec::with_capacity(size);
                let bound = (std::mem::replace(&mut items, next()), std::mem::take(&mut candidates));
                send(graph.hand_over(), bound.0, bound.1, duplicates)
            })?;
        stored.check_all_seen()?;
        send(graph.hand_over(), items, candidates, duplicates)?;
        Ok(duplicates)
    }
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
    /// Evaluates chunks until there are no more.
    fn evaluate_chunks(&mut self, chunks: &Receiver<Chunk>) -> Result<(), WorkflowError> {
        loop {
            match chunks.recv_timeout(LOOK) {
                Ok(chunk) => self.evaluate(&chunk)?,
                Err(RecvTimeoutError::Timeout) => self.stop_if_asked()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Evaluates a chunk and hands it over to be stored.
    fn evaluate(&mut self, chunk: &Chunk) -> Result<(), WorkflowError> {
        self.stop_if_asked()?;
        let Chunk { items, candidates, graph, duplicates } = chunk;
        for data in &mut self.symbols.data {
            data.extend_on(self.workers, graph).map_err(|e| WorkflowError::data(e.to_string()))?;
        }
        let plan = Sweep { graph, symbols: &self.symbols.data, mode: self.keep.mode() };
        let maker = RowMaker { run_id: self.run_id, symbols: self.symbols, keep: self.keep };
        let mut done = Evaluated::default();
        done.rows.strategies.reserve(items.len());
        let (mut evaluated, mut since) = (0, Instant::now());
        let batch = (self.total / 1024).clamp(BATCH, LARGE_BATCH);
        for (items, candidates) in items.chunks(batch).zip(candidates.chunks(batch)) {
            let groups = sweep_groups(self.workers, &plan, candidates, GROUP, |first, evaluations| {
                let mut group = Evaluated::default();
                for (item, evaluation) in items[first..].iter().zip(evaluations) {
                    maker.add(item, &evaluation, &mut group.rows, &mut group.ledger);
                }
                group
            });
            groups.into_iter().for_each(|group| done.append(group));
            evaluated += items.len();
            self.observer.progressed(self.evaluated + evaluated + duplicates);
            if self.observer.is_cancelled() {
                break;
            }
            if since.elapsed() > LONGEST_UNSTORED {
                self.store(std::mem::take(&mut done))?;
                since = Instant::now();
            }
        }
        self.evaluated += evaluated;
        self.store(done)?;
        if evaluated < items.len() { self.stop_if_asked() } else { Ok(()) }
    }

    /// Hands over what is evaluated. Where the other thread is gone it has failed, and its error is the one that is told.
    fn store(&self, done: Evaluated) -> Result<(), WorkflowError> {
        if done.rows.strategies.is_empty() {
            return Ok(());
        }
        self.storing.send(done).map_err(|_| self.interrupted())
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
