use super::super::write_row_groups;
use super::are_better_apart;
use crate::error::StoreError;
use crate::parquet_file::open;
use arrow::array::{ArrayRef, AsArray, Float64Array, RecordBatch};
use arrow::datatypes::{Field, Float64Type, Schema};
use parquet::basic::Encoding;
use std::fs::File;
use std::sync::Arc;

/// A walk of closes from 1000 on, rounded to so many decimals.
fn walk(rows: u64, decimals: i32) -> Vec<f64> {
    let mut price = 1000.0;
    let mut state = 1_u64;
    let step = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        price += (state >> 40) as f64 / f64::from(1 << 24) - 0.5;
        (price * 10_f64.powi(decimals)).round() / 10_f64.powi(decimals)
    };
    (0..rows).map(step).collect()
}

fn is_apart(column: Float64Array) -> bool {
    let column: ArrayRef = Arc::new(column);
    are_better_apart(&column, &mut zstd::bulk::Compressor::new(1).unwrap()).unwrap()
}

#[test]
fn prices_of_many_digits_are_stored_byte_by_byte_and_those_of_few_whole() {
    assert!(is_apart(walk(65_536, 6).into()));
    assert!(!is_apart(walk(65_536, 2).into()));
    assert!(!is_apart(Float64Array::new_null(65_536)));
    assert!(!is_apart(Float64Array::from(vec![0.0; 65_536])));
    assert!(!is_apart(vec![1.0].into()));
}

#[test]
fn a_file_has_each_column_in_its_way_and_reads_back() {
    let (fine, coarse) = (walk(70_000, 6), walk(70_000, 2));
    let fields = ["fine", "coarse"].map(|name| Field::new(name, arrow::datatypes::DataType::Float64, true));
    let schema = Arc::new(Schema::new(fields.to_vec()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("numbers.parquet");
    let group = |index: usize| {
        let rows = [0..65_536, 65_536..70_000].get(index).cloned();
        Ok::<_, StoreError>(rows.map(|rows| {
            let columns = [&fine, &coarse]
                .map(|column| -> ArrayRef { Arc::new(Float64Array::from(column[rows.clone()].to_vec())) });
            RecordBatch::try_new(Arc::clone(&schema), columns.to_vec()).unwrap()
        }))
    };
    write_row_groups(&path, &schema, group).unwrap();
    let builder = open::open(File::open(&path).unwrap()).unwrap();
    let has = |column: usize| {
        let group = builder.metadata().row_group(0);
        group.column(column).encodings().any(|encoding| encoding == Encoding::BYTE_STREAM_SPLIT)
    };
    assert_eq!((has(0), has(1)), (true, false));
    let batches: Vec<RecordBatch> = open::batches(builder).unwrap().map(Result::unwrap).collect();
    for (at, expected) in [&fine, &coarse].into_iter().enumerate() {
        let found = batches.iter().flat_map(|batch| batch.column(at).as_primitive::<Float64Type>().values());
        assert!(found.eq(expected));
    }
}
