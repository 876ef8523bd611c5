//! Writing a run: begin, any number of checkpoints, finish.

use super::checkpoint::{self, Rows};
use super::facts::{Begun, PARTS_FORMAT, RunFacts, write_json};
use super::lock::{self, RunsGuard};
use super::merge::{self, Deflate, Folds};
use super::metadata::{RunMetadata, WallClock};
use super::remove::Swept;
use super::verify::{FileFault, Scrutiny};
use super::{CHECKPOINT, FORMAT, METADATA, SPEC, inventory, part, remove, summary};
use crate::durable;
use crate::error::{Result, StoreError};
use crate::plain_file;
use crate::workspace::Workspace;
use admf_model::{ContentHash, RunId, StrategyId, Timestamp};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A run that is being written by this process. Dropped without [`RunWriter::finish`] it is incomplete: what was
/// checkpointed stays.
#[derive(Debug)]
pub struct RunWriter {
    begun: Begun,
    folder: PathBuf,
    lock: File,
    next_part: u32,
    stored: u64,
    /// When this process began the run or took it up.
    taken_up_at: Timestamp,
    swept: Swept,
    /// What is wrong with the part that is next, where the run was taken up.
    damaged: Vec<FileFault>,
    folds: Folds,
}

/// What is known when all strategies are evaluated.
pub struct Finish<'a> {
    /// How long this process has worked on the run until now, in milliseconds; asked when all files but the last are
    /// written.
    pub elapsed_ms: &'a dyn Fn() -> i64,
    /// Trials of the family with at least one trade.
    pub trials: u64,
    /// Variance of their per-bar Sharpe ratios (n - 1); undefined for fewer than two.
    pub trial_sharpe_variance: Option<f64>,
    /// Sharpe ratio per bar that the best of them is expected to show by luck.
    pub expected_maximum_sharpe: Option<f64>,
    /// The deflated Sharpe ratio of a stored strategy, now that all trials are known.
    pub deflated_sharpe: Deflate<'a>,
}

impl RunWriter {
    /// Begins a run under the lowest free ordinal for this spec, dataset and engine version (rule 24), after removing
    /// folders that dead processes left without a result.
    pub fn begin(workspace: &Workspace, spec: &str, facts: RunFacts, created_at: Timestamp) -> Result<Self> {
        let _guard = RunsGuard::take(workspace)?;
        let swept = remove::sweep(workspace)?;
        let mut ordinal = 0;
        let (run_id, folder) = loop {
            let run_id = run_id(spec, &facts, ordinal);
            let folder = workspace.run(run_id);
            if durable::create_folder(&folder)? {
                break (run_id, folder);
            }
            ordinal += 1;
        };
        let lock = lock::take(&folder)?.expect("nobody else locks a folder created under the guard");
        durable::create_folders(&folder.join(CHECKPOINT))?;
        durable::write(&folder.join(SPEC), spec.as_bytes())?;
        let begun = Begun { format: PARTS_FORMAT, run_id, ordinal, created_at, facts };
        write_json(&Begun::path(&folder), &begun)?;
        Ok(Self {
            begun,
            folder,
            lock,
            next_part: 1,
            stored: 0,
            taken_up_at: created_at,
            swept,
            damaged: Vec::new(),
            folds: Folds::default(),
        })
    }

    /// The id of the first run of this spec, dataset and engine version, whether or not there is one.
    pub fn first_id(spec: &str, facts: &RunFacts) -> RunId {
        run_id(spec, facts, 0)
    }

    /// The id that [`RunWriter::begin`] would give. Nothing is written, so another process may take it first.
    pub fn next_id(workspace: &Workspace, spec: &str, facts: &RunFacts) -> Result<RunId> {
        let mut ordinal = 0;
        loop {
            let run_id = run_id(spec, facts, ordinal);
            let folder = workspace.run(run_id);
            // One that cannot be looked at is taken.
            if !folder.exists() || remove::is_abandoned(&folder).unwrap_or(false) {
                return Ok(run_id);
            }
            ordinal += 1;
        }
    }

    /// Takes up an incomplete run where its last checkpoint left it: [`RunWriter::stored`] strategies are there. A part
    /// that is not what was written counts as not there, and so do those behind it ([`RunWriter::damaged`]): they are
    /// removed when the next one is stored.
    ///
    /// # Errors
    /// [`StoreError::AlreadyComplete`] and [`StoreError::NotComplete`] for a run that has finished or that another
    /// process writes.
    pub fn resume(workspace: &Workspace, run: RunId, taken_up_at: Timestamp) -> Result<Self> {
        let _guard = RunsGuard::take(workspace)?;
        let folder = workspace.run(run);
        let is_complete = || folder.join(METADATA).exists();
        let complete = || StoreError::AlreadyComplete { run_id: run.to_string() };
        if is_complete() {
            return Err(complete());
        }
        let lock = lock::take(&folder)?.ok_or_else(|| super::list::running(run))?;
        if is_complete() {
            // It finished in between, and taking the lock made its file anew.
            drop(lock);
            remove::leftovers(&folder)?;
            return Err(complete());
        }
        let begun = Begun::load(&folder)?;
        remove::unfinished_files(&folder)?;
        let part::Found { whole, strategies: stored, faults: damaged } =
            part::look(&folder, Scrutiny::Contents)?;
        let folds = Folds::of_parts(&folder, whole)?;
        let (next_part, swept) = (whole + 1, Swept::default());
        Ok(Self { begun, folder, lock, next_part, stored, taken_up_at, swept, damaged, folds })
    }

