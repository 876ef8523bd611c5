//! Names of symbols, and references to datasets and their versions: `prices` or `prices@3f2a…`.

use super::error::MarketError;
use crate::name::{self, NameKind};

/// True for a symbol that a rule can name: 1 to 64 characters without spaces, quotes, commas or `@`.
pub(super) fn is_symbol(symbol: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "@\"'`,".contains(c);
    (1..=64).contains(&symbol.chars().count()) && !symbol.contains(odd)
}

/// A symbol made of a file's or column's name: upper-cased, odd characters as `_`.
pub(super) fn symbol_from(name: &str) -> String {
    let keep = |c: char| if c.is_alphanumeric() || "._-^".contains(c) { c } else { '_' };
    name.to_uppercase().chars().map(keep).take(64).collect()
}

/// A dataset, by name alone or with the beginning of a version's content hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    pub(super) name: &'a str,
    pub(super) version: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// Reads `name` or `name@hash`.
    pub(super) fn parse(text: &'a str) -> Result<Self, MarketError> {
        let (name, version) = match text.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (text, None),
        };
        name::check(NameKind::Dataset, name)?;
        match version {
            Some(v) if v.is_empty() || !v.bytes().all(|b| b.is_ascii_hexdigit()) => {
                Err(MarketError::Version { reference: text.to_owned() })
            }
            _ => Ok(Self { name, version }),
        }
    }
}

#[cfg(test)]
mod tests;
