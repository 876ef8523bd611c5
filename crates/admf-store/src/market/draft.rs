//! A file as far as it has been read: its rows by symbol, in columns, and what was left out.

use super::check::{Values, read_series, read_values};
use super::columns::{Columns, PriceColumns};
use super::date::{Convention, DateFormat, DateRules, Evidence, Written};
use super::dater::{Dater, NO_TIME};
use super::error::MarketError;
use super::number::Field;
use super::reject::{Reason, excerpt};
use super::spool::{Segment, Spool};
use super::stamps::end_of;
use admf_model::{Series, Timestamp};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// More rejected rows than this are no defects of a file but a wrong reading of it.
const MOST_REJECTS: usize = 1_000_000;

/// One row of a file, whatever its kind.
pub(super) trait Cells {
    /// The text of a field.
    fn text(&self, index: usize) -> Cow<'_, str>;
    /// The price in a field.
    fn price(&self, index: usize) -> Field;
    /// The volume in a field.
    fn volume(&self, index: usize) -> Field;
    /// The date and time in a field, with the time of day from another one.
    fn written(&self, time: usize, clock: Option<usize>, rules: &DateRules) -> Option<(Written, DateFormat)>;
}

/// The rows of one symbol in one file, in the order of the file.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) times: Vec<Timestamp>,
    /// Line of each row; rows of a Parquet file count from 1.
    pub(super) lines: Vec<u32>,
    /// Open, high and low, where the file has them.
    pub(super) range: Option<[Vec<f64>; 3]>,
    pub(super) close: Vec<f64>,
    pub(super) adjusted: Option<Vec<f64>>,
    pub(super) volume: Series,
}

/// The same where the rows are not in memory.
#[derive(Debug)]
pub(super) struct SpooledPart {
    /// In the order of the file, without those of faulty rows.
    pub(super) times: Vec<Timestamp>,
    pub(super) segments: Vec<Segment>,
}

/// Rows of one symbol as they are written, whose times are not known yet.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) written: Vec<Written>,
    pub(super) lines: Vec<u32>,
    /// Empty where the file has none.
    pub(super) range: [Vec<f64>; 3],
    pub(super) close: Vec<f64>,
    /// Empty where the file has none.
    pub(super) adjusted: Vec<f64>,
    /// Not a number where it is missing.
    pub(super) volume: Vec<f64>,
}

/// Rows of symbols in the order in which these came.
#[derive(Default)]
struct RowsBySymbol {
    rows: Vec<(String, Rows)>,
    places: BTreeMap<String, usize>,
    /// The symbol asked for last, which is mostly asked for next.
    last: usize,
}

/// What is known of the rows of a file before the first one is read.
pub(super) struct Layout<'a> {
    columns: &'a Columns,
    rules: DateRules,
    only_symbol: Option<String>,
    /// Symbols of the columns of a file with several series.
    series: Vec<String>,
}

/// A file, or a stretch of its rows, as far as it has been read.
pub(super) struct Draft<'a> {
    layout: &'a Layout<'a>,
    symbols: RowsBySymbol,
    /// Rows in `symbols`.
    held: usize,
    /// Rows before those in `symbols`.
    spooled: BTreeMap<String, Vec<Segment>>,
    dates: Evidence,
    pub(super) rejects: Vec<(u64, Reason)>,
    pub(super) skipped: u64,
    pub(super) rows: u64,
}

/// The rows of a file with times.
pub(super) struct Dated {
    pub(super) symbols: BTreeMap<String, Part>,
    /// Instead of `symbols`, for a file with too many rows.
    pub(super) spooled: BTreeMap<String, SpooledPart>,
    pub(super) convention: Convention,
    pub(super) order: Order,
    /// Times that clocks showed twice.
    pub(super) folds: u64,
}

/// In which order the rows of the symbols are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) rising: u64,
    pub(super) falling: u64,
    /// Line of the first row that is earlier than the one before it, and of the first that is later.
    pub(super) first_fall: u32,
    pub(super) first_rise: u32,
}

impl<'a> Layout<'a> {
    pub(super) fn new(columns: &'a Columns, only_symbol: Option<String>, rules: DateRules) -> Self {
        let series = match (&columns.prices, &only_symbol) {
            (PriceColumns::Series(columns), None) => columns
                .iter()
                .map(|column| Columns::series_symbol(column).unwrap_or_else(|| column.header.clone()))
                .collect(),
            _ => Vec::new(),
        };
        Self { columns, rules, only_symbol, series }
    }
}

