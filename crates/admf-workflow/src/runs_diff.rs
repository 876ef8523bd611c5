//! `admf runs diff`: in what two runs differ: spec, data, engine, strategies and their metrics.

mod changes;
mod settings;

use crate::{WorkflowError, database};
use admf_model::{Cell, Sheet};
use admf_store::Workspace;
use admf_store::queries::{diff_counts, diff_metrics};
use admf_store::run::{self, RunMetadata};
use changes::Changes;

/// Which runs.
#[derive(Clone, Debug)]
pub struct RunsDiffRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The beginning of the first run's id, or `@last`.
    pub first: String,
    /// The same of the second.
    pub second: String,
    /// How many changed strategies to show.
    pub limit: usize,
}

/// In what they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct RunsDiffReport {
    /// The first run.
    pub first: RunMetadata,
    /// The second run.
    pub second: RunMetadata,
    /// What their metadata says differently: `setting`, `first`, `second`.
    pub settings: Sheet,
    /// Lines of their specs that differ, as a unified diff; empty when the specs are equal.
    pub spec: String,
    /// Strategies by type: only in the first, only in the second, in both.
    pub types: Sheet,
    /// Strategies of both runs.
    pub common: u64,
    /// Strategies of the first run alone.
    pub only_in_first: u64,
    /// Strategies of the second run alone.
    pub only_in_second: u64,
    /// Strategies of both whose metrics differ by more than [`RESOLUTION`].
    pub changed: u64,
    /// Metrics that differ somewhere, and by how much at most.
    pub metrics: Sheet,
    /// The changed strategies, each with the metric that changed most; the largest changes first.
    pub strategies: Sheet,
    /// What the user should know about the answer.
    pub notes: Vec<String>,
}

/// A metric has changed when it differs by more than this share of its larger value, or of 1 where that is smaller.
pub const RESOLUTION: f64 = 1e-12;

impl RunsDiffReport {
    /// True when the second run repeats the first: same spec, data and engine, same strategies, same metrics.
    pub fn is_same(&self) -> bool {
        let same = |name: &str| {
            let is = |row: &&Vec<Cell>| row.first() == Some(&Cell::from(name));
            !self.settings.rows.iter().any(|row| is(&row))
        };
        self.spec.is_empty()
            && self.only_in_first + self.only_in_second + self.changed == 0
            && settings::DECIDING.iter().all(|name| same(name))
    }
}

/// Compares.
pub fn runs_diff(request: &RunsDiffRequest) -> Result<RunsDiffReport, WorkflowError> {
    let first = run::resolve_complete(&request.workspace, &request.first)?;
    let second = run::resolve_complete(&request.workspace, &request.second)?;
    let (mut database, mut notes) = database::open(&request.workspace)?;
    if first.run_id == second.run_id {
        notes.push("both are the same run".to_owned());
    }
    let spec = settings::spec_diff(
        &run::spec(&request.workspace, first.run_id)?,
        &run::spec(&request.workspace, second.run_id)?,
        [first.run_id, second.run_id],
    );
    let types = diff_counts(&mut database, first.run_id, second.run_id)?;
    let sum = |column: usize| -> u64 {
        let cell = |row: &Vec<Cell>| if let Cell::Integer(n) = row[column] { n.unsigned_abs() } else { 0 };
        types.rows.iter().map(cell).sum()
    };
    let mut changes = Changes::new(request.limit);
    diff_metrics(&mut database, first.run_id, second.run_id, &mut changes)?;
    Ok(RunsDiffReport {
        settings: settings::differences(&first, &second),
        spec,
        only_in_first: sum(1),
        only_in_second: sum(2),
        common: sum(3),
        types,
        changed: changes.strategies(),
        metrics: changes.metrics(),
        strategies: changes.into_sheet(),
        first,
        second,
        notes,
    })
}

#[cfg(test)]
mod tests;
