//! The rows of all files, put together into the bars of each symbol.

use super::draft::Part;
use super::error::MarketError;
use super::parse::File;
use super::pieces::{Pieces, Rows};
use super::quality::Findings;
use super::reject::{Reason, Reject};
use super::spool::Spool;
use super::spooled_bars::SpooledBars;
use super::symbols::Symbols;
use admf_model::{Bars, Series, SeriesBuilder, Timestamp};
use std::collections::BTreeMap;
use std::mem;

/// The bars of all symbols, sorted by symbol, and the rows left out, by file and line.
pub(super) struct Assembled {
    pub(super) symbols: Symbols,
    /// Where the bars of each symbol stood.
    pub(super) places: Vec<Places>,
    /// Rejected rows with the indices of their files.
    pub(super) rejects: Vec<(usize, Reject)>,
    /// Number of rejected rows of each file.
    pub(super) rejected: Vec<u64>,
}

/// Where the bars of a symbol stood: in most files equally far apart.
#[derive(Debug, Default)]
pub(super) struct Places {
    runs: Vec<Run>,
    bars: usize,
}

/// Bars whose lines are equally far apart.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: usize,
    file: usize,
    line: i64,
    step: i64,
}

impl Places {
    /// Index of the file, and line.
    pub(super) fn of(&self, bar: usize) -> Option<(usize, u64)> {
        let at = self.runs.partition_point(|run| run.first <= bar).checked_sub(1)?;
        let Run { first, file, line, step } = self.runs[at];
        let line = line + step * i64::try_from(bar - first).ok()?;
        (bar < self.bars).then_some((file, u64::try_from(line).ok()?))
    }

    fn push(&mut self, file: usize, line: u32) {
        let (bar, line) = (self.bars, i64::from(line));
        self.bars += 1;
        if let Some(run) = self.runs.last_mut().filter(|run| run.file == file) {
            let after = bar - run.first;
            if after == 1 {
                run.step = line - run.line;
            }
            if line == run.line + run.step * after as i64 {
                return;
            }
        }
        self.runs.push(Run { first: bar, file, line, step: 0 });
    }

    /// Appends those of the bars that follow.
    pub(super) fn append(&mut self, next: &Self) {
        let first = self.bars;
        self.runs.extend(next.runs.iter().map(|run| Run { first: first + run.first, ..*run }));
        self.bars += next.bars;
    }
}

type Rejected = (usize, u64, Reason);

/// What is told of rows while they are put together.
pub(super) struct Told<'a> {
    pub(super) labels: &'a [String],
    pub(super) rejects: &'a mut Vec<Rejected>,
    pub(super) findings: &'a mut Findings,
}

/// Puts together the rows of all files, which it takes out of them.
pub(super) fn assemble(
    labels: &[String],
    files: &mut [File],
    spool: &mut Spool,
    findings: &mut Findings,
) -> Result<Assembled, MarketError> {
    let mut rejects: Vec<Rejected> = Vec::new();
    let mut symbols: BTreeMap<String, Vec<(usize, Rows)>> = BTreeMap::new();
    let mut is_spooled = false;
    for (index, file) in files.iter_mut().enumerate() {
        rejects.extend(mem::take(&mut file.rejects).into_iter().map(|(line, reason)| (index, line, reason)));
        for (symbol, part) in mem::take(&mut file.symbols) {
            symbols.entry(symbol).or_default().push((index, Rows::Held(part)));
        }
        for (symbol, part) in mem::take(&mut file.spooled) {
            symbols.entry(symbol).or_default().push((index, Rows::Spooled(part)));
            is_spooled = true;
        }
    }
    let mut told = Told { labels, rejects: &mut rejects, findings };
    let (symbols, places) = if is_spooled {
        let folder = spool.folder().to_owned();
        let (bars, places) = SpooledBars::write(Pieces::new(symbols, spool, told), &folder)?;
        (Symbols::Spooled(bars), places)
    } else {
        let (bars, places) = assemble_held(symbols, &mut told)?;
        (Symbols::Held(bars), places)
    };
    rejects.sort_by_key(|(file, line, _)| (*file, *line));
    let mut rejected = vec![0; files.len()];
    rejects.iter().for_each(|(file, ..)| rejected[*file] += 1);
    let name = |(file, line, reason): Rejected| (file, Reject { file: labels[file].clone(), line, reason });
    Ok(Assembled { symbols, places, rejects: rejects.into_iter().map(name).collect(), rejected })
}

