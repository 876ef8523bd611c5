//! The import: files of prices become an immutable version of a dataset.

use super::assemble::{Assembled, assemble};
use super::description::{
    BarTime, CalendarNote, Description, FORMAT, SourceSummary, SymbolSummary, WallClock,
};
use super::error::MarketError;
use super::interval::{longest, shared_interval};
use super::name::is_symbol;
use super::parse::{File, read_file};
use super::receipt::{Outcome, REJECTS_SHOWN, Receipt};
use super::reject::Reject;
use super::source::Source;
use super::{content_hash, load, versions};
use crate::name::{self, NameKind};
use admf_model::{Bars, Calendar, ContentHash, Interval, Timestamp};
use std::path::Path;

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
    request: Request,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Receipt, MarketError> {
    check_request(&request)?;
    let Request { sources, name, family, bars_per_year, now } = request;
    let labels: Vec<String> = sources.iter().map(Source::label).collect();
    let mut files = Vec::with_capacity(sources.len());
    for (index, source) in sources.iter().enumerate() {
        let file = labels[index].as_str();
        files.push(read_file(source, &|rows, bytes, total_bytes| {
            progress(Progress { file, index, files: labels.len(), rows, bytes, total_bytes });
        })?);
    }
    let Assembled { symbols, rejects, rejected } = assemble(&labels, &mut files)?;
    check_symbols(&symbols, &rejects, &files)?;
    let summaries = sources.iter().zip(files).zip(rejected);
    let sources = summaries.map(|((source, file), rejected)| summarise(source, file, rejected)).collect();
    let interval = shared_interval(&symbols)?;
    let draft = Draft {
        calendar: calendar(&symbols, interval, bars_per_year)?,
        bar_time: BarTime::of(interval, &symbols),
        content_hash: content_hash(&symbols),
        name,
        family,
        interval,
        sources,
        now,
    };
    store(root, draft, &symbols, &rejects)
}

/// What is known of a version before its place among the others.
struct Draft {
    name: String,
    family: Option<String>,
    content_hash: ContentHash,
    interval: Interval,
    bar_time: BarTime,
    calendar: CalendarNote,
    sources: Vec<SourceSummary>,
    now: Timestamp,
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

fn check_symbols(symbols: &[Bars], rejects: &[Reject], files: &[File]) -> Result<(), MarketError> {
    if symbols.is_empty() {
        return Err(MarketError::NoBars {
            skipped: files.iter().map(|file| file.skipped).sum(),
            rejected: rejects.len() as u64,
            first: rejects.iter().take(REJECTS_SHOWN).map(Reject::to_string).collect(),
        });
    }
    match symbols.iter().map(Bars::symbol).find(|symbol| !is_symbol(symbol)) {
        Some(symbol) => Err(MarketError::Symbol { symbol: symbol.to_owned() }),
        None => Ok(()),
    }
}

fn summarise(source: &Source, file: File, rejected: u64) -> SourceSummary {
    SourceSummary {
        file: source.file_name(),
        sha256: file.fingerprint.sha256,
        bytes: file.fingerprint.bytes,
        rows: file.rows,
        skipped: file.skipped,
        rejected,
        dialect: file.dialect,
    }
}

fn calendar(
    symbols: &[Bars],
    interval: Interval,
    bars_per_year: Option<f64>,
) -> Result<CalendarNote, MarketError> {
    let bars = longest(symbols).ok_or(MarketError::TooFewBars { symbol: None })?;
    let Calendar { bars_per_year: derived, observed } = Calendar::derive(bars.timestamps(), interval)
        .ok_or_else(|| MarketError::TooFewBars { symbol: Some(bars.symbol().to_owned()) })?;
    Ok(CalendarNote {
        bars_per_year: bars_per_year.unwrap_or(derived),
        observed,
        overridden: bars_per_year.is_some(),
    })
}

/// Gives the draft its place among the versions of its name and writes what is not there yet.
fn store(root: &Path, draft: Draft, symbols: &[Bars], rejects: &[Reject]) -> Result<Receipt, MarketError> {
    let _lock = versions::lock(root)?;
    let hash = draft.content_hash;
    let folder = versions::folder(root, &draft.name, hash);
    let earlier = load::readable_versions(root, &draft.name)?;
    let current = earlier.first();
    let same = earlier.iter().find(|version| version.content_hash == hash);
    let previous = current.map(|version| version.content_hash).filter(|current| *current != hash);
    let intact = same.is_some() && versions::is_intact(&folder, hash);
    let outcome = match (same, previous) {
        (Some(_), _) if !intact => Outcome::Repaired,
        (Some(_), Some(previous)) => Outcome::MadeCurrent { previous },
        (Some(_), None) => Outcome::AlreadyThere,
        (None, Some(previous)) => Outcome::NewVersion { previous },
        (None, None) => Outcome::New,
    };
    let description = describe(draft, symbols, current);
    if !intact {
        versions::write_bars(&folder, symbols)?;
    }
    let reject_file = versions::write_rejects(&folder, rejects)?;
    let as_before = same.is_some_and(|old| {
        *old == Description { wall_clock: old.wall_clock, ..description.clone() } && previous.is_none()
    });
    if !as_before {
        versions::write_description(&folder, &description)?;
    }
    let shown = rejects.iter().take(REJECTS_SHOWN).cloned().collect();
    Ok(Receipt { description, outcome, rejected: rejects.len(), rejects: shown, reject_file, folder })
}

/// The description of a version that follows `current`.
fn describe(draft: Draft, symbols: &[Bars], current: Option<&Description>) -> Description {
    let kept = || current.map_or_else(|| draft.name.clone(), |version| version.family.clone());
    let ordinal = current.map_or(0, |version| version.wall_clock.ordinal) + 1;
    Description {
        format: FORMAT,
        family: draft.family.unwrap_or_else(kept),
        name: draft.name,
        content_hash: draft.content_hash,
        interval: draft.interval,
        bar_time: draft.bar_time,
        calendar: draft.calendar,
        symbols: symbols.iter().filter_map(SymbolSummary::of).collect(),
        sources: draft.sources,
        wall_clock: WallClock { imported_at: draft.now, ordinal },
    }
}

#[cfg(test)]
mod tests;
