//! Which columns of numbers are stored byte by byte: all first bytes, then all second ones, and so on.
//!
//! Numbers of many digits share little but their first bytes, which stand together then: they become smaller, and take
//! half the time to compress. Prices of few decimals come again as a whole, which a compressor sees only in whole
//! numbers. Some of the numbers are compressed both ways to find out.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Float64Type, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions};
use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::io;

/// Numbers of a column that are compressed both ways: enough to tell, and few beside the rows of a group.
const TRIED: usize = 4_096;

/// Makes writers of columns that store numbers in the better of both ways.
pub(super) struct Writers {
    whole: ArrowRowGroupWriterFactory,
    byte_by_byte: ArrowRowGroupWriterFactory,
}

impl Writers {
    /// Of a file whose writers of columns are `whole` and has these properties.
    pub(super) fn new(
        whole: ArrowRowGroupWriterFactory,
        schema: &SchemaRef,
        properties: WriterProperties,
    ) -> Result<Self> {
        let mut builder = properties.into_builder();
        for field in schema.fields().iter().filter(|field| *field.data_type() == DataType::Float64) {
            let column = ColumnPath::from(field.name().as_str());
            builder = builder.set_column_encoding(column, Encoding::BYTE_STREAM_SPLIT);
        }
        let options =
            ArrowWriterOptions::new().with_properties(builder.build()).with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(io::sink(), SchemaRef::clone(schema), options)?;
        let (_, byte_by_byte) = writer.into_serialized_writer()?;
        Ok(Self { whole, byte_by_byte })
    }

    /// The writers of a group, by its index, each beside the one that it may be exchanged for.
    pub(super) fn of_group(&self, index: usize) -> Result<Vec<[ArrowColumnWriter; 2]>> {
        let whole = self.whole.create_column_writers(index)?;
        let byte_by_byte = self.byte_by_byte.create_column_writers(index)?;
        Ok(whole.into_iter().zip(byte_by_byte).map(|(whole, byte_by_byte)| [whole, byte_by_byte]).collect())
    }
}

/// The better writer of each column. The same values have the same writers.
pub(super) fn choose(
    columns: &[ArrayRef],
    writers: Vec<[ArrowColumnWriter; 2]>,
) -> Result<Vec<ArrowColumnWriter>> {
    let mut trial = zstd::bulk::Compressor::new(1)?;
    let choice = |(column, [whole, byte_by_byte]): (&ArrayRef, [ArrowColumnWriter; 2])| {
        Ok(if are_better_apart(column, &mut trial)? { byte_by_byte } else { whole })
    };
    columns.iter().zip(writers).map(choice).collect()
}

/// True for numbers that are clearly smaller byte by byte.
fn are_better_apart(column: &ArrayRef, trial: &mut zstd::bulk::Compressor<'_>) -> io::Result<bool> {
    if *column.data_type() != DataType::Float64 || column.null_count() == column.len() {
        return Ok(false);
    }
    let values = column.as_primitive::<Float64Type>().values();
    let first = (values.len() / 2).saturating_sub(TRIED / 2);
    let some = &values[first..values.len().min(first + TRIED)];
    let whole: Vec<u8> = some.iter().flat_map(|value| value.to_le_bytes()).collect();
    let apart: Vec<u8> =
        (0..8).flat_map(|at| some.iter().map(move |value| value.to_le_bytes()[at])).collect();
    // Repetitions that are farther apart than those in a sample are seen in whole numbers alone.
    Ok(trial.compress(&apart)?.len() * 10 < trial.compress(&whole)?.len() * 9)
}

#[cfg(test)]
mod tests;
