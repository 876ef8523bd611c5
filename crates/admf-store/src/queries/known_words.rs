//! `known_words.sql`: the types and symbols that a scan can ask for.

use crate::database::{Database, DatabaseError};
use admf_model::Cell;

/// What stored strategies have, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownWords {
    /// Types of strategies.
    pub strategy_types: Vec<String>,
    /// Symbols.
    pub symbols: Vec<String>,
}

/// Asks.
pub fn known_words(db: &mut dyn Database) -> Result<KnownWords, DatabaseError> {
    let mut known = KnownWords::default();
    for row in db.rows(include_str!("known_words.sql"), &[])?.rows {
        if let [Cell::Text(kind), Cell::Text(word)] = row.as_slice() {
            let words = if kind == "symbol" { &mut known.symbols } else { &mut known.strategy_types };
            words.push(word.clone());
        }
    }
    Ok(known)
}