    /// The spec, as it was when the run began.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the copy is not what was run.
    pub fn spec(&self) -> Result<String> {
        let path = self.folder.join(SPEC);
        let text = plain_file::read_to_string(&path).map_err(StoreError::io("read", &path))?;
        if ContentHash::of(&[text.as_bytes()]) != self.begun.facts.config_hash {
            let reason = "it was changed after the run began, so it does not say what was run".to_owned();
            return Err(StoreError::Damaged { path, reason });
        }
        Ok(text)
    }

    /// The strategy that was stored last; `None` before the first.
    pub fn last_stored(&self) -> Result<Option<StrategyId>> {
        checkpoint::last_strategy(&self.folder, self.next_part - 1)
    }

    /// The run.
    pub fn run_id(&self) -> RunId {
        self.begun.run_id
    }

    /// What is known of the run.
    pub fn begun(&self) -> &Begun {
        &self.begun
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Strategies in the checkpoints so far.
    pub fn stored(&self) -> u64 {
        self.stored
    }

    /// True before the first checkpoint.
    pub fn is_empty(&self) -> bool {
        self.next_part == 1
    }

    /// What [`RunWriter::begin`] did about folders that dead processes left.
    pub fn swept(&self) -> &Swept {
        &self.swept
    }

    /// What is wrong with the parts that [`RunWriter::resume`] found: what was stored from there on is to be evaluated
    /// again.
    pub fn damaged(&self) -> &[FileFault] {
        &self.damaged
    }

    /// Stores rows durably, all or none of them. The rows of all checkpoints end up in the order of writing.
    pub fn checkpoint(&mut self, rows: &Rows) -> Result<()> {
        self.remove_damaged()?;
        checkpoint::write(&self.folder, self.next_part, rows)?;
        self.next_part += 1;
        self.stored += rows.strategies.len() as u64;
        self.folds.push(&rows.strategies);
        Ok(())
    }

    fn remove_damaged(&mut self) -> Result<()> {
        if std::mem::take(&mut self.damaged).is_empty() {
            return Ok(());
        }
        remove::parts_behind(&self.folder, self.next_part - 1)
    }

    /// Others may have changed the parts since they were written.
    fn check_parts(&self) -> Result<()> {
        let found = part::look(&self.folder, Scrutiny::Footers)?;
        let fault = match found.faults.first() {
            Some(fault) => fault.to_string(),
            None if found.whole + 1 == self.next_part => return Ok(()),
            None => format!("{CHECKPOINT} lacks the last parts"),
        };
        Err(StoreError::Parts { run_id: self.begun.run_id.to_string(), fault })
    }

    /// Merges the checkpoints into the files of a complete run and marks it complete.
    ///
    /// # Errors
    /// [`StoreError::Parts`] when parts are not what was written: nothing is merged.
    pub fn finish(mut self, finish: &Finish<'_>) -> Result<RunMetadata> {
        self.remove_damaged()?;
        self.check_parts()?;
        let merged = merge::merge(&self.folder, self.begun.run_id, finish.deflated_sharpe, self.folds)?;
        summary::write(&self.folder, &merged)?;
        let best = merged.summary.best_sharpe();
        let metadata = RunMetadata {
            format: FORMAT,
            run_id: self.begun.run_id,
            ordinal: self.begun.ordinal,
            status: "completed".to_owned(),
            facts: self.begun.facts.clone(),
            total_strategies: merged.strategies,
            total_trades: merged.trades,
            total_classifiers: merged.classifiers.len() as u64,
            trials: finish.trials,
            trial_sharpe_variance: finish.trial_sharpe_variance,
            expected_maximum_sharpe: finish.expected_maximum_sharpe,
            best_sharpe: best.map(|(value, _)| value),
            best_strategy: best.map(|(_, strategy)| strategy),
            best_classifier: merged.summary.best_classifier(),
            signal_files: merged.signal_files,
            classifier_files: merged.classifier_files,
            files: inventory::record(&self.folder)?,
            wall_clock: WallClock::new(&self.begun, self.taken_up_at, (finish.elapsed_ms)()),
        };
        write_json(&self.folder.join(METADATA), &metadata)?;
        // The run is complete. What is left over is removed now, or by the next start if this process dies here. The
        // lock goes last: until then nobody else touches the folder.
        remove::checkpoints(&self.folder)?;
        drop(self.lock);
        remove::leftovers(&self.folder)?;
        Ok(metadata)
    }
}

fn run_id(spec: &str, facts: &RunFacts, ordinal: u32) -> RunId {
    let hashes = facts.auxiliary.iter().map(|other| other.dataset_hash);
    let data: Vec<u8> = std::iter::once(facts.dataset_hash)
        .chain(hashes)
        .flat_map(|hash| hash.bits().to_be_bytes())
        .collect();
    RunId::of(&[spec.as_bytes(), &data, facts.engine_version.as_bytes(), &ordinal.to_be_bytes()])
}
