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

/// The beginning of a name such as `BTCUSDT-1h`, `BTCUSDT-1h-2024-01` or `BTCUSDT-1h-2024-01-31`; other names as they
/// are.
pub(super) fn before_interval(name: &str) -> &str {
    const UNITS: [&str; 7] = ["s", "m", "h", "d", "w", "mo", "M"];
    let parts: Vec<&str> = name.split('-').collect();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let period = match parts.as_slice() {
        [.., year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => 3,
        [.., year, month] if digits(year, 4) && digits(month, 2) => 2,
        _ => 0,
    };
    let is_interval = |part: &str| {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < part.len() && UNITS.contains(&unit)
    };
    let [symbol @ .., interval] = &parts[..parts.len() - period] else { return name };
    match symbol.iter().map(|part| part.len() + 1).sum::<usize>() {
        0 | 1 => name,
        end if is_interval(interval) => &name[..end - 1],
        _ => name,
    }
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
