//! Parquet files of a foreign run: times with signals or labels, and the pairs of a footer.

use super::{Problem, json};
use crate::parquet_file::open::{self, Batches};
use admf_model::Timestamp;
use arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type, TimeUnit};
use parquet::arrow::ProjectionMask;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes at the end of a file that are read at once: most footers are in them.
const TAIL: usize = 8192;
const TIME: &[&str] = &["timestamp", "ts"];
const SIGNAL: &[&str] = &["signal"];
const CONFIDENCE: &[&str] = &["confidence"];
const LABEL: &[&str] = &["state", "regime", "label"];

/// From this time on a strategy wants this position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Closing time of the deciding bar, UTC.
    pub ts: Timestamp,
    /// 1 long, 0 none, -1 short.
    pub signal: i8,
    /// How sure the source was, 0 to 1.
    pub confidence: Option<f64>,
}

/// From this time on a classifier gives this label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// UTC.
    pub ts: Timestamp,
    /// The label; undefined where the classifier cannot say.
    pub label: Option<String>,
}

/// Reads signals: `timestamp` (of any unit; a zone only says how it is shown, and none is UTC), `signal` of -1, 0 or 1,
/// and perhaps `confidence` from 0 to 1. Rows that repeat the row before them are left out.
///
/// # Errors
/// When a column is missing or of another type, times do not ascend, or a value is none of these.
pub fn read_signals(path: &Path) -> Result<Vec<Signal>, Problem> {
    let mut table = Table::open(path, &[TIME, SIGNAL, CONFIDENCE])?;
    let (time, signal) = (table.column(0)?, table.column(1)?);
    let confidence = table.columns[2];
    let mut signals: Vec<Signal> = Vec::new();
    let mut clock = Clock::default();
    while let Some(batch) = table.next()? {
        let times = times(path, batch.column(time))?;
        let values = numbers(path, "signal", batch.column(signal))?;
        let doubts = confidence.map(|at| numbers(path, "confidence", batch.column(at))).transpose()?;
        for index in 0..batch.num_rows() {
            let ts = clock.next(path, &times, index)?;
            let signal = if values.is_null(index) { f64::NAN } else { values.value(index) };
            if ![-1.0, 0.0, 1.0].contains(&signal) {
                let signal = if signal.is_nan() { "undefined".to_owned() } else { signal.to_string() };
                let reason = format!("`signal` is {signal}: a position wanted is 1, 0 or -1");
                return Err(Problem::at_row(path, clock.row, reason));
            }
            let sure = doubts.as_ref().filter(|doubts| doubts.is_valid(index)).map(|d| d.value(index));
            let sure = sure.filter(|sure| !sure.is_nan());
            if let Some(sure) = sure.filter(|sure| !(0.0..=1.0).contains(sure)) {
                let reason = format!("`confidence` is {sure}, which is not between 0 and 1");
                return Err(Problem::at_row(path, clock.row, reason));
            }
            let next = Signal { ts, signal: signal as i8, confidence: sure };
            if signals.last().is_none_or(|last| (last.signal, last.confidence) != (next.signal, sure)) {
                signals.push(next);
            }
        }
    }
    Ok(signals)
}

/// Reads labels: `timestamp` and `state`, `regime` or `label`. Rows that repeat the row before them are left out.
///
/// # Errors
/// As for signals.
pub fn read_states(path: &Path) -> Result<Vec<State>, Problem> {
    let mut table = Table::open(path, &[TIME, LABEL])?;
    let (time, label) = (table.column(0)?, table.column(1)?);
    let mut states: Vec<State> = Vec::new();
    let mut clock = Clock::default();
    while let Some(batch) = table.next()? {
        let times = times(path, batch.column(time))?;
        let labels = texts(path, batch.column(label))?;
        for index in 0..batch.num_rows() {
            let ts = clock.next(path, &times, index)?;
            let label = labels.is_valid(index).then(|| labels.value(index).to_owned());
            if states.last().is_none_or(|last| last.label != label) {
                states.push(State { ts, label });
            }
        }
    }
    Ok(states)
}

/// The key-value pairs of a footer; no data is read.
pub(super) fn footer(path: &Path) -> Result<Vec<(String, String)>, Problem> {
    let failed = |error: std::io::Error| json::missing(path, &error);
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut buffer = [0; TAIL];
    let end = &mut buffer[..length.min(TAIL as u64) as usize];
    if length > TAIL as u64 {
        file.seek(SeekFrom::End(-(TAIL as i64))).map_err(failed)?;
    }
    file.read_exact(end).map_err(failed)?;
    let metadata = match encoded(end) {
        Some(encoded) => open::decode_metadata(encoded),
        None => open::read_metadata(&file),
    };
    let metadata = metadata.map_err(|e| damaged(path, &e))?;
    let pairs = metadata.file_metadata().key_value_metadata().cloned().unwrap_or_default();
    // The schema of the program that wrote the file, in the encoding of Arrow, says nothing of the strategy.
    let pairs = pairs.into_iter().filter(|pair| pair.key != "ARROW:schema");
    Ok(pairs.map(|pair| (pair.key, pair.value.unwrap_or_default())).collect())
}

