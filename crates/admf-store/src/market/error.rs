//! What can go wrong with market data, with the values that caused it and a remedy.

use super::columns::{KNOWN, Role, near_names};
use super::symbols::Head;
use crate::error::StoreError;
use crate::name::NameError;
use admf_model::words::{counted, grouped};
use admf_model::{BarsError, ContentHash, Interval};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why an import, a load or a listing failed. Nothing that was stored before is lost by any of them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MarketError {
    /// A dataset name that could lead out of the workspace or is unwieldy.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A family without a usable name.
    #[error("`{}` cannot be the name of a family: use 1 to 64 printable characters", family.escape_debug())]
    Family {
        /// The name.
        family: String,
    },
    /// A symbol that no rule could name.
    #[error(
        "`{symbol}` cannot be a symbol: it needs 1 to 64 characters without spaces, quotes, commas or `@`"
    )]
    Symbol {
        /// The symbol.
        symbol: String,
    },
    /// No file was given.
    #[error("no file to import: name at least one CSV or Parquet file")]
    NoSources,
    /// Bars per year must be a positive number.
    #[error("bars per year of {value} make no sense: give a positive number such as 252")]
    BarsPerYear {
        /// What was given.
        value: f64,
    },
    /// A file that cannot be opened as text.
    #[error("{file}: {problem}")]
    Open {
        /// The file.
        file: String,
        /// Why.
        problem: OpenProblem,
    },
    /// A file that could be opened but not read to its end.
    #[error("{file}: reading stopped at line {line}")]
    Read {
        /// The file.
        file: String,
        /// First line that was not read.
        line: u64,
        /// What the system said.
        source: io::Error,
    },
    /// A file that somebody wrote, moved or removed while it was read.
    #[error(
        "{file}: the file was changed while it was read: do it again once nobody writes to it; nothing was imported"
    )]
    Changed {
        /// The file.
        file: String,
    },
    /// A compressed file that ends too early.
    #[error(
        "{file}: the compressed file breaks off in or after line {line}: fetch it again; nothing was imported"
    )]
    Truncated {
        /// The file.
        file: String,
        /// First line that was not read completely.
        line: u64,
    },
    /// A compressed file with impossible contents.
    #[error(
        "{file}: the compressed file is damaged in or after line {line}: fetch it again; nothing was imported"
    )]
    Damaged {
        /// The file.
        file: String,
        /// First line that was not read completely.
        line: u64,
    },
    /// A quote without an end.
    #[error(
        "{file}:{line}: a quote opened on this line is not closed on it: remove or close it; nothing was imported"
    )]
    OpenQuote {
        /// The file.
        file: String,
        /// The line.
        line: u64,
    },
    /// A row that does not end.
    #[error(
        "{file}:{line}: a row of more than 4 MB begins on this line: close the quote that was opened there, or end its lines with line feeds; nothing was imported"
    )]
    EndlessRow {
        /// The file.
        file: String,
        /// The line.
        line: u64,
    },
    /// Dates of which no one tells whether the day or the month comes first.
    #[error(
        "{file}: dates such as {example} do not tell whether the day or the month comes first: say --date-format DD/MM/YYYY or --date-format MM/DD/YYYY; nothing was imported"
    )]
    AmbiguousDates {
        /// The file.
        file: String,
        /// A date.
        example: String,
    },
    /// So many rejected rows that the file must have been read wrongly.
    #[error(
        "{file}: more than a million rows cannot be imported; the file seems to be read wrongly: see `admf data dialects`\n  {}",
        first.join("\n  ")
    )]
    TooManyRejects {
        /// The file.
        file: String,
        /// The first of them, with reasons.
        first: Vec<String>,
    },
    /// Rows that cannot be imported, where the user did not say to go on without them.
    #[error("{}", rejected_message(*rejected, *rows, reasons))]
    Rejected {
        /// How many.
        rejected: usize,
        /// Of how many rows.
        rows: u64,
        /// By rule: how many, and the first of them with its reason.
        reasons: Vec<(usize, String)>,
    },
    /// A Parquet file that cannot be read.
    #[error("{file}: not readable as Parquet: {problem}; nothing was imported")]
    Parquet {
        /// The file.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// Columns that make no bars.
    #[error("{}", header_message(file, columns, problem))]
    Header {
        /// The file.
        file: String,
        /// The headers found.
        columns: Vec<String>,
        /// What is wrong with them.
        problem: HeaderProblem,
    },
    /// One symbol in files with different columns.
    #[error(
        "{symbol} has other columns in {first} than in {second}: give both files the same columns, or different symbols (SYMBOL=FILE)"
    )]
    UnequalColumns {
        /// The symbol.
        symbol: String,
        /// A file that has it.
        first: String,
        /// Another.
        second: String,
    },
    /// Nothing is left after the rejects.
    #[error("no bar is left to import{left_out}")]
    NoBars {
        /// What was left out.
        left_out: LeftOut,
    },
    /// Too few bars to tell the interval.
    #[error(
        "{} has a single bar: at least two are needed to tell the bar interval{left_out}",
        symbol.as_deref().unwrap_or("the dataset")
    )]
    TooFewBars {
        /// The symbol with the most bars.
        symbol: Option<String>,
        /// What was left out.
        left_out: LeftOut,
    },
    /// Symbols with different bar lengths.
    #[error(
        "{symbol} has bars of {interval}, {other_symbol} of {other}: a dataset has one interval; import them under two names"
    )]
    Intervals {
        /// The symbol with the most bars.
        symbol: String,
        /// Its interval.
        interval: Interval,
        /// A symbol that differs.
        other_symbol: String,
        /// Its interval.
        other: Interval,
    },
    /// Files of one symbol with different bar lengths.
    #[error(
        "{symbol} has bars of {interval} in {file}, of {other} in {other_file}: a dataset has one interval; import them under two names, or tell them apart with SYMBOL=FILE"
    )]
    FileIntervals {
        /// The symbol.
        symbol: String,
        /// A file that has it.
        file: String,
        /// Its interval.
        interval: Interval,
        /// Another file.
        other_file: String,
        /// Its interval.
        other: Interval,
    },
    /// Columns that are no bars.
    #[error(transparent)]
    Bars(#[from] BarsError),
    /// A dataset that is not there.
    #[error("{}", not_found_message(name, known))]
    NotFound {
        /// The name asked for.
        name: String,
        /// The names there are, nearest first.
        known: Vec<String>,
    },
    /// A reference that is not `name` or `name@hash`.
    #[error("`{reference}` is no dataset version: write NAME or NAME@HASH with hexadecimal digits")]
    Version {
        /// The reference.
        reference: String,
    },
    /// A version that is not there, or more than one that fits.
    #[error(
        "`{version}` names {} of the versions of `{name}`: {}",
        if *several { "several" } else { "none" },
        join(versions)
    )]
    NoVersion {
        /// The dataset.
        name: String,
        /// The beginning of a hash asked for.
        version: String,
        /// True when several versions begin so.
        several: bool,
        /// The versions there are, sorted.
        versions: Vec<ContentHash>,
    },
    /// A stored file that is not what it must be.
    #[error("{}: {problem}; import the data again to restore it", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A file of a later version of this program.
    #[error(
        "{} has format {format}, this program knows up to {known}: use a newer version of it",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        format: u32,
        /// The latest format known.
        known: u32,
    },
    /// The workspace cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Rows of an import that became no bars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Rows without a value.
    pub skipped: u64,
    /// Rows that were rejected.
    pub rejected: usize,
    /// By rule: how many, and the first of them with its reason.
    pub reasons: Vec<(usize, String)>,
    /// Where all of them are listed.
    pub listed: Option<PathBuf>,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.skipped > 0 {
            write!(f, "; rows without a value: {}", grouped(self.skipped))?;
        }
        if self.rejected > 0 {
            let rejected = grouped(self.rejected as u64);
            write!(f, "; rows rejected: {rejected}{}", reasons_message(&self.reasons))?;
        }
        match &self.listed {
            Some(path) => write!(f, "\nall are listed in {}", path.display()),
            None => Ok(()),
        }
    }
}

