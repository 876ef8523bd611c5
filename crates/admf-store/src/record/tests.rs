use super::{Date, Record, RecordError};
use crate::sample;
use crate::tables::{ColumnType, LabelRow, StrategyRow, TradeRow};
use admf_model::METRICS;
use arrow::array::{ArrayRef, StringArray};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

#[test]
fn the_schema_follows_the_fields() {
    let table = LabelRow::table();
    assert_eq!(table.name, "labels");
    let columns: Vec<_> = table.columns.iter().map(|c| (c.name, c.kind, c.nullable)).collect();
    let expected = [
        ("classifier_id", ColumnType::Text, false),
        ("symbol", ColumnType::Text, false),
        ("ts", ColumnType::Timestamp, false),
        ("regime", ColumnType::Text, true),
    ];
    assert_eq!(columns, expected);
    assert_eq!(table.columns[3].doc, "The label; undefined where the classifier cannot say.");
}

#[test]
fn metrics_are_columns_in_the_place_of_their_field() {
    let names: Vec<&str> = StrategyRow::table().columns.iter().map(|c| c.name).collect();
    let first = names.iter().position(|name| *name == METRICS[0].name).unwrap();
    assert_eq!(names[first - 1], "compression_ratio");
    let metrics: Vec<&str> = METRICS.iter().map(|m| m.name).collect();
    assert_eq!(names[first..first + METRICS.len()], metrics);
    assert_eq!(names[first + METRICS.len()], "net_sharpe");
    assert_eq!(StrategyRow::table().column("total_trades").unwrap().kind, ColumnType::Integer);
    assert_eq!(StrategyRow::table().column("beta").unwrap().kind, ColumnType::Number);
}

#[test]
fn wall_clock_columns_are_in_the_database_only() {
    let table = StrategyRow::table();
    assert!(table.column("created_at").is_some());
    assert!(table.columns.iter().all(|column| column.name != "created_at"));
    assert!(table.schema().field_with_name("created_at").is_err());
}

#[test]
fn undefined_metrics_stay_undefined() {
    let mut row = sample::strategy(sample::run_id(), 3);
    row.performance.total_trades = None;
    row.performance.beta = None;
    let rows = vec![row, sample::strategy(sample::run_id(), 4)];
    assert_eq!(StrategyRow::from_batch(&StrategyRow::to_batch(&rows)).unwrap(), rows);
}

#[test]
fn another_schema_is_refused_with_the_first_difference() {
    let batch = LabelRow::to_batch(&[sample::label(0, None)]);
    let error = TradeRow::from_batch(&batch).unwrap_err();
    assert_eq!(error.to_string(), "column 1 should be `trade_id Utf8`, found classifier_id Utf8");
    let error = LabelRow::from_batch(&batch.project(&[0, 1, 2]).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "column 4 should be `regime Utf8`, found the end");
}

#[test]
fn a_value_that_is_not_of_the_type_is_refused_with_its_row() {
    let batch = LabelRow::to_batch(&[sample::label(0, None), sample::label(1, None)]);
    let mut columns = batch.columns().to_vec();
    columns[0] = Arc::new(StringArray::from(vec!["00000000000000ff", "not an id"])) as ArrayRef;
    let batch = RecordBatch::try_new(batch.schema(), columns).unwrap();
    let error = LabelRow::from_batch(&batch).unwrap_err();
    let reason = "`not an id` is not an id: 16 hexadecimal digits are needed".to_owned();
    assert_eq!(error, RecordError::Value { column: "classifier_id".to_owned(), row: 2, reason });
}

#[test]
fn days_read_back_and_times_are_not_days() {
    // 15764 days after 1970-01-01 is 2013-02-28: date -u -d @$((15764 * 86400))
    let day = Date::from_days(15_764);
    assert_eq!(day.to_string(), "2013-02-28");
    assert_eq!("2013-02-28".parse(), Ok(day));
    assert!("2013-02-28T09:30:00Z".parse::<Date>().is_err());
    assert!("2013-02-30".parse::<Date>().is_err());
}
