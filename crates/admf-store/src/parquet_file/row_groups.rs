//! A Parquet file whose row groups are encoded by several threads; its bytes do not depend on how many there are.

use super::byte_streams::{Writers, choose};
use super::{BATCH_ROWS, ROW_GROUP_ROWS, properties};
use crate::durable::DurableFile;
use crate::error::StoreError;
use crate::ordered::ordered;
use arrow::datatypes::{DataType, SchemaRef};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowWriterOptions, compute_leaves};
use parquet::basic::Encoding;
use parquet::errors::Result as ParquetResult;
use parquet::schema::types::ColumnPath;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;

/// Rows of a group but for the last one.
pub(crate) const GROUP_ROWS: usize = ROW_GROUP_ROWS;

/// Writes a file that appears when it is complete, as [`encode_row_groups`] does.
pub(crate) fn write_row_groups<E: From<StoreError> + Send>(
    path: &Path,
    schema: &SchemaRef,
    group: impl FnMut(usize) -> Result<Option<RecordBatch>, E> + Send,
) -> Result<(), E> {
    let file = encode_row_groups(DurableFile::create(path)?, path, schema, group)?;
    Ok(file.commit()?)
}

/// Writes a file and returns it; `path` is for messages. `group` makes the batch of a row group, by its index, or tells
/// that there is none any more. Times are expected to rise, and are stored as what they rise by; numbers as they are or
/// byte by byte.
pub(crate) fn encode_row_groups<W: Write + Send, E: From<StoreError> + Send>(
    out: W,
    path: &Path,
    schema: &SchemaRef,
    mut group: impl FnMut(usize) -> Result<Option<RecordBatch>, E> + Send,
) -> Result<W, E> {
    let failed = || StoreError::parquet("write", path);
    let mut builder = properties(schema, &[]).into_builder();
    for field in schema.fields().iter().filter(|field| matches!(field.data_type(), DataType::Timestamp(..))) {
        let column = ColumnPath::from(field.name().as_str());
        builder = builder
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
    }
    let properties = builder.build();
    let options =
        ArrowWriterOptions::new().with_properties(properties.clone()).with_skip_arrow_metadata(true);
    let writer = ArrowWriter::try_new_with_options(out, SchemaRef::clone(schema), options);
    let (mut file, factory) = writer.and_then(ArrowWriter::into_serialized_writer).map_err(failed())?;
    let writers = Writers::new(factory, schema, properties).map_err(failed())?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut groups = 0..;
    let encoded = |(batch, writers): (RecordBatch, Vec<[ArrowColumnWriter; 2]>)| {
        let writers = choose(batch.columns(), writers);
        Ok(writers.and_then(|writers| encode(&batch, writers)).map_err(failed())?)
    };
    let next = || -> Result<_, E> {
        let Some(index) = groups.next() else { return Ok(None) };
        let Some(batch) = group(index)? else { return Ok(None) };
        Ok(Some((batch, writers.of_group(index).map_err(failed())?)))
    };
    ordered(threads, next, encoded, |columns| {
        let mut group = file.next_row_group().map_err(failed())?;
        for column in columns {
            column.append_to_row_group(&mut group).map_err(failed())?;
        }
        Ok(group.close().map(drop).map_err(failed())?)
    })?;
    Ok(file.into_inner().map_err(failed())?)
}

/// Encodes the rows of one group.
pub(super) fn encode(
    batch: &RecordBatch,
    mut writers: Vec<ArrowColumnWriter>,
) -> ParquetResult<Vec<ArrowColumnChunk>> {
    let schema = batch.schema();
    for start in (0..batch.num_rows()).step_by(BATCH_ROWS) {
        let rows = batch.slice(start, BATCH_ROWS.min(batch.num_rows() - start));
        let mut columns = writers.iter_mut();
        for (field, array) in schema.fields().iter().zip(rows.columns()) {
            for (leaf, writer) in compute_leaves(field, array)?.iter().zip(columns.by_ref()) {
                writer.write(leaf)?;
            }
        }
    }
    writers.into_iter().map(ArrowColumnWriter::close).collect()
}
