//! Puts a ledger that was damaged in order: what complete runs hold takes the place of what was lost.
//!
//! What is lost for good are evaluations of runs that were removed or killed. The damaged file stays, under a name that is
//! no segment's.

use super::segments::{self, Appending, LedgerFault, Segment};
use super::{TrialRow, summary};
use crate::error::Result;
use crate::parquet_file;
use crate::record::{Record, record};
use crate::run::{self, RunState};
use crate::tables::StrategyRow;
use crate::workspace::Workspace;
use admf_model::{RunId, Timestamp, TrialId};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What a repair did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// Names that damaged segments have now.
    pub set_aside: Vec<PathBuf>,
    /// Evaluations that were put in again.
    pub restored: u64,
    /// Runs that they came from.
    pub runs: usize,
    /// Complete runs whose strategies cannot be read.
    pub unreadable: Vec<RunId>,
}

/// A complete run and when it began.
type Began = (Timestamp, RunId);

record! {
    /// What a strategy is in the ledger. The columns are some of `strategies`.
    pub struct TrialColumns = "strategies" {
        /// What the statistics count.
        trial_id: TrialId,
        /// Closed trades.
        total_trades: Option<i64>,
        /// Sharpe ratio per bar after costs.
        sharpe_per_bar: Option<f64>,
    }
}

/// The evaluations of a complete run that its family's ledger lacks; damaged segments hold nothing.
pub fn uncounted(workspace: &Workspace, family: &str) -> Result<Vec<(RunId, u64)>> {
    let segments = segments::list(&workspace.trials(family))?.0;
    let (intact, _) = parted(segments)?;
    let Lost { rows, .. } = lost(workspace, family, &intact)?;
    Ok(rows.into_iter().map(|((_, run), rows)| (run, rows.len() as u64)).collect())
}

/// Restores what can be restored, and accepts that the rest is lost. `recorded` is the highest number of trials that a
/// run of the family noted.
pub fn repair(workspace: &Workspace, family: &str, recorded: u64) -> Result<Repair> {
    let folder = workspace.trials(family);
    // Before the right to add is held: a list that finds gaps waits for it.
    segments::list(&folder)?;
    let appending = Appending::wait(&folder)?;
    let segments = segments::entries(&folder)?;
    let mut last = segments.last().map_or(0, |segment| segment.ordinal).max(segments::noted(&folder));
    let missing = segments::gaps(&folder, &segments, last);
    let (intact, damaged) = parted(segments)?;
    let Lost { rows: lost, unreadable } = lost(workspace, family, &intact)?;
    let mut repair = Repair {
        set_aside: Vec::new(),
        restored: lost.iter().map(|(_, rows)| rows.len() as u64).sum(),
        runs: lost.len(),
        unreadable,
    };
    let free = free(&missing, &intact, &damaged);
    let mut filled: BTreeMap<u64, Vec<TrialRow>> = free.iter().map(|at| (*at, Vec::new())).collect();
    let began = began(workspace, family, &intact)?;
    for (run, rows) in lost {
        // Where it most likely was: behind all that was written of runs that began before it.
        let behind = began.iter().filter(|(other, _)| **other < run).map(|(_, ordinal)| *ordinal).max();
        let place = free.iter().find(|at| behind.is_none_or(|behind| **at > behind)).or(free.last());
        let place = place.copied().unwrap_or_else(|| {
            last += 1;
            last
        });
        filled.entry(place).or_default().extend(rows);
    }
    for (ordinal, rows) in &filled {
        segments::write_restored(&folder, *ordinal, family, rows)?;
    }
    for segment in damaged {
        repair.set_aside.push(segment.set_aside()?);
    }
    let is_marked = !filled.is_empty() || intact.iter().any(|segment| segment.restored);
    if !is_marked && summary(workspace, family)?.traded() < recorded {
        // An empty one says that what is lacking was missed and cannot be had again.
        last += 1;
        segments::write_restored(&folder, last, family, &[])?;
    }
    appending.note(last);
    Ok(repair)
}

