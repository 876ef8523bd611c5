//! The small JSON files of a run: whatever they hold, the run is listed, or named as damaged.

use crate::{assert_sound, fresh, workspace_in, write_parts};
use admf_workflow::runs_list::{RunsListRequest, runs_list};
use admf_workflow::workspace_scan::{Scanned, WorkspaceScanRequest, workspace_scan};
use std::path::Path;

/// The run's id is that of its folder.
const RUN: &str = "2a372f1cc5aefdbb";
/// The files, in the order of the parts of an input.
const FILES: [&str; 3] = ["metadata.json", "summary/performance.json", "checkpoint/begun.json"];

pub(crate) fn metadata(folder: &Path, bytes: &[u8]) {
    let workspace = workspace_in(folder);
    let runs = workspace.runs();
    fresh(&runs);
    write_parts(&runs.join(RUN), &FILES, bytes);
    let listed =
        runs_list(&RunsListRequest { workspace: workspace.clone() }).expect("damage hides nothing else");
    let seen = listed.runs.rows.len() + listed.damaged.len();
    assert_eq!(seen, 1, "the run is listed once, or said to be damaged once");
    let request =
        WorkspaceScanRequest { scanned: Scanned::Workspace(workspace), limit: 10, min_sharpe: None };
    match workspace_scan(&request) {
        Ok(report) => assert!(report.matching <= report.seen),
        Err(error) => assert_sound(&error),
    }
}
