//! `bars.parquet`: the bars of all symbols of a dataset, a row per symbol and bar, sorted by both.
//!
//! Columns: `symbol`, `ts` (UTC microseconds), and the nullable doubles `open`, `high`, `low`, `close`, `volume`,
//! `adjustment`. Equal bars give equal bytes.

use super::error::MarketError;
use crate::error::StoreError;
use crate::parquet_file::{GROUP_ROWS, open, write_row_groups};
use crate::tables::ColumnType;
use admf_model::{Bars, SeriesBuilder, Timestamp};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanBufferBuilder, Float64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{Field, Float64Type, Schema, SchemaRef, TimestampMicrosecondType};
use arrow::error::ArrowError;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Columns of numbers, in their order.
pub(super) const VALUES: [&str; 6] = ["open", "high", "low", "close", "volume", "adjustment"];

/// The columns of the file.
pub(super) fn schema() -> SchemaRef {
    let mut fields = vec![
        Field::new("symbol", ColumnType::Text.arrow(), false),
        Field::new("ts", ColumnType::Timestamp.arrow(), false),
    ];
    fields.extend(VALUES.map(|name| Field::new(name, ColumnType::Number.arrow(), true)));
    Arc::new(Schema::new(fields))
}

/// Writes bars sorted by symbol to a file that appears when it is complete.
pub(super) fn write(path: &Path, symbols: &[Bars]) -> Result<(), MarketError> {
    let schema = schema();
    let rows = symbols.iter().map(Bars::len).sum();
    let group = |index: usize| {
        let from = (index * GROUP_ROWS).min(rows);
        let to = (from + GROUP_ROWS).min(rows);
        let batch = (from < to).then(|| to_batch(symbols, from..to, &schema)).transpose();
        batch.map_err(|e| StoreError::parquet("write", path)(e.into()))
    };
    Ok(write_row_groups(path, &schema, group)?)
}

/// A range of the rows of all symbols, of which each may be in several pieces.
pub(super) fn to_batch(
    symbols: &[Bars],
    rows: Range<usize>,
    schema: &SchemaRef,
) -> Result<RecordBatch, ArrowError> {
    let (mut first, mut stretches) = (0, Vec::new());
    for bars in symbols {
        let start = rows.start.max(first);
        let end = rows.end.min(first + bars.len());
        if start < end {
            stretches.push((bars, start - first..end - first));
        }
        first += bars.len();
    }
    let (mut names, mut lengths) = (String::new(), Vec::with_capacity(rows.len()));
    let mut times = Vec::with_capacity(rows.len());
    for (bars, range) in &stretches {
        names.push_str(&bars.symbol().repeat(range.len()));
        lengths.resize(lengths.len() + range.len(), bars.symbol().len());
        times.extend(bars.timestamps()[range.clone()].iter().map(|time| time.micros()));
    }
    let names = StringArray::new(OffsetBuffer::from_lengths(lengths), names.into_bytes().into(), None);
    let mut columns: Vec<ArrayRef> = vec![Arc::new(names), Arc::new(TimestampMicrosecondArray::from(times))];
    for column in 0..VALUES.len() {
        columns.push(Arc::new(to_array(&stretches, column, rows.len())));
    }
    RecordBatch::try_new(SchemaRef::clone(schema), columns)
}

/// One of [`VALUES`].
fn to_array(stretches: &[(&Bars, Range<usize>)], column: usize, rows: usize) -> Float64Array {
    let mut values = Vec::with_capacity(rows);
    let mut defined = BooleanBufferBuilder::new(rows);
    for (bars, range) in stretches {
        let all =
            [Some(&bars.open), Some(&bars.high), Some(&bars.low), Some(&bars.close), Some(&bars.volume)];
        match all.get(column).copied().unwrap_or(bars.adjustment.as_ref()) {
            Some(series) => {
                values.extend_from_slice(&series.values()[range.clone()]);
                if series.defined().all() {
                    defined.append_n(range.len(), true);
                } else {
                    range.clone().for_each(|bar| defined.append(series.defined().get(bar)));
                }
            }
            None => {
                values.resize(values.len() + range.len(), 0.0);
                defined.append_n(range.len(), false);
            }
        }
    }
    let defined = NullBuffer::new(defined.finish());
    Float64Array::new(values.into(), Some(defined).filter(|defined| defined.null_count() > 0))
}

/// Reads bars back and checks what holds of all of them: columns, order, finite values.
pub(super) fn read(path: &Path) -> Result<Vec<Bars>, MarketError> {
    read_drafts(path)
        .and_then(|drafts| drafts.into_iter().map(Draft::finish).collect())
        .map_err(|problem| MarketError::corrupt(path, problem))
}

fn read_drafts(path: &Path) -> Result<Vec<Draft>, String> {
    let text = |error: &dyn ToString| error.to_string();
    let file = File::open(path).map_err(|e| text(&e))?;
    let builder = open::open(file).map_err(|e| text(&e))?;
    let found = builder.schema();
    if found.fields() != schema().fields() {
        let names: Vec<_> = found.fields().iter().map(|field| field.name().as_str()).collect();
        return Err(format!("the columns are not those of bars but {}", names.join(", ")));
    }
    let mut drafts = Vec::new();
    for batch in open::batches(builder).map_err(|e| text(&e))? {
        read_batch(&batch.map_err(|e| text(&e))?, &mut drafts)?;
    }
    if drafts.windows(2).any(|pair: &[Draft]| pair[0].symbol >= pair[1].symbol) {
        return Err("the symbols are not in order".to_owned());
    }
    Ok(drafts)
}

/// Appends the rows of a batch; a symbol may go on in the next one.
fn read_batch(batch: &RecordBatch, drafts: &mut Vec<Draft>) -> Result<(), String> {
    // The schema was compared before, so the types are these.
    let symbols = batch.column(0).as_string::<i32>();
    let times = batch.column(1).as_primitive::<TimestampMicrosecondType>();
    let values: Vec<&Float64Array> =
        batch.columns()[2..].iter().map(|c| c.as_primitive::<Float64Type>()).collect();
    for row in 0..batch.num_rows() {
        let name = symbols.value(row);
        if drafts.last().is_none_or(|draft| draft.symbol != name) {
            drafts.push(Draft::new(name));
        }
        let Some(draft) = drafts.last_mut() else { continue };
        draft.times.push(Timestamp::from_micros(times.value(row)));
        for (builder, column) in draft.values.iter_mut().zip(&values) {
            let value = column.is_valid(row).then(|| column.value(row));
            if value.is_some_and(|v| !v.is_finite()) {
                return Err(format!("{name} has a value that is not finite"));
            }
            builder.push(value);
        }
    }
    Ok(())
}

/// The bars of a symbol as far as they have been read.
struct Draft {
    symbol: String,
    times: Vec<Timestamp>,
    values: [SeriesBuilder; 6],
}

impl Draft {
    fn new(symbol: &str) -> Self {
        Self { symbol: symbol.to_owned(), times: Vec::new(), values: Default::default() }
    }

    fn finish(self) -> Result<Bars, String> {
        let [open, high, low, close, volume, adjustment] = self.values.map(SeriesBuilder::finish);
        let columns = [open, high, low, close, volume];
        let mut bars = Bars::new(self.symbol, self.times, columns).map_err(|e| e.to_string())?;
        bars.adjustment = (adjustment.defined().count_ones() > 0).then_some(adjustment);
        Ok(bars)
    }
}

#[cfg(test)]
mod tests;
