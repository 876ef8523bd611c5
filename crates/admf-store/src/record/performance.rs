//! All metrics as columns: one per entry of [`METRICS`], in its order.

use super::RecordError;
use super::field::{Columns, Field};
use super::scalar::Scalar;
use crate::tables::{Column, ColumnType};
use admf_model::{METRICS, Performance, Unit};
use arrow::array::ArrayRef;

impl Field for Performance {
    /// The field's own name and doc do not appear.
    fn columns(_: &'static str, _: &[&str]) -> Vec<Column> {
        METRICS.iter().map(|m| Column::new(m.name, column_type(m.unit), &[m.doc], true)).collect()
    }

    fn write<'a>(values: impl Iterator<Item = &'a Self> + Clone) -> Vec<ArrayRef>
    where
        Self: 'a,
    {
        let rows: Vec<_> = values.map(Self::values).collect();
        let column = |(at, metric): (usize, &admf_model::Metric)| match column_type(metric.unit) {
            ColumnType::Integer => {
                // A count in an f64 is whole and far below 2^53.
                let counts: Vec<Option<i64>> = rows.iter().map(|row| row[at].map(|n| n as i64)).collect();
                i64::array(counts.iter().map(Option::as_ref))
            }
            _ => f64::array(rows.iter().map(|row| row[at].as_ref())),
        };
        METRICS.iter().enumerate().map(column).collect()
    }

    fn read(columns: &mut Columns<'_>) -> Result<Vec<Self>, RecordError> {
        let mut rows: Vec<[Option<f64>; METRICS.len()]> = Vec::new();
        for (at, metric) in METRICS.iter().enumerate() {
            let values = match column_type(metric.unit) {
                ColumnType::Integer => {
                    let counts = columns.take::<i64>()?;
                    counts.into_iter().map(|count| count.map(|n| n as f64)).collect()
                }
                _ => columns.take::<f64>()?,
            };
            rows.resize(values.len(), [None; METRICS.len()]);
            for (row, value) in rows.iter_mut().zip(values) {
                row[at] = value;
            }
        }
        Ok(rows.into_iter().map(Self::from_values).collect())
    }
}

const fn column_type(unit: Unit) -> ColumnType {
    match unit {
        Unit::Count => ColumnType::Integer,
        Unit::Ratio | Unit::Fraction | Unit::Money | Unit::Bars => ColumnType::Number,
    }
}
