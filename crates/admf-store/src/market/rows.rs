//! The rows of a text, each with its fields and its line.
//!
//! Few rows of prices have quotes: the others are cut at their delimiters, those are left to a reader of CSV.

use super::blocks::Block;
use super::error::MarketError;
use super::number::Ending;
use csv::{StringRecord, Terminator};
use std::io::{self, Read};

/// The fields of a row, trimmed.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    text: &'a str,
    /// Where each field begins and ends in the text.
    bounds: Vec<(u32, u32)>,
}

impl<'a> Fields<'a> {
    /// How many there are.
    #[inline]
    pub(super) fn count(&self) -> usize {
        self.bounds.len()
    }

    /// One of them.
    #[inline]
    pub(super) fn get(&self, index: usize) -> &'a str {
        let (start, end) = self.bounds[index];
        trim(&self.text[start as usize..end as usize])
    }

    /// One of them, with what stands before it.
    #[inline]
    pub(super) fn ending(&self, index: usize) -> Ending<'a> {
        let (start, end) = self.bounds[index];
        match self.text.as_bytes()[start as usize..end as usize] {
            [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => {
                Ending::of(self.text, start as usize..end as usize)
            }
            _ => self.get(index).into(),
        }
    }

    fn are_blank(&self) -> bool {
        (0..self.count()).all(|index| self.get(index).is_empty())
    }
}

/// As [`str::trim`], which decodes characters, where the first and the last are neither spaces nor beyond ASCII.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// What is made of the rows of a block.
pub(super) trait TakeRow {
    /// A row that is not blank, and its line.
    fn take(&mut self, fields: &Fields<'_>, line: u64);
    /// A row that is not UTF-8.
    fn not_utf8(&mut self, line: u64);
}

/// Hands out the rows of a block.
pub(super) fn read_rows(
    block: &Block,
    delimiter: u8,
    file: &str,
    taker: &mut impl TakeRow,
) -> Result<(), MarketError> {
    let mut rows = Rows { delimiter, file, record: StringRecord::new() };
    if let Ok(text) = std::str::from_utf8(&block.text) {
        return rows.read_text(text, block.line, taker);
    }
    for (line, bytes) in (block.line..).zip(block.text.split(|byte| *byte == b'\n')) {
        match std::str::from_utf8(bytes) {
            Ok(text) => rows.read_text(text, line, taker)?,
            Err(_) => taker.not_utf8(line),
        }
    }
    Ok(())
}

/// What rows are read with.
struct Rows<'a> {
    delimiter: u8,
    file: &'a str,
    record: StringRecord,
}

