//! `analytics/<run_id>/correlation_matrix.json`: correlations that were computed before, kept beside the runs because
//! nothing writes into a complete one. Derived: what does not fit or cannot be read is computed again.

use super::matrix::{Matrix, Pair};
use super::{CorrelationsRequest, Of};
use crate::WorkflowError;
use admf_model::{ContentHash, RunId, SEMANTICS_VERSION, StrategyId};
use admf_stats::Merge;
use admf_store::run::{RunMetadata, StrategyKey};
use admf_store::{Workspace, durable};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Layout of the file.
const FORMAT: u32 = 1;

/// The file.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// What this file is, for those who open it.
    about: String,
    /// Of what the answer depends on.
    fingerprint: String,
    /// For each series the strategies that have it to the last bit; pairs and merges count series from 0.
    series: Vec<Vec<String>>,
    /// Strategies whose series never varies.
    undefined: Vec<String>,
    /// Sum of all correlations over all ordered pairs of strategies.
    sum: f64,
    /// Sum of their squares.
    sum_squares: f64,
    /// All pairs at or above this correlation are there.
    complete_from: f64,
    /// First series, second series, correlation; the closest first.
    pairs: Vec<(u32, u32, f64)>,
    /// The same for clusters that average linkage makes one.
    merges: Vec<(u32, u32, f64)>,
}

/// The name of the file that answers a request.
pub(super) fn name(request: &CorrelationsRequest) -> String {
    let of = if request.of == Of::Returns { "" } else { "signal_" };
    match &request.strategy {
        // Types of strategies are lower-case letters, digits and underscores.
        Some(strategy) => format!("{of}correlation_matrix.{strategy}.json"),
        None => format!("{of}correlation_matrix.json"),
    }
}

/// A hash of what the answer depends on: what the run is, which of its strategies are compared, and how.
pub(super) fn fingerprint(
    request: &CorrelationsRequest,
    metadata: &RunMetadata,
    keys: &[StrategyKey],
) -> Result<String, WorkflowError> {
    let version =
        format!("format {FORMAT}, semantics {SEMANTICS_VERSION}, engine {}", crate::run::ENGINE_VERSION);
    let facts = serde_json::to_vec(metadata)
        .map_err(|e| WorkflowError::System(format!("cannot write the metadata of a run as JSON: {e}")))?;
    let ids: Vec<u8> = keys.iter().flat_map(|key| key.strategy_id.bits().to_le_bytes()).collect();
    let parts = [version.as_bytes(), request.of.name().as_bytes(), &facts, &ids];
    Ok(ContentHash::of(&parts).to_string())
}

fn path(workspace: &Workspace, run: RunId, name: &str) -> PathBuf {
    workspace.analytics(run).join(name)
}

/// What was stored for the same question; `None` where nothing fits, whatever the reason.
pub(super) fn load(workspace: &Workspace, run: RunId, name: &str, fingerprint: &str) -> Option<Matrix> {
    let text = std::fs::read(path(workspace, run, name)).ok()?;
    let stored: Stored = serde_json::from_slice(&text).ok()?;
    if stored.fingerprint != fingerprint {
        return None;
    }
    let ids =
        |texts: &Vec<String>| texts.iter().map(|id| id.parse().ok()).collect::<Option<Vec<StrategyId>>>();
    let members = stored.series.iter().map(ids).collect::<Option<Vec<_>>>()?;
    let exists = |(first, second, _): &(u32, u32, f64)| {
        (*first as usize) < members.len() && (*second as usize) < members.len()
    };
    if !members.iter().all(|ids| !ids.is_empty()) || !stored.pairs.iter().chain(&stored.merges).all(exists) {
        return None;
    }
    let pair =
        |(first, second, correlation): &_| Pair { first: *first, second: *second, correlation: *correlation };
    let merge = |(first, second, correlation): &_| Merge {
        first: *first,
        second: *second,
        correlation: *correlation,
    };
    Some(Matrix {
        pairs: stored.pairs.iter().map(pair).collect(),
        merges: stored.merges.iter().map(merge).collect(),
        undefined: ids(&stored.undefined)?,
        members,
        complete_from: stored.complete_from,
        sum: stored.sum,
        sum_squares: stored.sum_squares,
    })
}

/// Keeps an answer; the file is there completely or not at all.
pub(super) fn store(
    workspace: &Workspace,
    run: RunId,
    name: &str,
    fingerprint: &str,
    matrix: &Matrix,
) -> Result<(), WorkflowError> {
    let ids = |ids: &Vec<StrategyId>| ids.iter().map(StrategyId::to_string).collect();
    let stored = Stored {
        about: format!(
            "correlations of strategies of run {run}, computed by `admf analytics correlations`; derived, may be deleted"
        ),
        fingerprint: fingerprint.to_owned(),
        series: matrix.members.iter().map(ids).collect(),
        undefined: ids(&matrix.undefined),
        sum: matrix.sum,
        sum_squares: matrix.sum_squares,
        complete_from: matrix.complete_from,
        pairs: matrix.pairs.iter().map(|p| (p.first, p.second, p.correlation)).collect(),
        merges: matrix.merges.iter().map(|m| (m.first, m.second, m.correlation)).collect(),
    };
    let text = serde_json::to_vec(&stored)
        .map_err(|e| WorkflowError::System(format!("cannot write correlations as JSON: {e}")))?;
    let path = path(workspace, run, name);
    durable::create_folders(path.parent().unwrap_or(workspace.root()))?;
    Ok(durable::write(&path, &text)?)
}
