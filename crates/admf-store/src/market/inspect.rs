//! Files read, put together and checked: all of an import but for keeping it.

use super::assemble::{Assembled, Places, assemble};
use super::description::{BarTime, CalendarNote, SourceSummary, SymbolSummary};
use super::dialect::RowOrder;
use super::error::{LeftOut, MarketError};
use super::import::{Progress, Request};
use super::interval::{self, longest, most_common_gap, shared_interval};
use super::name::is_symbol;
use super::parquet_source;
use super::parse::{self, File};
use super::quality::mixed_intervals::{longest_unmixed, stretches};
use super::quality::{self, Findings};
use super::reject::Reject;
use super::reject_file;
use super::source::Source;
use super::spool::Spool;
use super::stamps::{Stamps, to_closes};
use super::symbols::{Head, Symbols};
use admf_model::{Calendar, ContentHash, Interval, Timestamp};

/// What files would become, and what is wrong with them.
pub(super) struct Inspection {
    pub(super) symbols: Symbols,
    /// The same in short.
    pub(super) bars: Vec<SymbolSummary>,
    pub(super) interval: Interval,
    pub(super) bar_time: BarTime,
    pub(super) calendar: CalendarNote,
    pub(super) content_hash: ContentHash,
    pub(super) sources: Vec<SourceSummary>,
    pub(super) rejects: Vec<(usize, Reject)>,
    pub(super) findings: Findings,
}

