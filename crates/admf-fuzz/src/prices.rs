//! Files of prices: imported under the name of their kind, and read back where they were accepted.

use crate::{assert_sound, fresh, workspace_in};
use admf_model::Timestamp;
use admf_store::Workspace;
use admf_workflow::WorkflowError;
use admf_workflow::data_import::{DataImportReport, DataImportRequest, data_import};
use admf_workflow::data_list::{DataListRequest, data_list};
use std::fs;
use std::path::Path;

pub(crate) fn prices(folder: &Path, bytes: &[u8]) {
    let workspace = workspace_in(folder);
    fresh(&workspace.market());
    // The first bytes of compressed and Parquet files tell what they are: the name need not.
    let file = folder.join("prices.csv");
    fs::write(&file, bytes).expect("the folder can be written");
    match import(&workspace, &file.display().to_string(), "fuzz") {
        Ok(report) => {
            assert!(report.bars > 0, "a dataset without bars was stored");
            let list = data_list(&DataListRequest { workspace: workspace.clone() })
                .expect("what was stored is listed");
            assert_eq!(list.datasets.rows.len(), 1);
            let again =
                import(&workspace, &file.display().to_string(), "fuzz").expect("it was accepted before");
            assert_eq!((again.content_hash, again.bars), (report.content_hash, report.bars));
            assert_eq!(again.outcome, "already there");
        }
        Err(error) => assert_sound(&error),
    }
}

/// Imports one file.
pub(crate) fn import(
    workspace: &Workspace,
    file: &str,
    name: &str,
) -> Result<DataImportReport, WorkflowError> {
    data_import(DataImportRequest {
        workspace: workspace.clone(),
        files: vec![file.to_owned()],
        name: name.to_owned(),
        family: None,
        bars_per_year: None,
        reading: admf_workflow::data_import::reading::ReadingArguments::default(),
        rejects: None,
        now: Timestamp::from_micros(1_600_000_000_000_000),
    })
}