/// Intact and damaged segments.
fn parted(segments: Vec<Segment>) -> Result<(Vec<Segment>, Vec<Segment>)> {
    let (mut intact, mut damaged) = (Vec::new(), Vec::new());
    for segment in segments {
        let into = if segment.fault()?.is_none() { &mut intact } else { &mut damaged };
        into.push(segment);
    }
    Ok((intact, damaged))
}

/// Ordinals that nothing intact has.
fn free(missing: &[LedgerFault], intact: &[Segment], damaged: &[Segment]) -> BTreeSet<u64> {
    let of_gap = |gap: &LedgerFault| match gap {
        LedgerFault::Missing { first, last, .. } => Some(*first..=*last),
        _ => None,
    };
    let of_gaps = missing.iter().filter_map(of_gap).flatten();
    let taken: BTreeSet<u64> = intact.iter().map(|segment| segment.ordinal).collect();
    of_gaps.chain(damaged.iter().map(|segment| segment.ordinal)).filter(|at| !taken.contains(at)).collect()
}

/// What complete runs of a family hold and its intact segments do not.
#[derive(Default)]
struct Lost {
    /// By run, the oldest first.
    rows: Vec<(Began, Vec<TrialRow>)>,
    unreadable: Vec<RunId>,
}

fn lost(workspace: &Workspace, family: &str, intact: &[Segment]) -> Result<Lost> {
    let runs = complete(workspace, family)?;
    let mut known: BTreeMap<RunId, Vec<u64>> = runs.iter().map(|(_, run)| (*run, Vec::new())).collect();
    for segment in intact {
        segment.read(family, |rows| {
            for row in rows {
                if let Some(known) = known.get_mut(&row.run_id) {
                    known.push(row.trial_id);
                }
            }
        })?;
    }
    let mut lost = Lost::default();
    for began in runs {
        let mut known = known.remove(&began.1).unwrap_or_default();
        known.sort_unstable();
        // What a damaged run held is not known; the check of runs tells what is wrong with it.
        let Ok(rows) = rows(workspace, began.1) else {
            lost.unreadable.push(began.1);
            continue;
        };
        let rows: Vec<_> =
            rows.into_iter().filter(|row| known.binary_search(&row.trial_id).is_err()).collect();
        if !rows.is_empty() {
            lost.rows.push((began, rows));
        }
    }
    Ok(lost)
}

/// The lines of a run in the ledger, made of its strategies.
fn rows(workspace: &Workspace, run_id: RunId) -> Result<Vec<TrialRow>> {
    let path = workspace.run(run_id).join("strategies.parquet");
    let rows = parquet_file::read_some_columns::<TrialColumns>(&path, StrategyRow::table())?;
    let row = |row: TrialColumns| TrialRow {
        trial_id: row.trial_id.bits(),
        sharpe_per_bar: row.sharpe_per_bar,
        // Equity that never moved has no Sharpe ratio: where there is one, there was a trade, open or not reported.
        trades: row.total_trades.unwrap_or(0).max(i64::from(row.sharpe_per_bar.is_some())),
        run_id,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Where the last evaluation of each complete run of the family is.
fn began(workspace: &Workspace, family: &str, intact: &[Segment]) -> Result<BTreeMap<Began, u64>> {
    let began: BTreeMap<RunId, Began> =
        complete(workspace, family)?.into_iter().map(|began| (began.1, began)).collect();
    let mut last = BTreeMap::new();
    for segment in intact {
        segment.read(family, |rows| {
            last.extend(rows.iter().filter_map(|row| Some((*began.get(&row.run_id)?, segment.ordinal))));
        })?;
    }
    Ok(last)
}

/// The complete runs of a family, the oldest first.
fn complete(workspace: &Workspace, family: &str) -> Result<Vec<Began>> {
    let listing = run::list_as(workspace, |entry| match entry.state {
        RunState::Complete(metadata) if metadata.facts.family == family => {
            Some((metadata.wall_clock.created_at, metadata.run_id))
        }
        _ => None,
    })?;
    let mut runs: Vec<Began> = listing.runs.into_iter().flatten().collect();
    runs.sort();
    Ok(runs)
}
