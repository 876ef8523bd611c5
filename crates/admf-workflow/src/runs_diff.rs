//! `admf runs diff`: in what two runs differ: spec, data, engine, strategies and their metrics.
//!
//! A strategy of one run is compared with that of the other which has the same rule, parameters and symbol: where costs
//! or fills are different, what they change is seen.

mod changes;
mod settings;
mod spec;

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
    /// Keys of their specs with different values: `key`, `first`, `second`.
    pub spec: Sheet,
    /// Strategies by type: only in the first, only in the second, in both, in both on other terms.
    pub types: Sheet,
    /// Strategies of both runs: the same rule, parameters and symbol.
    pub common: u64,
    /// Of these those with other costs or another execution, whose ids differ.
    pub on_other_terms: u64,
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
        self.spec.rows.is_empty()
            && self.only_in_first + self.only_in_second + self.on_other_terms + self.changed == 0
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
    let specs = [run::spec(&request.workspace, first.run_id)?, run::spec(&request.workspace, second.run_id)?];
    let spec = spec::differences(&specs[0], &specs[1]);
    if spec.rows.is_empty() && specs[0] != specs[1] {
        notes.push("the specs differ in layout and comments alone".to_owned());
    }
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
        on_other_terms: sum(4),
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
