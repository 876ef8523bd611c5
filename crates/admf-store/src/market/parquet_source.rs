//! One Parquet file, read row by row by the same names of columns as a text file.
//!
//! Times may be dates, timestamps of any unit with or without a zone, counts since 1970, or text; prices any numbers or
//! text.

use super::columns::{Column, Columns};
use super::date::{self, DAY, DateFormat, DateRules, Written};
use super::dialect::Packing;
use super::dialects::DIALECTS;
use super::draft::{Cells, Draft, Layout};
use super::error::MarketError;
use super::number::{Decimal, Field, Numbers};
use super::parse::{File, Form, only_symbol};
use super::reading::Reading;
use super::source::{ParquetContent, Source};
use super::spool::Spool;
use super::zone::Zone;
use crate::parquet_file::open;
use arrow::array::{Array, ArrayRef, AsArray, Float64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use std::borrow::Cow;

/// Reads a file. `progress` gets rows, bytes and the total of bytes.
pub(super) fn read_file(
    source: &Source,
    reading: &Reading,
    spool: &mut Spool,
    progress: &dyn Fn(u64, u64, Option<u64>),
) -> Result<File, MarketError> {
    let label = source.label();
    let failed =
        |problem: &dyn ToString| MarketError::Parquet { file: label.clone(), problem: problem.to_string() };
    let (content, fingerprint) = source.open_parquet()?;
    let batches = match content {
        ParquetContent::File(file) => Batches::of(file),
        ParquetContent::Bytes(bytes) => Batches::of(bytes),
    };
    let Batches { headers, rows: total, reader } = batches.map_err(|e| failed(&e))?;
    let dialect = reading.dialect.unwrap_or(DIALECTS[DIALECTS.len() - 1]);
    let columns = Columns::find(&headers, dialect, &reading.columns)
        .map_err(|problem| MarketError::header(&label, headers, problem))?;
    let numbers = Numbers { decimal: reading.decimal.unwrap_or(Decimal::Point), certain: true };
    let layout = Layout::new(&columns, only_symbol(source, &columns, dialect)?, reading.date_rules());
    let mut draft = Draft::new(&layout);
    let mut row = 0;
    for batch in reader {
        let batch = batch.map_err(|e| failed(&e))?;
        let cells = Batch::of(&batch, &columns, numbers).map_err(|e| failed(&e))?;
        for index in 0..batch.num_rows() {
            row += 1;
            draft.take(&BatchRow { batch: &cells, row: index }, row);
        }
        draft.check_rejects(&label)?;
        draft.spool_if_full(spool)?;
        progress(row, fingerprint.bytes * row / total.max(1), Some(fingerprint.bytes));
    }
    let dated = draft.date_rows(&label, spool)?;
    let (encoding, titles) = (None, Vec::new());
    let form = Form { packing: Packing::Parquet, delimiter: ',', dialect, numbers, encoding, titles };
    let Draft { rejects, skipped, rows, .. } = draft;
    Ok(File::of(dated, rejects, (skipped, rows), fingerprint, form, &columns, reading))
}

/// A file, opened.
struct Batches {
    headers: Vec<String>,
    rows: u64,
    reader: open::Batches,
}

impl Batches {
    fn of<R: ChunkReader + 'static>(content: R) -> Result<Self, ParquetError> {
        let builder = open::open(content)?;
        Ok(Self {
            headers: builder.schema().fields().iter().map(|field| field.name().clone()).collect(),
            rows: u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0),
            reader: open::batches(builder)?,
        })
    }
}

/// The columns of a batch that are read, by their places in the file.
struct Batch {
    columns: Vec<Option<Values>>,
    numbers: Numbers,
}

enum Values {
    Numbers(Float64Array),
    Texts(StringArray),
    Times(Times),
}

/// Instants or clocks in microseconds.
struct Times {
    micros: arrow::array::PrimitiveArray<Int64Type>,
    /// The zone of instants; none for clocks.
    zone: Option<Zone>,
}

impl Batch {
    fn of(batch: &RecordBatch, columns: &Columns, numbers: Numbers) -> Result<Self, String> {
        let mut found: Vec<Option<Values>> = (0..batch.num_columns()).map(|_| None).collect();
        let mut set = |column: &Column, values| found[column.index] = Some(values);
        for column in [&columns.time].into_iter().chain(&columns.clock) {
            set(column, times(batch.column(column.index))?);
        }
        if let Some(column) = &columns.symbol {
            set(column, texts(batch.column(column.index))?);
        }
        for column in columns.price_columns().chain(&columns.volume) {
            set(column, prices(batch.column(column.index))?);
        }
        Ok(Self { columns: found, numbers })
    }
}

