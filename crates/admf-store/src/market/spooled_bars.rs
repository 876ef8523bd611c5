//! Bars that do not fit into memory, in a file without a name that is what `bars.parquet` will be.
//!
//! Times stay in memory, at eight bytes a bar: what is counted by them takes all of them at once.

use super::assemble::Places;
use super::bars_file;
use super::error::MarketError;
use super::hash;
use super::pieces::{Gathered, Pieces};
use super::spool::scratch;
use super::symbols::{AFTER, BEFORE, Head, Window};
use crate::error::StoreError;
use crate::parquet_file::{GROUP_ROWS, encode_row_groups, open};
use admf_model::{Bars, ContentHash, ContentHasher, Series, Timestamp};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{Float64Type, TimestampMicrosecondType};
use parquet::arrow::ProjectionMask;
use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Bars of all symbols in a file.
pub(super) struct SpooledBars {
    file: File,
    folder: PathBuf,
    symbols: Vec<Spooled>,
    /// Rows that are read from it at once.
    at_once: usize,
}

/// Bars of one symbol.
struct Spooled {
    /// Its first row in the file.
    first: usize,
    bars: Gathered,
}

impl SpooledBars {
    /// Writes bars piece by piece; also returns where those of each symbol stood.
    pub(super) fn write(mut pieces: Pieces<'_>, folder: &Path) -> Result<(Self, Vec<Places>), MarketError> {
        let at_once = pieces.at_once().min(GROUP_ROWS);
        let schema = bars_file::schema();
        let (mut pending, mut from, mut rows): (Vec<Bars>, usize, usize) = (Vec::new(), 0, 0);
        let group = |_| {
            while rows < GROUP_ROWS {
                let Some(bars) = pieces.next()? else { break };
                rows += bars.len();
                pending.push(bars);
            }
            if rows == 0 {
                return Ok::<_, MarketError>(None);
            }
            let to = from + rows.min(GROUP_ROWS);
            let batch = bars_file::to_batch(&pending, from..to, &schema)
                .map_err(|e| MarketError::from(StoreError::parquet("write", folder)(e.into())))?;
            (rows, from) = (rows - (to - from), to);
            while pending.first().is_some_and(|bars| bars.len() <= from) {
                from -= pending.remove(0).len();
            }
            Ok(Some(batch))
        };
        let file = encode_row_groups(scratch(folder)?, folder, &schema, group)?;
        let (mut first, mut symbols, mut places) = (0, Vec::new(), Vec::new());
        for (bars, at) in pieces.finish() {
            let count = bars.times.len();
            symbols.push(Spooled { first, bars });
            places.push(at);
            first += count;
        }
        Ok((Self { file, folder: folder.to_owned(), symbols, at_once }, places))
    }

    /// The bars of a file that was stored, whose prices are read when they are looked at.
    pub(super) fn open(path: &Path) -> Result<Self, MarketError> {
        let file = File::open(path).map_err(StoreError::io("read", path))?;
        let builder = open::open(file.try_clone().map_err(StoreError::io("read", path))?)
            .map_err(StoreError::parquet("read", path))?;
        let corrupt = |problem: &str| MarketError::corrupt(path, problem.to_owned());
        if builder.schema().fields() != bars_file::schema().fields() {
            return Err(corrupt("the columns are not those of bars"));
        }
        let mask = ProjectionMask::columns(builder.parquet_schema(), ["symbol", "ts"]);
        let (mut symbols, mut rows): (Vec<Spooled>, usize) = (Vec::new(), 0);
        for batch in
            open::batches(builder.with_projection(mask)).map_err(StoreError::parquet("read", path))?
        {
            let batch = batch.map_err(|e| StoreError::parquet("read", path)(e.into()))?;
            let names = batch.column(0).as_string::<i32>();
            let times = batch.column(1).as_primitive::<TimestampMicrosecondType>();
            for row in 0..batch.num_rows() {
                let (name, time) = (names.value(row), Timestamp::from_micros(times.value(row)));
                if symbols.last().is_none_or(|last| last.bars.symbol != name) {
                    symbols.push(Spooled { first: rows, bars: Gathered::stored(name) });
                }
                if let Some(last) = symbols.last_mut() {
                    last.bars.times.push(time);
                }
                rows += 1;
            }
        }
        if symbols.windows(2).any(|pair| pair[0].bars.symbol >= pair[1].bars.symbol) {
            return Err(corrupt("the symbols are not in order"));
        }
        let folder = path.parent().unwrap_or(path).to_owned();
        let mut bars = Self { file, folder, symbols, at_once: GROUP_ROWS };
        for symbol in 0..bars.symbols.len() {
            let adjusted = bars.words(symbol, "adjustment", usize::MAX)?;
            bars.symbols[symbol].bars.adjusted = adjusted.iter().any(|word| *word != 0);
        }
        Ok(bars)
    }

