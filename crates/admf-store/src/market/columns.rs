//! Which column of a file is what, by the names in its header, by its dialect, or as the user says.

use super::dialects::KnownDialect;
use super::error::HeaderProblem;
use super::name::symbol_from;
use admf_model::Timestamp;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

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
    /// Columns of other names, such as indices or rates, which may have any sign; at least one, and only one unless
    /// the dialect has many. The names are those of the symbols, unless they say nothing (`value`).
    Series(Vec<Column>),
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
    /// The time is that of the last instant of a bar.
    pub(super) closes: bool,
    /// The header of the time says that it is the opening time.
    pub(super) opens: bool,
    /// Fields in a row.
    pub(super) width: usize,
    /// Headers that name nothing known.
    pub(super) ignored: Vec<String>,
}

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The date, or date and time, of a bar.
    Date,
    /// The time of day, beside a date.
    Time,
    /// The last instant of a bar.
    CloseTime,
    /// The symbol.
    Symbol,
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// Last price, adjusted for splits and dividends.
    AdjustedClose,
    /// Traded units.
    Volume,
}

/// Accepted names, compared by letters and digits alone, ignoring case. The first is the role's own.
const ALIASES: [(Role, &[&str]); 9] = [
    (
        Role::Date,
        &[
            "date",
            "datetime",
            "timestamp",
            "observationdate",
            "opentime",
            "gmttime",
            "tradedate",
            "day",
            "ts",
            "t",
        ],
    ),
    (Role::Time, &["time"]),
    (Role::Symbol, &["symbol", "ticker", "instrument", "tic", "name"]),
    (Role::Open, &["open", "openprice", "o"]),
    (Role::High, &["high", "highprice", "h"]),
    (Role::Low, &["low", "lowprice", "l"]),
    (Role::Close, &["close", "closelast", "closeprice", "last", "settle", "c"]),
    (Role::AdjustedClose, &["adjclose", "adjustedclose", "closeadj", "adjcloseprice"]),
    (Role::Volume, &["volume", "vol", "v"]),
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

const ROLE_NAMES: [(&str, Role); 9] = [
    ("date", Role::Date),
    ("time", Role::Time),
    ("symbol", Role::Symbol),
    ("open", Role::Open),
    ("high", Role::High),
    ("low", Role::Low),
    ("close", Role::Close),
    ("adj_close", Role::AdjustedClose),
    ("volume", Role::Volume),
];

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = ROLE_NAMES.iter().find(|(_, role)| role == self);
        f.write_str(name.map_or("close_time", |(name, _)| name))
    }
}

/// A column as the user names it: `close=Schluss`, or `volume=` for one that is not to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// What the column is.
    pub role: Role,
    /// Its header; empty for none.
    pub header: String,
}

impl FromStr for ColumnChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = ROLE_NAMES.map(|(name, _)| name).join(", ");
        let Some((role, header)) = text.split_once('=') else {
            return Err(format!("`{text}` is no column: write ROLE=HEADER with one of {names}"));
        };
        let wanted = plain(role);
        let found = ROLE_NAMES.iter().find(|(name, _)| plain(name) == wanted);
        let (_, role) = found.ok_or_else(|| format!("`{role}` is no role of a column: there are {names}"))?;
        Ok(Self { role: *role, header: header.trim().to_owned() })
    }
}

impl Columns {
    /// Finds the columns by their headers.
    pub(super) fn find(
        headers: &[String],
        dialect: &KnownDialect,
        choices: &[ColumnChoice],
    ) -> Result<Self, HeaderProblem> {
        if headers.iter().any(|h| looks_like_data(h)) {
            return Err(HeaderProblem::LooksLikeData);
        }
        let Assigned { mut roles, mut unknown } = assign(headers, dialect, choices)?;
        let mut take = |role| {
            let found = roles.iter().position(|(other, _)| *other == role)?;
            Some(roles.swap_remove(found).1)
        };
        // A date with a time beside it is one point in time; either alone is one, too.
        let (date, clock, close_time) = (take(Role::Date), take(Role::Time), take(Role::CloseTime));
        let closes = close_time.is_some();
        let (time, clock) = match (close_time.or(date), clock) {
            (Some(time), clock) => (time, clock.filter(|_| !closes)),
            (None, Some(time)) => (time, None),
            (None, None) => return Err(HeaderProblem::NoTime),
        };
        let bar = [Role::Open, Role::High, Role::Low, Role::Close].map(&mut take);
        let symbol = take(Role::Symbol);
        let (adjusted_close, volume) = (take(Role::AdjustedClose), take(Role::Volume));
        let prices = prices(bar, dialect.many_series, &mut unknown)?;
        let is_silent = |column: &Column| dialect.unread.contains(&plain(&column.header).as_str());
        let ignored = unknown.into_iter().filter(|c| !is_silent(c)).map(|c| c.header).collect();
        let opens = plain(&time.header) == "opentime";
        let width = headers.len();
        Ok(Self { time, clock, symbol, prices, adjusted_close, volume, closes, opens, width, ignored })
    }

