//! How a file was read: what import detected, kept with the dataset.

use super::date::DateFormat;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// Name of the dialect.
    #[serde(default = "generic")]
    pub name: String,
    /// How the file is packed.
    #[serde(default)]
    pub packing: Packing,
    /// What the text was decoded from, if it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Lines above the header, cut to a readable length.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<String>,
    /// What separates fields; nothing in a file of columns.
    pub delimiter: char,
    /// Numbers have a decimal comma.
    #[serde(default)]
    pub decimal_comma: bool,
    /// How dates are written; usually one way.
    pub dates: Vec<DateFormat>,
    /// Times were midnights of a local zone and were read as session dates.
    pub session_dates: bool,
    /// The zone in which times of day were read, where one was given.
    #[serde(default)]
    pub zone: Option<String>,
    /// Times of day stood without a zone and were taken as UTC.
    #[serde(default)]
    pub zone_assumed: bool,
    /// What the times of bars shorter than a day mean in the file.
    #[serde(default)]
    pub stamps: super::stamps::Stamps,
    /// Headers of the columns that were read, in the order of the file.
    pub columns: Vec<String>,
    /// Headers of the columns that were not.
    pub ignored: Vec<String>,
    /// Order of the rows.
    pub order: RowOrder,
}

fn generic() -> String {
    "generic".to_owned()
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Packing {
    /// Text as it is.
    #[default]
    Plain,
    /// Text compressed with gzip.
    Gzip,
    /// Text compressed with zstd.
    Zstd,
    /// A Parquet file.
    Parquet,
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

impl fmt::Display for Dialect {
    /// What was detected, in words: `generic, gzip, comma, dates YYYY-MM-DD, oldest first, columns Date, Close`.
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
        let packing = match self.packing {
            Packing::Plain => delimiter.to_owned(),
            Packing::Gzip => format!("gzip, {delimiter}"),
            Packing::Zstd => format!("zstd, {delimiter}"),
            Packing::Parquet => "parquet".to_owned(),
        };
        let dates: Vec<String> = self.dates.iter().map(ToString::to_string).collect();
        write!(f, "{}, {packing}, ", self.name)?;
        if let Some(encoding) = &self.encoding {
            write!(f, "{encoding}, ")?;
        }
        if self.decimal_comma {
            f.write_str("decimal comma, ")?;
        }
        write!(f, "dates {}, ", dates.join(" and "))?;
        if let Some(zone) = &self.zone {
            write!(f, "zone {zone}, ")?;
        }
        write!(f, "{order}, columns {}", self.columns.join(", "))?;
        if !self.ignored.is_empty() {
            write!(f, "; ignored {}", self.ignored.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
