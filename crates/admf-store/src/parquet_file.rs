//! Parquet files of a table: the same rows give the same bytes, however they were handed over.
//!
//! The bytes hold no clock and no library version. Rows are cut into row groups at fixed counts, so that a file merged
//! from many small parts is the file that one writer would have written.

mod byte_streams;
pub(crate) mod open;
mod row_groups;
mod spliced;

pub(crate) use row_groups::{GROUP_ROWS, encode_row_groups, write_row_groups};
pub(crate) use spliced::{EncodedGroups, SplicedWriter};

use crate::durable::DurableFile;
use crate::error::{Result, StoreError};
use crate::record::{Record, RecordError, check_schema};
use crate::tables::{ColumnType, Table};
use arrow::array::StringArray;
use arrow::compute::BatchCoalescer;
use arrow::datatypes::{DataType, SchemaRef};
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::{ArrowPredicateFn, ParquetRecordBatchReaderBuilder, RowFilter};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::fs::File;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

/// Rows per row group: bounds the memory of a writer, and gives readers something to run in parallel on.
const ROW_GROUP_ROWS: usize = 65_536;
/// Rows per batch handed to the encoder; fixed, because page boundaries follow it.
const BATCH_ROWS: usize = 8_192;
/// Rows that are turned into columns at a time: they are gone through once for each column, so they should stay in the
/// cache of a core.
const ROWS_AT_ONCE: usize = 1_024;

/// Writes batches of one schema to a Parquet file that appears when it is finished.
pub struct ParquetWriter {
    path: PathBuf,
    writer: ArrowWriter<DurableFile>,
    pending: BatchCoalescer,
    rows: u64,
}

impl ParquetWriter {
    /// Begins a file. `metadata` is stored as key-value pairs in its footer.
    pub fn create(path: &Path, schema: SchemaRef, metadata: &[(&str, String)]) -> Result<Self> {
        let properties = properties(&schema, metadata);
        Self::with_properties(path, schema, properties)
    }

    fn with_properties(path: &Path, schema: SchemaRef, properties: WriterProperties) -> Result<Self> {
        let file = DurableFile::create(path)?;
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            // The Arrow schema in the footer would repeat the Parquet schema in the encoding of a library version.
            .with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, SchemaRef::clone(&schema), options)
            .map_err(StoreError::parquet("write", path))?;
        Ok(Self { path: path.to_owned(), writer, pending: BatchCoalescer::new(schema, BATCH_ROWS), rows: 0 })
    }

    /// Begins a file of a table.
    pub fn for_table(path: &Path, table: &Table, metadata: &[(&str, String)]) -> Result<Self> {
        Self::with_properties(path, table.schema(), properties_of(table, metadata))
    }

    /// Appends rows, whose columns must be those of the file.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        let error = StoreError::parquet("write", &self.path);
        self.pending.push_batch(batch.clone()).map_err(|e| error(e.into()))?;
        self.drain()
    }

    /// Appends rows of a table.
    pub fn write_rows<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        rows.chunks(ROWS_AT_ONCE).try_for_each(|chunk| self.write(&R::to_batch(chunk)))
    }

    /// Completes the file durably and returns its number of rows.
    pub fn finish(mut self) -> Result<u64> {
        let error = StoreError::parquet("write", &self.path);
        self.pending.finish_buffered_batch().map_err(|e| error(e.into()))?;
        self.drain()?;
        self.writer.into_inner().map_err(error)?.commit()?;
        Ok(self.rows)
    }

    fn drain(&mut self) -> Result<()> {
        while let Some(batch) = self.pending.next_completed_batch() {
            self.writer.write(&batch).map_err(StoreError::parquet("write", &self.path))?;
        }
        Ok(())
    }
}

/// Writes all rows of a small file.
pub fn write_rows<R: Record>(path: &Path, rows: &[R], metadata: &[(&str, String)]) -> Result<()> {
    let mut writer = ParquetWriter::for_table(path, R::table(), metadata)?;
    writer.write_rows(rows)?;
    writer.finish().map(drop)
}

/// How many bytes a file of these rows has, found by encoding them in memory.
pub fn encoded_size<R: Record>(rows: &[R]) -> Result<u64> {
    Ok(encode(rows, &[])?.len() as u64)
}

/// The bytes of a small file of these rows.
pub(crate) fn encode<R: Record>(rows: &[R], metadata: &[(&str, String)]) -> Result<Vec<u8>> {
    let schema = R::table().schema();
    let error = StoreError::parquet("write", Path::new(R::table().name));
    let options = ArrowWriterOptions::new()
        .with_properties(properties_of(R::table(), metadata))
        .with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), schema, options).map_err(&error)?;
    for chunk in rows.chunks(BATCH_ROWS) {
        writer.write(&R::to_batch(chunk)).map_err(&error)?;
    }
    writer.into_inner().map_err(&error)
}

/// Reads a file of a table in batches, checked against its definition.
pub struct ParquetBatches {
    path: PathBuf,
    table: &'static Table,
    reader: open::Batches,
}

impl ParquetBatches {
    /// Opens a file.
    pub fn open(path: &Path, table: &'static Table) -> Result<Self> {
        let builder = builder(path)?;
        check_schema(table, builder.schema()).map_err(rows_error(path, table))?;
        let reader = batches(path, builder)?;
        Ok(Self { path: path.to_owned(), table, reader })
    }
}

