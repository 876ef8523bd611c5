//! What an import tells the user: what was read, how, what was left out, and where it is now.

use super::description::{BarTime, Description, SourceSummary};
use super::dialect::RowOrder;
use super::quality::Findings;
use super::reject::Reject;
use super::stamps::{Stamps, is_first_of_month};
use admf_model::ContentHash;
use admf_model::words::counted;
use std::fmt;
use std::path::PathBuf;

/// Rejected rows that a receipt shows; the reject file has all of them.
pub const REJECTS_SHOWN: usize = 20;

/// The result of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The version: name, family, hash, interval, calendar, symbols, files and how they were read. When the import
    /// changed nothing its wall clock is this import's, not the stored one.
    pub description: Description,
    /// What became of the version.
    pub outcome: Outcome,
    /// Number of rejected rows.
    pub rejected: usize,
    /// The first [`REJECTS_SHOWN`] of them.
    pub rejects: Vec<Reject>,
    /// Where all of them are listed.
    pub reject_file: Option<PathBuf>,
    /// What was flagged.
    pub findings: Findings,
    /// The version's folder.
    pub folder: PathBuf,
}

impl Receipt {
    /// Number of bars imported.
    pub fn bars(&self) -> usize {
        self.description.symbols.iter().map(|symbol| symbol.bars).sum()
    }

    /// Rows without any value, such as holidays.
    pub fn skipped(&self) -> u64 {
        self.description.sources.iter().map(|source| source.skipped).sum()
    }

    /// What the user should know about how the files were read.
    pub fn notes(&self) -> Vec<Note> {
        self.description.notes()
    }
}

impl Description {
    /// What the user should know about how the files were read.
    pub fn notes(&self) -> Vec<Note> {
        let short = self.bar_time == BarTime::Close;
        let mut notes: Vec<Note> =
            self.sources.iter().flat_map(|source| Note::of_source(source, short)).collect();
        if self.interval.months().is_some() {
            notes.extend(self.sources.iter().filter_map(|source| self.period_note(source)));
        }
        let close_only = self.symbols.iter().filter(|symbol| !symbol.tradable);
        let symbols: Vec<String> = close_only.map(|symbol| symbol.symbol.clone()).collect();
        if !symbols.is_empty() {
            notes.push(Note::CloseOnly { symbols });
        }
        let calendar = self.calendar;
        if !calendar.overridden && calendar.bars_per_year == calendar.observed {
            notes.push(Note::UnusualCalendar { bars_per_year: calendar.observed });
        }
        notes
    }

    /// What dates of months, quarters or years in a file stand for.
    fn period_note(&self, source: &SourceSummary) -> Option<Note> {
        let (file, symbol) = (source.file.clone(), self.symbols.first()?);
        let mut ends = self.symbols.iter().flat_map(|symbol| [symbol.first, symbol.last]);
        match source.dialect.stamps {
            Stamps::PeriodStart => Some(Note::PeriodStarts { file, symbol: symbol.symbol.clone() }),
            Stamps::Close if ends.all(is_first_of_month) => Some(Note::FirstDays { file }),
            _ => None,
        }
    }
}

/// What became of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first version under this name.
    New,
    /// A further version; the name stood for `previous` before.
    NewVersion {
        /// The version before.
        previous: ContentHash,
    },
    /// The name stood for these bars before.
    AlreadyThere,
    /// These bars were an older version; the name stood for `previous` before and stands for them now.
    MadeCurrent {
        /// The version before.
        previous: ContentHash,
    },
    /// The version was there with damaged files, which were written again.
    Repaired,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new"),
            Self::NewVersion { previous } => write!(f, "new version, after {previous}"),
            Self::AlreadyThere => f.write_str("already there"),
            Self::MadeCurrent { previous } => write!(f, "already there, current again instead of {previous}"),
            Self::Repaired => f.write_str("already there, damaged files repaired"),
        }
    }
}

/// Something that the user should know about an import.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The file is of a dialect that is known.
    KnownDialect {
        /// The file.
        file: String,
        /// The dialect.
        dialect: String,
    },
    /// Lines above the header, which are not read.
    Titles {
        /// The file.
        file: String,
        /// The lines, cut to a readable length; at least one.
        lines: Vec<String>,
    },
    /// Text that is not UTF-8.
    Encoding {
        /// The file.
        file: String,
        /// What it was decoded from.
        encoding: String,
    },
    /// Rows were not oldest first.
    Sorted {
        /// The file.
        file: String,
        /// Their order.
        order: RowOrder,
    },
    /// Columns that are not read.
    Ignored {
        /// The file.
        file: String,
        /// Their headers.
        columns: Vec<String>,
    },
    /// Local midnights were taken as session dates.
    SessionDates {
        /// The file.
        file: String,
    },
    /// Times within a day are taken as closing times, for want of knowledge.
    ClosingTimes {
        /// The file.
        file: String,
    },
    /// Opening times became closing times.
    OpeningTimes {
        /// The file.
        file: String,
    },
    /// Values of months, quarters or years dated with their first days carry their last ones.
    PeriodStarts {
        /// The file.
        file: String,
        /// A symbol, as an example.
        symbol: String,
    },
    /// Bars of months, quarters or years are dated with first days, which are taken as their closes.
    FirstDays {
        /// The file.
        file: String,
    },
    /// Times of day without a zone were taken as UTC.
    ZoneAssumed {
        /// The file.
        file: String,
    },
    /// Times that clocks showed twice.
    Folds {
        /// The file.
        file: String,
        /// How many.
        times: u64,
    },
    /// Symbols that can be named in rules but not traded.
    CloseOnly {
        /// The symbols; at least one.
        symbols: Vec<String>,
    },
    /// The calendar fits no convention.
    UnusualCalendar {
        /// Bars per year as counted.
        bars_per_year: f64,
    },
}

