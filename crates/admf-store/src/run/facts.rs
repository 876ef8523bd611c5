//! What is known of a run when it begins.

use super::text;
use crate::error::{Result, StoreError};
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

/// A run that has begun and not finished: `checkpoint/begun.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Begun {
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
        run.join(super::CHECKPOINT).join("begun.json")
    }

    pub(super) fn load(run: &Path) -> Result<Self> {
        read_json(&Self::path(run))
    }
}

/// Reads a JSON file whose damage must not hide anything else.
pub(super) fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).map_err(StoreError::io("read", path))?;
    serde_json::from_str(&text)
        .map_err(|e| StoreError::Damaged { path: path.to_owned(), reason: e.to_string() })
}

/// Writes a JSON file durably, indented, with a line break at its end.
pub(super) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let mut text = serde_json::to_string_pretty(value).expect("the keys of our maps are text");
    text.push('\n');
    crate::durable::write(path, text.as_bytes())
}
