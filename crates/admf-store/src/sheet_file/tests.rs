use super::write;
use admf_model::{Cell, CellKind, Sheet};
use arrow::array::AsArray;
use arrow::datatypes::{Float64Type, Int64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::tempdir;

#[test]
fn a_sheet_reads_back_with_its_kinds() {
    let mut sheet = Sheet::new([
        ("symbol", CellKind::Text),
        ("trades", CellKind::Integer),
        ("sharpe ratio", CellKind::Number),
        ("ruined", CellKind::Truth),
    ]);
    sheet.push(vec!["SPX".into(), Cell::Integer(3), Cell::Number(0.5), Cell::Truth(true)]);
    sheet.push(vec![Cell::Null, Cell::Null, Cell::Integer(1), Cell::Null]);
    let folder = tempdir().unwrap();
    let path = folder.path().join("out.parquet");
    write(&path, &sheet).unwrap();

    let file = std::fs::File::open(&path).unwrap();
    let mut batches = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let batch = batches.next().unwrap().unwrap();
    assert_eq!(batch.schema().field(2).name(), "sharpe ratio");
    let texts: Vec<_> = batch.column(0).as_string::<i32>().iter().collect();
    assert_eq!(texts, [Some("SPX"), None]);
    assert_eq!(batch.column(1).as_primitive::<Int64Type>().iter().collect::<Vec<_>>(), [Some(3), None]);
    assert_eq!(batch.column(2).as_primitive::<Float64Type>().iter().collect::<Vec<_>>(), [Some(0.5), None]);
    assert_eq!(batch.column(3).as_boolean().iter().collect::<Vec<_>>(), [Some(true), None]);
}

#[test]
fn a_sheet_without_rows_keeps_its_columns() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("out.parquet");
    write(&path, &Sheet::new([("symbol", CellKind::Text)])).unwrap();
    let file = std::fs::File::open(&path).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(builder.schema().field(0).name(), "symbol");
    assert_eq!(builder.metadata().file_metadata().num_rows(), 0);
}
