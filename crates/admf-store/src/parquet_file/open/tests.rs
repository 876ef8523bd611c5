//! Damaged files at every entrance: an error, and no panic.

use super::{guarded, open};
use crate::foreign::{read_signals, read_states};
use crate::market::{Reading, Request, Source, check_files, load};
use crate::parquet_file::{ParquetWriter, count_rows, read_all, read_metadata, read_rows, read_rows_where};
use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use parquet::arrow::ARROW_SCHEMA_META_KEY;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::arrow::encode_arrow_schema;
use std::fs;
use std::sync::Arc;

fn rows() -> RecordBatch {
    let text = |value: &str| Arc::new(StringArray::from(vec![value])) as ArrayRef;
    let number = || Arc::new(Float64Array::from(vec![1.0])) as ArrayRef;
    let time = Arc::new(TimestampMicrosecondArray::from(vec![0]).with_timezone("UTC")) as ArrayRef;
    RecordBatch::try_from_iter([
        ("timestamp", time),
        ("close", number()),
        ("signal", number()),
        ("label", text("a")),
    ])
    .unwrap()
}

/// Bytes of a file with this schema in the encoding of Arrow.
fn file_with(schema: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.parquet");
    let pairs = [(ARROW_SCHEMA_META_KEY, schema.to_owned())];
    let mut writer = ParquetWriter::create(&path, rows().schema(), &pairs).unwrap();
    writer.write(&rows()).unwrap();
    writer.finish().unwrap();
    fs::read(path).unwrap()
}

/// A file over which the library panics, found by changing letters of the schema one by one.
pub(crate) fn damaged() -> Vec<u8> {
    let sound = encode_arrow_schema(&rows().schema());
    let other = |letter: u8| if letter == b'B' { 'D' } else { 'B' };
    let damaged = (0..sound.len()).map(|at| {
        let letter = other(sound.as_bytes()[at]);
        file_with(&format!("{}{letter}{}", &sound[..at], &sound[at + 1..]))
    });
    let panics = |bytes: &Vec<u8>| {
        let bytes = bytes::Bytes::copy_from_slice(bytes);
        guarded(|| drop(ArrowReaderMetadata::load(&bytes, ArrowReaderOptions::new()))).is_err()
    };
    damaged.into_iter().find(panics).expect("the library panics over some schema, or needs no guard any more")
}

fn assert_told<T>(entrance: &str, read: Result<T, String>) {
    let said = read.err().unwrap_or_else(|| panic!("{entrance} read a damaged file"));
    assert!(said.contains("it is damaged: "), "{entrance}: {said}");
}

/// The message of an error with those of its causes.
fn full(error: impl std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

#[test]
fn tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("strategies.parquet");
    fs::write(&path, damaged()).unwrap();
    type Row = crate::tables::LabelRow;
    assert_told("rows", read_rows::<Row>(&path).map_err(full));
    assert_told("some rows", read_rows_where::<Row>(&path, "label", "a").map_err(full));
    assert_told("count", count_rows(&path).map_err(full));
    assert_told("pages", read_all(&path).map_err(full));
    assert_told("pairs", read_metadata(&path).map_err(full));
}

#[test]
fn signals_and_labels_of_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signals.parquet");
    fs::write(&path, damaged()).unwrap();
    assert_told("signals", read_signals(&path).map_err(|problem| problem.to_string()));
    assert_told("labels", read_states(&path).map_err(|problem| problem.to_string()));
}

fn request(source: Source) -> Request {
    Request {
        sources: vec![source],
        name: "x".to_owned(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now: "2026-11-20".parse().unwrap(),
    }
}

#[test]
fn prices_to_import() {
    let request = request(Source::bytes("prices.parquet", damaged()));
    assert_told("prices", check_files(&request, &|_| {}).map_err(full));
}

#[test]
fn stored_prices() {
    let root = tempfile::tempdir().unwrap();
    let prices = "date,close\n2000-03-01,1\n2000-03-02,2\n2000-03-03,1\n";
    let request = request(Source::bytes("prices.csv", prices.as_bytes()));
    let receipt = crate::market::import(root.path(), &request, &|_| {}).unwrap();
    fs::write(receipt.folder.join("bars.parquet"), damaged()).unwrap();
    assert_told("bars", load(root.path(), "x").map_err(full));
    // What is damaged is written again from the same prices.
    crate::market::import(root.path(), &request, &|_| {}).unwrap();
    assert_eq!(load(root.path(), "x").unwrap().symbols[0].len(), 3);
}

/// Whatever byte of a file is another one, it is read or refused.
#[test]
fn any_other_byte() {
    let sound = file_with(&encode_arrow_schema(&rows().schema()));
    for at in 0..sound.len() {
        for change in [1, 0x80, 0xff] {
            let mut bytes = sound.clone();
            bytes[at] ^= change;
            let Ok(builder) = open(bytes::Bytes::from(bytes)) else { continue };
            let Ok(batches) = super::batches(builder) else { continue };
            batches.for_each(drop);
        }
    }
}