impl<'a> Draft<'a> {
    pub(super) fn new(layout: &'a Layout<'a>) -> Self {
        Self {
            layout,
            symbols: RowsBySymbol::default(),
            held: 0,
            spooled: BTreeMap::new(),
            dates: Evidence::default(),
            rejects: Vec::new(),
            skipped: 0,
            rows: 0,
        }
    }

    /// Appends the rows that follow.
    pub(super) fn append(&mut self, next: Self) {
        for (symbol, rows) in next.symbols.rows {
            self.symbols.of(&symbol).append(rows);
        }
        self.held += next.held;
        self.dates.append(&next.dates);
        self.rejects.extend(next.rejects);
        self.skipped += next.skipped;
        self.rows += next.rows;
    }

    /// Writes the rows away when they are too many.
    pub(super) fn spool_if_full(&mut self, spool: &mut Spool) -> Result<(), MarketError> {
        if spool.is_full(self.held) { self.spool(spool) } else { Ok(()) }
    }

    fn spool(&mut self, spool: &mut Spool) -> Result<(), MarketError> {
        for (symbol, rows) in std::mem::take(&mut self.symbols).sorted() {
            let segments = spool.write(rows)?;
            self.spooled.entry(symbol).or_default().extend(segments);
        }
        self.held = 0;
        Ok(())
    }

    pub(super) fn reject(&mut self, line: u64, reason: Reason) {
        self.rows += 1;
        self.rejects.push((line, reason));
    }

    /// Stops a reading that rejects everything before its list fills the memory.
    pub(super) fn check_rejects(&self, file: &str) -> Result<(), MarketError> {
        if self.rejects.len() <= MOST_REJECTS {
            return Ok(());
        }
        let first = self.rejects.iter().take(5).map(|(line, reason)| format!("{file}:{line}: {reason}"));
        Err(MarketError::TooManyRejects { file: file.to_owned(), first: first.collect() })
    }

    pub(super) fn take(&mut self, cells: &impl Cells, line: u64) {
        let layout = self.layout;
        let columns = layout.columns;
        let clock = columns.clock.as_ref().map(|clock| clock.index);
        let Some((written, format)) = cells.written(columns.time.index, clock, &layout.rules) else {
            let text = excerpt(&cells.text(columns.time.index));
            return self.reject(line, Reason::NotADate { text });
        };
        self.dates.see(written, format);
        if !layout.series.is_empty() {
            return self.take_series(cells, written, line);
        }
        let symbol = match (&layout.only_symbol, &columns.symbol) {
            (None, Some(column)) => cells.text(column.index),
            (only, _) => Cow::Borrowed(only.as_deref().unwrap_or_default()),
        };
        if symbol.is_empty() {
            return self.reject(line, Reason::NoSymbol);
        }
        match read_values(columns, cells) {
            Err(reason) => self.reject(line, reason),
            Ok(None) => (self.skipped, self.rows) = (self.skipped + 1, self.rows + 1),
            Ok(Some(values)) => {
                self.rows += 1;
                self.held += 1;
                self.symbols.of(&symbol).push(written, line, &values);
            }
        }
    }

    /// A row with a value for each of several series.
    fn take_series(&mut self, cells: &impl Cells, written: Written, line: u64) {
        let PriceColumns::Series(columns) = &self.layout.columns.prices else { return };
        self.rows += 1;
        let mut found = false;
        for (column, symbol) in columns.iter().zip(&self.layout.series) {
            match read_series(column, cells) {
                Err(reason) => self.rejects.push((line, reason)),
                Ok(None) => continue,
                Ok(Some(values)) => {
                    self.held += 1;
                    self.symbols.of(symbol).push(written, line, &values);
                }
            }
            found = true;
        }
        self.skipped += u64::from(!found);
    }

