//! One text file, read row by row into values and times, with what was detected and what was rejected.

use super::columns::{Columns, PriceColumns};
use super::date::{self, DateFormat, DateRules, Written};
use super::dialect::{Dialect, Packing, RowOrder};
use super::dialects::{FirstLine, KnownDialect, recognise};
use super::draft::{Cells, Dated, Draft, Order, Part};
use super::error::{HeaderProblem, MarketError, OpenProblem};
use super::head::{Head, read_head};
use super::number::{DecimalEvidence, Field, Numbers};
use super::reading::Reading;
use super::reject::{Reason, excerpt};
use super::source::{Fingerprint, Source, Stream};
use super::stamps::Stamps;
use csv::{StringRecord, Terminator};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

/// Rows between two reports of progress.
const REPORT_EVERY: u64 = 1 << 14;

/// What a file holds.
pub(super) struct File {
    /// Rows of each symbol in the order of the file.
    pub(super) symbols: BTreeMap<String, Part>,
    pub(super) rejects: Vec<(u64, Reason)>,
    /// Rows without any value.
    pub(super) skipped: u64,
    /// Rows read, without the header.
    pub(super) rows: u64,
    pub(super) fingerprint: Fingerprint,
    pub(super) dialect: Dialect,
    /// What the times are: as the dialect, its columns or the user say.
    pub(super) stamps: Stamps,
    pub(super) order: Order,
    /// Times that clocks showed twice.
    pub(super) folds: u64,
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

/// A row of text.
struct TextRow<'a> {
    record: &'a StringRecord,
    numbers: Numbers,
    /// Where a date and the time of day beside it are put together.
    joined: &'a RefCell<String>,
}

impl Cells for TextRow<'_> {
    fn text(&self, index: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.record[index].trim())
    }

    fn price(&self, index: usize) -> Field {
        self.numbers.price(self.record[index].trim())
    }

    fn volume(&self, index: usize) -> Field {
        self.numbers.volume(self.record[index].trim())
    }

    fn written(&self, time: usize, clock: Option<usize>, rules: &DateRules) -> Option<(Written, DateFormat)> {
        let date = self.record[time].trim();
        let Some(clock) = clock else { return date::read(date, rules) };
        let mut joined = self.joined.borrow_mut();
        joined.clear();
        joined.push_str(date);
        joined.push(' ');
        joined.push_str(self.record[clock].trim());
        date::read(joined.trim_end(), rules)
    }
}

/// What the first lines tell.
struct Opening {
    dialect: &'static KnownDialect,
    columns: Columns,
    /// The first line is data.
    headless: bool,
    numbers: Numbers,
}

/// Reads a file. `progress` gets rows, bytes and the total of bytes, where that is known.
pub(super) fn read_file(
    source: &Source,
    reading: &Reading,
    progress: &dyn Fn(u64, u64, Option<u64>),
) -> Result<File, MarketError> {
    let label = source.label();
    let mut body = BufReader::new(source.open()?);
    let packing = body.get_ref().packing();
    let head = read_head(&mut body, &label)?;
    let delimiter = head.delimiter;
    let mut record = StringRecord::new();
    let opening = read_opening(&head, &mut record, reading, &label)?;
    // Ending every line with a line feed alone, the last one too, makes the reader's position tell the line of each
    // record; carriage returns and blank lines would put it off.
    let mut csv = csv_reader(Input { head: Cursor::new(head.bytes), body, end: b"\n" }, delimiter);
    let columns = &opening.columns;
    let mut draft = Draft::new(columns, only_symbol(source, columns, opening.dialect)?, reading.date_rules());
    let joined = RefCell::new(String::new());
    let mut is_header = !opening.headless;
    loop {
        let next = next_record(&mut csv, &mut record, &label)?;
        let line = csv.position().line() - 1;
        match next {
            Next::End => break,
            _ if std::mem::take(&mut is_header) => continue,
            Next::Record if has_width(&record, columns.width) => {
                draft.take(&TextRow { record: &record, numbers: opening.numbers, joined: &joined }, line);
            }
            Next::Record => {
                let (found, expected) = (record.len(), columns.width);
                draft.reject(line, Reason::FieldCount { found, expected });
            }
            Next::NotUtf8 => draft.reject(line, Reason::NotUtf8),
        }
        if draft.rows.is_multiple_of(REPORT_EVERY) {
            draft.check_rejects(&label)?;
            let (read, total) = csv.get_ref().body.get_ref().position();
            progress(draft.rows, read, total);
        }
    }
    let end = csv.position().line();
    let stream = csv.into_inner().body.into_inner();
    let fingerprint = stream.finish().map_err(|e| MarketError::from_read(&label, end, e))?;
    progress(draft.rows, fingerprint.bytes, Some(fingerprint.bytes));
    let dated = draft.date_rows(&label)?;
    let form = Form {
        packing,
        delimiter: char::from(delimiter),
        dialect: opening.dialect,
        numbers: opening.numbers,
    };
    let Draft { rejects, skipped, rows, .. } = draft;
    Ok(File::of(dated, rejects, (skipped, rows), fingerprint, &form, columns, reading))
}

/// How a file is written, but for its dates.
pub(super) struct Form {
    pub(super) packing: Packing,
    pub(super) delimiter: char,
    pub(super) dialect: &'static KnownDialect,
    pub(super) numbers: Numbers,
}