/// The metadata in the last bytes of a file: before its length in four bytes and the mark at the end. `None` where they
/// are not all there.
fn encoded(end: &[u8]) -> Option<&[u8]> {
    let before = end.strip_suffix(b"PAR1")?;
    let (before, length) = before.split_last_chunk::<4>()?;
    let start = before.len().checked_sub(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    Some(&before[start..])
}

/// A file of which some columns are read.
struct Table<'a> {
    path: &'a Path,
    wanted: Vec<&'static [&'static str]>,
    /// For each wanted column its place in a batch.
    columns: Vec<Option<usize>>,
    /// Names of all columns of the file.
    names: Vec<String>,
    reader: Batches,
}

impl<'a> Table<'a> {
    /// Opens a file that is no link; of each wanted column the first name that is there counts.
    fn open(path: &'a Path, wanted: &[&'static [&'static str]]) -> Result<Self, Problem> {
        let found = path.symlink_metadata().map_err(|error| json::missing(path, &error))?;
        if !found.is_file() {
            return Err(Problem::of(path, "it is not a file; links are not followed"));
        }
        let file = File::open(path).map_err(|error| json::missing(path, &error))?;
        let builder = open::open(file).map_err(|e| damaged(path, &e))?;
        let names: Vec<String> = builder.schema().fields().iter().map(|f| f.name().clone()).collect();
        let place =
            |aliases: &&[&str]| aliases.iter().find_map(|alias| names.iter().position(|name| name == alias));
        let places: Vec<Option<usize>> = wanted.iter().map(place).collect();
        // A projected batch has its columns in the order of the file.
        let mut roots: Vec<usize> = places.iter().flatten().copied().collect();
        roots.sort_unstable();
        let columns =
            places.iter().map(|place| roots.iter().position(|root| Some(*root) == *place)).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
        let reader = open::batches(builder.with_projection(mask)).map_err(|e| damaged(path, &e))?;
        Ok(Self { path, wanted: wanted.to_vec(), columns, names, reader })
    }

    /// The place of a column that must be there.
    fn column(&self, wanted: usize) -> Result<usize, Problem> {
        self.columns[wanted].ok_or_else(|| {
            let names = self.wanted[wanted].join("` or `");
            Problem::of(self.path, format!("it has no column `{names}`; it has {}", self.names.join(", ")))
        })
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Problem> {
        self.reader.next().transpose().map_err(|e| damaged(self.path, &e))
    }
}

fn damaged(path: &Path, error: &dyn std::fmt::Display) -> Problem {
    Problem::of(path, format!("it cannot be read as Parquet: {error}"))
}

/// Rows seen and their last time: times ascend.
#[derive(Default)]
struct Clock {
    row: usize,
    last: Option<Timestamp>,
}

impl Clock {
    fn next(&mut self, path: &Path, times: &Int64Array, index: usize) -> Result<Timestamp, Problem> {
        self.row += 1;
        if times.is_null(index) {
            return Err(Problem::at_row(path, self.row, "`timestamp` is undefined"));
        }
        let ts = Timestamp::from_micros(times.value(index));
        let reason = match self.last {
            Some(last) if last == ts => Some(format!("the time {ts} is there twice")),
            Some(last) if last > ts => Some(format!("{ts} comes after {last}: times must ascend")),
            _ => None,
        };
        if let Some(reason) = reason {
            return Err(Problem::at_row(path, self.row, reason));
        }
        self.last = Some(ts);
        Ok(ts)
    }
}

/// UTC microseconds; what is finer is cut off.
fn times(path: &Path, array: &ArrayRef) -> Result<Int64Array, Problem> {
    let per_micro = |unit: &TimeUnit| match unit {
        TimeUnit::Second => (1_000_000, 1),
        TimeUnit::Millisecond => (1000, 1),
        TimeUnit::Microsecond => (1, 1),
        TimeUnit::Nanosecond => (1, 1000),
    };
    let (array, (times, divided)) = match array.data_type() {
        DataType::Timestamp(unit, _) => (array.clone(), per_micro(unit)),
        DataType::Date32 => {
            let seconds = cast(array, &DataType::Timestamp(TimeUnit::Second, None));
            (seconds.map_err(|e| damaged(path, &e))?, (1_000_000, 1))
        }
        other => {
            return Err(Problem::of(path, format!("`timestamp` is of type {other}, not a time")));
        }
    };
    let raw = cast(&array, &DataType::Int64).map_err(|e| damaged(path, &e))?;
    let raw = raw.as_primitive::<Int64Type>();
    let outside = |_| Problem::of(path, "a time is outside the range of microseconds");
    raw.try_unary(|value: i64| {
        let micros = value.checked_mul(times).ok_or(());
        micros.map(|micros| micros.div_euclid(divided))
    })
    .map_err(outside)
}

fn numbers(path: &Path, name: &str, array: &ArrayRef) -> Result<Float64Array, Problem> {
    if !array.data_type().is_numeric() {
        return Err(Problem::of(path, format!("`{name}` is of type {}, not a number", array.data_type())));
    }
    let numbers = cast(array, &DataType::Float64).map_err(|e| damaged(path, &e))?;
    Ok(numbers.as_primitive::<Float64Type>().clone())
}

fn texts(path: &Path, array: &ArrayRef) -> Result<StringArray, Problem> {
    let is_text = |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let kind = array.data_type();
    if !is_text(kind) && !matches!(kind, DataType::Dictionary(_, value) if is_text(value)) {
        return Err(Problem::of(path, format!("the labels are of type {kind}, not text")));
    }
    let texts = cast(array, &DataType::Utf8).map_err(|e| damaged(path, &e))?;
    Ok(texts.as_string::<i32>().clone())
}

#[cfg(test)]
mod tests;
