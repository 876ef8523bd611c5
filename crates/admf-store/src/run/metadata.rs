//! `metadata.json`: what a complete run is and holds, readable without a database.

use super::facts::{Begun, RunFacts};
use super::inventory::StoredFile;
use super::{METADATA, text};
use crate::error::{Result, StoreError};
use crate::plain_file;
use crate::tables::RunRow;
use crate::workspace::Workspace;
use admf_model::{ClassifierId, RunId, StrategyId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Component, Path};

/// The newest layout of a run's folder that this version reads and writes.
pub const FORMAT: u32 = 1;

/// A complete run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunMetadata {
    /// Layout of the run's folder.
    #[serde(default = "first_format")]
    pub format: u32,
    /// The run.
    #[serde(with = "text")]
    pub run_id: RunId,
    /// Which repetition of the same spec, data and engine in this workspace, from 0.
    pub ordinal: u32,
    /// `completed`.
    pub status: String,
    /// What it is about.
    #[serde(flatten)]
    pub facts: RunFacts,
    /// Strategies stored.
    pub total_strategies: u64,
    /// Trades stored.
    pub total_trades: u64,
    /// Classifiers stored, one per symbol.
    pub total_classifiers: u64,
    /// Trials of the family with at least one trade when the run finished.
    pub trials: u64,
    /// Variance of their per-bar Sharpe ratios (n - 1).
    pub trial_sharpe_variance: Option<f64>,
    /// Sharpe ratio per bar that luck would show: the expected maximum of the family's trials.
    pub expected_maximum_sharpe: Option<f64>,
    /// Highest Sharpe ratio of a strategy; undefined when none has one.
    pub best_sharpe: Option<f64>,
    /// The strategy that has it; of several the one with the lowest id.
    #[serde(with = "text::optional")]
    pub best_strategy: Option<StrategyId>,
    /// The classifier under one of whose labels a strategy has the highest regime-aware score.
    #[serde(with = "text::optional")]
    pub best_classifier: Option<ClassifierId>,
    /// Files of signals by strategy type, relative to the run's folder.
    pub signal_files: BTreeMap<String, String>,
    /// Files of labels by classifier type, relative to the run's folder.
    pub classifier_files: BTreeMap<String, String>,
    /// All files but the copy of the spec, by their paths in the run's folder; empty for a run that was stored before
    /// they were recorded.
    #[serde(default)]
    pub files: BTreeMap<String, StoredFile>,
    /// What differs between two runs of the same spec on the same data.
    pub wall_clock: WallClock,
}

/// The values of a run that come from the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallClock {
    /// When the run began.
    #[serde(with = "text")]
    pub created_at: Timestamp,
    /// When it finished.
    #[serde(with = "text")]
    pub finished_at: Timestamp,
    /// How long the process worked that finished it, in milliseconds. Of a run that was resumed this is the last
    /// stretch, and `finished_at` is later by the pauses too.
    pub elapsed_ms: i64,
}

impl WallClock {
    /// `taken_up_at` is when the process that finishes the run began or resumed it.
    pub(super) fn new(begun: &Begun, taken_up_at: Timestamp, elapsed_ms: i64) -> Self {
        let created_at = begun.created_at;
        let finished_at = Timestamp::from_micros(taken_up_at.micros() + elapsed_ms * 1000);
        Self { created_at, finished_at, elapsed_ms }
    }
}

impl RunMetadata {
    /// A file that it names and that does not lie in the run's folder.
    fn outside_its_folder(&self) -> Option<&str> {
        let is_inside = |file: &&String| {
            let mut parts = Path::new(file).components();
            parts.all(|part| matches!(part, Component::Normal(_)))
        };
        let named = self.signal_files.values().chain(self.classifier_files.values()).chain(self.files.keys());
        named.into_iter().find(|file| !is_inside(file)).map(String::as_str)
    }

    /// The run's row of table `runs`.
    pub fn to_row(&self) -> RunRow {
        let facts = self.facts.clone();
        RunRow {
            run_id: self.run_id,
            created_at: self.wall_clock.created_at,
            name: facts.name,
            workflow_type: facts.workflow_type,
            family: facts.family,
            dataset: facts.dataset,
            dataset_hash: facts.dataset_hash,
            symbols: facts.symbols,
            bar_interval: facts.bar_interval,
            bars_per_year: facts.bars_per_year,
            start_date: facts.start_date,
            end_date: facts.end_date,
            total_bars: facts.total_bars,
            config_hash: facts.config_hash,
            engine_version: facts.engine_version,
            commission_model: facts.commission_model,
            slippage_model: facts.slippage_model,
            parent_run_id: facts.parent_run_id,
            status: self.status.clone(),
            strategies: count(self.total_strategies),
            trials: count(self.trials),
            trial_sharpe_variance: self.trial_sharpe_variance,
            expected_maximum_sharpe: self.expected_maximum_sharpe,
            workspace_path: format!("runs/{}", self.run_id),
            elapsed_ms: self.wall_clock.elapsed_ms,
        }
    }
}

/// A count as SQL holds it.
fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Reads the metadata of a complete run.
///
/// # Errors
/// [`StoreError::NewerRun`] for a run that a newer ADMF wrote; [`StoreError::Damaged`] for a file that is cut off or is
/// none of a run.
pub fn load(workspace: &Workspace, run: RunId) -> Result<RunMetadata> {
    read(&workspace.run(run).join(METADATA))
}

/// The same from a file.
fn read(path: &Path) -> Result<RunMetadata> {
    parse(path, &plain_file::read_to_string(path).map_err(StoreError::io("read", path))?)
}

/// The same; `None` where there is no file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<RunMetadata>> {
    match plain_file::read_to_string(path) {
        Ok(text) => parse(path, &text).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("read", path)(error)),
    }
}

fn parse(path: &Path, text: &str) -> Result<RunMetadata> {
    let parsed = serde_json::from_str::<RunMetadata>(text);
    // What a newer version writes may lack what this one expects, or mean something else by it.
    let layout = match &parsed {
        Ok(run) => Layout { format: run.format, engine_version: run.facts.engine_version.clone() },
        Err(_) => serde_json::from_str(text).unwrap_or_default(),
    };
    if layout.format > FORMAT {
        let (found, made_by) = (layout.format, layout.engine_version);
        return Err(StoreError::NewerRun { path: path.to_owned(), found, made_by, supported: FORMAT });
    }
    let damaged = |reason| StoreError::Damaged { path: path.to_owned(), reason };
    let run = parsed.map_err(|error| damaged(reason(text, &error)))?;
    match run.outside_its_folder() {
        Some(file) => {
            Err(damaged(format!("it names `{}`, which is not in the run's folder", file.escape_debug())))
        }
        None => Ok(run),
    }
}

/// What every version says of the layout.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Layout {
    format: u32,
    engine_version: String,
}

/// Runs that do not say their layout have the first one.
fn first_format() -> u32 {
    1
}

fn reason(text: &str, error: &serde_json::Error) -> String {
    if text.trim().is_empty() {
        "it is empty".to_owned()
    } else if error.is_eof() {
        format!("it ends in the middle, in line {}", error.line())
    } else {
        error.to_string()
    }
}
