//! Times and values of any type that means the same.

use super::{footer, read_signals, read_states};
use arrow::array::{
    ArrayRef, Date32Array, Float32Array, Float64Array, Int8Array, Int64Array, StringArray,
    TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use std::path::PathBuf;
use std::sync::Arc;

struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file<const N: usize>(columns: [(&str, ArrayRef); N]) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signals.parquet");
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
    let mut writer =
        ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    File { _folder: folder, path }
}

fn one() -> ArrayRef {
    Arc::new(Int8Array::from(vec![1]))
}

#[test]
fn times_of_every_unit_are_the_same_instant() {
    let seconds = 1_600_000_000_i64;
    let times: [ArrayRef; 4] = [
        Arc::new(TimestampSecondArray::from(vec![seconds])),
        Arc::new(TimestampMillisecondArray::from(vec![seconds * 1000]).with_timezone("Asia/Tokyo")),
        Arc::new(TimestampNanosecondArray::from(vec![seconds * 1_000_000_000]).with_timezone("UTC")),
        Arc::new(TimestampNanosecondArray::from(vec![seconds * 1_000_000_000 + 999])),
    ];
    for time in times {
        let read = read_signals(&file([("timestamp", time), ("signal", one())]).path).unwrap();
        assert_eq!((read[0].ts.micros(), read[0].signal, read[0].confidence), (seconds * 1_000_000, 1, None));
    }
    let day = file([("ts", Arc::new(Date32Array::from(vec![18_000])) as ArrayRef), ("signal", one())]);
    assert_eq!(read_signals(&day.path).unwrap()[0].ts.micros(), 18_000 * 86_400_000_000);
}

#[test]
fn columns_are_found_by_name_and_rows_that_repeat_are_left_out() {
    let file = file([
        ("confidence", Arc::new(Float32Array::from(vec![0.5, 0.5, f32::NAN, f32::NAN])) as ArrayRef),
        ("other", Arc::new(StringArray::from(vec!["a", "b", "c", "d"]))),
        ("signal", Arc::new(Float64Array::from(vec![-1.0, -1.0, -1.0, 0.0]))),
        ("timestamp", Arc::new(TimestampSecondArray::from(vec![1, 2, 3, 4]))),
    ]);
    let read: Vec<_> =
        read_signals(&file.path).unwrap().iter().map(|s| (s.ts.micros(), s.signal, s.confidence)).collect();
    assert_eq!(read, [(1_000_000, -1, Some(0.5)), (3_000_000, -1, None), (4_000_000, 0, None)]);
}

#[test]
fn what_cannot_be_a_position_is_told_with_its_row() {
    let times = || Arc::new(TimestampSecondArray::from(vec![1, 2])) as ArrayRef;
    let problem = |signal: ArrayRef, confidence: ArrayRef| {
        let file = file([("timestamp", times()), ("signal", signal), ("confidence", confidence)]);
        let problem = read_signals(&file.path).unwrap_err();
        format!("{}: {}", problem.place.unwrap_or_default(), problem.reason)
    };
    let ones = || Arc::new(Int64Array::from(vec![1, 1])) as ArrayRef;
    let sure = |value: Option<f64>| Arc::new(Float64Array::from(vec![None, value])) as ArrayRef;
    let half: ArrayRef = Arc::new(Float64Array::from(vec![Some(1.0), Some(0.5)]));
    assert_eq!(problem(half, sure(None)), "row 2: `signal` is 0.5: a position wanted is 1, 0 or -1");
    let none: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None]));
    assert_eq!(problem(none, sure(None)), "row 2: `signal` is undefined: a position wanted is 1, 0 or -1");
    assert_eq!(problem(ones(), sure(Some(1.5))), "row 2: `confidence` is 1.5, which is not between 0 and 1");
    let words: ArrayRef = Arc::new(StringArray::from(vec!["a", "b"]));
    assert_eq!(problem(ones(), words), ": `confidence` is of type Utf8, not a number");
}

#[test]
fn labels_are_text_and_an_undefined_one_is_none() {
    let times: ArrayRef = Arc::new(TimestampSecondArray::from(vec![1, 2, 3]));
    let labels: ArrayRef = Arc::new(StringArray::from(vec![Some("UP"), None, None]));
    let read = read_states(&file([("timestamp", times.clone()), ("regime", labels)]).path).unwrap();
    let told: Vec<_> = read.iter().map(|s| s.label.as_deref()).collect();
    assert_eq!(told, [Some("UP"), None]);
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3]));
    let problem = read_states(&file([("timestamp", times), ("state", numbers)]).path).unwrap_err();
    assert!(problem.reason.contains("not text"), "{problem}");
}

#[test]
fn a_footer_without_pairs_is_empty_and_a_broken_one_is_told() {
    let written = file([("timestamp", Arc::new(TimestampSecondArray::from(vec![1])) as ArrayRef)]);
    assert_eq!(footer(&written.path).unwrap(), []);
    let long = std::iter::repeat_n("x", 20_000).collect::<String>();
    let batch = RecordBatch::try_from_iter([(
        "timestamp",
        Arc::new(TimestampSecondArray::from(vec![1])) as ArrayRef,
    )])
    .unwrap();
    let pairs = vec![parquet::file::metadata::KeyValue::new("strategy_id".to_owned(), long.clone())];
    let properties =
        parquet::file::properties::WriterProperties::builder().set_key_value_metadata(Some(pairs)).build();
    let file = std::fs::File::create(&written.path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    assert_eq!(
        footer(&written.path).unwrap(),
        [("strategy_id".to_owned(), long)],
        "longer than what is read at once"
    );
    std::fs::write(&written.path, "PAR1").unwrap();
    assert!(footer(&written.path).unwrap_err().reason.starts_with("it cannot be read as Parquet"));
}
