//! A Parquet file put together from row groups of other files, taken as they are but for one column, and from rows
//! that are encoded here. Its bytes do not tell which was which.

use super::row_groups::encode;
use super::{BATCH_ROWS, GROUP_ROWS, open, properties_of};
use crate::durable::DurableFile;
use crate::error::{Result, StoreError};
use crate::tables::Table;
use arrow::array::{Array, ArrayRef};
use arrow::compute::BatchCoalescer;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{
    ColumnChunkMetaData, PageIndexPolicy, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
};
use parquet::file::statistics::Statistics;
use parquet::file::writer::SerializedFileWriter;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The row groups of a file, encoded.
pub(crate) struct EncodedGroups {
    file: File,
    metadata: ParquetMetaData,
}

impl EncodedGroups {
    /// Opens a file that [`super::ParquetWriter`] wrote.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(StoreError::io("read", path))?;
        // What a footer says of the encodings of pages is passed on in full.
        let options = ParquetMetaDataOptions::new().with_encoding_stats_as_mask(false);
        let reader = ParquetMetaDataReader::new()
            .with_metadata_options(Some(options))
            .with_page_index_policy(PageIndexPolicy::Required);
        let metadata = open::read_metadata_by(reader, &file).map_err(StoreError::parquet("read", path))?;
        Ok(Self { file, metadata })
    }

    /// How many rows each group has.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = usize> {
        self.metadata.row_groups().iter().map(|group| usize::try_from(group.num_rows()).unwrap_or(0))
    }

    /// A column of a group as if it had just been encoded; the index of pages stands in the footer.
    fn column(&self, group: usize, column: usize) -> ParquetResult<ColumnCloseResult> {
        let metadata = self.metadata.row_group(group).column(column).clone();
        let statistics = metadata.statistics().cloned().map(|s| as_written(s, &metadata));
        let mut metadata = metadata.into_builder();
        if let Some(statistics) = statistics {
            metadata = metadata.set_statistics(statistics);
        }
        let metadata = metadata.build()?;
        let no_index = || ParquetError::General("the file has no index of its pages".to_owned());
        let columns = self.metadata.column_index().ok_or_else(no_index)?;
        let offsets = self.metadata.offset_index().ok_or_else(no_index)?;
        Ok(ColumnCloseResult {
            bytes_written: u64::try_from(metadata.compressed_size()).unwrap_or(0),
            rows_written: u64::try_from(self.metadata.row_group(group).num_rows()).unwrap_or(0),
            metadata,
            bloom_filter: None,
            column_index: Some(columns[group][column].clone()),
            offset_index: Some(offsets[group][column].clone()),
        })
    }
}

/// Statistics as they were before they were written: reading forgets that signed values stand under their old names too.
fn as_written(statistics: Statistics, column: &ColumnChunkMetaData) -> Statistics {
    let signed = column.column_descr().sort_order().is_signed();
    match statistics {
        Statistics::Boolean(s) => Statistics::Boolean(s.with_backwards_compatible_min_max(signed)),
        Statistics::Int32(s) => Statistics::Int32(s.with_backwards_compatible_min_max(signed)),
        Statistics::Int64(s) => Statistics::Int64(s.with_backwards_compatible_min_max(signed)),
        Statistics::Double(s) => Statistics::Double(s.with_backwards_compatible_min_max(signed)),
        // Neither of texts, which have no sign, nor of types that no table has.
        other => other,
    }
}

/// Writes such a file, which appears when it is finished.
pub(crate) struct SplicedWriter {
    path: PathBuf,
    schema: SchemaRef,
    file: SerializedFileWriter<DurableFile>,
    factory: ArrowRowGroupWriterFactory,
    /// Rows of a group that is not full.
    pending: BatchCoalescer,
    rows: u64,
    groups: usize,
}

impl SplicedWriter {
    /// Begins a file of a table.
    pub(crate) fn for_table(path: &Path, table: &Table) -> Result<Self> {
        let schema = table.schema();
        let options = ArrowWriterOptions::new()
            .with_properties(properties_of(table, &[]))
            .with_skip_arrow_metadata(true);
        let file = DurableFile::create(path)?;
        let (file, factory) = ArrowWriter::try_new_with_options(file, SchemaRef::clone(&schema), options)
            .and_then(ArrowWriter::into_serialized_writer)
            .map_err(StoreError::parquet("write", path))?;
        let pending = BatchCoalescer::new(SchemaRef::clone(&schema), GROUP_ROWS);
        Ok(Self { path: path.to_owned(), schema, file, factory, pending, rows: 0, groups: 0 })
    }

    /// True when all groups so far are full, so that the next may come from another file.
    pub(crate) fn is_between_groups(&self) -> bool {
        self.pending.is_empty()
    }

    /// Appends rows.
    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        let error = StoreError::parquet("write", &self.path);
        self.pending.push_batch(batch).map_err(|e| error(e.into()))?;
        self.drain()
    }

    /// Appends a group of another file with other values in one column. Only the last group of a file may have fewer
    /// than [`GROUP_ROWS`] rows.
    pub(crate) fn splice(
        &mut self,
        from: &EncodedGroups,
        group: usize,
        (column, values): (usize, &ArrayRef),
    ) -> Result<()> {
        debug_assert!(self.is_between_groups(), "rows that wait would come later");
        let spliced = self.try_splice(from, group, (column, values));
        spliced.map_err(StoreError::parquet("write", &self.path))?;
        self.rows += values.len() as u64;
        self.groups += 1;
        Ok(())
    }

    fn try_splice(
        &mut self,
        from: &EncodedGroups,
        group: usize,
        (replaced, values): (usize, &ArrayRef),
    ) -> ParquetResult<()> {
        let mut writers = self.factory.create_column_writers(self.groups)?;
        let mut writer = writers.swap_remove(replaced);
        for start in (0..values.len()).step_by(BATCH_ROWS) {
            let some = values.slice(start, BATCH_ROWS.min(values.len() - start));
            for leaf in compute_leaves(self.schema.field(replaced), &some)? {
                writer.write(&leaf)?;
            }
        }
        let mut encoded = Some(writer.close()?);
        let mut row_group = self.file.next_row_group()?;
        for column in 0..self.schema.fields().len() {
            match encoded.take_if(|_| column == replaced) {
                Some(chunk) => chunk.append_to_row_group(&mut row_group)?,
                None => row_group.append_column(&from.file, from.column(group, column)?)?,
            }
        }
        row_group.close().map(drop)
    }

    /// Completes the file durably and returns its number of rows.
    pub(crate) fn finish(mut self) -> Result<u64> {
        let error = StoreError::parquet("write", &self.path);
        self.pending.finish_buffered_batch().map_err(|e| error(e.into()))?;
        self.drain()?;
        self.file.into_inner().map_err(error)?.commit()?;
        Ok(self.rows)
    }

    fn drain(&mut self) -> Result<()> {
        while let Some(batch) = self.pending.next_completed_batch() {
            self.write_group(&batch).map_err(StoreError::parquet("write", &self.path))?;
        }
        Ok(())
    }

    fn write_group(&mut self, batch: &RecordBatch) -> ParquetResult<()> {
        let columns = encode(batch, self.factory.create_column_writers(self.groups)?)?;
        let mut row_group = self.file.next_row_group()?;
        for column in columns {
            column.append_to_row_group(&mut row_group)?;
        }
        self.groups += 1;
        row_group.close().map(drop)
    }
}
