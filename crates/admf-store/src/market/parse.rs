//! One file, read row by row into values and times, with what was detected and what was rejected.

use super::check::{Values, read_values};
use super::columns::{Column, Columns};
use super::date::{Convention, Evidence, Written};
use super::dialect::{Dialect, Head, RowOrder, read_head};
use super::error::{HeaderProblem, MarketError, OpenProblem};
use super::reject::{Reason, excerpt};
use super::source::{Fingerprint, Source, Stream};
use admf_model::Timestamp;
use csv::{StringRecord, Terminator};
use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

/// Rows between two reports of progress.
const REPORT_EVERY: u64 = 1 << 14;

/// A row that became a bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) time: Timestamp,
    pub(super) values: Values,
    pub(super) line: u64,
}

/// What a file holds.
pub(super) struct File {
    /// Rows of each symbol in the order of the file.
    pub(super) symbols: BTreeMap<String, Vec<Row>>,
    pub(super) rejects: Vec<(u64, Reason)>,
    /// Rows without any value.
    pub(super) skipped: u64,
    /// Rows read, without the header.
    pub(super) rows: u64,
    pub(super) fingerprint: Fingerprint,
    pub(super) dialect: Dialect,
}

/// The text of a file with a line feed behind it.
struct Input<'a> {
    head: Cursor<Vec<u8>>,
    body: BufReader<Stream<'a>>,
    end: &'static [u8],
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.head.read(buffer)? {
            0 => match self.body.read(buffer)? {
                0 => self.end.read(buffer),
                count => Ok(count),
            },
            count => Ok(count),
        }
    }
}

/// Reads a file. `progress` gets rows, bytes and the total of bytes, where that is known.
pub(super) fn read_file(
    source: &Source,
    progress: &dyn Fn(u64, u64, Option<u64>),
) -> Result<File, MarketError> {
    let label = source.label();
    let mut body = BufReader::new(source.open()?);
    let gzip = body.get_ref().is_gzip();
    let Head { bytes, delimiter } = read_head(&mut body, &label)?;
    // Ending every line with a line feed alone, the last one too, makes the reader's position tell the line of each
    // record; carriage returns and blank lines would put it off.
    let input = Input { head: Cursor::new(bytes), body, end: b"\n" };
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(input);
    let mut record = StringRecord::new();
    let columns = read_header(&mut csv, &mut record, &label)?;
    let mut draft = Draft::new(only_symbol(source, &columns)?);
    loop {
        let next = next_record(&mut csv, &mut record, &label)?;
        let line = csv.position().line() - 1;
        match next {
            Next::Record => draft.take(&columns, &record, line),
            Next::NotUtf8 => draft.reject(line, Reason::NotUtf8),
            Next::End => break,
        }
        if draft.rows.is_multiple_of(REPORT_EVERY) {
            let (read, total) = csv.get_ref().body.get_ref().position();
            progress(draft.rows, read, total);
        }
    }
    let end = csv.position().line();
    let stream = csv.into_inner().body.into_inner();
    let fingerprint = stream.finish().map_err(|e| MarketError::from_read(&label, end, e))?;
    progress(draft.rows, fingerprint.bytes, Some(fingerprint.bytes));
    let convention = draft.dates.decide();
    let (symbols, order) = draft.date_rows(convention);
    let dialect = Dialect {
        gzip,
        delimiter: char::from(delimiter),
        dates: convention.formats(),
        session_dates: convention.session_dates,
        columns: columns.headers(),
        ignored: columns.ignored,
        order,
    };
    draft.rejects.sort_by_key(|(line, _)| *line);
    let Draft { rejects, skipped, rows, .. } = draft;
    Ok(File { symbols, rejects, skipped, rows, fingerprint, dialect })
}

fn read_header(
    csv: &mut csv::Reader<Input<'_>>,
    record: &mut StringRecord,
    file: &str,
) -> Result<Columns, MarketError> {
    match next_record(csv, record, file)? {
        Next::Record => {}
        Next::NotUtf8 => {
            let problem = OpenProblem::NotText { kind: "text that is not UTF-8" };
            return Err(MarketError::Open { file: file.to_owned(), problem });
        }
        Next::End => return Err(MarketError::Open { file: file.to_owned(), problem: OpenProblem::Empty }),
    }
    let headers: Vec<String> = record.iter().map(|field| excerpt(field.trim())).collect();
    Columns::find(&headers).map_err(|problem| MarketError::header(file, headers, problem))
}

enum Next {
    Record,
    NotUtf8,
    End,
}

