//! Which column of a file is what, by the names in its header.

use super::error::HeaderProblem;
use super::name::symbol_from;
use admf_model::Timestamp;
use std::ops::Range;

/// A column with its place in the row and the header as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) header: String,
}

/// The prices a file gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PriceColumns {
    /// Open, high, low and close.
    Bar([Column; 4]),
    /// A close alone: a price, which is positive.
    Close(Column),
    /// One column of another name, such as an index or a rate, which may have any sign. The name is the symbol's,
    /// unless it says nothing (`value`).
    Value(Column),
}

/// The columns of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) time: Column,
    /// Time of day, where it stands apart from the date.
    pub(super) clock: Option<Column>,
    pub(super) symbol: Option<Column>,
    pub(super) prices: PriceColumns,
    pub(super) adjusted_close: Option<Column>,
    pub(super) volume: Option<Column>,
    /// Fields in a row.
    pub(super) width: usize,
    /// Headers that name nothing known.
    pub(super) ignored: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Date,
    Time,
    Symbol,
    Open,
    High,
    Low,
    Close,
    AdjustedClose,
    Volume,
}

/// Accepted names, compared by letters and digits alone, ignoring case.
const ALIASES: [(Role, &[&str]); 9] = [
    (Role::Date, &["date", "datetime", "timestamp", "observationdate"]),
    (Role::Time, &["time"]),
    (Role::Symbol, &["ticker", "symbol"]),
    (Role::Open, &["open"]),
    (Role::High, &["high"]),
    (Role::Low, &["low"]),
    (Role::Close, &["close", "closelast"]),
    (Role::AdjustedClose, &["adjclose", "adjustedclose"]),
    (Role::Volume, &["volume"]),
];

/// Names of a value column that do not name the symbol.
const ANONYMOUS: [&str; 2] = ["value", "price"];

/// What the names of known columns are, for messages.
pub(super) const KNOWN: [&str; 12] = [
    "Date",
    "Datetime",
    "Timestamp",
    "Time",
    "Ticker",
    "Symbol",
    "Open",
    "High",
    "Low",
    "Close",
    "Adj Close",
    "Volume",
];

impl Columns {
    /// Finds the columns by their headers.
    pub(super) fn find(headers: &[String]) -> Result<Self, HeaderProblem> {
        if headers.iter().any(|h| looks_like_data(h)) {
            return Err(HeaderProblem::LooksLikeData);
        }
        let mut unknown = Vec::new();
        let mut roles: Vec<(Role, Column)> = Vec::new();
        for (index, header) in headers.iter().enumerate() {
            let column = Column { index, header: header.clone() };
            match role_of(header) {
                // The index column of a data frame, or what follows a comma at the end, has no name.
                None if header.is_empty() => {}
                None => unknown.push(column),
                Some(role) => {
                    if let Some((_, first)) = roles.iter().find(|(other, _)| *other == role) {
                        let (first, second) = (first.header.clone(), column.header);
                        return Err(HeaderProblem::SameMeaning { first, second });
                    }
                    roles.push((role, column));
                }
            }
        }
        let mut take = |role| {
            let found = roles.iter().position(|(other, _)| *other == role)?;
            Some(roles.swap_remove(found).1)
        };
        // A date with a time beside it is one point in time; either alone is one, too.
        let (date, clock) = (take(Role::Date), take(Role::Time));
        let (time, clock) = match (date, clock) {
            (Some(date), clock) => (date, clock),
            (None, Some(time)) => (time, None),
            (None, None) => return Err(HeaderProblem::NoTime),
        };
        let bar = [Role::Open, Role::High, Role::Low, Role::Close].map(&mut take);
        let symbol = take(Role::Symbol);
        let (adjusted_close, volume) = (take(Role::AdjustedClose), take(Role::Volume));
        let prices = prices(bar, &mut unknown)?;
        let ignored = unknown.into_iter().map(|c| c.header).collect();
        Ok(Self { time, clock, symbol, prices, adjusted_close, volume, width: headers.len(), ignored })
    }

    /// The symbol that the value column names, if it does.
    pub(super) fn value_symbol(&self) -> Option<String> {
        match &self.prices {
            PriceColumns::Value(column) if !ANONYMOUS.contains(&plain(&column.header).as_str()) => {
                Some(symbol_from(&column.header))
            }
            _ => None,
        }
    }

    /// Columns with numbers, in the order in which they are checked.
    pub(super) fn values(&self) -> impl Iterator<Item = &Column> {
        let prices = match &self.prices {
            PriceColumns::Bar(columns) => columns.as_slice(),
            PriceColumns::Close(column) | PriceColumns::Value(column) => std::slice::from_ref(column),
        };
        prices.iter().chain(&self.adjusted_close).chain(&self.volume)
    }

    /// Headers of all columns that are read, in the order of the file.
    pub(super) fn headers(&self) -> Vec<String> {
        let mut read: Vec<&Column> =
            [&self.time].into_iter().chain(&self.clock).chain(&self.symbol).chain(self.values()).collect();
        read.sort_by_key(|column| column.index);
        read.into_iter().map(|column| column.header.clone()).collect()
    }
}

fn prices(bar: [Option<Column>; 4], unknown: &mut Vec<Column>) -> Result<PriceColumns, HeaderProblem> {
    const NAMES: [&str; 4] = ["Open", "High", "Low", "Close"];
    match bar {
        [Some(open), Some(high), Some(low), Some(close)] => Ok(PriceColumns::Bar([open, high, low, close])),
        [None, None, None, Some(close)] => Ok(PriceColumns::Close(close)),
        [None, None, None, None] if unknown.len() == 1 => Ok(PriceColumns::Value(unknown.remove(0))),
        [None, None, None, None] => Err(HeaderProblem::NoPrice),
        some => {
            let missing = NAMES.iter().zip(&some).filter(|(_, column)| column.is_none());
            let missing = missing.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Err(HeaderProblem::PartOfABar { missing })
        }
    }
}

fn role_of(header: &str) -> Option<Role> {
    let name = plain(header);
    ALIASES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(role, _)| *role)
}

fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn looks_like_data(header: &str) -> bool {
    header.parse::<f64>().is_ok() || header.parse::<Timestamp>().is_ok() || has_slashed_date(header)
}

fn has_slashed_date(header: &str) -> bool {
    const DATE: Range<usize> = 6..11;
    DATE.contains(&header.len())
        && header.contains('/')
        && header.bytes().all(|b| b.is_ascii_digit() || b == b'/')
}

/// Known names close to one of the headers, as `` `Clsoe` (did you mean `Close`?) `` needs them.
pub(super) fn near_names(headers: &[String]) -> Vec<(String, &'static str)> {
    let unknown = headers.iter().filter(|header| role_of(header).is_none());
    unknown
        .filter_map(|header| {
            let score = |known: &&str| strsim::jaro_winkler(&plain(header), &plain(known));
            let best = KNOWN.into_iter().max_by(|a, b| score(a).total_cmp(&score(b)))?;
            (score(&best) >= 0.8).then(|| (header.clone(), best))
        })
        .collect()
}

#[cfg(test)]
mod tests;
