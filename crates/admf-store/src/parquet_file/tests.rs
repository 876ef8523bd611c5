use super::{ParquetWriter, count_rows, read_metadata, read_rows, write_rows};
use crate::error::StoreError;
use crate::record::Record;
use crate::sample;
use crate::tables::{LabelRow, StrategyRow, TradeRow};
use crate::trials::TrialRow;
use std::fmt::Debug;
use tempfile::tempdir;

fn round_trip<R: Record + PartialEq + Debug>(rows: &[R]) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("rows.parquet");
    write_rows(&path, rows, &[]).unwrap();
    assert_eq!(count_rows(&path).unwrap(), rows.len() as u64);
    assert_eq!(read_rows::<R>(&path).unwrap(), rows, "table {}", R::table().name);
    // A file without rows has the same columns.
    write_rows::<R>(&path, &[], &[]).unwrap();
    assert_eq!(read_rows::<R>(&path).unwrap(), []);
}

#[test]
fn every_table_reads_back() {
    let run = sample::run_id();
    let rows = sample::rows(run, 0..9);
    round_trip(&rows.strategies);
    round_trip(&rows.trades);
    round_trip(&rows.regime_performance);
    round_trip(&rows.classifiers);
    round_trip(&rows.signals["momentum"]);
    round_trip(&rows.labels["trend"]);
    round_trip(&[sample::parameter_analysis()]);
    round_trip(&[sample::metadata().to_row()]);
    round_trip(&[
        TrialRow { trial_id: u64::MAX, sharpe_per_bar: None, trades: 0, run_id: run },
        TrialRow { trial_id: 0, sharpe_per_bar: Some(-0.01), trades: 3, run_id: run },
    ]);
}

#[test]
fn bytes_do_not_depend_on_how_rows_are_handed_over() {
    let folder = tempdir().unwrap();
    // More than one batch and, with 70,000 trades, more than one row group.
    let strategy = sample::strategy(sample::run_id(), 1);
    let trades: Vec<TradeRow> = (0..70_000).map(|n| sample::trade(&strategy, n)).collect();
    let write = |name: &str, chunk: usize| {
        let path = folder.path().join(name);
        let mut writer = ParquetWriter::for_table(&path, TradeRow::table(), &[]).unwrap();
        trades.chunks(chunk).for_each(|rows| writer.write_rows(rows).unwrap());
        assert_eq!(writer.finish().unwrap(), 70_000);
        std::fs::read(path).unwrap()
    };
    let whole = write("a", 70_000);
    assert!(whole == write("b", 999), "chunks of 999 rows give other bytes");
    assert!(whole == write("c", 8_193), "chunks of 8193 rows give other bytes");
}

#[test]
fn the_footer_holds_the_metadata_and_no_library_version() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("labels.parquet");
    let metadata = [("family", "us 1d".to_owned()), ("empty", String::new())];
    write_rows(&path, &[sample::label(0, None)], &metadata).unwrap();
    let expected = [("family", "us 1d"), ("empty", "")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(read_metadata(&path).unwrap(), expected);
    let bytes = std::fs::read(&path).unwrap();
    let contains = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(contains("admf"));
    assert!(!contains("parquet-rs") && !contains("ARROW:schema"));
}

#[test]
fn a_torn_file_is_named() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("strategies.parquet");
    write_rows(&path, &[sample::strategy(sample::run_id(), 1)], &[]).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = read_rows::<StrategyRow>(&path).unwrap_err();
    assert!(matches!(&error, StoreError::Parquet { path: named, .. } if *named == path), "{error}");
}

#[test]
fn a_file_of_another_table_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("trades.parquet");
    write_rows(&path, &[sample::label(0, None)], &[]).unwrap();
    let error = read_rows::<TradeRow>(&path).unwrap_err().to_string();
    assert!(error.contains("trades.parquet does not hold rows of table `trades`"), "{error}");
}

#[test]
fn a_file_that_is_not_finished_is_not_there() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("labels.parquet");
    let mut writer = ParquetWriter::for_table(&path, LabelRow::table(), &[]).unwrap();
    writer.write_rows(&[sample::label(0, None)]).unwrap();
    drop(writer);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
