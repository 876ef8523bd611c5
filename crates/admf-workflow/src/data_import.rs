//! `admf data import`: files of prices become a dataset, with a receipt.

pub mod reading;
mod rejects;

use crate::{WorkflowError, dataset_sheets};
use admf_model::{ContentHash, Sheet, Timestamp};
use admf_store::Workspace;
use admf_store::market::{self, Receipt, Source};
use reading::ReadingArguments;
use std::path::PathBuf;

/// What to import.
#[derive(Clone, Debug)]
pub struct DataImportRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// Files, each as `FILE` or `SYMBOL=FILE`; a file may be a pattern or a folder.
    pub files: Vec<String>,
    /// Name of the dataset.
    pub name: String,
    /// Family whose trials are counted together; that of the dataset's last import, else its name.
    pub family: Option<String>,
    /// Bars per year, instead of what the bars tell.
    pub bars_per_year: Option<f64>,
    /// What the user says about the files.
    pub reading: ReadingArguments,
    /// Rows that are rejected refuse the import, unless there is a file to list them in.
    pub rejects: Option<PathBuf>,
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
    /// A row per rule and symbol: how many bars were flagged.
    pub flags: Sheet,
    /// How many bars were flagged.
    pub flagged: u64,
    /// A row per reason for which rows were not imported: how many, and where the first one is.
    pub rejects: Sheet,
    /// How many reasons there are, shown or not.
    pub reject_reasons: usize,
    /// Where all rejected rows are listed.
    pub reject_file: Option<PathBuf>,
    /// What the user should know about how the files were read.
    pub notes: Vec<String>,
    /// What is probably not as intended.
    pub warnings: Vec<String>,
}

/// Imports; an error leaves what was there before as it was.
pub fn data_import(request: DataImportRequest) -> Result<DataImportReport, WorkflowError> {
    let DataImportRequest { workspace, files, name, family, bars_per_year, reading, rejects, now } = request;
    let sources = Source::from_arguments(&files)?;
    let reading = reading.parse()?;
    import(&workspace, &market::Request { sources, name, family, bars_per_year, reading, rejects, now })
}

/// Imports what was opened already.
pub(crate) fn import_sources(
    workspace: &Workspace,
    sources: Vec<Source>,
    name: &str,
    family: Option<String>,
    now: Timestamp,
) -> Result<DataImportReport, WorkflowError> {
    let request = market::Request {
        sources,
        name: name.to_owned(),
        family,
        bars_per_year: None,
        reading: market::Reading::default(),
        rejects: None,
        now,
    };
    import(workspace, &request)
}

fn import(workspace: &Workspace, request: &market::Request) -> Result<DataImportReport, WorkflowError> {
    Ok(market::import(&workspace.market(), request, &|_| ())?.into())
}

/// What is right by the letter and rarely what was meant.
fn warnings(receipt: &Receipt) -> Vec<String> {
    let description = &receipt.description;
    let calendar = description.calendar;
    let mut warnings = Vec::new();
    if !calendar.overridden && calendar.bars_per_year < 1.0 {
        warnings.push(format!(
            "{:.2} bars per year are less than one: every annualised number rests on this; if the dates are right, \
             import again with --bars-per-year N",
            calendar.bars_per_year
        ));
    }
    for flag in description.flags.iter().filter(|flag| flag.rule == "mixed_intervals") {
        warnings.push(format!(
            "{} has bars of more than one length: indicators count bars and annualised numbers rest on {}, so that neither \
             holds for all of them; import them under two names",
            flag.symbol, description.interval
        ));
    }
    warnings
}

impl From<Receipt> for DataImportReport {
    fn from(receipt: Receipt) -> Self {
        let (rejects, reject_reasons) = rejects::by_reason(&receipt);
        Self {
            warnings: warnings(&receipt),
            flags: dataset_sheets::flags(&receipt.description.flags),
            flagged: receipt.findings.total(),
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
            reject_reasons,
            reject_file: receipt.reject_file,
            folder: receipt.folder,
        }
    }
}
