//! `admf data show`: one dataset in detail.

use crate::{WorkflowError, dataset_sheets};
use admf_model::{CellKind, ContentHash, Sheet, Timestamp};
use admf_store::Workspace;
use admf_store::market::{self, BarTime, Description};
use std::path::PathBuf;

/// Which dataset.
#[derive(Clone, Debug)]
pub struct DataShowRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// `name`, or `name@hash` for an older version.
    pub dataset: String,
}

/// The dataset.
#[derive(Clone, Debug)]
pub struct DataShowReport {
    /// Its name.
    pub name: String,
    /// Family whose trials are counted together.
    pub family: String,
    /// Content hash of this version.
    pub content_hash: ContentHash,
    /// Length of a bar, such as `1d`.
    pub interval: String,
    /// What the time of a bar means, in words.
    pub bar_time: &'static str,
    /// What annualised numbers rest on, in words.
    pub calendar: String,
    /// When this version was imported.
    pub imported_at: Timestamp,
    /// The version's folder.
    pub folder: PathBuf,
    /// A row per symbol.
    pub symbols: Sheet,
    /// A row per imported file.
    pub sources: Sheet,
    /// A row per rule and symbol: how many bars were flagged at import.
    pub flags: Sheet,
    /// A row per version, the current one first.
    pub versions: Sheet,
}

/// Shows the version.
pub fn data_show(request: &DataShowRequest) -> Result<DataShowReport, WorkflowError> {
    let details = market::show(&request.workspace.market(), &request.dataset)?;
    let description = details.description;
    Ok(DataShowReport {
        interval: description.interval.to_string(),
        bar_time: match description.bar_time {
            BarTime::SessionDate => "session dates, meaning the session's close",
            BarTime::Close => "closing times, UTC",
        },
        calendar: dataset_sheets::calendar(&description),
        imported_at: description.wall_clock.imported_at,
        symbols: dataset_sheets::symbols(&description.symbols),
        sources: dataset_sheets::sources(&description.sources),
        flags: dataset_sheets::flags(&description.flags),
        content_hash: description.content_hash,
        name: description.name,
        family: description.family,
        folder: details.folder,
        versions: versions(&details.versions),
    })
}

fn versions(versions: &[Description]) -> Sheet {
    let mut sheet = Sheet::new([
        ("content_hash", CellKind::Text),
        ("imported_at", CellKind::Text),
        ("bars", CellKind::Integer),
        ("last", CellKind::Text),
    ]);
    for version in versions {
        let last = version.symbols.iter().map(|symbol| symbol.last).max();
        sheet.push(vec![
            version.content_hash.to_string().into(),
            version.wall_clock.imported_at.to_string().into(),
            version.symbols.iter().map(|symbol| symbol.bars).sum::<usize>().into(),
            last.map(|time| time.to_string()).into(),
        ]);
    }
    sheet
}