    /// Turns what was written as dates into times, now that all of them are known.
    pub(super) fn date_rows(&mut self, file: &str, spool: &mut Spool) -> Result<Dated, MarketError> {
        let convention = self.dates.decide(&self.layout.rules).map_err(|example| {
            MarketError::AmbiguousDates { file: file.to_owned(), example: example.to_string() }
        })?;
        if !self.spooled.is_empty() || spool.is_beyond(self.held) {
            self.spool(spool)?;
        }
        spool.hold(self.held);
        let (mut order, mut folds) = (Order::default(), 0);
        let mut symbols = BTreeMap::new();
        for (symbol, rows) in std::mem::take(&mut self.symbols).sorted() {
            let mut part = Part::of(rows, self.layout.columns);
            let mut dater = Dater::new(&convention, &mut folds, part.ends());
            part.rows.times = vec![NO_TIME; part.written.len()];
            let faulty = dater.date(&part.written, &mut part.rows.times, |row, reason| {
                self.rejects.push((u64::from(part.rows.lines[row]), reason));
            });
            let mut part = part.rows.without(&faulty);
            if self.layout.columns.closes {
                part.times.iter_mut().for_each(|time| *time = end_of(*time));
            }
            if !part.times.is_empty() {
                order.see(&part.times, |row| Ok(part.lines[row]))?;
                symbols.insert(symbol, part);
            }
        }
        let mut spooled = BTreeMap::new();
        for (symbol, segments) in std::mem::take(&mut self.spooled) {
            let part = self.date_segments(segments, &convention, &mut folds, spool)?;
            if !part.times.is_empty() {
                order.see(&part.times, |row| part.line_of(row, spool))?;
                spooled.insert(symbol, part);
            }
        }
        Ok(Dated { symbols, spooled, convention, order, folds })
    }

    /// Dates the rows of one symbol that are not in memory, but for the times.
    fn date_segments(
        &mut self,
        mut segments: Vec<Segment>,
        convention: &Convention,
        folds: &mut u64,
        spool: &mut Spool,
    ) -> Result<SpooledPart, MarketError> {
        let ends = segments.first().zip(segments.last()).map(|(first, last)| (first.ends[0], last.ends[1]));
        let mut dater = Dater::new(convention, folds, ends);
        let mut times = vec![NO_TIME; segments.iter().map(|segment| segment.rows).sum()];
        let count = segments.len();
        let mut before = if dater.newest_first { times.len() } else { 0 };
        for step in 0..count {
            let segment = &mut segments[if dater.newest_first { count - 1 - step } else { step }];
            let written = spool.times(segment)?;
            let rows = if dater.newest_first {
                before - written.len()..before
            } else {
                before..before + written.len()
            };
            before = if dater.newest_first { rows.start } else { rows.end };
            let mut reasons = Vec::new();
            segment.faulty =
                dater.date(&written, &mut times[rows], |row, reason| reasons.push((row, reason)));
            if !reasons.is_empty() {
                let lines = spool.lines(segment)?;
                let of_line = |(row, reason): (usize, Reason)| (u64::from(lines[row]), reason);
                self.rejects.extend(reasons.into_iter().map(of_line));
            }
        }
        let mut faulty = Vec::new();
        let mut first = 0;
        for segment in &segments {
            faulty.extend(segment.faulty.iter().map(|row| first + row));
            first += segment.rows;
        }
        if !faulty.is_empty() {
            let (mut row, mut next) = (0, faulty.iter().peekable());
            times.retain(|_| {
                let keep = next.next_if(|fault| **fault == row).is_none();
                row += 1;
                keep
            });
        }
        if self.layout.columns.closes {
            times.iter_mut().for_each(|time| *time = end_of(*time));
        }
        Ok(SpooledPart { times, segments })
    }
}

impl SpooledPart {
    /// The line of a row among those that are kept.
    fn line_of(&self, row: usize, spool: &mut Spool) -> Result<u32, MarketError> {
        let mut first = 0;
        for segment in &self.segments {
            if row < first + segment.kept() {
                let lines = spool.lines(segment)?;
                let kept = (0..segment.rows).filter(|at| segment.faulty.binary_search(at).is_err());
                return Ok(kept.skip(row - first).map(|at| lines[at]).next().unwrap_or_default());
            }
            first += segment.kept();
        }
        Ok(0)
    }
}

impl Rows {
    fn push(&mut self, written: Written, line: u64, values: &Values) {
        self.written.push(written);
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        if let Some(range) = values.range {
            self.range.iter_mut().zip(range).for_each(|(column, price)| column.push(price));
        }
        self.close.push(values.close);
        if let Some(adjusted) = values.adjusted_close {
            self.adjusted.push(adjusted);
        }
        self.volume.push(values.volume.unwrap_or(f64::NAN));
    }