fn texts(array: &ArrayRef) -> Result<Values, String> {
    let texts = cast(array, &DataType::Utf8).map_err(|e| e.to_string())?;
    Ok(Values::Texts(texts.as_string::<i32>().clone()))
}

fn prices(array: &ArrayRef) -> Result<Values, String> {
    if array.data_type().is_numeric() {
        let numbers = cast(array, &DataType::Float64).map_err(|e| e.to_string())?;
        return Ok(Values::Numbers(numbers.as_primitive::<Float64Type>().clone()));
    }
    texts(array)
}

fn times(array: &ArrayRef) -> Result<Values, String> {
    let zone = match array.data_type() {
        DataType::Timestamp(_, Some(zone)) => Some(zone.parse::<Zone>().map_err(|e| e.to_string())?),
        DataType::Timestamp(_, None) | DataType::Date32 | DataType::Date64 => None,
        DataType::Time32(_) | DataType::Time64(_) => return texts(array),
        _ => return texts(array),
    };
    // The zone of a timestamp does not change its instant, only how it is shown.
    let zoneless = match array.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            let raw = cast(array, &DataType::Int64).map_err(|e| e.to_string())?;
            cast(&raw, &DataType::Timestamp(*unit, None)).map_err(|e| e.to_string())?
        }
        _ => ArrayRef::clone(array),
    };
    let micros =
        cast(&zoneless, &DataType::Timestamp(TimeUnit::Microsecond, None)).map_err(|e| e.to_string())?;
    let micros = micros.as_primitive::<TimestampMicrosecondType>();
    Ok(Values::Times(Times { micros: micros.reinterpret_cast::<Int64Type>(), zone }))
}

struct BatchRow<'a> {
    batch: &'a Batch,
    row: usize,
}

impl BatchRow<'_> {
    fn number(&self, index: usize, read: impl Fn(&str) -> Field) -> Field {
        match &self.batch.columns[index] {
            Some(Values::Numbers(numbers)) if numbers.is_null(self.row) => Field::Missing,
            Some(Values::Numbers(numbers)) => match numbers.value(self.row) {
                number if number.is_nan() => Field::Missing,
                number if number.is_finite() => Field::Number(number + 0.0),
                _ => Field::Unreadable,
            },
            _ => read(&self.text(index)),
        }
    }
}

impl Cells for BatchRow<'_> {
    fn text(&self, index: usize) -> Cow<'_, str> {
        match &self.batch.columns[index] {
            Some(Values::Texts(texts)) if texts.is_valid(self.row) => {
                Cow::Borrowed(texts.value(self.row).trim())
            }
            Some(Values::Numbers(numbers)) if numbers.is_valid(self.row) => {
                Cow::Owned(numbers.value(self.row).to_string())
            }
            _ => Cow::Borrowed(""),
        }
    }

    fn price(&self, index: usize) -> Field {
        self.number(index, |text| self.batch.numbers.price(text))
    }

    fn volume(&self, index: usize) -> Field {
        self.number(index, |text| self.batch.numbers.volume(text))
    }

    fn written(&self, time: usize, clock: Option<usize>, rules: &DateRules) -> Option<(Written, DateFormat)> {
        match &self.batch.columns[time] {
            Some(Values::Times(times)) => {
                if times.micros.is_null(self.row) {
                    return None;
                }
                let micros = times.micros.value(self.row);
                let zone = rules.zone.as_ref().or(times.zone.as_ref()).filter(|_| times.zone.is_some());
                let Some(zone) = zone else {
                    return Some((self.with_clock(micros, clock)?, DateFormat::Iso));
                };
                let offset = zone.offset_at(micros);
                Some((
                    Written::Zoned { local: micros + i64::from(offset) * 1_000_000, offset },
                    DateFormat::Iso,
                ))
            }
            _ => {
                let text = self.text(time);
                match clock {
                    Some(clock) => date::read(&format!("{text} {}", self.text(clock)), rules),
                    None => date::read(&text, rules),
                }
            }
        }
    }
}

impl BatchRow<'_> {
    /// A day with the time of day of another column.
    fn with_clock(&self, micros: i64, clock: Option<usize>) -> Option<Written> {
        let Some(clock) = clock else { return Some(Written::Local(micros)) };
        match date::read_written(&format!("1970-01-01 {}", self.text(clock)))?.0 {
            Written::Local(time) => Some(Written::Local(micros.div_euclid(DAY) * DAY + time)),
            Written::Zoned { local, offset } => {
                Some(Written::Zoned { local: micros.div_euclid(DAY) * DAY + local, offset })
            }
            Written::Fields { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
