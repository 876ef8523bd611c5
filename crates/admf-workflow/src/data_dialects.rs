//! `admf data dialects`: the ways of writing prices that are known.

use admf_model::{CellKind, Sheet};
use admf_store::market::DIALECTS;

/// A row per dialect, in the order in which they are tried.
pub fn data_dialects() -> Sheet {
    let names = ["dialect", "source", "recognised_by", "columns", "times", "traps"];
    let mut sheet = Sheet::new(names.map(|name| (name, CellKind::Text)));
    for dialect in DIALECTS {
        sheet.push(vec![
            dialect.name.into(),
            dialect.source.into(),
            dialect.recognised_by.into(),
            dialect.columns.into(),
            dialect.times.into(),
            dialect.traps.into(),
        ]);
    }
    sheet
}