fn assemble_held(
    symbols: BTreeMap<String, Vec<(usize, Rows)>>,
    told: &mut Told<'_>,
) -> Result<(Vec<Bars>, Vec<Places>), MarketError> {
    let (mut all_bars, mut places) = (Vec::with_capacity(symbols.len()), Vec::with_capacity(symbols.len()));
    for (symbol, parts) in symbols {
        check_same_columns(&symbol, parts.iter().map(|(file, rows)| (*file, rows.shape())), told.labels)?;
        let held = parts.into_iter().filter_map(|(file, rows)| match rows {
            Rows::Held(part) => Some((file, part)),
            Rows::Spooled(_) => None,
        });
        if let Some((bars, at)) = bars_of(&symbol, held.collect(), told)? {
            all_bars.push(bars);
            places.push(at);
        }
    }
    Ok((all_bars, places))
}

/// The bars that rows of a symbol become, from the files that have some; none where none is left.
pub(super) fn bars_of(
    symbol: &str,
    parts: Vec<(usize, Part)>,
    told: &mut Told<'_>,
) -> Result<Option<BarsAndPlaces>, MarketError> {
    if is_ready(&parts) {
        return take_over(symbol, parts).map(Some);
    }
    let kept = Merge { symbol, parts: &parts, told }.kept_rows();
    if kept.is_empty() { Ok(None) } else { gather(symbol, &parts, &kept).map(Some) }
}

/// True for rows of one file in the order of time, none of them twice: most files.
fn is_ready(parts: &[(usize, Part)]) -> bool {
    matches!(parts, [(_, part)] if part.times.windows(2).all(|pair| pair[0] < pair[1]))
}

/// A symbol spread over files must have the same prices in all of them: bars with gaps in their columns would be
/// tradable in some years only.
pub(super) fn check_same_columns(
    symbol: &str,
    mut shapes: impl Iterator<Item = (usize, (bool, bool))>,
    labels: &[String],
) -> Result<(), MarketError> {
    let Some((first, shape)) = shapes.next() else { return Ok(()) };
    match shapes.find(|(_, other)| *other != shape) {
        None => Ok(()),
        Some((other, _)) => Err(MarketError::UnequalColumns {
            symbol: symbol.to_owned(),
            first: labels[first].clone(),
            second: labels[other].clone(),
        }),
    }
}

/// A row: index of its part, and of the row in it.
type At = (u32, u32);

struct Merge<'a, 'b> {
    symbol: &'a str,
    parts: &'a [(usize, Part)],
    told: &'a mut Told<'b>,
}

