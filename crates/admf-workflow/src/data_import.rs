//! `admf data import`: files of prices become a dataset, with a receipt.

use crate::{WorkflowError, dataset_sheets};
use admf_model::{CellKind, ContentHash, Sheet, Timestamp};
use admf_store::Workspace;
use admf_store::market::{self, Receipt, Source};
use std::path::PathBuf;

/// What to import.
#[derive(Clone, Debug)]
pub struct DataImportRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// Files, each as `FILE` or `SYMBOL=FILE`.
    pub files: Vec<String>,
    /// Name of the dataset.
    pub name: String,
    /// Family whose trials are counted together; that of the dataset's last import, else its name.
    pub family: Option<String>,
    /// The time of the import.
    pub now: Timestamp,
}

/// What was imported and how the files were read.
#[derive(Clone, Debug)]
pub struct DataImportReport {
    /// Name of the dataset.
    pub name: String,
    /// Family whose trials are counted together.
    pub family: String,
    /// Content hash of the version.
    pub content_hash: ContentHash,
    /// What became of the version, such as `new` or `already there`.
    pub outcome: String,
    /// Length of a bar, such as `1d`.
    pub interval: String,
    /// What annualised numbers rest on, in words.
    pub calendar: String,
    /// Bars of all symbols.
    pub bars: usize,
    /// Rows without any value, such as holidays.
    pub skipped: u64,
    /// Rows that were not imported.
    pub rejected: usize,
    /// The version's folder.
    pub folder: PathBuf,
    /// A row per symbol.
    pub symbols: Sheet,
    /// A row per file.
    pub sources: Sheet,
    /// The first rejected rows: file, line, reason.
    pub rejects: Sheet,
    /// Where all rejected rows are listed.
    pub reject_file: Option<PathBuf>,
    /// What the user should know about how the files were read.
    pub notes: Vec<String>,
}

/// Imports; an error leaves what was there before as it was.
pub fn data_import(request: DataImportRequest) -> Result<DataImportReport, WorkflowError> {
    let DataImportRequest { workspace, files, name, family, now } = request;
    let sources = files.iter().map(|file| Source::from_argument(file)).collect();
    import_sources(&workspace, sources, &name, family, now)
}

/// Imports what was opened already.
pub(crate) fn import_sources(
    workspace: &Workspace,
    sources: Vec<Source>,
    name: &str,
    family: Option<String>,
    now: Timestamp,
) -> Result<DataImportReport, WorkflowError> {
    let import = market::Request { sources, name: name.to_owned(), family, bars_per_year: None, now };
    Ok(market::import(&workspace.market(), import, &|_| ())?.into())
}

impl From<Receipt> for DataImportReport {
    fn from(receipt: Receipt) -> Self {
        let mut rejects =
            Sheet::new([("file", CellKind::Text), ("line", CellKind::Integer), ("reason", CellKind::Text)]);
        for reject in &receipt.rejects {
            let line = usize::try_from(reject.line).unwrap_or(usize::MAX);
            rejects.push(vec![reject.file.as_str().into(), line.into(), reject.reason.to_string().into()]);
        }
        Self {
            bars: receipt.bars(),
            skipped: receipt.skipped(),
            notes: receipt.notes().iter().map(ToString::to_string).collect(),
            outcome: receipt.outcome.to_string(),
            interval: receipt.description.interval.to_string(),
            calendar: dataset_sheets::calendar(&receipt.description),
            symbols: dataset_sheets::symbols(&receipt.description.symbols),
            sources: dataset_sheets::sources(&receipt.description.sources),
            content_hash: receipt.description.content_hash,
            name: receipt.description.name,
            family: receipt.description.family,
            rejected: receipt.rejected,
            rejects,
            reject_file: receipt.reject_file,
            folder: receipt.folder,
        }
    }
}
