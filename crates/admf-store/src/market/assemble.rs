//! The rows of all files, put together into the bars of each symbol.

use super::draft::Part;
use super::error::MarketError;
use super::parse::File;
use super::quality::Findings;
use super::reject::{Reason, Reject};
use admf_model::{Bars, Series, SeriesBuilder, Timestamp};
use std::collections::BTreeMap;
use std::mem;

/// The bars of all symbols, sorted by symbol, and the rows left out, by file and line.
pub(super) struct Assembled {
    pub(super) symbols: Vec<Bars>,
    /// Where the bars of each symbol stood.
    pub(super) places: Vec<Places>,
    /// Rejected rows with the indices of their files.
    pub(super) rejects: Vec<(usize, Reject)>,
    /// Number of rejected rows of each file.
    pub(super) rejected: Vec<u64>,
}

/// Where the bars of a symbol stood.
pub(super) struct Places {
    /// The first bar of each stretch of bars from one file, and the index of the file.
    files: Vec<(usize, usize)>,
    /// The line of each bar.
    lines: Vec<u32>,
}

impl Places {
    /// Index of the file, and line.
    pub(super) fn of(&self, bar: usize) -> Option<(usize, u64)> {
        let stretch = self.files.partition_point(|(first, _)| *first <= bar).checked_sub(1)?;
        Some((self.files[stretch].1, u64::from(*self.lines.get(bar)?)))
    }

    fn push(&mut self, file: usize, line: u32) {
        if self.files.last().is_none_or(|(_, last)| *last != file) {
            self.files.push((self.lines.len(), file));
        }
        self.lines.push(line);
    }
}

/// A rejected row: index of its file, line, reason.
type Rejected = (usize, u64, Reason);

/// Puts the rows of `files` together; `labels` names each for messages. The bars do not depend on the order of the
/// files or of their rows.
pub(super) fn assemble(
    labels: &[String],
    files: &mut [File],
    findings: &mut Findings,
) -> Result<Assembled, MarketError> {
    let mut rejects: Vec<Rejected> = Vec::new();
    let mut symbols: BTreeMap<String, Vec<(usize, Part)>> = BTreeMap::new();
    for (index, file) in files.iter_mut().enumerate() {
        rejects.extend(mem::take(&mut file.rejects).into_iter().map(|(line, reason)| (index, line, reason)));
        for (symbol, part) in mem::take(&mut file.symbols) {
            symbols.entry(symbol).or_default().push((index, part));
        }
    }
    let (mut all_bars, mut places) = (Vec::with_capacity(symbols.len()), Vec::with_capacity(symbols.len()));
    for (symbol, parts) in symbols {
        check_same_columns(&symbol, &parts, labels)?;
        let mut merge = Merge { symbol: &symbol, parts: &parts, labels, rejects: &mut rejects, findings };
        let kept = if is_ready(&parts) { None } else { Some(merge.kept_rows()) };
        if kept.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let (bars, bar_places) = match kept {
            Some(kept) => gather(&symbol, &parts, &kept)?,
            None => take_over(&symbol, parts)?,
        };
        all_bars.push(bars);
        places.push(bar_places);
    }
    rejects.sort_by_key(|(file, line, _)| (*file, *line));
    let mut rejected = vec![0; files.len()];
    rejects.iter().for_each(|(file, ..)| rejected[*file] += 1);
    let name = |(file, line, reason): Rejected| (file, Reject { file: labels[file].clone(), line, reason });
    Ok(Assembled { symbols: all_bars, places, rejects: rejects.into_iter().map(name).collect(), rejected })
}

/// True for rows of one file in the order of time, none of them twice: most files.
fn is_ready(parts: &[(usize, Part)]) -> bool {
    matches!(parts, [(_, part)] if part.times.windows(2).all(|pair| pair[0] < pair[1]))
}

/// A symbol spread over files must have the same prices in all of them: bars with gaps in their columns would be
/// tradable in some years only.
fn check_same_columns(symbol: &str, parts: &[(usize, Part)], labels: &[String]) -> Result<(), MarketError> {
    let shape = |(_, part): &(usize, Part)| (part.range.is_some(), part.adjusted.is_some());
    let Some(first) = parts.first() else { return Ok(()) };
    match parts.iter().find(|part| shape(part) != shape(first)) {
        None => Ok(()),
        Some(other) => Err(MarketError::UnequalColumns {
            symbol: symbol.to_owned(),
            first: labels[first.0].clone(),
            second: labels[other.0].clone(),
        }),
    }
}

/// A row: index of its part, and of the row in it.
type At = (u32, u32);

struct Merge<'a> {
    symbol: &'a str,
    parts: &'a [(usize, Part)],
    labels: &'a [String],
    rejects: &'a mut Vec<Rejected>,
    findings: &'a mut Findings,
}

impl Merge<'_> {
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
                    self.findings.add_repetition(self.symbol, *time, self.named(place), &self.named(first));
                }
                continue;
            }
            for (time, part, row) in group {
                let (file, line) = self.place((*part, *row));
                let (symbol, rows) = (self.symbol.to_owned(), group.len());
                self.rejects.push((file, line, Reason::Contradicted { symbol, time: *time, rows }));
            }
        }
        kept
    }

    fn place(&self, (part, row): At) -> (usize, u64) {
        let (file, part) = &self.parts[part as usize];
        (*file, u64::from(part.lines[row as usize]))
    }

    fn named(&self, (file, line): (usize, u64)) -> (String, u64) {
        (self.labels[file].clone(), line)
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
    Ok((bars, Places { files: vec![(0, file)], lines: part.lines }))
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
    let mut places = Places { files: Vec::new(), lines: Vec::with_capacity(kept.len()) };
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
