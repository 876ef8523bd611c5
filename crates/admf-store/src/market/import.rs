//! The import: files of prices become an immutable version of a dataset.

use super::description::{Description, FORMAT, WallClock};
use super::error::MarketError;
use super::inspect::{Inspection, inspect, reasons};
use super::quality::FlagCount;
use super::reading::Reading;
use super::receipt::{Outcome, REJECTS_SHOWN, Receipt};
use super::reject::Reject;
use super::source::Source;
use super::spool::{Bounds, Spool};
use super::watch::Watch;
use super::{load, versions};
use crate::name::{self, NameKind};
use admf_model::Timestamp;
use std::path::{Path, PathBuf};

/// What to import.
#[derive(Clone, Debug)]
pub struct Request {
    /// The files; their order does not matter.
    pub sources: Vec<Source>,
    /// Name of the dataset.
    pub name: String,
    /// The family whose trials are counted together. Without one the family of the earlier versions goes on, and a
    /// first version's family is its name.
    pub family: Option<String>,
    /// Bars per year, instead of what the bars tell.
    pub bars_per_year: Option<f64>,
    /// How the files are to be read, where they do not tell.
    pub reading: Reading,
    /// Rows that are rejected refuse the import, unless there is a file to list them in.
    pub rejects: Option<PathBuf>,
    /// The time of the import.
    pub now: Timestamp,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file being read.
    pub file: &'a str,
    /// Its index, from 0.
    pub index: usize,
    /// Number of files.
    pub files: usize,
    /// Rows read from it.
    pub rows: u64,
    /// Bytes read from it.
    pub bytes: u64,
    /// Its size in bytes; unknown for a pipe.
    pub total_bytes: Option<u64>,
}

/// Imports files into the market at `root`. An error leaves what was there before as it was.
pub fn import(
    root: &Path,
    request: &Request,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Receipt, MarketError> {
    import_within(root, request, Bounds::default(), progress)
}

/// An import of which only so many rows are in memory.
fn import_within(
    root: &Path,
    request: &Request,
    bounds: Bounds,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Receipt, MarketError> {
    check_request(request)?;
    let watch = Watch::begin(&request.sources);
    let inspection = watch.end(inspect(request, Spool::new(root, bounds), progress))?;
    if request.rejects.is_none() && !inspection.rejects.is_empty() {
        return Err(refusal(&inspection));
    }
    store(root, request, inspection)
}

/// Reads and checks files as an import does and keeps nothing. Where a file for rejected rows is given, they are
/// listed there.
pub fn check_files(request: &Request, progress: &dyn Fn(Progress<'_>)) -> Result<Checked, MarketError> {
    check_request(request)?;
    let spool = Spool::new(&std::env::temp_dir(), Bounds::default());
    let inspection = Watch::begin(&request.sources).end(inspect(request, spool, progress))?;
    let flags = inspection.findings.counts();
    let Inspection { rejects, findings, .. } = &inspection;
    let (rejects, findings) = (rejects.iter().map(|(_, reject)| reject.clone()).collect(), findings.clone());
    Ok(Checked { description: describe(request, inspection, flags, None).0, rejects, findings })
}

/// What files would become, and all that is wrong with them.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What an import would keep; its wall clock means nothing.
    pub description: Description,
    /// The rejected rows.
    pub rejects: Vec<Reject>,
    /// What was flagged.
    pub findings: super::quality::Findings,
}

fn refusal(inspection: &Inspection) -> MarketError {
    MarketError::Rejected {
        rejected: inspection.rejects.len(),
        rows: inspection.sources.iter().map(|source| source.rows).sum(),
        reasons: reasons(&inspection.rejects),
    }
}

fn check_request(request: &Request) -> Result<(), MarketError> {
    name::check(NameKind::Dataset, &request.name)?;
    let unusable = |family: &&String| {
        family.trim().is_empty() || family.chars().count() > 64 || family.chars().any(char::is_control)
    };
    if let Some(family) = request.family.as_ref().filter(unusable) {
        return Err(MarketError::Family { family: family.clone() });
    }
    if request.sources.is_empty() {
        return Err(MarketError::NoSources);
    }
    match request.bars_per_year {
        Some(value) if !(value.is_finite() && value > 0.0) => Err(MarketError::BarsPerYear { value }),
        _ => Ok(()),
    }
}

/// Gives the version its place among the versions of its name and writes what is not there yet.
fn store(root: &Path, request: &Request, inspection: Inspection) -> Result<Receipt, MarketError> {
    let _lock = versions::lock(root)?;
    versions::sweep(root)?;
    let hash = inspection.content_hash;
    let folder = versions::folder(root, &request.name, hash);
    let earlier = load::readable_versions(root, &request.name)?;
    let current = earlier.first();
    let same = earlier.iter().find(|version| version.content_hash == hash);
    let previous = current.map(|version| version.content_hash).filter(|current| *current != hash);
    let intact = same.is_some_and(|same| versions::is_intact(&folder, same));
    let outcome = match (same, previous) {
        (Some(_), _) if !intact => Outcome::Repaired,
        (Some(_), Some(previous)) => Outcome::MadeCurrent { previous },
        (Some(_), None) => Outcome::AlreadyThere,
        (None, Some(previous)) => Outcome::NewVersion { previous },
        (None, None) => Outcome::New,
    };
    if !intact {
        versions::write_bars(&folder, &inspection.symbols)?;
    }
    let reject_file =
        versions::write_rejects(&folder, &request.sources, request.reading.encoding, &inspection.rejects)?;
    let shown = inspection.rejects.iter().take(REJECTS_SHOWN).map(|(_, reject)| reject.clone()).collect();
    let rejected = inspection.rejects.len();
    let flags = inspection.findings.counts();
    let (description, findings) = describe(request, inspection, flags, current);
    let as_before = same.is_some_and(|old| {
        *old == Description { wall_clock: old.wall_clock, ..description.clone() } && previous.is_none()
    });
    if !as_before {
        versions::write_description(&folder, &description)?;
    }
    Ok(Receipt { description, outcome, rejected, rejects: shown, reject_file, findings, folder })
}

/// The description of a version that follows `current`.
fn describe(
    request: &Request,
    inspection: Inspection,
    flags: Vec<FlagCount>,
    current: Option<&Description>,
) -> (Description, super::quality::Findings) {
    let kept = || current.map_or_else(|| request.name.clone(), |version| version.family.clone());
    let ordinal = current.map_or(0, |version| version.wall_clock.ordinal) + 1;
    let description = Description {
        format: FORMAT,
        family: request.family.clone().unwrap_or_else(kept),
        name: request.name.clone(),
        content_hash: inspection.content_hash,
        interval: inspection.interval,
        bar_time: inspection.bar_time,
        calendar: inspection.calendar,
        symbols: inspection.bars,
        sources: inspection.sources,
        flags,
        wall_clock: WallClock { imported_at: request.now, ordinal },
    };
    (description, inspection.findings)
}

#[cfg(test)]
mod tests;
