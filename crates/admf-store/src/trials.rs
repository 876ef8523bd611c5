//! The trial ledger: every strategy ever evaluated on a family of datasets, across all runs (rules 25 and 26).
//!
//! One small Parquet segment per checkpoint under `library/trials/<family>/`, numbered in the order of writing. Segments
//! are only ever added: a killed run and a removed run have been trials all the same. Nobody reads a ledger of which a
//! part is damaged or gone: fewer attempts would make every result look better than it is.

mod repair;
mod segments;

use crate::error::Result;
use crate::record::record;
use crate::run::{self, RunState};
use crate::workspace::Workspace;
use admf_model::RunId;
use segments::{Appending, Segment};
use std::collections::BTreeSet;

pub use repair::{Repair, TrialColumns, repair, uncounted};
pub use segments::LedgerFault;

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
    /// Per-bar Sharpe ratios of the trials that ever traded, in the order of the ledger one slice for each stretch that
    /// one run wrote without another between: the trials first evaluated there, by trial id, each with the latest ratio
    /// that it had. What a run evaluates after others is a round of its own, so that no earlier round ever changes.
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
    // It covers taking the next number and naming the segment by it.
    let appending = Appending::wait(&folder)?;
    let last = segments::entries(&folder)?.last().map_or(0, |segment| segment.ordinal);
    let next = last.max(segments::noted(&folder)) + 1;
    segments::write(&folder, next, family, rows)?;
    appending.note(next);
    Ok(())
}

/// All that is wrong with the ledger of a family.
pub fn faults(workspace: &Workspace, family: &str) -> Result<Vec<LedgerFault>> {
    let folder = workspace.trials(family);
    let (segments, mut faults) = segments::list(&folder)?;
    for segment in &segments {
        faults.extend(segment.fault()?);
    }
    if segments.is_empty() && faults.is_empty() && was_counted(workspace, family)? {
        faults.push(LedgerFault::Gone { folder });
    }
    Ok(faults)
}

/// Is the ledger of a family whole?
///
/// # Errors
/// [`StoreError::Ledger`](crate::StoreError::Ledger) with the first fault and what to do.
pub fn check(workspace: &Workspace, family: &str) -> Result<()> {
    match faults(workspace, family)?.into_iter().next() {
        Some(fault) => Err(fault.error(family)),
        None => Ok(()),
    }
}

/// True when a part of the ledger was lost and put in again from complete runs, as far as they hold it.
pub fn is_restored(workspace: &Workspace, family: &str) -> Result<bool> {
    Ok(segments(workspace, family)?.iter().any(|segment| segment.restored))
}

/// True when a complete run noted trials of the family.
fn was_counted(workspace: &Workspace, family: &str) -> Result<bool> {
    let counted = run::list_as(
        workspace,
        |entry| matches!(entry.state, RunState::Complete(metadata) if metadata.trials > 0 && metadata.facts.family == family),
    )?;
    Ok(counted.runs.contains(&true))
}

/// The segments of a ledger of which none is missing, oldest first.
fn segments(workspace: &Workspace, family: &str) -> Result<Vec<Segment>> {
    let (segments, missing) = segments::list(&workspace.trials(family))?;
    match missing.into_iter().next() {
        Some(fault) => Err(fault.error(family)),
        None => Ok(segments),
    }
}

/// Reads the whole ledger of a family; empty where there is none.
pub fn summary(workspace: &Workspace, family: &str) -> Result<TrialSummary> {
    let (mut last, mut rounds) = (None, 0_u32);
    let mut evaluations: Vec<Evaluation> = Vec::new();
    for segment in segments(workspace, family)? {
        segment.read(family, |rows| {
            evaluations.extend(rows.iter().map(|row| {
                if last.replace(row.run_id) != Some(row.run_id) {
                    rounds += 1;
                }
                let sharpe = row.sharpe_per_bar.filter(|_| row.trades > 0);
                Evaluation { trial: row.trial_id, round: rounds - 1, sharpe }
            }));
        })?;
    }
    // Stable: the evaluations of one trial stay in the order of writing.
    evaluations.sort_by_key(|evaluation| evaluation.trial);
    let mut summary = TrialSummary { trials: 0, rounds: vec![Vec::new(); rounds as usize] };
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
    /// Its round, counted in the order of the ledger.
    round: u32,
    /// Only if it traded.
    sharpe: Option<f64>,
}

/// The trials of a family.
pub fn known(workspace: &Workspace, family: &str) -> Result<BTreeSet<u64>> {
    let mut known = BTreeSet::new();
    for segment in segments(workspace, family)? {
        segment.read(family, |rows| known.extend(rows.iter().map(|row| row.trial_id)))?;
    }
    Ok(known)
}

#[cfg(test)]
mod tests;
