//! Files read, put together and checked: all of an import but for keeping it.

use super::assemble::{Assembled, Places, assemble};
use super::content_hash;
use super::description::{BarTime, CalendarNote, SourceSummary};
use super::dialect::RowOrder;
use super::error::MarketError;
use super::import::{Progress, Request};
use super::interval::{longest, most_common_gap, shared_interval};
use super::name::is_symbol;
use super::parquet_source;
use super::parse::{self, File};
use super::quality::{self, Findings};
use super::receipt::REJECTS_SHOWN;
use super::reject::Reject;
use super::source::Source;
use super::stamps::{Stamps, to_closes};
use admf_model::{Bars, Calendar, ContentHash, Interval, Timestamp};

/// What files would become, and what is wrong with them.
pub(super) struct Inspection {
    pub(super) symbols: Vec<Bars>,
    pub(super) interval: Interval,
    pub(super) bar_time: BarTime,
    pub(super) calendar: CalendarNote,
    pub(super) content_hash: ContentHash,
    pub(super) sources: Vec<SourceSummary>,
    pub(super) rejects: Vec<(usize, Reject)>,
    pub(super) findings: Findings,
}

/// Reads and checks the files of a request.
pub(super) fn inspect(request: &Request, progress: &dyn Fn(Progress<'_>)) -> Result<Inspection, MarketError> {
    let labels: Vec<String> = request.sources.iter().map(Source::label).collect();
    let mut files = Vec::with_capacity(labels.len());
    for (index, source) in request.sources.iter().enumerate() {
        let file = labels[index].as_str();
        let report = |rows, bytes, total_bytes| {
            progress(Progress { file, index, files: labels.len(), rows, bytes, total_bytes });
        };
        files.push(if source.is_parquet()? {
            parquet_source::read_file(source, &request.reading, &report)?
        } else {
            parse::read_file(source, &request.reading, &report)?
        });
    }
    close_bars(&mut files, request.reading.interval)?;
    let mut findings = Findings::default();
    for (label, file) in labels.iter().zip(&files).filter(|(_, file)| file.dialect.order == RowOrder::Mixed) {
        let order = file.order;
        let (first, rows) = if order.falling <= order.rising {
            (order.first_fall, order.falling)
        } else {
            (order.first_rise, order.rising)
        };
        findings.add_disorder(label, u64::from(first), rows);
    }
    let Assembled { symbols, places, rejects, rejected } = assemble(&labels, &mut files, &mut findings)?;
    check_symbols(&symbols, &rejects, &files)?;
    let interval = match request.reading.interval {
        Some(interval) => interval,
        None => shared_interval(&symbols)?,
    };
    let calendar = calendar(&symbols, interval, request.bars_per_year)?;
    let mut flagged = Findings::default();
    quality::inspect(&symbols, interval, calendar.bars_per_year, &mut flagged);
    findings.extend_placed(&flagged, |symbol, bar| place(&symbols, &places, &labels, symbol, bar));
    let summaries = request.sources.iter().zip(files).zip(rejected);
    Ok(Inspection {
        bar_time: BarTime::of(interval, &symbols),
        content_hash: content_hash(&symbols),
        sources: summaries.map(|((source, file), rejected)| summarise(source, file, rejected)).collect(),
        symbols,
        interval,
        calendar,
        rejects,
        findings,
    })
}

fn place(
    symbols: &[Bars],
    places: &[Places],
    labels: &[String],
    symbol: &str,
    bar: usize,
) -> Option<(String, u64)> {
    let at = symbols.binary_search_by(|bars| bars.symbol().cmp(symbol)).ok()?;
    let (file, line) = places.get(at)?.of(bar)?;
    Some((labels.get(file)?.clone(), line))
}

/// Makes the times of all files closing times.
fn close_bars(files: &mut [File], given: Option<Interval>) -> Result<(), MarketError> {
    if files.iter().all(|file| file.stamps == Stamps::Close) {
        return Ok(());
    }
    // A shift of all times does not change the gaps between them.
    let parts = files.iter().flat_map(|file| file.symbols.values());
    let longest = parts.max_by_key(|part| part.times.len());
    let interval = given.or_else(|| most_common_gap(&longest?.times));
    // Without two bars there is no interval, which is said later.
    let Some(interval) = interval else { return Ok(()) };
    for file in files {
        let midnight = |time: &Timestamp| time.micros().rem_euclid(Interval::DAY.micros()) == 0;
        let dated = file.symbols.values().all(|part| part.times.iter().all(midnight));
        for part in file.symbols.values_mut() {
            to_closes(&mut part.times, file.stamps, interval, dated);
        }
    }
    Ok(())
}

fn check_symbols(symbols: &[Bars], rejects: &[(usize, Reject)], files: &[File]) -> Result<(), MarketError> {
    if symbols.is_empty() {
        return Err(MarketError::NoBars {
            skipped: files.iter().map(|file| file.skipped).sum(),
            rejected: rejects.len() as u64,
            first: rejects.iter().take(REJECTS_SHOWN).map(|(_, reject)| reject.to_string()).collect(),
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
        folds: file.folds,
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
