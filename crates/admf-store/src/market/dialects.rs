//! The dialects that files of prices are known to be written in: a registry, one file each.
//!
//! A dialect adds to the general reading what the header does not say: the columns of a file that has no header,
//! other names of columns, whether a bar's time is its opening or its closing time, and what to beware of. What no
//! other dialect claims is read as `generic`.

use super::columns::{Role, plain};
use super::stamps::Stamps;
use std::str::FromStr;

mod binance;
mod fred;
mod generic;
mod histdata;
mod interactive_brokers;
mod investing;
mod metatrader;
mod nasdaq;
mod stooq;
mod yahoo;

/// A way in which a source writes its files.
#[derive(Debug)]
pub struct KnownDialect {
    /// Its name.
    pub name: &'static str,
    /// Who writes it.
    pub source: &'static str,
    /// What it is recognised by, in words.
    pub recognised_by: &'static str,
    /// Which column is what, in words.
    pub columns: &'static str,
    /// How dates are written, of which zone they are, and what a bar's time means, in words.
    pub times: &'static str,
    /// What to beware of, in words.
    pub traps: &'static str,
    /// Whether a file is written so, seen from its first line.
    pub(super) recognises: fn(&FirstLine<'_>) -> Recognised,
    /// The columns of a file without a header.
    pub(super) header: &'static [&'static str],
    /// Names of columns beyond those that every file may use.
    pub(super) names: &'static [(Role, &'static [&'static str])],
    /// Columns that are known and not read, which is not worth a word.
    pub(super) unread: &'static [&'static str],
    /// What the times of bars shorter than a day mean.
    pub(super) stamps: Stamps,
    /// Several columns that are no prices of a bar are one series each.
    pub(super) many_series: bool,
    /// Names of files are SYMBOL-INTERVAL-YYYY-MM, so that several hold one symbol.
    pub(super) names_say_intervals: bool,
}

/// What a dialect says of a first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recognised {
    /// Not this dialect.
    No,
    /// This dialect, and the line is its header.
    Header,
    /// This dialect, and the line is data: there is no header.
    Data,
}

impl Recognised {
    fn header_if(condition: bool) -> Self {
        if condition { Self::Header } else { Self::No }
    }

    fn data_if(condition: bool) -> Self {
        if condition { Self::Data } else { Self::No }
    }
}

/// The trimmed fields of a file's first line.
#[derive(Debug)]
pub(super) struct FirstLine<'a> {
    pub(super) fields: &'a [String],
}

impl FirstLine<'_> {
    /// True when all of the names are there, compared by letters and digits.
    fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.fields.iter().any(|field| plain(field) == *name))
    }

    fn is_number(&self, index: usize) -> bool {
        self.fields.get(index).is_some_and(|field| field.parse::<f64>().is_ok())
    }

    fn digits(&self, index: usize) -> Option<usize> {
        let field = self.fields.get(index)?;
        field.bytes().all(|b| b.is_ascii_digit()).then_some(field.len())
    }
}

/// All dialects; the first that recognises a file reads it.
pub const DIALECTS: [&KnownDialect; 10] = [
    &binance::DIALECT,
    &stooq::DIALECT,
    &metatrader::DIALECT,
    &histdata::DIALECT,
    &yahoo::DIALECT,
    &interactive_brokers::DIALECT,
    &nasdaq::DIALECT,
    &investing::DIALECT,
    &fred::DIALECT,
    &generic::DIALECT,
];

/// The dialect of a file, and whether its first line is a header.
pub(super) fn recognise(line: &FirstLine<'_>) -> (&'static KnownDialect, bool) {
    let found = DIALECTS.iter().find_map(|dialect| match (dialect.recognises)(line) {
        Recognised::No => None,
        Recognised::Header => Some((*dialect, true)),
        Recognised::Data => Some((*dialect, false)),
    });
    found.unwrap_or((&generic::DIALECT, true))
}

impl PartialEq for KnownDialect {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A dialect as the user names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DialectName(pub &'static KnownDialect);

impl FromStr for DialectName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = DIALECTS.iter().find(|dialect| dialect.name.eq_ignore_ascii_case(text));
        known.map(|dialect| Self(dialect)).ok_or_else(|| {
            let names = DIALECTS.map(|dialect| dialect.name);
            let score = |name: &&str| strsim::jaro_winkler(name, &text.to_lowercase());
            let near = names.into_iter().max_by(|a, b| score(a).total_cmp(&score(b)));
            let near =
                near.filter(|name| score(name) >= 0.8).map_or_else(String::new, |n| format!("; is it {n}?"));
            format!("`{text}` is no dialect: there are {}{near}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests;
