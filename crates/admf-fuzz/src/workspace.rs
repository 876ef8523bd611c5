//! Folders of other programs: refused, or adopted as runs that are listed.

use crate::{assert_sound, fresh, workspace_in, write_parts};
use admf_model::Timestamp;
use admf_workflow::runs_list::{RunsListRequest, runs_list};
use admf_workflow::workspace_import::{TermsAsked, WorkspaceImportRequest, workspace_import};
use admf_workflow::workspace_scan::{Scanned, WorkspaceScanRequest, workspace_scan};
use std::fs;
use std::path::Path;

/// The files, in the order of the parts of an input.
const FILES: [&str; 7] = [
    "metadata.json",
    "signals/one/metadata.json",
    "signals/one/performance.json",
    "classifiers/two/metadata.json",
    "classifiers/two/transitions.json",
    "signals/one/signals.parquet",
    "classifiers/two/states.parquet",
];

pub(crate) fn workspace(folder: &Path, bytes: &[u8]) {
    let workspace = workspace_in(folder);
    fresh(&workspace.runs());
    fresh(&workspace.library());
    let foreign = folder.join("foreign");
    fresh(&foreign);
    write_parts(&foreign.join("run"), &FILES, bytes);
    if !foreign.join("run/signals/one/signals.parquet").exists() {
        // An input need not hold a binary part to get past it.
        fs::create_dir_all(foreign.join("run/signals/one")).expect("the folder can be written");
        fs::write(foreign.join("run/signals/one/signals.parquet"), SIGNALS)
            .expect("the folder can be written");
    }
    let scanned = Scanned::Folders(vec![foreign.clone()]);
    if let Err(error) = workspace_scan(&WorkspaceScanRequest { scanned, limit: 10, min_sharpe: None }) {
        assert_sound(&error);
    }
    let request = WorkspaceImportRequest {
        workspace: &workspace,
        folders: vec![foreign],
        name: "family/name".to_owned(),
        terms: TermsAsked { bars_per_year: Some(252.0), interval: Some("1d".to_owned()), in_percent: false },
        skip_broken: bytes.len().is_multiple_of(2),
        clock: &|| Timestamp::from_micros(1_600_000_000_000_000),
    };
    let adopted = match workspace_import(&request) {
        Ok(report) => report.run_ids.len(),
        Err(error) => {
            assert_sound(&error);
            0
        }
    };
    let listed =
        runs_list(&RunsListRequest { workspace: workspace.clone() }).expect("a workspace can be listed");
    assert_eq!((listed.runs.rows.len(), listed.incomplete, listed.damaged.len()), (adopted, 0, 0));
}

/// Signals of a strategy as another program stores them.
const SIGNALS: &[u8] = include_bytes!("../../../fixtures/foreign/run_17/signals/sma_10_50/signals.parquet");
