//! `admf init`: make a folder a workspace.

use crate::WorkflowError;
use admf_store::Workspace;
use std::path::{PathBuf, absolute};

/// Which folder.
#[derive(Clone, Debug)]
pub struct InitRequest {
    /// Created if need be.
    pub folder: PathBuf,
}

/// The new workspace.
#[derive(Clone, Debug)]
pub struct InitReport {
    /// The workspace.
    pub workspace: Workspace,
    /// The workspace around it, where there is one: commands use the inner one from now on.
    pub inside: Option<PathBuf>,
}

/// Makes the folder a workspace.
pub fn init(request: &InitRequest) -> Result<InitReport, WorkflowError> {
    // Absolute, so that an error names the folder and not `.`.
    let folder = absolute(&request.folder)
        .map_err(|error| WorkflowError::File { path: request.folder.clone(), error })?;
    let workspace = Workspace::init(&folder)?;
    let around = workspace.root().parent().and_then(|parent| Workspace::find(parent).ok());
    Ok(InitReport { inside: around.map(|outer| outer.root().to_owned()), workspace })
}
