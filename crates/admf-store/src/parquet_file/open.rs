//! Parquet files opened and read so that a damaged one is an error: the libraries that decode them panic over some.
//!
//! Every Parquet file goes through here, also those that ADMF wrote: a disk may have changed them since.

use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::ChunkReader;
use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

// Of each thread: the hook of the process has no other way to know.
thread_local! {
    // A panic that becomes an error is no fault of the program.
    static BECOMES_AN_ERROR: Cell<bool> = const { Cell::new(false) };
}

/// Opens a file. Its schema, which may be in the encoding of Arrow, is decoded here.
pub(crate) fn open<R: ChunkReader + 'static>(content: R) -> Result<ParquetRecordBatchReaderBuilder<R>> {
    guarded(|| ParquetRecordBatchReaderBuilder::try_new(content))?
}

/// Decodes the metadata that is in the last bytes of a file.
pub(crate) fn decode_metadata(encoded: &[u8]) -> Result<ParquetMetaData> {
    guarded(|| ParquetMetaDataReader::decode_metadata(encoded))?
}

/// Reads the metadata of a file of any length.
pub(crate) fn read_metadata<R: ChunkReader>(content: &R) -> Result<ParquetMetaData> {
    read_metadata_by(ParquetMetaDataReader::new(), content)
}

/// The same, by a reader that says what of it.
pub(crate) fn read_metadata_by<R: ChunkReader>(
    reader: ParquetMetaDataReader,
    content: &R,
) -> Result<ParquetMetaData> {
    guarded(|| reader.parse_and_finish(content))?
}

/// The rows of an open file in batches.
pub(crate) struct Batches(Option<ParquetRecordBatchReader>);

/// Begins to read.
pub(crate) fn batches<R: ChunkReader + 'static>(
    builder: ParquetRecordBatchReaderBuilder<R>,
) -> Result<Batches> {
    let reader = guarded(|| builder.build())??;
    Ok(Batches(Some(reader)))
}

impl Iterator for Batches {
    type Item = std::result::Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = self.0.take()?;
        let next = guarded(|| reader.next()).unwrap_or_else(|panic| Some(Err(panic.into())));
        // After an error nothing is read any more: the library would tell it again without end.
        self.0 = next.as_ref().is_some_and(Result::is_ok).then_some(reader);
        next
    }
}

/// What the libraries do with bytes of a file. A panic becomes an error with its message.
fn guarded<T>(decode: impl FnOnce() -> T) -> Result<T> {
    hush();
    let before = BECOMES_AN_ERROR.replace(true);
    // What was under way is dropped with the panic: nobody sees it half changed.
    let decoded = panic::catch_unwind(AssertUnwindSafe(decode));
    BECOMES_AN_ERROR.set(before);
    decoded.map_err(|panic| ParquetError::General(format!("it is damaged: {}", message(&*panic))))
}

/// Lets the hook of the process pass over panics that become errors.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !BECOMES_AN_ERROR.get() {
                told(panic);
            }
        }));
    });
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason is known")
}

#[cfg(test)]
pub(crate) mod tests;