    pub(super) fn heads(&self) -> Vec<Head<'_>> {
        self.symbols.iter().map(|Spooled { bars, .. }| bars.head()).collect()
    }

    /// Copies the file to where it stays.
    pub(super) fn copy_to(&self, out: &mut impl io::Write) -> Result<(), MarketError> {
        let mut file = &self.file;
        let copied = file.seek(SeekFrom::Start(0)).and_then(|_| io::copy(&mut file, out));
        Ok(copied.map(drop).map_err(StoreError::io("copy a temporary file in", &self.folder))?)
    }

    pub(super) fn windows(&self, symbol: usize, take: &mut dyn FnMut(Window<'_>)) -> Result<(), MarketError> {
        let Spooled { bars, .. } = &self.symbols[symbol];
        let (mut kept, mut first, mut done): (Option<RecordBatch>, usize, usize) = (None, 0, 0);
        self.batches(symbol, &bars_file::VALUES, |batch| {
            let batch = match &kept {
                Some(kept) => {
                    concat_batches(&batch.schema(), [kept, &batch]).map_err(|e| self.failed(e.into()))?
                }
                None => batch,
            };
            let end = first + batch.num_rows();
            let core = if end == bars.times.len() { end } else { end.saturating_sub(AFTER).max(done) };
            let window = self.window(symbol, first, &batch)?;
            take(Window { bars: &window, first, core: done - first..core - first });
            done = core;
            let keep = first.max(done.saturating_sub(BEFORE));
            kept = Some(batch.slice(keep - first, end - keep));
            first = keep;
            Ok(())
        })
    }

    /// Bars of a batch, the first of which has this index.
    fn window(&self, symbol: usize, first: usize, batch: &RecordBatch) -> Result<Bars, MarketError> {
        let Spooled { bars, .. } = &self.symbols[symbol];
        let mut columns = batch
            .columns()
            .iter()
            .map(|column| -> Series { column.as_primitive::<Float64Type>().iter().collect() });
        let [open, high, low, close, volume] =
            [(); 5].map(|()| columns.next().unwrap_or_else(|| Series::undefined(0)));
        let times = bars.times[first..first + batch.num_rows()].to_vec();
        let mut window = Bars::new(bars.symbol.clone(), times, [open, high, low, close, volume])?;
        window.adjustment = columns.next().filter(|_| bars.adjusted);
        Ok(window)
    }

    /// Reads columns of a symbol from the file.
    fn batches(
        &self,
        symbol: usize,
        columns: &[&str],
        mut take: impl FnMut(RecordBatch) -> Result<(), MarketError>,
    ) -> Result<(), MarketError> {
        let Spooled { first, bars } = &self.symbols[symbol];
        let count = bars.times.len();
        let file = self.file.try_clone().map_err(StoreError::io("read a temporary file in", &self.folder))?;
        let builder = open::open(file).map_err(|e| self.failed(e))?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        let groups = first / GROUP_ROWS..=(first + count - 1) / GROUP_ROWS;
        let builder = builder
            .with_projection(mask)
            .with_row_groups(groups.collect())
            .with_offset(first % GROUP_ROWS)
            .with_limit(count)
            .with_batch_size(self.at_once);
        for batch in open::batches(builder).map_err(|e| self.failed(e))? {
            take(batch.map_err(|e| self.failed(e.into()))?)?;
        }
        Ok(())
    }

    fn failed(&self, error: parquet::errors::ParquetError) -> MarketError {
        StoreError::parquet("read", &self.folder)(error).into()
    }

    /// What [`hash::content_hash`] gives for the same bars.
    pub(super) fn content_hash(&self) -> Result<ContentHash, MarketError> {
        let hashes: Vec<ContentHash> =
            (0..self.symbols.len()).map(|symbol| self.hash_symbol(symbol)).collect::<Result<_, _>>()?;
        Ok(hash::of_symbols(&hashes))
    }

    fn hash_symbol(&self, symbol: usize) -> Result<ContentHash, MarketError> {
        let Spooled { bars, .. } = &self.symbols[symbol];
        let mut hash = ContentHasher::new();
        hash::add_times(&mut hash, &bars.symbol, &bars.times);
        let columns = if bars.adjusted { 6 } else { 5 };
        for (name, defined) in bars_file::VALUES.iter().zip(bars.defined).take(columns) {
            let words = self.words(symbol, name, defined)?;
            hash::begin_column(&mut hash, &words, bars.times.len());
            self.batches(symbol, &[name], |batch| {
                let values = batch.column(0).as_primitive::<Float64Type>();
                let values: Vec<f64> = values.iter().map(Option::unwrap_or_default).collect();
                hash::add_values(&mut hash, &values);
                Ok(())
            })?;
        }
        Ok(hash.finish())
    }

    /// Where a column is defined, a bit for each bar.
    fn words(&self, symbol: usize, name: &str, defined: usize) -> Result<Vec<u64>, MarketError> {
        let count = self.symbols[symbol].bars.times.len();
        let mut words = vec![0_u64; count.div_ceil(64)];
        if defined == 0 {
            return Ok(words);
        }
        let mut bar = 0;
        self.batches(symbol, &[name], |batch| {
            let column = batch.column(0);
            for row in 0..column.len() {
                words[bar / 64] |= u64::from(column.is_valid(row)) << (bar % 64);
                bar += 1;
            }
            Ok(())
        })?;
        Ok(words)
    }
}
