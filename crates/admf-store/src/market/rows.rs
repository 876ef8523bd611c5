//! The rows of a text, one by one, each with its line.

use super::error::MarketError;
use super::source::Fingerprint;
use super::text::Text;
use csv::{StringRecord, Terminator};
use std::io::{self, BufReader, Cursor, Read};

/// A row of more bytes than this is none: a quote was opened and swallows the file, or lines do not end.
const LONGEST_ROW: usize = 4 << 20;

/// The rows of a file from its header on.
pub(super) struct Rows<'a> {
    csv: csv::Reader<Input<'a>>,
    file: &'a str,
    /// Lines above the first row.
    above: u64,
}

/// What comes next.
pub(super) enum Next {
    Record,
    NotUtf8,
    End,
}

/// The text of a file with a line feed behind it.
struct Input<'a> {
    head: Cursor<Vec<u8>>,
    body: BufReader<Text<'a>>,
    end: &'static [u8],
    /// Bytes handed out since the last row was complete.
    pending: usize,
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pending > LONGEST_ROW {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = match self.head.read(buffer)? {
            0 => match self.body.read(buffer)? {
                0 => self.end.read(buffer)?,
                count => count,
            },
            count => count,
        };
        self.pending += count;
        Ok(count)
    }
}

impl<'a> Rows<'a> {
    /// The rows of what was read already, from the byte `start` on, and of what was not.
    pub(super) fn new(
        head: Vec<u8>,
        start: usize,
        body: BufReader<Text<'a>>,
        delimiter: u8,
        file: &'a str,
    ) -> Self {
        let above = head[..start].iter().filter(|byte| **byte == b'\n').count() as u64;
        let mut head = Cursor::new(head);
        head.set_position(start as u64);
        // Ending every line with a line feed alone, the last one too, makes the reader's position tell the line of each
        // record; carriage returns and blank lines would put it off.
        let csv = csv_reader(Input { head, body, end: b"\n", pending: 0 }, delimiter);
        Self { csv, file, above }
    }

    /// Reads the next record that is not blank.
    pub(super) fn next(&mut self, record: &mut StringRecord) -> Result<Next, MarketError> {
        loop {
            let start = self.csv.position().line() + self.above;
            let next = next_record(&mut self.csv, record, self.file, start)?;
            self.csv.get_mut().pending = 0;
            if !matches!(next, Next::Record) || record.iter().any(|field| !field.trim().is_empty()) {
                return Ok(next);
            }
        }
    }

    /// The line of the record read last.
    pub(super) fn line(&self) -> u64 {
        self.csv.position().line() - 1 + self.above
    }

    /// Bytes of the file read so far, of how many.
    pub(super) fn position(&self) -> (u64, Option<u64>) {
        self.csv.get_ref().body.get_ref().stream().position()
    }

    /// Reads what is left and closes the file.
    pub(super) fn finish(self) -> Result<Fingerprint, MarketError> {
        let end = self.line() + 1;
        let text = self.csv.into_inner().body.into_inner();
        text.finish().map_err(|error| MarketError::from_read(self.file, end, error))
    }
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
