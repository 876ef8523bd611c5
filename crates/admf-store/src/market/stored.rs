//! A stored dataset, checked: what was left out when it was imported, and what its bars look like now.

use super::description::Description;
use super::error::MarketError;
use super::load::{load, show};
use super::quality::{Findings, inspect};
use super::symbols::Symbols;
use super::versions;
use serde::Deserialize;
use std::path::Path;

/// A row that was left out at import, as listed then.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RejectedRow {
    /// The file, as the user named it.
    pub file: String,
    /// Its line.
    pub line: u64,
    /// The rule; empty in lists of earlier programs.
    #[serde(default)]
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// What a check of a stored version found.
#[derive(Clone, Debug)]
pub struct StoredCheck {
    /// The version.
    pub description: Description,
    /// Rows that were left out at import.
    pub rejected: Vec<RejectedRow>,
    /// What is flagged: by the rules as they are now, and rows of the files as counted at import.
    pub findings: Findings,
}

/// Checks a dataset by `name` or `name@hash`.
pub fn check_stored(root: &Path, reference: &str) -> Result<StoredCheck, MarketError> {
    let details = show(root, reference)?;
    let dataset = load(root, reference)?;
    let mut findings = Findings::default();
    let symbols = Symbols::Held(dataset.symbols);
    let heads = symbols.heads();
    inspect(&symbols, &heads, dataset.interval, dataset.calendar.bars_per_year, &mut findings)?;
    let rejected = versions::read_rejects(&details.folder)?;
    Ok(StoredCheck { description: details.description, rejected, findings })
}