/// Why a file cannot be opened as text.
#[derive(Debug, thiserror::Error)]
pub enum OpenProblem {
    /// There is no such file.
    #[error("no such file: check the path")]
    NotFound,
    /// The file may not be read.
    #[error("permission denied: make the file readable")]
    Denied,
    /// It is a directory.
    #[error("is a directory: name the files in it")]
    Directory,
    /// A folder without files of prices.
    #[error("the folder has no files that end in .csv, .txt, .tsv (also with .gz or .zst) or .parquet")]
    EmptyFolder,
    /// A pattern that no file fits.
    #[error("no file fits the pattern")]
    NoMatch,
    /// A pattern that is none.
    #[error("is not a pattern: {problem}")]
    Pattern {
        /// What is wrong.
        problem: String,
    },
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The file is not readable as text.
    #[error("looks like {kind}: unpack it or save it as CSV; .gz and .zst can stay packed")]
    NotText {
        /// What it looks like.
        kind: &'static str,
    },
    /// Anything else.
    #[error("cannot be read: {0}")]
    Other(io::Error),
}

impl OpenProblem {
    pub(super) fn from_io(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Other(error),
        }
    }
}

/// Why the columns of a file make no bars.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderProblem {
    /// The first line holds values.
    #[error(
        "the first line looks like data, not like a header: add a line with the names of the columns, or name the dialect (`admf data dialects` lists them)"
    )]
    LooksLikeData,
    /// No column is a time.
    #[error("no column is a date: name one `Date`, `Datetime`, `Timestamp` or `Time`")]
    NoTime,
    /// No column is a price.
    #[error(
        "no column is a price: name them `Open`, `High`, `Low` and `Close`, or `Close` alone, or keep a single value column"
    )]
    NoPrice,
    /// Some prices of a bar, but not all.
    #[error("{missing} missing: a bar needs `Open`, `High`, `Low` and `Close`; or give `Close` alone")]
    PartOfABar {
        /// The missing columns, quoted.
        missing: String,
    },
    /// Two columns mean the same.
    #[error("`{first}` and `{second}` mean the same: say which one with --columns {role}=…, or remove one")]
    SameMeaning {
        /// A column.
        first: String,
        /// Another.
        second: String,
        /// What they mean.
        role: Role,
    },
    /// The user named a column that is not there.
    #[error("there is no column `{header}`")]
    NoSuchColumn {
        /// What was named.
        header: String,
    },
    /// A symbol was given for a file that names its symbols.
    #[error("the symbol {symbol} was given, but the file has its own in `{column}`: leave out `{symbol}=`")]
    SymbolTwice {
        /// The column.
        column: String,
        /// The symbol given.
        symbol: String,
    },
}

