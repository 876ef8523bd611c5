//! How a text file is written: its delimiter, found on the header line, and the ways it writes dates.

use super::error::{MarketError, OpenProblem};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{BufRead, Read};

/// A header longer than this is no header.
const LONGEST_HEADER: u64 = 1 << 16;
/// Tried in this order; the one that splits the header most often wins.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How a file was read: what import detected, kept with the dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// The file is compressed with gzip.
    pub gzip: bool,
    /// What separates fields.
    pub delimiter: char,
    /// How dates are written; usually one way.
    pub dates: Vec<DateFormat>,
    /// Times were midnights of a local zone and were read as session dates.
    pub session_dates: bool,
    /// Headers of the columns that were read, in the order of the file.
    pub columns: Vec<String>,
    /// Headers of the columns that were not.
    pub ignored: Vec<String>,
    /// Order of the rows.
    pub order: RowOrder,
}

/// A way to write a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFormat {
    /// `2000-03-01`, with or without a time.
    Iso,
    /// `3/1/2000`, known because a second field exceeds 12.
    MonthDay,
    /// `1/3/2000`, known because a first field exceeds 12.
    DayMonth,
    /// `3/1/2000` by assumption: no field of any date exceeds 12.
    MonthDayAssumed,
}

/// The order of the rows of a file, within each symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOrder {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
    /// Neither.
    Mixed,
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Iso => "YYYY-MM-DD",
            Self::MonthDay => "M/D/YYYY",
            Self::DayMonth => "D/M/YYYY",
            Self::MonthDayAssumed => "M/D/YYYY (assumed)",
        })
    }
}

impl fmt::Display for Dialect {
    /// What was detected, in words: `gzip, comma, dates M/D/YYYY, oldest first, columns Date, Close`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let delimiter = match self.delimiter {
            ',' => "comma",
            ';' => "semicolon",
            '\t' => "tab",
            _ => "bar",
        };
        let order = match self.order {
            RowOrder::Ascending => "oldest first",
            RowOrder::Descending => "newest first",
            RowOrder::Mixed => "rows in no order",
        };
        let dates: Vec<String> = self.dates.iter().map(ToString::to_string).collect();
        let gzip = if self.gzip { "gzip, " } else { "" };
        write!(
            f,
            "{gzip}{delimiter}, dates {}, {order}, columns {}",
            dates.join(" and "),
            self.columns.join(", ")
        )?;
        if !self.ignored.is_empty() {
            write!(f, "; ignored {}", self.ignored.join(", "))?;
        }
        Ok(())
    }
}

/// The bytes up to the end of the header line, which the reader has now passed.
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    pub(super) delimiter: u8,
}

/// Reads the header line, without a byte order mark, and finds the delimiter on it.
pub(super) fn read_head(reader: &mut impl BufRead, file: &str) -> Result<Head, MarketError> {
    let failed = |problem| MarketError::Open { file: file.to_owned(), problem };
    let mut bytes = Vec::new();
    let mut start = 0;
    while bytes[start..].trim_ascii().is_empty() {
        start = bytes.len();
        let room = LONGEST_HEADER.saturating_sub(bytes.len() as u64);
        let count = reader
            .by_ref()
            .take(room)
            .read_until(b'\n', &mut bytes)
            .map_err(|source| MarketError::from_read(file, 1, source))?;
        if count == 0 {
            return Err(failed(OpenProblem::Empty));
        }
        if start == 0 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
    }
    let line = bytes[start..].trim_ascii();
    if let Some(kind) = not_text(line) {
        return Err(failed(OpenProblem::NotText { kind }));
    }
    let mut delimiter = DELIMITERS[0];
    for candidate in DELIMITERS {
        if separators(line, candidate) > separators(line, delimiter) {
            delimiter = candidate;
        }
    }
    Ok(Head { bytes, delimiter })
}

fn not_text(line: &[u8]) -> Option<&'static str> {
    let starts: [(&[u8], &str); 6] = [
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"PK\x03\x04", "a zip archive or a spreadsheet"),
        (b"PAR1", "a Parquet file"),
        (b"BZh", "a bzip2 archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    ];
    let known = starts.iter().find(|(start, _)| line.starts_with(start)).map(|(_, kind)| *kind);
    let binary = || line.contains(&0).then_some("binary data");
    let old_mac = || line.contains(&b'\r').then_some("text whose lines end in a bare carriage return");
    let endless = || (line.len() as u64 >= LONGEST_HEADER - 3).then_some("text without line ends");
    known.or_else(binary).or_else(old_mac).or_else(endless)
}

fn separators(line: &[u8], delimiter: u8) -> usize {
    let mut quoted = false;
    let outside = |byte: &&u8| {
        quoted ^= **byte == b'"';
        !quoted && **byte == delimiter
    };
    line.iter().filter(outside).count()
}

#[cfg(test)]
mod tests;