    fn append(&mut self, next: Self) {
        self.written.extend(next.written);
        self.lines.extend(next.lines);
        self.range.iter_mut().zip(next.range).for_each(|(column, next)| column.extend(next));
        self.close.extend(next.close);
        self.adjusted.extend(next.adjusted);
        self.volume.extend(next.volume);
    }

    /// The volumes, of which some may be undefined.
    pub(super) fn volumes(volume: Vec<f64>) -> Series {
        if volume.iter().all(|volume| volume.is_finite()) {
            return Series::from_values(volume);
        }
        // What is not finite is undefined in a series.
        volume.into_iter().map(Some).collect()
    }
}

impl RowsBySymbol {
    fn of(&mut self, symbol: &str) -> &mut Rows {
        if self.rows.get(self.last).is_none_or(|(last, _)| last != symbol) {
            self.last = self.places.get(symbol).copied().unwrap_or_else(|| {
                self.places.insert(symbol.to_owned(), self.rows.len());
                self.rows.push((symbol.to_owned(), Rows::default()));
                self.rows.len() - 1
            });
        }
        &mut self.rows[self.last].1
    }

    fn sorted(self) -> BTreeMap<String, Rows> {
        self.rows.into_iter().collect()
    }
}

/// Rows whose times are not known yet.
struct Undated {
    written: Vec<Written>,
    rows: Part,
}

impl Part {
    fn of(rows: Rows, columns: &Columns) -> Undated {
        let bar = matches!(columns.prices, PriceColumns::Bar(_));
        let part = Self {
            times: Vec::new(),
            lines: rows.lines,
            range: bar.then_some(rows.range),
            close: rows.close,
            adjusted: columns.adjusted_close.is_some().then_some(rows.adjusted),
            volume: Rows::volumes(rows.volume),
        };
        Undated { written: rows.written, rows: part }
    }

    /// The rows but for some, by increasing index.
    pub(super) fn without(self, faulty: &[usize]) -> Self {
        if faulty.is_empty() {
            return self;
        }
        let mut keep = vec![true; self.lines.len()];
        faulty.iter().for_each(|row| keep[*row] = false);
        let kept: Vec<usize> = (0..keep.len()).filter(|row| keep[*row]).collect();
        let times = kept.iter().filter_map(|row| self.times.get(*row).copied()).collect();
        Self { times, ..self.pick(&kept) }
    }

    /// Whether there are the columns of a bar, and an adjusted close.
    pub(super) fn shape(&self) -> (bool, bool) {
        (self.range.is_some(), self.adjusted.is_some())
    }

    /// These rows and those that follow, without their times.
    pub(super) fn followed_by(mut self, next: Self) -> Self {
        self.lines.extend(next.lines);
        let ranges = self.range.iter_mut().flatten().zip(next.range.into_iter().flatten());
        ranges.for_each(|(column, next)| column.extend(next));
        self.close.extend(next.close);
        self.adjusted.iter_mut().zip(next.adjusted).for_each(|(column, next)| column.extend(next));
        self.volume = self.volume.iter().chain(next.volume.iter()).collect();
        self
    }

    /// Some rows, in this order, without their times.
    pub(super) fn pick(&self, kept: &[usize]) -> Self {
        let prices = |column: &Vec<f64>| -> Vec<f64> { kept.iter().map(|row| column[*row]).collect() };
        Self {
            times: Vec::new(),
            lines: kept.iter().map(|row| self.lines[*row]).collect(),
            range: self.range.as_ref().map(|range| range.each_ref().map(prices)),
            close: prices(&self.close),
            adjusted: self.adjusted.as_ref().map(prices),
            volume: kept.iter().map(|row| self.volume.get(*row)).collect(),
        }
    }
}

impl Undated {
    fn ends(&self) -> Option<(Written, Written)> {
        self.written.first().copied().zip(self.written.last().copied())
    }
}

impl Order {
    fn see(
        &mut self,
        times: &[Timestamp],
        mut line_of: impl FnMut(usize) -> Result<u32, MarketError>,
    ) -> Result<(), MarketError> {
        for (row, pair) in times.windows(2).enumerate() {
            if pair[1] > pair[0] {
                if self.rising == 0 {
                    self.first_rise = line_of(row + 1)?;
                }
                self.rising += 1;
            } else if pair[1] < pair[0] {
                if self.falling == 0 {
                    self.first_fall = line_of(row + 1)?;
                }
                self.falling += 1;
            }
        }
        Ok(())
    }
}