impl Merge<'_, '_> {
    /// The rows that become bars, by time. Of rows with the same time and values the first stays; of rows that
    /// contradict each other, none: to choose one would be a guess that depends on the order of the files.
    fn kept_rows(&mut self) -> Vec<At> {
        let mut rows: Vec<(Timestamp, u32, u32)> = Vec::new();
        for (index, (_, part)) in (0_u32..).zip(self.parts) {
            rows.extend((0_u32..).zip(&part.times).map(|(row, time)| (*time, index, row)));
        }
        // Parts are in the order of their files, rows in that of their lines.
        rows.sort_unstable();
        let mut kept = Vec::with_capacity(rows.len());
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            let [(time, part, row), others @ ..] = group else { continue };
            let first = (*part, *row);
            let agree = others.iter().all(|(_, part, row)| self.are_equal(first, (*part, *row)));
            if agree {
                kept.push(first);
                for (_, part, row) in others {
                    let (place, first) = (self.place((*part, *row)), self.place(first));
                    let (place, first) = (self.named(place), self.named(first));
                    self.told.findings.add_repetition(self.symbol, *time, place, &first);
                }
                continue;
            }
            for (time, part, row) in group {
                let (file, line) = self.place((*part, *row));
                let (symbol, rows) = (self.symbol.to_owned(), group.len());
                self.told.rejects.push((file, line, Reason::Contradicted { symbol, time: *time, rows }));
            }
        }
        kept
    }

    fn place(&self, (part, row): At) -> (usize, u64) {
        let (file, part) = &self.parts[part as usize];
        (*file, u64::from(part.lines[row as usize]))
    }

    fn named(&self, (file, line): (usize, u64)) -> (String, u64) {
        (self.told.labels[file].clone(), line)
    }

    fn are_equal(&self, a: At, b: At) -> bool {
        let values = |(part, row): At| {
            let (part, row) = (&self.parts[part as usize].1, row as usize);
            let range = part.range.as_ref().map(|range| range.each_ref().map(|column| column[row]));
            let adjusted = part.adjusted.as_ref().map(|column| column[row]);
            (range, part.close[row], adjusted, part.volume.get(row))
        };
        values(a) == values(b)
    }
}

/// Bars, and where they stood.
type BarsAndPlaces = (Bars, Places);

/// Makes the rows of a single part bars as they stand.
fn take_over(symbol: &str, parts: Vec<(usize, Part)>) -> Result<BarsAndPlaces, MarketError> {
    let mut parts = parts;
    let Some((file, part)) = parts.pop() else { return Err(MarketError::NoSources) };
    let count = part.times.len();
    let [open, high, low] = match part.range {
        Some(range) => range.map(Series::from_values),
        None => std::array::from_fn(|_| Series::undefined(count)),
    };
    let factor = part.adjusted.map(|adjusted| factor(&adjusted, &part.close));
    let close = Series::from_values(part.close);
    let mut bars = Bars::new(symbol, part.times, [open, high, low, close, part.volume])?;
    bars.adjustment = factor;
    let mut places = Places::default();
    part.lines.iter().for_each(|line| places.push(file, *line));
    Ok((bars, places))
}

/// Puts rows of several parts, or in another order, together.
fn gather(symbol: &str, parts: &[(usize, Part)], kept: &[At]) -> Result<BarsAndPlaces, MarketError> {
    let column = |value: &dyn Fn(&Part, usize) -> Option<f64>| -> Series {
        let mut builder = SeriesBuilder::with_capacity(kept.len());
        kept.iter().for_each(|(part, row)| builder.push(value(&parts[*part as usize].1, *row as usize)));
        builder.finish()
    };
    let price = |index: usize| column(&|part, row| part.range.as_ref().map(|range| range[index][row]));
    let close = column(&|part, row| Some(part.close[row]));
    let volume = column(&|part, row| part.volume.get(row));
    let times = kept.iter().map(|(part, row)| parts[*part as usize].1.times[*row as usize]).collect();
    let mut bars = Bars::new(symbol, times, [price(0), price(1), price(2), close, volume])?;
    if parts.iter().any(|(_, part)| part.adjusted.is_some()) {
        bars.adjustment = Some(column(&|part, row| Some(part.adjusted.as_ref()?[row] / part.close[row])));
    }
    let mut places = Places::default();
    for (part, row) in kept {
        let (file, part) = &parts[*part as usize];
        places.push(*file, part.lines[*row as usize]);
    }
    Ok((bars, places))
}

/// Adjusted close ÷ close; undefined where the quotient is not finite.
fn factor(adjusted: &[f64], close: &[f64]) -> Series {
    adjusted.iter().zip(close).map(|(adjusted, close)| Some(adjusted / close)).collect()
}
