use super::{read, write};
use admf_model::{Bars, Series, Timestamp};
use std::path::Path;

fn bars(symbol: &str, count: i64) -> Bars {
    let times = (0..count).map(|bar| Timestamp::from_micros(bar * 60_000_000 - 7)).collect();
    let column = |start: i64, gap: i64| -> Series {
        (0..count).map(|bar| (gap == 0 || bar % gap != 0).then_some((start + bar) as f64 * 0.1)).collect()
    };
    let mut bars =
        Bars::new(symbol, times, [column(1, 0), column(2, 5), column(3, 7), column(4, 0), column(5, 2)])
            .unwrap();
    bars.adjustment = (count % 2 == 0).then(|| column(9, 3));
    bars
}

fn symbols() -> Vec<Bars> {
    // The second crosses the boundaries of batches and row groups.
    vec![bars("A", 3), bars("B", 70_000), bars("Ä", 10)]
}

#[test]
fn bars_read_back_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.parquet");
    write(&path, &symbols()).unwrap();
    assert_eq!(read(&path).unwrap(), symbols());
}

#[test]
fn equal_bars_give_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = |name: &str| {
        let path = folder.path().join(name);
        write(&path, &symbols()).unwrap();
        std::fs::read(path).unwrap()
    };
    assert_eq!(bytes("a"), bytes("b"));
}

fn failure(path: &Path) -> String {
    read(path).unwrap_err().to_string()
}

#[test]
fn a_file_that_is_not_bars_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.parquet");
    let remedy = "; import the data again to restore it";
    let missing = failure(&path);
    assert!(missing.starts_with(&format!("{}: ", path.display())) && missing.ends_with(remedy), "{missing}");

    write(&path, &symbols()).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for cut in [0, 4, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        assert!(failure(&path).starts_with(&path.display().to_string()), "cut at {cut}");
    }

    let unsorted = [bars("B", 3), bars("A", 3)];
    write(&path, &unsorted).unwrap();
    assert_eq!(failure(&path), format!("{}: the symbols are not in order{remedy}", path.display()));
}

#[test]
fn a_parquet_file_of_something_else_is_refused() {
    use crate::parquet_file::ParquetWriter;
    use arrow::datatypes::{DataType, Field, Schema};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.parquet");
    let schema = Schema::new(vec![Field::new("symbol", DataType::Utf8, false)]);
    ParquetWriter::create(&path, schema.into(), &[]).unwrap().finish().unwrap();
    let problem = "the columns are not those of bars but symbol; import the data again to restore it";
    assert_eq!(failure(&path), format!("{}: {problem}", path.display()));
}
