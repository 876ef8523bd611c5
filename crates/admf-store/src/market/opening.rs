//! What the first lines of a text tell: where the header is, the dialect, the columns, and how numbers are written.
//!
//! The header is the first line. Where it is none, titles may stand above it, as in exports of brokers: then it is the
//! first line below that is a header, and what stands above is said.

use super::columns::Columns;
use super::dialects::{FirstLine, KnownDialect, recognise};
use super::error::{MarketError, OpenProblem};
use super::head::{delimiter, separators};
use super::number::{DecimalEvidence, Numbers};
use super::reading::Reading;
use super::reject::excerpt;
use super::rows::{Next, csv_reader, next_record};
use csv::StringRecord;

/// What the first lines tell.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) dialect: &'static KnownDialect,
    pub(super) columns: Columns,
    /// The first line is data.
    pub(super) headless: bool,
    pub(super) numbers: Numbers,
    pub(super) delimiter: u8,
    /// Where the header begins, or the data where there is none.
    pub(super) start: usize,
    /// Lines above it that are not blank.
    pub(super) titles: Vec<String>,
}

/// A line that is not blank.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a [u8],
    /// Its first byte, and its number from 1.
    start: usize,
    number: u64,
}

impl Line<'_> {
    fn separators(&self) -> usize {
        separators(self.text, delimiter(self.text))
    }
}

/// Finds the header among the first lines of a file.
pub(super) fn read_opening(head: &[u8], reading: &Reading, file: &str) -> Result<Opening, MarketError> {
    let lines = lines(head);
    let empty = || MarketError::Open { file: file.to_owned(), problem: OpenProblem::Empty };
    let (first, below) = lines.split_first().ok_or_else(empty)?;
    let fault = match opening_at(*first, head, reading, file) {
        Ok(opening) => return Ok(opening),
        Err(fault) => fault,
    };
    // A row as wide as the header follows it; a title such as `Date, Account` stands alone.
    let follows = |at: usize| {
        let sign = delimiter(below[at].text);
        below.get(at + 1).is_none_or(|next| separators(next.text, sign) == below[at].separators())
    };
    for (at, line) in below.iter().enumerate().filter(|(at, _)| follows(*at)) {
        let Some(opening) = opening_at(*line, head, reading, file).ok().filter(|found| !found.headless)
        else {
            continue;
        };
        let titles = lines[..=at].iter().map(|line| excerpt(&String::from_utf8_lossy(line.text))).collect();
        return Ok(Opening { titles, ..opening });
    }
    // The widest line is rather meant to be the header than a title above it.
    let wide = (0..below.len()).filter(|at| follows(*at) && below[*at].separators() > first.separators());
    match wide.rev().max_by_key(|at| below[*at].separators()) {
        Some(at) => opening_at(below[at], head, reading, file).and(Err(fault)),
        None => Err(fault),
    }
}

fn lines(head: &[u8]) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(head.split_inclusive(|byte| *byte == b'\n')) {
        if !text.trim_ascii().is_empty() {
            lines.push(Line { text: text.trim_ascii_end(), start, number });
        }
        start += text.len();
    }
    lines
}

/// What a line tells if it is the header, or data where the dialect has no header.
fn opening_at(line: Line<'_>, head: &[u8], reading: &Reading, file: &str) -> Result<Opening, MarketError> {
    let delimiter = delimiter(line.text);
    let mut record = StringRecord::new();
    let text = [line.text, b"\n".as_slice()].concat();
    match next_record(&mut csv_reader(text.as_slice(), delimiter), &mut record, file, line.number)? {
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
        None => sample_numbers(&head[line.start..], delimiter, &columns),
    };
    Ok(Opening { dialect, columns, headless, numbers, delimiter, start: line.start, titles: Vec::new() })
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

/// Finds the decimal sign on the lines after the first.
fn sample_numbers(text: &[u8], delimiter: u8, columns: &Columns) -> Numbers {
    let mut record = StringRecord::new();
    let mut csv = csv_reader(text, delimiter);
    let mut evidence = DecimalEvidence::default();
    let _ = csv.read_record(&mut record);
    while let Ok(true) = csv.read_record(&mut record) {
        for column in columns.price_columns() {
            if let Some(text) = record.get(column.index) {
                evidence.see(text.trim());
            }
        }
    }
    evidence.decide()
}

#[cfg(test)]
mod tests;