    /// The symbol that a value column names, if it does.
    pub(super) fn series_symbol(column: &Column) -> Option<String> {
        (!ANONYMOUS.contains(&plain(&column.header).as_str())).then(|| symbol_from(&column.header))
    }

    /// Columns with prices.
    pub(super) fn price_columns(&self) -> impl Iterator<Item = &Column> {
        let prices = match &self.prices {
            PriceColumns::Bar(columns) => columns.as_slice(),
            PriceColumns::Close(column) => std::slice::from_ref(column),
            PriceColumns::Series(columns) => columns.as_slice(),
        };
        prices.iter().chain(&self.adjusted_close)
    }

    /// Headers of all columns that are read, in the order of the file.
    pub(super) fn headers(&self) -> Vec<String> {
        let times = [&self.time].into_iter().chain(&self.clock).chain(&self.symbol);
        let mut read: Vec<&Column> = times.chain(self.price_columns()).chain(&self.volume).collect();
        read.sort_by_key(|column| column.index);
        read.into_iter().map(|column| column.header.clone()).collect()
    }
}

/// The columns whose role is known, and the others.
struct Assigned {
    roles: Vec<(Role, Column)>,
    unknown: Vec<Column>,
}

fn assign(
    headers: &[String],
    dialect: &KnownDialect,
    choices: &[ColumnChoice],
) -> Result<Assigned, HeaderProblem> {
    let mut roles: Vec<(Role, Column)> = Vec::new();
    for choice in choices.iter().filter(|choice| !choice.header.is_empty()) {
        let exact = headers.iter().position(|header| *header == choice.header);
        let index =
            exact.or_else(|| headers.iter().position(|header| plain(header) == plain(&choice.header)));
        let index = index.ok_or_else(|| HeaderProblem::NoSuchColumn { header: choice.header.clone() })?;
        roles.push((choice.role, Column { index, header: headers[index].clone() }));
    }
    let mut unknown = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        if roles.iter().any(|(_, column)| column.index == index) {
            continue;
        }
        let column = Column { index, header: header.clone() };
        match role_of(header, dialect) {
            // The index column of a data frame, or what follows a comma at the end, has no name.
            None if header.is_empty() => {}
            None => unknown.push(column),
            Some(role) if choices.iter().any(|choice| choice.role == role) => unknown.push(column),
            Some(role) => {
                if let Some((_, first)) = roles.iter().find(|(other, _)| *other == role) {
                    let (first, second) = (first.header.clone(), column.header);
                    return Err(HeaderProblem::SameMeaning { first, second, role });
                }
                roles.push((role, column));
            }
        }
    }
    Ok(Assigned { roles, unknown })
}

fn prices(
    bar: [Option<Column>; 4],
    many: bool,
    unknown: &mut Vec<Column>,
) -> Result<PriceColumns, HeaderProblem> {
    const NAMES: [&str; 4] = ["Open", "High", "Low", "Close"];
    match bar {
        [Some(open), Some(high), Some(low), Some(close)] => Ok(PriceColumns::Bar([open, high, low, close])),
        [None, None, None, Some(close)] => Ok(PriceColumns::Close(close)),
        [None, None, None, None] if unknown.len() == 1 || many && !unknown.is_empty() => {
            Ok(PriceColumns::Series(std::mem::take(unknown)))
        }
        [None, None, None, None] => Err(HeaderProblem::NoPrice),
        some => {
            let missing = NAMES.iter().zip(&some).filter(|(_, column)| column.is_none());
            let missing = missing.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Err(HeaderProblem::PartOfABar { missing })
        }
    }
}

fn role_of(header: &str, dialect: &KnownDialect) -> Option<Role> {
    let name = plain(header);
    let is_silent = dialect.unread.contains(&name.as_str());
    let own = dialect.names.iter().find(|(_, names)| names.contains(&name.as_str()));
    let all = || ALIASES.iter().find(|(_, names)| names.contains(&name.as_str())).filter(|_| !is_silent);
    own.or_else(all).map(|(role, _)| *role)
}

/// A header without case, brackets, spaces and signs.
pub(super) fn plain(header: &str) -> String {
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
    let is_known = |header: &str| ALIASES.iter().any(|(_, names)| names.contains(&plain(header).as_str()));
    let unknown = headers.iter().filter(|header| !is_known(header));
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
