//! `admf init --example`: a workspace with one of the numbered examples, its data imported.
//!
//! The examples are the folders of `examples/`, built into the program. Their READMEs are run by a test, from the first
//! command to the last.

mod list;

use crate::data_import::DataImportReport;
use crate::init::{InitReport, InitRequest, init};
use crate::samples::Sample;
use crate::{WorkflowError, Workspace};
use admf_model::{CellKind, Sheet, Timestamp};
use admf_rules::nearest;
use admf_store::{StoreError, durable};
use std::fs;
use std::path::{Path, PathBuf};

pub use list::EXAMPLES;

/// One of the numbered examples.
pub struct Example {
    /// Its folder, a number and a name: `01-first-sweep`.
    pub folder: &'static str,
    /// Arguments of the first command after the workspace is there.
    pub first: &'static str,
    /// Sample prices that it needs.
    samples: &'static [Sample],
    /// Name and text of every file, the README first.
    files: &'static [(&'static str, &'static str)],
}

impl Example {
    /// The name without its number, by which it is asked for.
    pub fn name(&self) -> &'static str {
        self.folder.split_once('-').map_or(self.folder, |(_, name)| name)
    }

    /// What it is about: the heading of its README.
    pub fn title(&self) -> &'static str {
        let (_, readme) = self.files[0];
        readme.lines().next().unwrap_or_default().trim_start_matches("# ")
    }

    fn is_called(&self, name: &str) -> bool {
        let number = self.folder.split_once('-').map_or("", |(number, _)| number);
        [self.folder, self.name(), number, number.trim_start_matches('0')].contains(&name)
    }
}

/// Which example, and where.
#[derive(Clone, Debug)]
pub struct ExampleRequest {
    /// Its name or number.
    pub example: String,
    /// Folder of the workspace; created if need be.
    pub folder: PathBuf,
    /// The time of the import.
    pub now: Timestamp,
}

/// The workspace with the example in it.
pub struct ExampleReport {
    /// The example.
    pub example: &'static Example,
    /// The workspace; no warning of one around it where it was there before.
    pub init: InitReport,
    /// The sample prices that were imported.
    pub imported: Vec<DataImportReport>,
    /// Names of the files that were written.
    pub written: Vec<&'static str>,
}

/// Writes the example's files into a workspace, which is made if need be, and imports its data.
///
/// Files that are there with the same text stay; one with another text is an error, and nothing is written then.
pub fn example(request: &ExampleRequest) -> Result<ExampleReport, WorkflowError> {
    let example = find(&request.example)?;
    let missing = missing(example, &request.folder)?;
    let init = match Workspace::open(&request.folder) {
        Ok(workspace) => InitReport { workspace, inside: None },
        Err(StoreError::NoWorkspace { .. }) => init(&InitRequest { folder: request.folder.clone() })?,
        Err(error) => return Err(error.into()),
    };
    for (name, text) in &missing {
        write(&request.folder.join(name), text)?;
    }
    let import = |sample: &Sample| sample.import(&init.workspace, request.now);
    let imported = example.samples.iter().map(import).collect::<Result<_, _>>()?;
    let written = missing.into_iter().map(|(name, _)| name).collect();
    Ok(ExampleReport { example, init, imported, written })
}

/// A row per example.
pub fn examples() -> Sheet {
    let mut sheet = Sheet::new([("example", CellKind::Text), ("shows", CellKind::Text)]);
    EXAMPLES.iter().for_each(|example| sheet.push(vec![example.name().into(), example.title().into()]));
    sheet
}

fn find(name: &str) -> Result<&'static Example, WorkflowError> {
    EXAMPLES.iter().find(|example| example.is_called(name)).ok_or_else(|| {
        let all: Vec<&str> = EXAMPLES.iter().map(Example::name).collect();
        let meant = nearest(name, all.iter().copied()).map(|near| format!("did you mean `{near}`? "));
        WorkflowError::Usage {
            message: format!("there is no example `{name}`"),
            help: Some(format!("{}there are {}", meant.unwrap_or_default(), all.join(", "))),
        }
    })
}

/// The files that are not in the folder yet.
fn missing(example: &Example, folder: &Path) -> Result<Vec<(&'static str, &'static str)>, WorkflowError> {
    let mut missing = Vec::new();
    for (name, text) in example.files {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(there) if there == text.as_bytes() => {}
            Ok(_) => {
                return Err(WorkflowError::Usage {
                    message: format!("{} is there already and is another file", path.display()),
                    help: Some(format!(
                        "name another folder: `admf init --example {0} {0}`; nothing was written",
                        example.name()
                    )),
                });
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => missing.push((*name, *text)),
            Err(error) => return Err(WorkflowError::File { path, error }),
        }
    }
    Ok(missing)
}

/// Whole or not at all: half a file would be taken for one of the user's own.
fn write(path: &Path, text: &str) -> Result<(), WorkflowError> {
    durable::create_folders(path.parent().unwrap_or(Path::new(".")))?;
    Ok(durable::write(path, text.as_bytes())?)
}

#[cfg(test)]
mod tests;
