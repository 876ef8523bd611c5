//! Rows that were not imported, and why.

use admf_model::Timestamp;
use std::fmt;

/// A row that was not imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject {
    /// The file, as the user named it.
    pub file: String,
    /// Line in the (decompressed) file, counted from 1; of a Parquet file, the row.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Why a row was not imported. Texts are as written in the file, cut to a readable length.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The row has more or fewer fields than the header.
    FieldCount {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// The row is not UTF-8.
    NotUtf8,
    /// The time is not readable, or the day does not exist.
    NotADate {
        /// What is written.
        text: String,
    },
    /// Clocks of the zone were put forward over the time.
    SkippedTime {
        /// The time.
        text: String,
        /// The zone.
        zone: String,
    },
    /// The symbol field is empty.
    NoSymbol,
    /// A value is missing while others are there.
    Missing {
        /// The column.
        column: String,
    },
    /// A value is not a number.
    NotANumber {
        /// The column.
        column: String,
        /// What is written.
        text: String,
    },
    /// A number has thousands separators or a decimal comma.
    Grouped {
        /// The column.
        column: String,
        /// What is written.
        text: String,
    },
    /// A price is zero.
    ZeroPrice {
        /// The column.
        column: String,
    },
    /// A price is negative.
    NegativePrice {
        /// The column.
        column: String,
        /// The price.
        value: f64,
    },
    /// The volume is negative.
    NegativeVolume {
        /// The volume.
        value: f64,
    },
    /// The highest price is below the lowest.
    HighBelowLow {
        /// The highest price.
        high: f64,
        /// The lowest price.
        low: f64,
    },
    /// The open or close is not between the lowest and the highest price.
    OutsideRange {
        /// The column.
        column: String,
        /// The price.
        value: f64,
        /// The lowest price.
        low: f64,
        /// The highest price.
        high: f64,
    },
    /// Several rows give the same bar with different values; none of them is taken.
    Contradicted {
        /// The symbol.
        symbol: String,
        /// Time of the bar.
        time: Timestamp,
        /// How many rows.
        rows: usize,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FieldCount { found, expected } => {
                write!(f, "the row has {found} {}, the header has {expected}", fields(*found))
            }
            Self::NotUtf8 => {
                f.write_str("the row is not UTF-8 text: if the file is of another encoding, say --encoding")
            }
            Self::NotADate { text } => {
                write!(f, "`{text}` is not a date: write 2000-03-01, 2000-03-01T14:30:00Z or 3/1/2000")
            }
            Self::SkippedTime { text, zone } => {
                write!(f, "{text} never was in {zone}: clocks were put forward over it")
            }
            Self::NoSymbol => f.write_str("the symbol is empty"),
            Self::Missing { column } => write!(f, "`{column}` is missing while other values are there"),
            Self::NotANumber { column, text } => write!(f, "`{column}` is `{text}`, not a number"),
            Self::Grouped { column, text } => {
                write!(
                    f,
                    "`{column}` is `{text}`, and the other numbers do not tell what its separators are: write 1234.5, \
                     or say --decimal point or --decimal comma"
                )
            }
            Self::ZeroPrice { column } => write!(f, "`{column}` is 0, a price must be positive"),
            Self::NegativePrice { column, value } => {
                write!(f, "`{column}` is {value}, a price must be positive")
            }
            Self::NegativeVolume { value } => write!(f, "the volume is {value}, it must not be negative"),
            Self::HighBelowLow { high, low } => write!(f, "the high {high} is below the low {low}"),
            Self::OutsideRange { column, value, low, high } => {
                write!(f, "`{column}` is {value}, outside the bar's range {low} to {high}")
            }
            Self::Contradicted { symbol, time, rows } => {
                write!(f, "{symbol} at {time} is given by {rows} rows with different values: none is taken")
            }
        }
    }
}

fn fields(count: usize) -> &'static str {
    if count == 1 { "field" } else { "fields" }
}

/// Text for a message: without control characters, at most 40 characters.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let printable = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(LONGEST).map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