impl Rows<'_> {
    /// Reads lines, the first of which has this number.
    fn read_text(&mut self, text: &str, line: u64, taker: &mut impl TakeRow) -> Result<(), MarketError> {
        let mut cut =
            Cut { fields: Fields { text, bounds: Vec::new() }, first: 0, start: 0, quoted: false, line };
        let (chunks, rest) = text.as_bytes().as_chunks::<64>();
        let mut before = 0;
        for chunk in chunks {
            let mut found = self.signs(chunk);
            while found != 0 {
                let at = found.trailing_zeros();
                self.meet(&mut cut, before + at, chunk[at as usize], taker)?;
                found &= found - 1;
            }
            before += 64;
        }
        for (at, byte) in (before..).zip(rest) {
            self.meet(&mut cut, at, *byte, taker)?;
        }
        let end = before + rest.len() as u32;
        cut.fields.bounds.push((cut.start, end));
        self.read_line(&cut.fields, (cut.first, end), cut.quoted, cut.line, taker)
    }

    /// A bit for each byte that is a delimiter, the end of a line or a quote.
    fn signs(&self, chunk: &[u8; 64]) -> u64 {
        // Ones in the lowest bits of eight bytes, times this, have each its own place in the highest byte.
        const GATHER: u64 = 0x0102_0408_1020_4080;
        let mut is_sign = [0_u8; 64];
        for (is_sign, byte) in is_sign.iter_mut().zip(chunk) {
            *is_sign = u8::from((*byte == self.delimiter) | (*byte == b'\n') | (*byte == b'"'));
        }
        let eights = is_sign.as_chunks::<8>().0.iter();
        let bits = eights.map(|eight| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56);
        bits.rev().fold(0, |all, bits| all << 8 | bits)
    }

    /// One pass over the bytes finds fields, quotes and lines.
    #[inline]
    fn meet(
        &mut self,
        cut: &mut Cut<'_>,
        at: u32,
        byte: u8,
        taker: &mut impl TakeRow,
    ) -> Result<(), MarketError> {
        if byte == self.delimiter {
            cut.fields.bounds.push((cut.start, at));
            cut.start = at + 1;
        } else if byte == b'\n' {
            cut.fields.bounds.push((cut.start, at));
            self.read_line(&cut.fields, (cut.first, at), cut.quoted, cut.line, taker)?;
            cut.fields.bounds.clear();
            (cut.first, cut.start, cut.quoted, cut.line) = (at + 1, at + 1, false, cut.line + 1);
        } else {
            cut.quoted |= byte == b'"';
        }
        Ok(())
    }

    /// Hands out a line that was cut at its delimiters. They may not be what they seem where there are quotes.
    fn read_line(
        &mut self,
        fields: &Fields<'_>,
        (first, end): (u32, u32),
        quoted: bool,
        line: u64,
        taker: &mut impl TakeRow,
    ) -> Result<(), MarketError> {
        if quoted {
            return self.read_quoted(&fields.text[first as usize..end as usize], line, taker);
        }
        if !fields.are_blank() {
            taker.take(fields, line);
        }
        Ok(())
    }

    fn read_quoted(&mut self, text: &str, line: u64, taker: &mut impl TakeRow) -> Result<(), MarketError> {
        let text = [text.as_bytes(), b"\n"].concat();
        let mut csv = csv_reader(text.as_slice(), self.delimiter);
        match next_record(&mut csv, &mut self.record, self.file, line)? {
            Next::Record => {}
            Next::NotUtf8 => {
                taker.not_utf8(line);
                return Ok(());
            }
            Next::End => return Ok(()),
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let ranges = (0..self.record.len()).filter_map(|index| self.record.range(index));
        let bounds = ranges.map(|range| (place(range.start), place(range.end))).collect();
        let fields = Fields { text: self.record.as_slice(), bounds };
        if !fields.are_blank() {
            taker.take(&fields, line);
        }
        Ok(())
    }
}

/// A text that is being cut into lines and fields.
struct Cut<'a> {
    fields: Fields<'a>,
    /// Where the line and the field began.
    first: u32,
    start: u32,
    /// There was a quote in the line.
    quoted: bool,
    line: u64,
}

/// What comes next.
pub(super) enum Next {
    Record,
    NotUtf8,
    End,
}

/// A reader of rows that end in line feeds alone.
pub(super) fn csv_reader<R: Read>(input: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(input)
}

/// Reads the record that begins on the line `start`.
pub(super) fn next_record<R: Read>(
    csv: &mut csv::Reader<R>,
    record: &mut StringRecord,
    file: &str,
    start: u64,
) -> Result<Next, MarketError> {
    match csv.read_record(record) {
        Ok(false) => return Ok(Next::End),
        Ok(true) => {}
        Err(error) => match error.into_kind() {
            csv::ErrorKind::Utf8 { .. } => return Ok(Next::NotUtf8),
            csv::ErrorKind::Io(source) => return Err(MarketError::from_read(file, start, source)),
            // The other kinds are about writing, seeking, and rows of unequal length, which are allowed.
            kind => return Err(MarketError::from_read(file, start, io::Error::other(format!("{kind:?}")))),
        },
    }
    // No field of a price file spans lines: a quote was opened and swallowed what follows, perhaps all of it.
    if record.as_slice().contains('\n') {
        return Err(MarketError::OpenQuote { file: file.to_owned(), line: start });
    }
    Ok(Next::Record)
}

#[cfg(test)]
mod tests;