/// Reads the next record that is not blank.
fn next_record(
    csv: &mut csv::Reader<Input<'_>>,
    record: &mut StringRecord,
    file: &str,
) -> Result<Next, MarketError> {
    loop {
        let start = csv.position().line();
        match csv.read_record(record) {
            Ok(false) => return Ok(Next::End),
            Ok(true) => {}
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Utf8 { .. } => return Ok(Next::NotUtf8),
                csv::ErrorKind::Io(source) => return Err(MarketError::from_read(file, start, source)),
                // The other kinds are about writing, seeking, and rows of unequal length, which are allowed.
                kind => {
                    return Err(MarketError::from_read(file, start, io::Error::other(format!("{kind:?}"))));
                }
            },
        }
        // No field of a price file spans lines: a quote was opened and swallowed what follows, perhaps all of it.
        if record.as_slice().contains('\n') {
            return Err(MarketError::OpenQuote { file: file.to_owned(), line: start });
        }
        if record.iter().any(|field| !field.trim().is_empty()) {
            return Ok(Next::Record);
        }
    }
}

/// The symbol of all rows, for a file without a symbol column.
fn only_symbol(source: &Source, columns: &Columns) -> Result<Option<String>, MarketError> {
    match (&columns.symbol, source.symbol()) {
        (Some(column), Some(symbol)) => {
            let problem =
                HeaderProblem::SymbolTwice { column: column.header.clone(), symbol: symbol.to_owned() };
            Err(MarketError::header(&source.label(), columns.headers(), problem))
        }
        (Some(_), None) => Ok(None),
        (None, Some(symbol)) => Ok(Some(symbol.to_owned())),
        (None, None) => Ok(Some(columns.value_symbol().unwrap_or_else(|| source.default_symbol()))),
    }
}

/// A file as far as it has been read.
struct Draft {
    only_symbol: Option<String>,
    symbols: BTreeMap<String, Vec<(Written, Values, u64)>>,
    dates: Evidence,
    rejects: Vec<(u64, Reason)>,
    skipped: u64,
    rows: u64,
}

impl Draft {
    fn new(only_symbol: Option<String>) -> Self {
        Self {
            only_symbol,
            symbols: BTreeMap::new(),
            dates: Evidence::default(),
            rejects: Vec::new(),
            skipped: 0,
            rows: 0,
        }
    }

    fn reject(&mut self, line: u64, reason: Reason) {
        self.rows += 1;
        self.rejects.push((line, reason));
    }

    fn take(&mut self, columns: &Columns, record: &StringRecord, line: u64) {
        let field = |column: &Column| record[column.index].trim();
        if record.len() != columns.width {
            let (found, expected) = (record.len(), columns.width);
            return self.reject(line, Reason::FieldCount { found, expected });
        }
        let written = match read_time(columns, field) {
            Ok(written) => written,
            Err(reason) => return self.reject(line, reason),
        };
        self.dates.see(written);
        let symbol = match (&self.only_symbol, &columns.symbol) {
            (None, Some(column)) => field(column),
            (only, _) => only.as_deref().unwrap_or_default(),
        };
        if symbol.is_empty() {
            return self.reject(line, Reason::NoSymbol);
        }
        match read_values(columns, field) {
            Err(reason) => self.reject(line, reason),
            Ok(None) => (self.skipped, self.rows) = (self.skipped + 1, self.rows + 1),
            Ok(Some(values)) => {
                self.rows += 1;
                match self.symbols.get_mut(symbol) {
                    Some(rows) => rows.push((written, values, line)),
                    None => {
                        self.symbols.insert(symbol.to_owned(), vec![(written, values, line)]);
                    }
                }
            }
        }
    }

    /// Turns what was written as dates into times, and tells the order of the rows.
    fn date_rows(&mut self, convention: Convention) -> (BTreeMap<String, Vec<Row>>, RowOrder) {
        let (mut rising, mut falling) = (false, false);
        let mut symbols = BTreeMap::new();
        for (symbol, drafts) in std::mem::take(&mut self.symbols) {
            let mut rows: Vec<Row> = Vec::with_capacity(drafts.len());
            for (written, values, line) in drafts {
                let Some(time) = convention.time(written) else {
                    self.rejects.push((line, Reason::NotADate { text: written.to_string() }));
                    continue;
                };
                if let Some(last) = rows.last() {
                    rising |= time > last.time;
                    falling |= time < last.time;
                }
                rows.push(Row { time, values, line });
            }
            if !rows.is_empty() {
                symbols.insert(symbol, rows);
            }
        }
        let order = match (rising, falling) {
            (_, false) => RowOrder::Ascending,
            (false, true) => RowOrder::Descending,
            (true, true) => RowOrder::Mixed,
        };
        (symbols, order)
    }
}

fn read_time<'a>(columns: &Columns, field: impl Fn(&Column) -> &'a str) -> Result<Written, Reason> {
    let date = field(&columns.time);
    let written = match &columns.clock {
        None => Written::read(date),
        Some(clock) => Written::read(&format!("{date} {}", field(clock))),
    };
    written.ok_or_else(|| Reason::NotADate { text: excerpt(date) })
}

#[cfg(test)]
mod tests;
