//! Columns of every type that files of prices have.

use super::read_file;
use crate::market::parse::File;
use crate::market::reading::Reading;
use crate::market::source::Source;
use crate::market::spool::Spool;
use arrow::array::{
    ArrayRef, Date32Array, Float32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampNanosecondArray, TimestampSecondArray,
};
use parquet::arrow::ArrowWriter;
use std::sync::Arc;

fn file(columns: Vec<(&str, ArrayRef)>) -> Source {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    Source::bytes("prices.parquet", bytes)
}

fn read(columns: Vec<(&str, ArrayRef)>) -> Result<File, String> {
    let source = file(columns);
    assert!(source.is_parquet().unwrap());
    read_file(&source, &Reading::default(), &mut Spool::unused(), &|_, _, _| {}).map_err(|e| e.to_string())
}

fn times(column: &str, array: ArrayRef) -> Vec<String> {
    let closes: ArrayRef = Arc::new(Float64Array::from(vec![1.0; array.len()]));
    let file = read(vec![(column, array), ("close", closes)]).unwrap();
    assert_eq!(file.rejects, []);
    file.symbols["PRICES"].times.iter().map(ToString::to_string).collect()
}

#[test]
fn times_of_every_type() {
    // 11017 is 2000-03-01: `date -u -d @951868800`.
    assert_eq!(times("date", Arc::new(Date32Array::from(vec![11_017]))), ["2000-03-01"]);
    assert_eq!(times("t", Arc::new(Int64Array::from(vec![951_868_800_000]))), ["2000-03-01"]);
    assert_eq!(times("ts", Arc::new(StringArray::from(vec!["2000-03-01 14:30"]))), ["2000-03-01T14:30:00Z"]);
    let nanos = || TimestampNanosecondArray::from(vec![951_921_000_000_000_000]);
    assert_eq!(times("Datetime", Arc::new(nanos())), ["2000-03-01T14:30:00Z"]);
    // The zone of a timestamp does not move its instant; midnights of the zone are sessions.
    assert_eq!(times("ts", Arc::new(nanos().with_timezone("America/New_York"))), ["2000-03-01T14:30:00Z"]);
    let midnight = TimestampSecondArray::from(vec![951_886_800]).with_timezone("America/New_York");
    assert_eq!(times("ts", Arc::new(midnight)), ["2000-03-01"]);
}

#[test]
fn prices_are_numbers_or_text_and_nulls_are_missing() {
    let days: ArrayRef = Arc::new(Date32Array::from(vec![11_017, 11_018, 11_019, 11_020]));
    let symbols: ArrayRef = Arc::new(StringArray::from(vec!["A", "A", "B", "B"]));
    let prices: ArrayRef =
        Arc::new(Float32Array::from(vec![Some(1.5), None, Some(f32::NAN), Some(f32::INFINITY)]));
    let volume: ArrayRef = Arc::new(StringArray::from(vec![Some("1,000"), None, None, Some("5")]));
    let columns = vec![("Date", days), ("Ticker", symbols), ("Close", prices), ("Volume", volume)];
    let file = read(columns).unwrap();
    assert_eq!((file.rows, file.skipped), (4, 2));
    assert_eq!(file.symbols["A"].close, [1.5]);
    assert_eq!(file.symbols["A"].volume.get(0), Some(1000.0));
    let rejects: Vec<_> = file.rejects.iter().map(|(row, reason)| (*row, reason.to_string())).collect();
    assert_eq!(rejects, [(4, "`Close` is `inf`, not a number".to_owned())]);
}

#[test]
fn what_is_no_parquet_file_says_so() {
    let source = Source::bytes("x.parquet", b"PAR1 and no more".as_slice());
    let error = read_file(&source, &Reading::default(), &mut Spool::unused(), &|_, _, _| {})
        .err()
        .unwrap()
        .to_string();
    assert!(error.starts_with("x.parquet: not readable as Parquet: "), "{error}");
    let close: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
    assert!(read(vec![("x", close)]).err().unwrap().contains("no column is a date"));
}
