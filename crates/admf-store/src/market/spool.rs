//! Rows that do not fit into memory, in a file without a name: it is gone when it is closed, and when the process is
//! killed.
//!
//! A segment is a stretch of the rows of one symbol in the order of their file, column by column.

use super::date::Written;
use super::draft::{Part, Rows};
use super::error::MarketError;
use crate::error::StoreError;
use admf_model::SeriesBuilder;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Rows that are held in memory, of all files together: 70 bytes each.
pub(super) const HELD_ROWS: usize = 4 << 20;
/// Most rows of a segment, which is read at once.
const SEGMENT_ROWS: usize = 1 << 19;

/// How many rows are held in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Of all files together; with more of them rows go to a file.
    pub(super) held: usize,
    /// At once, when they come back.
    pub(super) segment: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { held: HELD_ROWS, segment: SEGMENT_ROWS }
    }
}

/// Where rows go that are too many.
pub(super) struct Spool {
    folder: PathBuf,
    bounds: Bounds,
    /// Rows of files that have been read and are held.
    held: usize,
    file: Option<File>,
    length: u64,
}

/// Where rows of one symbol are.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    at: u64,
    pub(super) rows: usize,
    has_range: bool,
    has_adjusted: bool,
    /// The first and the last time.
    pub(super) ends: [Written; 2],
    /// Rows whose times are none, once that is known.
    pub(super) faulty: Vec<usize>,
}

impl Segment {
    /// How many rows may become bars.
    pub(super) fn kept(&self) -> usize {
        self.rows - self.faulty.len()
    }

    /// Which columns there are: those of a bar, an adjusted close.
    pub(super) fn shape(&self) -> (bool, bool) {
        (self.has_range, self.has_adjusted)
    }
}

impl Spool {
    /// A file in a folder, made when it is needed.
    pub(super) fn new(folder: &Path, bounds: Bounds) -> Self {
        Self { folder: folder.to_owned(), bounds, held: 0, file: None, length: 0 }
    }

    /// One that is never needed.
    #[cfg(test)]
    pub(super) fn unused() -> Self {
        Self::new(Path::new("."), Bounds { held: usize::MAX, segment: usize::MAX })
    }

    /// True when a file of which so many rows are in memory is to write them away.
    pub(super) fn is_full(&self, rows: usize) -> bool {
        let room = self.bounds.held.saturating_sub(self.held);
        rows > room.max(self.bounds.segment)
    }

    /// True when the rows of a file that has been read do not fit beside those of the others.
    pub(super) fn is_beyond(&self, rows: usize) -> bool {
        self.held.saturating_add(rows) > self.bounds.held
    }

    /// Counts rows that stay in memory.
    pub(super) fn hold(&mut self, rows: usize) {
        self.held += rows;
    }

    /// Rows that are to be in memory at once.
    pub(super) fn at_once(&self) -> usize {
        self.bounds.segment
    }

    /// The folder of the file.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Appends rows of one symbol.
    pub(super) fn write(&mut self, rows: Rows) -> Result<Vec<Segment>, MarketError> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => scratch(&self.folder)?,
        };
        // Something else may have been read since.
        file.seek(SeekFrom::End(0)).map_err(StoreError::io("write a temporary file in", &self.folder))?;
        let Rows { written, lines, range, close, adjusted, volume } = rows;
        let volume = Rows::volumes(volume);
        let (has_range, has_adjusted) = (!range[0].is_empty(), !adjusted.is_empty());
        let prices: Vec<&Vec<f64>> = range
            .iter()
            .filter(|_| has_range)
            .chain([&close])
            .chain(Some(&adjusted).filter(|_| has_adjusted))
            .collect();
        let mut segments = Vec::new();
        let mut out = BufWriter::with_capacity(1 << 20, &file);
        let mut from = 0;
        let failed = |e| StoreError::io("write a temporary file in", &self.folder)(e);
        while from < written.len() {
            let at = from..(from + self.bounds.segment).min(written.len());
            from = at.end;
            let mut bytes = Bytes(&mut out, self.length);
            bytes.times(&written[at.clone()]).map_err(failed)?;
            bytes.all(&lines[at.clone()], |line| line.to_le_bytes()).map_err(failed)?;
            for column in prices.iter().map(|column| column.as_slice()).chain([volume.values()]) {
                bytes.all(&column[at.clone()], |value| value.to_bits().to_le_bytes()).map_err(failed)?;
            }
            let defined: Vec<bool> = at.clone().map(|row| volume.defined().get(row)).collect();
            bytes.all(&defined, |defined| [u8::from(*defined)]).map_err(failed)?;
            segments.push(Segment {
                at: self.length,
                rows: at.len(),
                has_range,
                has_adjusted,
                ends: [written[at.start], written[at.end - 1]],
                faulty: Vec::new(),
            });
            self.length = bytes.1;
        }
        out.flush().map_err(failed)?;
        drop(out);
        self.file = Some(file);
        Ok(segments)
    }

    /// The times of a segment as they are written.
    pub(super) fn times(&mut self, segment: &Segment) -> Result<Vec<Written>, MarketError> {
        let mut columns = self.columns(segment, 0)?;
        Ok(columns.times())
    }

    /// The lines of a segment.
    pub(super) fn lines(&mut self, segment: &Segment) -> Result<Vec<u32>, MarketError> {
        Ok(self.columns(segment, segment.rows * TIME)?.lines())
    }

    /// All of a segment but the times.
    pub(super) fn part(&mut self, segment: &Segment) -> Result<Part, MarketError> {
        let mut columns = self.columns(segment, segment.rows * TIME)?;
        let lines = columns.lines();
        let range = segment.has_range.then(|| [(); 3].map(|()| columns.numbers()));
        let close = columns.numbers();
        let adjusted = segment.has_adjusted.then(|| columns.numbers());
        let (volume, defined) = (columns.numbers(), columns.take(1));
        let mut builder = SeriesBuilder::with_capacity(segment.rows);
        let volumes = volume.into_iter().zip(defined);
        volumes.for_each(|(volume, defined)| builder.push((*defined == 1).then_some(volume)));
        Ok(Part { times: Vec::new(), lines, range, close, adjusted, volume: builder.finish() })
    }

    /// What follows so many bytes of a segment.
    fn columns(&mut self, segment: &Segment, after: usize) -> Result<Columns, MarketError> {
        let prices = 2 + 3 * usize::from(segment.has_range) + usize::from(segment.has_adjusted);
        let bytes = if after == 0 { TIME } else { 4 + 8 * prices + 1 };
        let mut read = vec![0; segment.rows * bytes];
        let file = self.file.as_mut().expect("a segment is in the file");
        let found =
            file.seek(SeekFrom::Start(segment.at + after as u64)).and_then(|_| file.read_exact(&mut read));
        found.map_err(StoreError::io("read a temporary file in", &self.folder))?;
        Ok(Columns { bytes: read, rows: segment.rows, at: 0 })
    }
}