impl File {
    /// Puts together what is known when a file has been read.
    pub(super) fn of(
        dated: Dated,
        mut rejects: Vec<(u64, Reason)>,
        (skipped, rows): (u64, u64),
        fingerprint: Fingerprint,
        form: &Form,
        columns: &Columns,
        reading: &Reading,
    ) -> Self {
        let Dated { symbols, convention, order, folds } = dated;
        let by_columns = match (columns.closes, columns.opens) {
            (true, _) => Stamps::End,
            (_, true) => Stamps::Open,
            _ => form.dialect.stamps,
        };
        let stamps = reading.stamps.unwrap_or(by_columns);
        let dialect = Dialect {
            name: form.dialect.name.to_owned(),
            packing: form.packing,
            delimiter: form.delimiter,
            decimal_comma: form.numbers.decimal == super::number::Decimal::Comma,
            zone: convention.zone(),
            zone_assumed: convention.clocks_without_zone,
            session_dates: convention.session_dates,
            dates: convention.formats,
            stamps,
            columns: columns.headers(),
            ignored: columns.ignored.clone(),
            order: order.of_rows(),
        };
        rejects.sort_by_key(|(line, _)| *line);
        Self { symbols, rejects, skipped, rows, fingerprint, dialect, stamps, order, folds }
    }
}

impl Order {
    pub(super) fn of_rows(self) -> RowOrder {
        match (self.rising, self.falling) {
            (_, 0) => RowOrder::Ascending,
            (0, _) => RowOrder::Descending,
            _ => RowOrder::Mixed,
        }
    }
}

fn csv_reader<R: Read>(input: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(input)
}

/// A row may end in more delimiters than the header.
fn has_width(record: &StringRecord, width: usize) -> bool {
    record.len() == width
        || record.len() > width && record.iter().skip(width).all(|field| field.trim().is_empty())
}

fn read_opening(
    head: &Head,
    record: &mut StringRecord,
    reading: &Reading,
    file: &str,
) -> Result<Opening, MarketError> {
    let mut csv = csv_reader(Cursor::new([&head.bytes, b"\n".as_slice()].concat()), head.delimiter);
    match next_record(&mut csv, record, file)? {
        Next::Record => {}
        Next::NotUtf8 => {
            let problem = OpenProblem::NotText { kind: "text that is not UTF-8" };
            return Err(MarketError::Open { file: file.to_owned(), problem });
        }
        Next::End => return Err(MarketError::Open { file: file.to_owned(), problem: OpenProblem::Empty }),
    }
    let fields: Vec<String> = record.iter().map(|field| excerpt(field.trim())).collect();
    let (dialect, headless) = choose_dialect(&fields, reading);
    let headers = if headless { dialect.header.iter().map(|h| (*h).to_owned()).collect() } else { fields };
    let columns = Columns::find(&headers, dialect, &reading.columns)
        .map_err(|problem| MarketError::header(file, headers, problem))?;
    let numbers = match reading.decimal {
        Some(decimal) => Numbers { decimal, certain: true },
        None => sample_numbers(csv, record, &columns),
    };
    Ok(Opening { dialect, columns, headless, numbers })
}

/// The dialect, given or recognised, and whether the first line is data.
fn choose_dialect(fields: &[String], reading: &Reading) -> (&'static KnownDialect, bool) {
    let line = FirstLine { fields };
    let Some(dialect) = reading.dialect else {
        let (dialect, has_header) = recognise(&line);
        return (dialect, !has_header);
    };
    // Data where a header may be missing: no field of a header is a number.
    let data = fields.iter().any(|field| field.parse::<f64>().is_ok_and(f64::is_finite));
    (dialect, data && dialect.header.len() == fields.len())
}

/// Finds the decimal sign on the first lines.
fn sample_numbers(mut csv: csv::Reader<impl Read>, record: &mut StringRecord, columns: &Columns) -> Numbers {
    let mut evidence = DecimalEvidence::default();
    while let Ok(true) = csv.read_record(record) {
        for column in columns.price_columns() {
            if let Some(text) = record.get(column.index) {
                evidence.see(text.trim());
            }
        }
    }
    evidence.decide()
}

enum Next {
    Record,
    NotUtf8,
    End,
}

/// Reads the next record that is not blank.
fn next_record<R: Read>(
    csv: &mut csv::Reader<R>,
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
pub(super) fn only_symbol(
    source: &Source,
    columns: &Columns,
    dialect: &KnownDialect,
) -> Result<Option<String>, MarketError> {
    let twice = |header: &str, symbol: &str| {
        let problem = HeaderProblem::SymbolTwice { column: header.to_owned(), symbol: symbol.to_owned() };
        MarketError::header(&source.label(), columns.headers(), problem)
    };
    match (&columns.symbol, source.symbol(), &columns.prices) {
        (Some(column), Some(symbol), _) => Err(twice(&column.header, symbol)),
        (Some(_), None, _) => Ok(None),
        (None, Some(symbol), PriceColumns::Series(series)) if series.len() > 1 => {
            Err(twice(&series[0].header, symbol))
        }
        (None, Some(symbol), _) => Ok(Some(symbol.to_owned())),
        (None, None, PriceColumns::Series(series)) if series.len() > 1 => Ok(None),
        (None, None, PriceColumns::Series(series)) => {
            Ok(Some(Columns::series_symbol(&series[0]).unwrap_or_else(|| source.default_symbol(dialect))))
        }
        (None, None, _) => Ok(Some(source.default_symbol(dialect))),
    }
}

#[cfg(test)]
mod tests;
