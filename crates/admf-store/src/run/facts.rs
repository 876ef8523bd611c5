//! What is known of a run when it begins.

use super::text;
use crate::error::{Result, StoreError};
use crate::plain_file;
use crate::record::Date;
use admf_model::{ContentHash, RunId, Timestamp};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What a run is about. The fields have the meaning of the columns of table `runs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunFacts {
    /// The name that the spec gives itself.
    pub name: String,
    /// `grid_search` or `backtest`.
    pub workflow_type: String,
    /// Family whose trials are counted together.
    pub family: String,
    /// Name of the dataset.
    pub dataset: String,
    /// Content hash of the dataset.
    #[serde(with = "text")]
    pub dataset_hash: ContentHash,
    /// Datasets whose symbols rules may name besides, in the order of the spec.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auxiliary: Vec<AuxiliaryDataset>,
    /// Symbols that strategies are run on.
    pub symbols: Vec<String>,
    /// Length of a bar.
    pub bar_interval: String,
    /// Bars per year used to annualise.
    pub bars_per_year: f64,
    /// First evaluated day.
    #[serde(with = "text")]
    pub start_date: Date,
    /// Last evaluated day.
    #[serde(with = "text")]
    pub end_date: Date,
    /// Evaluated bars, summed over symbols.
    pub total_bars: i64,
    /// Content hash of the spec.
    #[serde(with = "text")]
    pub config_hash: ContentHash,
    /// Version of ADMF that computes the results.
    pub engine_version: String,
    /// How commission is charged.
    pub commission_model: String,
    /// How slippage is charged.
    pub slippage_model: String,
    /// The run of which this one traces or repeats a part.
    #[serde(with = "text::optional")]
    pub parent_run_id: Option<RunId>,
}

/// What stands for the version of the engine in a run that another program computed.
pub const ADOPTED: &str = "imported";

impl RunFacts {
    /// True for a run that was adopted from another program: it cannot be evaluated again.
    pub fn is_adopted(&self) -> bool {
        self.engine_version == ADOPTED
    }
}

/// A dataset whose symbols rules may name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuxiliaryDataset {
    /// Its name.
    pub dataset: String,
    /// Its content hash.
    #[serde(with = "text")]
    pub dataset_hash: ContentHash,
}

/// Name of the file that says what a run that has not finished is about.
pub(super) const BEGUN: &str = "begun.json";

/// The layout of parts that this version reads and writes. Runs that do not say theirs were begun before parts recorded
/// what is in them.
pub(super) const PARTS_FORMAT: u32 = 2;

/// A run that has begun and not finished: `checkpoint/begun.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// Layout of its parts.
    #[serde(default)]
    pub format: u32,
    /// The run.
    #[serde(with = "text")]
    pub run_id: RunId,
    /// Which repetition of the same spec, data and engine in this workspace, from 0.
    pub ordinal: u32,
    /// When it began.
    #[serde(with = "text")]
    pub created_at: Timestamp,
    /// What it is about.
    pub facts: RunFacts,
}

impl Begun {
    /// The file, in the folder of a run.
    pub(super) fn path(run: &Path) -> PathBuf {
        run.join(super::CHECKPOINT).join(BEGUN)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`StoreError::OlderRun`] and [`StoreError::NewerRun`] for a run that another ADMF began in another layout;
    /// [`StoreError::Damaged`] for a file that is none of this run.
    pub(super) fn load(run: &Path) -> Result<Self> {
        let path = Self::path(run);
        let value: serde_json::Value = read_json(&path)?;
        let found = value["format"].as_u64().unwrap_or(0);
        let made_by = || value["facts"]["engine_version"].as_str().unwrap_or("of another version").to_owned();
        let has_facts = value["facts"].is_object();
        if has_facts && found < u64::from(PARTS_FORMAT) {
            return Err(StoreError::OlderRun { folder: run.to_owned(), made_by: made_by() });
        }
        if has_facts && found > u64::from(PARTS_FORMAT) {
            let found = u32::try_from(found).unwrap_or(u32::MAX);
            return Err(StoreError::NewerRun { path, found, made_by: made_by(), supported: PARTS_FORMAT });
        }
        let damaged = |reason| StoreError::Damaged { path: path.clone(), reason };
        let begun: Self = serde_json::from_value(value).map_err(|error| damaged(error.to_string()))?;
        if run.file_name().is_some_and(|name| name.to_str() != Some(&begun.run_id.to_string())) {
            let reason = "the folder was renamed or the file copied";
            return Err(damaged(format!("it describes run {}: {reason}", begun.run_id)));
        }
        Ok(begun)
    }
}

/// Reads a JSON file whose damage must not hide anything else.
pub(super) fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    let text = plain_file::read_to_string(path).map_err(StoreError::io("read", path))?;
    serde_json::from_str(&text)
        .map_err(|e| StoreError::Damaged { path: path.to_owned(), reason: e.to_string() })
}

/// Writes a JSON file durably, indented, with a line break at its end.
pub(super) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let mut text = serde_json::to_string_pretty(value).expect("the keys of our maps are text");
    text.push('\n');
    crate::durable::write(path, text.as_bytes())
}
