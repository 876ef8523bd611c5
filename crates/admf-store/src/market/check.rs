//! The rules that one row of prices must obey. Rows that do not are rejected, never repaired.

use super::columns::{Column, Columns, PriceColumns};
use super::draft::Cells;
use super::number::Field;
use super::reject::{Reason, excerpt};

/// How far, as a fraction of the price, an open or close may lie outside the bar's range: files round the columns
/// of a row to different decimals (a cent at 100 is 0.0001).
const ROUNDING: f64 = 1e-4;

/// The values of a row that may become a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Values {
    /// Open, high and low, where the file has them.
    pub(super) range: Option<[f64; 3]>,
    pub(super) close: f64,
    pub(super) adjusted_close: Option<f64>,
    pub(super) volume: Option<f64>,
}

/// Reads the values of a row. `Ok(None)` when all are missing: a day without trading, not a fault.
pub(super) fn read_values(columns: &Columns, cells: &impl Cells) -> Result<Option<Values>, Reason> {
    let is_missing = |column: &Column| cells.price(column.index) == Field::Missing;
    let first = match &columns.prices {
        PriceColumns::Bar([open, ..]) => open,
        PriceColumns::Close(close) => close,
        PriceColumns::Series(series) => &series[0],
    };
    // Looked at once: this is the most of the work of a row.
    let first = cells.price(first.index);
    if first == Field::Missing && columns.price_columns().chain(&columns.volume).all(is_missing) {
        return Ok(None);
    }
    let price = |column: &Column| positive(column, cells.price(column.index), cells);
    let (range, close) = match &columns.prices {
        PriceColumns::Bar([open, high, low, close]) => {
            (Some([positive(open, first, cells)?, price(high)?, price(low)?]), price(close)?)
        }
        PriceColumns::Close(close) => (None, positive(close, first, cells)?),
        PriceColumns::Series(series) => {
            let level = number(&series[0], first, cells)?;
            (None, level.ok_or_else(|| Reason::Missing { column: series[0].header.clone() })?)
        }
    };
    let adjusted_close = columns.adjusted_close.as_ref().map(price).transpose()?;
    let volume = match &columns.volume {
        Some(column) => number(column, cells.volume(column.index), cells)?,
        None => None,
    };
    if let Some(value) = volume.filter(|v| *v < 0.0) {
        return Err(Reason::NegativeVolume { value });
    }
    if let Some([open, high, low]) = range {
        check_range([open, high, low, close])?;
    }
    Ok(Some(Values { range, close, adjusted_close, volume }))
}

/// Reads the value of one of several series; `Ok(None)` when it is missing.
pub(super) fn read_series(column: &Column, cells: &impl Cells) -> Result<Option<Values>, Reason> {
    let value = number(column, cells.price(column.index), cells)?;
    Ok(value.map(|close| Values { range: None, close, adjusted_close: None, volume: None }))
}

/// The rule on the prices of a bar: low ≤ open, close ≤ high but for rounding.
#[inline]
pub(super) fn check_range([open, high, low, close]: [f64; 4]) -> Result<(), Reason> {
    if high < low {
        return Err(Reason::HighBelowLow { high, low });
    }
    for (column, value) in [("Open", open), ("Close", close)] {
        let slack = value * ROUNDING;
        if value > high + slack || value < low - slack {
            return Err(Reason::OutsideRange { column: column.to_owned(), value, low, high });
        }
    }
    Ok(())
}

fn positive(column: &Column, field: Field, cells: &impl Cells) -> Result<f64, Reason> {
    let value = number(column, field, cells)?;
    let value = value.ok_or_else(|| Reason::Missing { column: column.header.clone() })?;
    if value > 0.0 {
        return Ok(value);
    }
    let column = column.header.clone();
    Err(if value < 0.0 { Reason::NegativePrice { column, value } } else { Reason::ZeroPrice { column } })
}

#[inline]
fn number(column: &Column, field: Field, cells: &impl Cells) -> Result<Option<f64>, Reason> {
    let text = || excerpt(&cells.text(column.index));
    match field {
        Field::Missing => Ok(None),
        Field::Number(value) => Ok(Some(value)),
        Field::Grouped => Err(Reason::Grouped { column: column.header.clone(), text: text() }),
        Field::Unreadable => Err(Reason::NotANumber { column: column.header.clone(), text: text() }),
    }
}
