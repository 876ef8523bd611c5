//! A scan that shows strategies with the same trades once.
//!
//! Neighbouring parameters often decide the same at every bar. Strategies of one run on one symbol are taken to have
//! made the same trades when their Sharpe ratio, total return, largest drawdown and number of trades are equal to the
//! last bit; without a Sharpe ratio there is nothing to compare, and they stay apart. The tables keep all of them.

use super::{QueryError, ScanReport, ScanRequest, scan};
use crate::database::Database;
use admf_model::{Cell, CellKind, Sheet, SheetColumn};
use std::collections::BTreeMap;

/// Name of the column that is added at the end: how many further strategies have the same trades.
pub const SAME_TRADES: &str = "same_trades";
/// What is compared.
const COMPARED: [&str; 6] =
    ["run_id", "symbol", "sharpe_ratio", "total_return", "max_drawdown", "total_trades"];
/// Rows that are asked for at first, for each that is shown.
const AHEAD: u32 = 8;
/// Rows that are looked through at most; beyond them strategies with the same trades are not counted.
const MOST: u32 = 200_000;

/// The first ones of which no two have the same trades, with a column [`SAME_TRADES`]; of those that have, the one that
/// comes first stands for all. `matching` counts all strategies, and `older` those of all rows looked through.
pub fn scan_distinct(db: &mut dyn Database, request: &ScanRequest) -> Result<ScanReport, QueryError> {
    let mut asked = request.limit.saturating_mul(AHEAD).clamp(request.limit, MOST.max(request.limit));
    loop {
        let found = scan(db, &ScanRequest { limit: asked, ..request.clone() })?;
        let is_all = (found.sheet.rows.len() as u64) < u64::from(asked) || asked >= MOST.max(request.limit);
        let folded = fold(&found.sheet, request);
        if is_all || folded.is_complete {
            return Ok(ScanReport { sheet: folded.sheet, ..found });
        }
        asked = asked.saturating_mul(AHEAD).min(MOST.max(request.limit));
    }
}

/// Rows of which no two have the same trades.
struct Folded {
    sheet: Sheet,
    /// True when rows that were not looked through cannot change anything: they have another value of what is sorted by
    /// than any that is shown, and twins have the same.
    is_complete: bool,
}

fn fold(found: &Sheet, request: &ScanRequest) -> Folded {
    let limit = request.limit as usize;
    let at = |name: &str| found.columns.iter().position(|column| column.name == name);
    let compared: Vec<usize> = COMPARED.into_iter().filter_map(at).collect();
    let sorted_by = at(request.sort.metric_name());
    let mut sheet = Sheet { columns: found.columns.clone(), rows: Vec::new() };
    sheet.columns.push(SheetColumn { name: SAME_TRADES.to_owned(), kind: CellKind::Integer });
    let mut places: BTreeMap<Vec<Bits>, usize> = BTreeMap::new();
    let mut others: Vec<i64> = Vec::new();
    let mut groups = 0;
    for row in &found.rows {
        let key: Option<Vec<Bits>> = compared.iter().map(|at| Bits::of(&row[*at])).collect();
        match key.as_ref().and_then(|key| places.get(key)) {
            Some(place) => others.get_mut(*place).into_iter().for_each(|n| *n += 1),
            None => {
                if let Some(key) = key {
                    places.insert(key, groups);
                }
                groups += 1;
                if groups <= limit {
                    sheet.rows.push(row.clone());
                    others.push(0);
                }
            }
        }
    }
    let value = |row: Option<&Vec<Cell>>| sorted_by.and_then(|at| row?.get(at).cloned());
    let is_complete =
        groups > limit && value(found.rows.last()) != value(sheet.rows.last()) && sorted_by.is_some();
    for (row, others) in sheet.rows.iter_mut().zip(others) {
        row.push(Cell::Integer(others));
    }
    Folded { sheet, is_complete }
}

/// A cell to the last bit; undefined ones are like no other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bits {
    Number(u64),
    Text(String),
}

impl Bits {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Number(x) => Some(Self::Number(x.to_bits())),
            Cell::Integer(n) => Some(Self::Number(n.cast_unsigned())),
            Cell::Text(text) => Some(Self::Text(text.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
