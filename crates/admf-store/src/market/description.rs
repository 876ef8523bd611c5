//! What `dataset.json` says about a version: the bars in short, where they came from, and how they were read.

use super::dialect::Dialect;
use super::quality::FlagCount;
use super::symbols::Head;
use admf_model::{Calendar, ContentHash, Interval, Timestamp};
use serde::{Deserialize, Serialize};

/// The format of `dataset.json` and `bars.parquet` that this program writes.
pub(super) const FORMAT: u32 = 1;

/// A version of a dataset, without its bars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Format of the files; grows when older programs could not read them.
    pub format: u32,
    /// The name given at import.
    pub name: String,
    /// The family whose trials are counted together (rule 25).
    pub family: String,
    /// Hash of symbols, times and values; the name of the version's folder.
    #[serde(with = "text")]
    pub content_hash: ContentHash,
    /// Length of a bar.
    #[serde(with = "text")]
    pub interval: Interval,
    /// What the time of a bar means.
    pub bar_time: BarTime,
    /// Bars per year.
    pub calendar: CalendarNote,
    /// The symbols, sorted.
    pub symbols: Vec<SymbolSummary>,
    /// The files that were imported, in the order given.
    pub sources: Vec<SourceSummary>,
    /// How often each rule flagged bars of each symbol; empty for versions of earlier programs.
    #[serde(default)]
    pub flags: Vec<FlagCount>,
    /// All that differs when the same files are imported again.
    pub wall_clock: WallClock,
}

/// What the time of a bar means (rule 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarTime {
    /// The session date at 00:00 UTC, meaning that session's close.
    SessionDate,
    /// The UTC time of the bar's close, as the file gave it.
    Close,
}

/// Bars per year and how they were found (rule 19).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalendarNote {
    /// Bars per year used to annualise.
    pub bars_per_year: f64,
    /// What was counted in the data.
    pub observed: f64,
    /// The number was given at import.
    pub overridden: bool,
}

/// A symbol's bars in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SymbolSummary {
    /// The symbol.
    pub symbol: String,
    /// Number of bars.
    pub bars: usize,
    /// Time of the first bar.
    #[serde(with = "text")]
    pub first: Timestamp,
    /// Time of the last bar.
    #[serde(with = "text")]
    pub last: Timestamp,
    /// Open, high, low and close are there, so that orders can be filled; other symbols serve as auxiliary series.
    pub tradable: bool,
    /// An adjustment factor is there.
    pub adjusted: bool,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSummary {
    /// Its name, without folders.
    pub file: String,
    /// Hash of its bytes as they lay on disk, in hexadecimal digits.
    pub sha256: String,
    /// Number of those bytes.
    pub bytes: u64,
    /// Rows after the header.
    pub rows: u64,
    /// Rows without any value, such as holidays.
    pub skipped: u64,
    /// Rows that were rejected.
    pub rejected: u64,
    /// Times that clocks showed twice and that were told apart by the order of the rows.
    #[serde(default)]
    pub folds: u64,
    /// How it was read.
    pub dialect: Dialect,
}

/// When a version was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallClock {
    /// Time of the import.
    #[serde(with = "text")]
    pub imported_at: Timestamp,
    /// Counts the imports under this name; the name resolves to the version with the highest.
    pub ordinal: u64,
}

impl SymbolSummary {
    /// Of bars, of which there is at least one.
    pub(super) fn of(head: &Head<'_>) -> Option<Self> {
        Some(Self {
            symbol: head.symbol.to_owned(),
            bars: head.times.len(),
            first: *head.times.first()?,
            last: *head.times.last()?,
            tradable: head.tradable,
            adjusted: head.adjusted,
        })
    }
}

impl BarTime {
    /// Session dates, when bars last a day or longer and every time is a midnight.
    pub(super) fn of(interval: Interval, symbols: &[Head<'_>]) -> Self {
        let midnight = |time: &Timestamp| time.micros().rem_euclid(Interval::DAY.micros()) == 0;
        let dates =
            interval.is_daily_or_longer() && symbols.iter().all(|head| head.times.iter().all(midnight));
        if dates { Self::SessionDate } else { Self::Close }
    }
}

impl CalendarNote {
    pub(super) fn calendar(&self) -> Calendar {
        Calendar { bars_per_year: self.bars_per_year, observed: self.observed }
    }
}

/// Values kept in JSON as the text that they print as.
mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::fmt::Display;
    use std::str::FromStr;

    pub(super) fn serialize<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
