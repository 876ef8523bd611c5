//! `admf data ls`: the datasets of a workspace.

use crate::WorkflowError;
use admf_model::{CellKind, Sheet};
use admf_store::Workspace;
use admf_store::market::{self, Listing};

/// Where to look.
#[derive(Clone, Debug)]
pub struct DataListRequest {
    /// The workspace.
    pub workspace: Workspace,
}

/// What is there.
#[derive(Clone, Debug)]
pub struct DataListReport {
    /// A row per dataset, by name.
    pub datasets: Sheet,
    /// Why others cannot be listed.
    pub faults: Vec<String>,
}

/// Lists datasets; one that is damaged does not hide the others.
pub fn data_list(request: &DataListRequest) -> Result<DataListReport, WorkflowError> {
    let inventory = market::list(&request.workspace.market())?;
    let mut datasets = Sheet::new([
        ("name", CellKind::Text),
        ("symbols", CellKind::Text),
        ("bars", CellKind::Integer),
        ("first", CellKind::Text),
        ("last", CellKind::Text),
        ("interval", CellKind::Text),
        ("bars_per_year", CellKind::Number),
        ("family", CellKind::Text),
        ("versions", CellKind::Integer),
        ("content_hash", CellKind::Text),
    ]);
    for Listing { current, versions } in &inventory.datasets {
        let names: Vec<&str> = current.symbols.iter().map(|symbol| symbol.symbol.as_str()).collect();
        let first = current.symbols.iter().map(|symbol| symbol.first).min();
        let last = current.symbols.iter().map(|symbol| symbol.last).max();
        datasets.push(vec![
            current.name.as_str().into(),
            names.join(" ").into(),
            current.symbols.iter().map(|symbol| symbol.bars).sum::<usize>().into(),
            first.map(|time| time.to_string()).into(),
            last.map(|time| time.to_string()).into(),
            current.interval.to_string().into(),
            current.calendar.bars_per_year.into(),
            current.family.as_str().into(),
            (*versions).into(),
            current.content_hash.to_string().into(),
        ]);
    }
    Ok(DataListReport { datasets, faults: inventory.faults.iter().map(ToString::to_string).collect() })
}
