//! The text of a file in blocks of whole lines, each with the number of its first line, so that several threads can
//! read rows at once.
//!
//! A row never spans lines: a quote that is open at the end of its line is an error, so that each line stands alone.

use super::error::MarketError;
use super::source::Fingerprint;
use super::text::Text;
use std::io::{self, BufReader, Read};
use std::mem;

/// Bytes of a block, more or less: what it becomes fits into the cache of a core.
const BLOCK: usize = 1 << 19;
/// A row of more bytes than this is none: lines do not end.
const LONGEST_ROW: usize = 4 << 20;

/// The text of a file from its first row on.
pub(super) struct Blocks<'a> {
    body: BufReader<Text<'a>>,
    file: &'a str,
    /// What was read and not handed out: the beginning of a line.
    rest: Vec<u8>,
    /// The line that it begins.
    line: u64,
    end: End,
}

enum End {
    NotYet,
    Reached,
    /// What was read before an error is handed out first.
    Failed(io::Error),
}

/// Some lines.
pub(super) struct Block {
    pub(super) text: Vec<u8>,
    /// Number of the first line, from 1.
    pub(super) line: u64,
    /// Bytes of the file read so far, of how many; the latter is unknown for a pipe.
    pub(super) position: (u64, Option<u64>),
}

impl<'a> Blocks<'a> {
    /// The text that was read already, which begins with `line`, and what follows it.
    pub(super) fn new(read: Vec<u8>, line: u64, body: BufReader<Text<'a>>, file: &'a str) -> Self {
        Self { body, file, rest: read, line, end: End::NotYet }
    }

    /// The next lines; none at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Block>, MarketError> {
        let mut text = mem::take(&mut self.rest);
        text.reserve(BLOCK + BLOCK / 8);
        let mut whole = 0;
        while whole == 0 && matches!(self.end, End::NotYet) {
            match self.body.by_ref().take(BLOCK as u64).read_to_end(&mut text) {
                Ok(BLOCK) => {}
                Ok(_) => self.end = End::Reached,
                Err(error) => self.end = End::Failed(error),
            }
            whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            if whole == 0 && text.len() > LONGEST_ROW {
                return Err(self.failed(io::ErrorKind::FileTooLarge.into()));
            }
        }
        match mem::replace(&mut self.end, End::NotYet) {
            End::NotYet => self.rest = text.split_off(whole),
            End::Reached => self.end = End::Reached,
            End::Failed(error) if whole == 0 => return Err(self.failed(error)),
            failed @ End::Failed(_) => {
                text.truncate(whole);
                self.end = failed;
            }
        }
        if text.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        self.line += lines(&text);
        Ok(Some(Block { text, line, position: self.body.get_ref().stream().position() }))
    }

    /// Reads what is left and closes the file.
    pub(super) fn finish(self) -> Result<Fingerprint, MarketError> {
        let Self { body, file, line, .. } = self;
        body.into_inner().finish().map_err(|error| MarketError::from_read(file, line + 1, error))
    }

    fn failed(&self, error: io::Error) -> MarketError {
        MarketError::from_read(self.file, self.line, error)
    }
}

/// How many lines end in a text: counted in bytes, of which a vector holds many.
fn lines(text: &[u8]) -> u64 {
    let in_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    text.chunks(192).map(|chunk| u64::from(in_chunk(chunk))).sum()
}