/// Reads and checks the files of a request, and lists rejected rows where the request says.
pub(super) fn inspect(
    request: &Request,
    mut spool: Spool,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Inspection, MarketError> {
    let labels: Vec<String> = request.sources.iter().map(Source::label).collect();
    let files = read_files(request, &labels, &mut spool, progress)?;
    if request.reading.interval.is_none() {
        interval::check_files(&labels, &files)?;
    }
    judge(request, &labels, files, spool)
}

fn read_files(
    request: &Request,
    labels: &[String],
    spool: &mut Spool,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Vec<File>, MarketError> {
    let mut files = Vec::with_capacity(labels.len());
    for (index, source) in request.sources.iter().enumerate() {
        let file = labels[index].as_str();
        let report = |rows, bytes, total_bytes| {
            progress(Progress { file, index, files: labels.len(), rows, bytes, total_bytes });
        };
        files.push(if source.is_parquet()? {
            parquet_source::read_file(source, &request.reading, spool, &report)?
        } else {
            parse::read_file(source, &request.reading, spool, &report)?
        });
    }
    close_bars(&mut files, request.reading.interval)?;
    Ok(files)
}

fn judge(
    request: &Request,
    labels: &[String],
    mut files: Vec<File>,
    mut spool: Spool,
) -> Result<Inspection, MarketError> {
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
    let Assembled { symbols, places, rejects, rejected } =
        assemble(labels, &mut files, &mut spool, &mut findings)?;
    // Its file takes the place of all rows, of which nobody needs any now.
    drop(spool);
    // Before anything that too few bars could fail by: the list may tell why they are few.
    if let Some(path) = &request.rejects {
        reject_file::write(path, &request.sources, request.reading.encoding, &rejects)?;
    }
    let explain = |error: MarketError| error.with_left_out(left_out(request, &files, &rejects));
    let heads = symbols.heads();
    check_symbols(&heads).map_err(explain)?;
    let interval = match request.reading.interval {
        Some(interval) => interval,
        None => shared_interval(&heads).map_err(explain)?,
    };
    let calendar = calendar(&heads, interval, request.bars_per_year).map_err(explain)?;
    let mut flagged = Findings::default();
    let content_hash = symbols.content_hash(|| {
        quality::inspect(&symbols, &heads, interval, calendar.bars_per_year, &mut flagged)
    })?;
    findings.extend_placed(&flagged, |symbol, bar| place(&heads, &places, labels, symbol, bar));
    let bar_time = BarTime::of(interval, &heads);
    let bars = heads.iter().filter_map(SymbolSummary::of).collect();
    let summaries = request.sources.iter().zip(files).zip(rejected);
    Ok(Inspection {
        bar_time,
        bars,
        content_hash,
        sources: summaries.map(|((source, file), rejected)| summarise(source, file, rejected)).collect(),
        symbols,
        interval,
        calendar,
        rejects,
        findings,
    })
}

fn place(
    symbols: &[Head<'_>],
    places: &[Places],
    labels: &[String],
    symbol: &str,
    bar: usize,
) -> Option<(String, u64)> {
    let at = symbols.binary_search_by(|head| head.symbol.cmp(symbol)).ok()?;
    let (file, line) = places.get(at)?.of(bar)?;
    Some((labels.get(file)?.clone(), line))
}

/// Makes the times of all files closing times.
fn close_bars(files: &mut [File], given: Option<Interval>) -> Result<(), MarketError> {
    if files.iter().all(|file| file.stamps == Stamps::Close) {
        return Ok(());
    }
    // A shift of all times does not change the gaps between them.
    let interval = given.or_else(|| gap_between_bars(files));
    // Without two bars there is no interval, which is said later.
    let Some(interval) = interval else { return Ok(()) };
    for file in files {
        let midnight = |time: &Timestamp| time.micros().rem_euclid(Interval::DAY.micros()) == 0;
        let dated = file.times().all(|(_, times)| times.iter().all(midnight));
        let stamps = file.stamps;
        for times in file.times_mut() {
            // Series of one file may have periods of different lengths.
            let own = given.is_none() && stamps == Stamps::PeriodStart;
            let interval = if own { most_common_gap(times) } else { None }.unwrap_or(interval);
            to_closes(times, stamps, interval, dated);
        }
    }
    Ok(())
}

/// The gap that is most common in the longest series. Where that is short, all of its symbol's rows are put in order
/// first: how a few rows are dealt to files, and in which order they are there, would decide it otherwise.
fn gap_between_bars(files: &[File]) -> Option<Interval> {
    /// Rows whose gaps leave no doubt.
    const MANY: usize = 1000;
    let (symbol, longest) = files.iter().flat_map(File::times).max_by_key(|(_, times)| times.len())?;
    if longest.len() >= MANY {
        return most_common_gap(longest);
    }
    let of_symbol = files.iter().flat_map(File::times).filter(|(other, _)| *other == symbol);
    let mut times: Vec<Timestamp> = of_symbol.flat_map(|(_, times)| times).copied().collect();
    times.sort_unstable();
    most_common_gap(&times)
}

fn check_symbols(symbols: &[Head<'_>]) -> Result<(), MarketError> {
    if symbols.is_empty() {
        return Err(MarketError::NoBars { left_out: LeftOut::default() });
    }
    match symbols.iter().map(|head| head.symbol).find(|symbol| !is_symbol(symbol)) {
        Some(symbol) => Err(MarketError::Symbol { symbol: symbol.to_owned() }),
        None => Ok(()),
    }
}

fn left_out(request: &Request, files: &[File], rejects: &[(usize, Reject)]) -> LeftOut {
    LeftOut {
        skipped: files.iter().map(|file| file.skipped).sum(),
        rejected: rejects.len(),
        reasons: reasons(rejects),
        listed: request.rejects.clone().filter(|_| !rejects.is_empty()),
    }
}

/// Rejected rows by rule: how many, and the first one, in the order of the first of each.
pub(super) fn reasons(rejects: &[(usize, Reject)]) -> Vec<(usize, String)> {
    let mut reasons: Vec<(&str, usize, String)> = Vec::new();
    for (_, reject) in rejects {
        let rule = reject.reason.rule().name;
        match reasons.iter_mut().find(|(name, ..)| *name == rule) {
            Some((_, count, _)) => *count += 1,
            None => reasons.push((rule, 1, reject.to_string())),
        }
    }
    reasons.into_iter().map(|(_, count, first)| (count, first)).collect()
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
    symbols: &[Head<'_>],
    interval: Interval,
    bars_per_year: Option<f64>,
) -> Result<CalendarNote, MarketError> {
    let head = longest(symbols).ok_or(MarketError::too_few_bars(None))?;
    // Bars of another length would be counted as bars of this one.
    let usual = longest_unmixed(head.times.len(), &stretches(head.times, interval));
    let Calendar { bars_per_year: derived, observed } = Calendar::derive(&head.times[usual], interval)
        .ok_or_else(|| MarketError::too_few_bars(Some(head)))?;
    Ok(CalendarNote {
        bars_per_year: bars_per_year.unwrap_or(derived),
        observed,
        overridden: bars_per_year.is_some(),
    })
}
