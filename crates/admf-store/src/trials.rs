//! The trial ledger: every strategy ever evaluated on a family of datasets, across all runs (rules 25 and 26).
//!
//! One small Parquet segment per checkpoint under `library/trials/<family>/`, numbered in the order of writing. Segments
//! are only ever added: a killed run and a removed run have been trials all the same.

use crate::durable;
use crate::error::{Result, StoreError};
use crate::parquet_file::{self, ParquetRows};
use crate::record::record;
use crate::workspace::Workspace;
use admf_model::RunId;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

record! {
    /// One evaluation of a trial.
    pub struct TrialRow = "trials" {
        /// The 64 bits of the trial's id.
        trial_id: u64,
        /// Sharpe ratio per bar after costs, not annualised.
        sharpe_per_bar: Option<f64>,
        /// Closed trades, and the open one.
        trades: i64,
        /// The run that evaluated it.
        run_id: RunId,
    }
}

/// What the ledger of a family adds up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrialSummary {
    /// Distinct trials.
    pub trials: u64,
    /// Per-bar Sharpe ratios of the trials that ever traded, one slice for each run in the order in which the runs
    /// came: the trials it was the first to evaluate, by trial id, each with the latest ratio that it had.
    rounds: Vec<Vec<f64>>,
}

impl TrialSummary {
    /// What is compared with luck: the ratios of the trials that traded, in the rounds in which they were made.
    pub fn rounds(&self) -> impl Iterator<Item = &[f64]> {
        self.rounds.iter().map(Vec::as_slice)
    }

    /// Trials that traded.
    pub fn traded(&self) -> u64 {
        self.rounds.iter().map(|round| round.len() as u64).sum()
    }
}

/// Adds evaluations to the ledger of a family, durably. Nothing is written for no rows.
pub fn append(workspace: &Workspace, family: &str, rows: &[TrialRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let folder = workspace.trials(family);
    durable::create_folders(&folder)?;
    // The lock covers taking the next number and naming the segment by it.
    let path = folder.join("lock");
    let lock = File::create(&path).map_err(StoreError::io("create", &path))?;
    lock.lock().map_err(StoreError::io("lock", &path))?;
    let next = segments(&folder)?.last().map_or(1, |(ordinal, _)| ordinal + 1);
    parquet_file::write_rows(
        &folder.join(format!("{next:08}.parquet")),
        rows,
        &[("family", family.to_owned())],
    )
}

/// Reads the whole ledger of a family; empty where there is none.
pub fn summary(workspace: &Workspace, family: &str) -> Result<TrialSummary> {
    let mut runs: BTreeMap<RunId, u32> = BTreeMap::new();
    let mut evaluations: Vec<Evaluation> = Vec::new();
    for (_, path) in segments(&workspace.trials(family))? {
        for rows in ParquetRows::<TrialRow>::open(&path)? {
            evaluations.extend(rows?.iter().map(|row| {
                let next = runs.len() as u32;
                let round = *runs.entry(row.run_id).or_insert(next);
                let sharpe = row.sharpe_per_bar.filter(|_| row.trades > 0);
                Evaluation { trial: row.trial_id, round, sharpe }
            }));
        }
    }
    // Stable: the evaluations of one trial stay in the order of writing.
    evaluations.sort_by_key(|evaluation| evaluation.trial);
    let mut summary = TrialSummary { trials: 0, rounds: vec![Vec::new(); runs.len()] };
    for trial in evaluations.chunk_by(|a, b| a.trial == b.trial) {
        summary.trials += 1;
        let latest = trial.iter().rev().find_map(|evaluation| evaluation.sharpe);
        summary.rounds[trial[0].round as usize].extend(latest);
    }
    Ok(summary)
}

/// What is needed of an evaluation.
struct Evaluation {
    trial: u64,
    /// Its run, counted in the order of the ledger.
    round: u32,
    /// Only if it traded.
    sharpe: Option<f64>,
}

/// The trials of a family.
pub fn known(workspace: &Workspace, family: &str) -> Result<BTreeSet<u64>> {
    let mut known = BTreeSet::new();
    for (_, path) in segments(&workspace.trials(family))? {
        for rows in ParquetRows::<TrialRow>::open(&path)? {
            known.extend(rows?.iter().map(|row| row.trial_id));
        }
    }
    Ok(known)
}

/// Segments by ordinal, oldest first. Unfinished ones are not listed; a foreign file is an error.
fn segments(folder: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StoreError::io("read folder", folder)(e)),
    };
    let mut segments = Vec::new();
    for entry in entries {
        let path = entry.map_err(StoreError::io("read folder", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == "lock" || durable::is_temporary(&name) {
            continue;
        }
        let ordinal = name.strip_suffix(".parquet").and_then(|digits| digits.parse().ok());
        let ordinal = ordinal.ok_or_else(|| StoreError::Damaged {
            path: path.clone(),
            reason: "it is not a segment of the trial ledger: move it elsewhere".to_owned(),
        })?;
        segments.push((ordinal, path));
    }
    segments.sort();
    Ok(segments)
}

#[cfg(test)]
mod tests;
