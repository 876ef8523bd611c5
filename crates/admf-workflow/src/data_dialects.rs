//! `admf data dialects`: the ways of writing prices that are known.

use crate::WorkflowError;
use admf_model::{CellKind, Sheet};
use admf_store::market::{DIALECTS, DialectName};

/// One dialect or all.
#[derive(Clone, Debug)]
pub struct DataDialectsRequest {
    /// Its name; all when `None`.
    pub name: Option<String>,
}

/// A row per dialect, in the order in which they are tried.
pub fn data_dialects(request: &DataDialectsRequest) -> Result<Sheet, WorkflowError> {
    let one = match &request.name {
        Some(name) => Some(
            name.parse::<DialectName>().map_err(|message| WorkflowError::Usage { message, help: None })?.0,
        ),
        None => None,
    };
    let names = ["dialect", "source", "recognised_by", "columns", "times", "traps"];
    let mut sheet = Sheet::new(names.map(|name| (name, CellKind::Text)));
    for dialect in DIALECTS.into_iter().filter(|dialect| one.is_none_or(|one| one == *dialect)) {
        sheet.push(vec![
            dialect.name.into(),
            dialect.source.into(),
            dialect.recognised_by.into(),
            dialect.columns.into(),
            dialect.times.into(),
            dialect.traps.into(),
        ]);
    }
    Ok(sheet)
}