/// A file without a name.
pub(super) fn scratch(folder: &Path) -> Result<File, MarketError> {
    crate::durable::create_folders(folder)?;
    Ok(tempfile::tempfile_in(folder).map_err(StoreError::io("create a temporary file in", folder))?)
}

/// Bytes of a time: its kind, its microseconds, its offset or its fields.
const TIME: usize = 13;

/// A writer of columns, and where it is.
struct Bytes<W>(W, u64);

impl<W: Write> Bytes<W> {
    fn all<T, const N: usize>(&mut self, values: &[T], bytes: impl Fn(&T) -> [u8; N]) -> std::io::Result<()> {
        self.1 += (values.len() * N) as u64;
        values.iter().try_for_each(|value| self.0.write_all(&bytes(value)))
    }

    fn times(&mut self, times: &[Written]) -> std::io::Result<()> {
        let kinds: Vec<(u8, i64, i32)> = times.iter().map(|written| to_numbers(*written)).collect();
        self.all(&kinds, |(kind, ..)| [*kind])?;
        self.all(&kinds, |(_, micros, _)| micros.to_le_bytes())?;
        self.all(&kinds, |(.., beside)| beside.to_le_bytes())
    }
}

fn to_numbers(written: Written) -> (u8, i64, i32) {
    match written {
        Written::Local(local) => (0, local, 0),
        Written::Zoned { local, offset } => (1, local, offset),
        Written::Fields { first, second, year, clock } => {
            let [low, high] = year.to_le_bytes();
            (2, clock as i64, i32::from_le_bytes([first, second, low, high]))
        }
    }
}

fn from_numbers(kind: u8, micros: i64, beside: i32) -> Written {
    match kind {
        0 => Written::Local(micros),
        1 => Written::Zoned { local: micros, offset: beside },
        _ => {
            let [first, second, low, high] = beside.to_le_bytes();
            Written::Fields { first, second, year: i16::from_le_bytes([low, high]), clock: micros as u64 }
        }
    }
}

/// Columns of a segment, read one after the other.
struct Columns {
    bytes: Vec<u8>,
    rows: usize,
    at: usize,
}

impl Columns {
    /// The next column, of values of so many bytes.
    fn take(&mut self, bytes: usize) -> &[u8] {
        let range: Range<usize> = self.at..self.at + self.rows * bytes;
        self.at = range.end;
        &self.bytes[range]
    }

    fn values<const N: usize, T>(&mut self, value: impl Fn([u8; N]) -> T) -> Vec<T> {
        let (values, _) = self.take(N).as_chunks::<N>();
        values.iter().map(|bytes| value(*bytes)).collect()
    }

    fn numbers(&mut self) -> Vec<f64> {
        self.values(|bytes| f64::from_bits(u64::from_le_bytes(bytes)))
    }

    fn lines(&mut self) -> Vec<u32> {
        self.values(u32::from_le_bytes)
    }

    fn times(&mut self) -> Vec<Written> {
        let kinds = self.take(1).to_vec();
        let micros = self.values(i64::from_le_bytes);
        let beside = self.values(i32::from_le_bytes);
        let all = kinds.into_iter().zip(micros).zip(beside);
        all.map(|((kind, micros), beside)| from_numbers(kind, micros, beside)).collect()
    }
}

#[cfg(test)]
mod tests;
