//! The first lines of a text file, from which its delimiter, dialect and decimal sign are told.

use super::error::{MarketError, OpenProblem};
use std::io::{BufRead, Read};

/// A header longer than this is no header.
const LONGEST_HEADER: u64 = 1 << 16;
/// Lines after the first that tell how numbers are written.
const SAMPLE_LINES: u64 = 200;
/// Tried in this order; the one that splits the first line most often wins.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The bytes that the reader has now passed.
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    pub(super) delimiter: u8,
}

/// Reads the first line, without a byte order mark, finds the delimiter on it, and takes some lines more.
pub(super) fn read_head(reader: &mut impl BufRead, file: &str) -> Result<Head, MarketError> {
    let failed = |problem| MarketError::Open { file: file.to_owned(), problem };
    let mut bytes = Vec::new();
    let mut start = 0;
    while bytes[start..].trim_ascii().is_empty() {
        start = bytes.len();
        let room = LONGEST_HEADER.saturating_sub(bytes.len() as u64);
        let count = reader
            .by_ref()
            .take(room)
            .read_until(b'\n', &mut bytes)
            .map_err(|source| MarketError::from_read(file, 1, source))?;
        if count == 0 {
            return Err(failed(OpenProblem::Empty));
        }
        if start == 0 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
    }
    let line = bytes[start..].trim_ascii();
    if let Some(kind) = not_text(line) {
        return Err(failed(OpenProblem::NotText { kind }));
    }
    let mut delimiter = DELIMITERS[0];
    for candidate in DELIMITERS {
        if separators(line, candidate) > separators(line, delimiter) {
            delimiter = candidate;
        }
    }
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    for line in lines + 1..=lines + SAMPLE_LINES {
        let room = LONGEST_HEADER.saturating_sub(bytes.len() as u64);
        let read = reader.by_ref().take(room).read_until(b'\n', &mut bytes);
        if read.map_err(|source| MarketError::from_read(file, line, source))? == 0 {
            break;
        }
    }
    Ok(Head { bytes, delimiter })
}

fn not_text(line: &[u8]) -> Option<&'static str> {
    let starts: [(&[u8], &str); 4] = [
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"PK\x03\x04", "a zip archive or a spreadsheet"),
        (b"BZh", "a bzip2 archive"),
    ];
    let known = starts.iter().find(|(start, _)| line.starts_with(start)).map(|(_, kind)| *kind);
    let binary = || line.contains(&0).then_some("binary data");
    let old_mac = || line.contains(&b'\r').then_some("text whose lines end in a bare carriage return");
    let endless = || (line.len() as u64 >= LONGEST_HEADER - 3).then_some("text without line ends");
    known.or_else(binary).or_else(old_mac).or_else(endless)
}

fn separators(line: &[u8], delimiter: u8) -> usize {
    let mut quoted = false;
    let outside = |byte: &&u8| {
        quoted ^= **byte == b'"';
        !quoted && **byte == delimiter
    };
    line.iter().filter(outside).count()
}

#[cfg(test)]
mod tests;
