//! `admf demo`: a workspace with the sample data, imported and swept.

use crate::data_import::DataImportReport;
use crate::run::{RunObserver, RunReport, RunRequest, run};
use crate::{WorkflowError, Workspace, samples};
use admf_model::Timestamp;
use admf_store::StoreError;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What the demo runs.
pub const SPEC: &str = include_str!("../demo/spec.yaml");

/// A first question in SQL.
const NEXT_SQL: &str = include_str!("../demo/next.sql");

/// Where and how.
pub struct DemoRequest<'a> {
    /// Folder of the workspace; created if need be.
    pub folder: PathBuf,
    /// Threads; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Tells the time.
    pub clock: &'a dyn Fn() -> Timestamp,
}

/// What the demo did.
#[derive(Clone, Debug)]
pub struct DemoReport {
    /// The workspace.
    pub workspace: Workspace,
    /// The sweep.
    pub run: RunReport,
    /// Arguments of three commands to try next.
    pub next: [Vec<String>; 3],
}

/// Imports the sample data and sweeps it. In a folder that is a workspace already, data that is there stays and the
/// sweep is run once more.
pub fn demo(
    request: &DemoRequest<'_>,
    imported: &mut dyn FnMut(&DataImportReport),
    observer: &mut dyn RunObserver,
) -> Result<DemoReport, WorkflowError> {
    let workspace = match Workspace::open(&request.folder) {
        Ok(workspace) => workspace,
        Err(StoreError::NoWorkspace { .. }) => Workspace::init(&request.folder)?,
        Err(error) => return Err(error.into()),
    };
    for sample in [samples::STOCKS, samples::INDICES, samples::VIX] {
        imported(&sample.import(&workspace, (request.clock)())?);
    }
    let run_request = RunRequest {
        workspace: &workspace,
        spec_name: "demo.yaml".to_owned(),
        spec_text: SPEC.to_owned(),
        threads: request.threads,
        clock: request.clock,
    };
    let run = run(&run_request, observer)?;
    let next = [
        vec!["analytics", "scan", "--min-sharpe", "0", "--top", "50"],
        vec!["runs", "show", "@last"],
        vec!["sql", NEXT_SQL.trim()],
    ];
    Ok(DemoReport { workspace, run, next: next.map(|c| c.into_iter().map(str::to_owned).collect()) })
}