impl Iterator for ParquetBatches {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.map_err(|e| StoreError::parquet("read", &self.path)(e.into())))
    }
}

/// Reads rows of a file of a table in batches.
pub struct ParquetRows<R> {
    batches: ParquetBatches,
    rows: PhantomData<R>,
}

impl<R: Record> ParquetRows<R> {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { batches: ParquetBatches::open(path, R::table())?, rows: PhantomData })
    }
}

impl<R: Record> Iterator for ParquetRows<R> {
    type Item = Result<Vec<R>>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        let error = rows_error(&self.batches.path, self.batches.table);
        Some(batch.and_then(|batch| R::from_batch(&batch).map_err(error)))
    }
}

pub(crate) fn rows_error(
    path: &Path,
    table: &'static Table,
) -> impl FnOnce(RecordError) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Rows { path, table: table.name, source }
}

/// Reads all rows of a file.
pub fn read_rows<R: Record>(path: &Path) -> Result<Vec<R>> {
    let batches: Vec<Vec<R>> = ParquetRows::open(path)?.collect::<Result<_>>()?;
    Ok(batches.into_iter().flatten().collect())
}

/// Reads all rows of a file of `table`, of which `R` has some columns, in order; the others are not decoded.
pub fn read_some_columns<R: Record>(path: &Path, table: &'static Table) -> Result<Vec<R>> {
    let builder = builder(path)?;
    check_schema(table, builder.schema()).map_err(rows_error(path, table))?;
    let names = R::table().columns.iter().map(|column| column.name);
    let columns = ProjectionMask::columns(builder.parquet_schema(), names);
    collect(path, builder.with_projection(columns))
}

/// Reads the rows of a file of which a column of text has this value; of the others only that column is decoded.
pub fn read_rows_where<R: Record>(path: &Path, column: &str, value: &str) -> Result<Vec<R>> {
    let builder = builder(path)?;
    check_schema(R::table(), builder.schema()).map_err(rows_error(path, R::table()))?;
    let columns = ProjectionMask::columns(builder.parquet_schema(), [column]);
    let value = StringArray::new_scalar(value);
    let equal = ArrowPredicateFn::new(columns, move |batch| {
        arrow::compute::kernels::cmp::eq(batch.column(0), &value)
    });
    collect(path, builder.with_row_filter(RowFilter::new(vec![Box::new(equal)])))
}

fn collect<R: Record>(path: &Path, builder: ParquetRecordBatchReaderBuilder<File>) -> Result<Vec<R>> {
    let mut rows = Vec::new();
    for batch in batches(path, builder)? {
        let batch = batch.map_err(|e| StoreError::parquet("read", path)(e.into()))?;
        rows.extend(R::from_batch(&batch).map_err(rows_error(path, R::table()))?);
    }
    Ok(rows)
}

/// Number of rows of a file, from its footer.
pub fn count_rows(path: &Path) -> Result<u64> {
    let rows = builder(path)?.metadata().file_metadata().num_rows();
    u64::try_from(rows).map_err(|_| StoreError::Damaged {
        path: path.to_owned(),
        reason: format!("it claims to have {rows} rows"),
    })
}

/// Decodes every page of a file, whatever its columns are, and keeps nothing.
pub(crate) fn read_all(path: &Path) -> Result<()> {
    for batch in batches(path, builder(path)?)? {
        batch.map_err(|e| StoreError::parquet("read", path)(e.into()))?;
    }
    Ok(())
}

/// The key-value pairs of a file's footer, in the order written.
pub fn read_metadata(path: &Path) -> Result<Vec<(String, String)>> {
    let builder = builder(path)?;
    let pairs = builder.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
    Ok(pairs.into_iter().map(|pair| (pair.key, pair.value.unwrap_or_default())).collect())
}

fn builder(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>> {
    let file = File::open(path).map_err(StoreError::io("read", path))?;
    open::open(file).map_err(StoreError::parquet("read", path))
}

fn batches(path: &Path, builder: ParquetRecordBatchReaderBuilder<File>) -> Result<open::Batches> {
    open::batches(builder.with_batch_size(BATCH_ROWS)).map_err(StoreError::parquet("read", path))
}

fn properties_of(table: &Table, metadata: &[(&str, String)]) -> WriterProperties {
    let mut builder = properties(&table.schema(), metadata).into_builder();
    for column in table.columns.iter().filter(|column| table.is_distinct(column)) {
        builder = builder.set_column_dictionary_enabled(ColumnPath::from(column.name), false);
    }
    builder.build()
}

fn properties(schema: &SchemaRef, metadata: &[(&str, String)]) -> WriterProperties {
    let pairs = metadata.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone())).collect();
    let mut builder = WriterProperties::builder()
        .set_created_by("admf".to_owned())
        .set_compression(Compression::ZSTD(Default::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_key_value_metadata((!metadata.is_empty()).then_some(pairs));
    for field in schema.fields() {
        // Measured numbers rarely repeat: a dictionary of them is work without gain.
        if *field.data_type() == ColumnType::Number.arrow() || *field.data_type() == DataType::Boolean {
            builder = builder.set_column_dictionary_enabled(ColumnPath::from(field.name().as_str()), false);
        }
    }
    builder.build()
}

#[cfg(test)]
mod tests;