impl Note {
    /// What is notable about how a file was read; `short` for bars whose times are more than session dates.
    fn of_source(source: &SourceSummary, short: bool) -> Vec<Self> {
        let file = || source.file.clone();
        let dialect = &source.dialect;
        let mut notes = Vec::new();
        if dialect.name != "generic" {
            notes.push(Self::KnownDialect { file: file(), dialect: dialect.name.clone() });
        }
        if !dialect.titles.is_empty() {
            notes.push(Self::Titles { file: file(), lines: dialect.titles.clone() });
        }
        if let Some(encoding) = dialect.encoding.clone() {
            notes.push(Self::Encoding { file: file(), encoding });
        }
        if dialect.session_dates {
            notes.push(Self::SessionDates { file: file() });
        }
        match dialect.stamps {
            Stamps::Open if short => notes.push(Self::OpeningTimes { file: file() }),
            Stamps::Close if short => notes.push(Self::ClosingTimes { file: file() }),
            _ => {}
        }
        if dialect.zone_assumed {
            notes.push(Self::ZoneAssumed { file: file() });
        }
        if source.folds > 0 {
            notes.push(Self::Folds { file: file(), times: source.folds });
        }
        if dialect.order != RowOrder::Ascending {
            notes.push(Self::Sorted { file: file(), order: dialect.order });
        }
        if !dialect.ignored.is_empty() {
            notes.push(Self::Ignored { file: file(), columns: dialect.ignored.clone() });
        }
        notes
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KnownDialect { file, dialect } => write!(f, "{file}: read as {dialect}"),
            Self::Titles { file, lines } => {
                let quoted =
                    lines.iter().take(3).map(|line| format!("`{line}`")).collect::<Vec<_>>().join(", ");
                let more = if lines.len() > 3 { ", …" } else { "" };
                let count = counted(lines.len(), "line", "lines");
                write!(f, "{file}: {count} above the header not read: {quoted}{more}")
            }
            Self::Encoding { file, encoding } => {
                write!(f, "{file}: the text is not UTF-8 and is read as {encoding}; if not, say --encoding")
            }
            Self::Sorted { file, order } => {
                let order = if *order == RowOrder::Descending { "newest first" } else { "in mixed order" };
                write!(f, "{file}: rows were {order} and have been sorted by time")
            }
            Self::Ignored { file, columns } => write!(f, "{file}: columns not read: {}", columns.join(", ")),
            Self::SessionDates { file } => {
                write!(f, "{file}: all times are midnights of a local zone; read as session dates")
            }
            Self::ClosingTimes { file } => {
                write!(
                    f,
                    "{file}: times are taken as the closing times of their bars; if not, say --stamps open"
                )
            }
            Self::OpeningTimes { file } => {
                write!(
                    f,
                    "{file}: bars were stamped with their opening times and now carry their closing times"
                )
            }
            Self::PeriodStarts { file, symbol } => write!(
                f,
                "{file}: values dated with the first day of a month, quarter or year are stamped with its last day; how \
                 much later they were published the file does not tell: let rules wait, as lag(close@{symbol}, 15) does \
                 for 15 bars"
            ),
            Self::FirstDays { file } => write!(
                f,
                "{file}: bars are dated with the first day of a month and taken as known on it; if the month, quarter or \
                 year only begins there, say --stamps period-start"
            ),
            Self::ZoneAssumed { file } => {
                write!(f, "{file}: times of day name no zone and are taken as UTC; if not, say --zone")
            }
            Self::Folds { file, times } => write!(
                f,
                "{file}: {} shown twice by clocks put back, and told apart by the order of the rows",
                counted(usize::try_from(*times).unwrap_or(usize::MAX), "time was", "times were")
            ),
            Self::CloseOnly { symbols } => {
                let names = symbols.iter().map(|symbol| format!("close@{symbol}")).collect::<Vec<_>>();
                write!(f, "not tradable, but usable in rules as {}", names.join(", "))
            }
            Self::UnusualCalendar { bars_per_year } => {
                write!(f, "{bars_per_year:.1} bars per year fit no known calendar; used as counted")
            }
        }
    }
}