impl MarketError {
    pub(super) fn header(file: &str, columns: Vec<String>, problem: HeaderProblem) -> Self {
        Self::Header { file: file.to_owned(), columns, problem }
    }

    pub(super) fn too_few_bars(longest: Option<&Head<'_>>) -> Self {
        Self::TooFewBars { symbol: longest.map(|head| head.symbol.to_owned()), left_out: LeftOut::default() }
    }

    /// Says what was left out, where that may be why too few bars are left.
    pub(super) fn with_left_out(self, left_out: LeftOut) -> Self {
        match self {
            Self::NoBars { .. } => Self::NoBars { left_out },
            Self::TooFewBars { symbol, .. } => Self::TooFewBars { symbol, left_out },
            other => other,
        }
    }

    /// An error while reading text that may come from a compressed file.
    pub(super) fn from_read(file: &str, line: u64, source: io::Error) -> Self {
        let file = file.to_owned();
        match source.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated { file, line },
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Self::Damaged { file, line },
            io::ErrorKind::FileTooLarge => Self::EndlessRow { file, line },
            io::ErrorKind::IsADirectory => Self::Open { file, problem: OpenProblem::Directory },
            _ => Self::Read { file, line, source },
        }
    }

    pub(super) fn corrupt(path: &Path, problem: impl Into<String>) -> Self {
        Self::Corrupt { path: path.to_owned(), problem: problem.into() }
    }
}

fn header_message(file: &str, columns: &[String], problem: &HeaderProblem) -> String {
    const SHOWN: usize = 20;
    let more = columns.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = columns.iter().take(SHOWN).map(|c| format!("`{c}`")).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    let mut message = format!("{file}: {problem}; found {}", shown.join(", "));
    let asks_for_names =
        matches!(problem, HeaderProblem::NoTime | HeaderProblem::NoPrice | HeaderProblem::PartOfABar { .. });
    if asks_for_names {
        for (header, known) in near_names(columns) {
            message += &format!("; is `{header}` meant to be `{known}`?");
        }
        message +=
            &format!("; known names: {}; others with --columns date=NAME,close=NAME", KNOWN.join(", "));
    }
    message
}

fn rejected_message(rejected: usize, rows: u64, reasons: &[(usize, String)]) -> String {
    let rows = counted(usize::try_from(rows).unwrap_or(usize::MAX), "row", "rows");
    let mut message =
        format!("{} of {rows} cannot be imported; nothing was imported", grouped(rejected as u64));
    message += &reasons_message(reasons);
    message += "\nto import the others, say --rejects FILE: it lists what is left out, with reasons";
    message
}

/// A line for each rule.
fn reasons_message(reasons: &[(usize, String)]) -> String {
    let mut message = String::new();
    for (count, first) in reasons {
        let more = count.saturating_sub(1) as u64;
        let more = if more > 0 { format!(" (and {} more like it)", grouped(more)) } else { String::new() };
        message += &format!("\n  {first}{more}");
    }
    message
}

fn not_found_message(name: &str, known: &[String]) -> String {
    if known.is_empty() {
        return format!("there is no dataset `{name}`, nor any other: import one first");
    }
    format!("there is no dataset `{name}`: there are {}", known.join(", "))
}

fn join(versions: &[ContentHash]) -> String {
    versions.iter().map(ContentHash::to_string).collect::<Vec<_>>().join(", ")
}
