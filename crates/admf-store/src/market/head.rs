//! The first lines of a text file, and the sign between the fields of a line.

use super::error::{MarketError, OpenProblem};
use std::io::{BufRead, Read};

/// A header longer than this is no header.
const LONGEST_HEADER: u64 = 1 << 16;
/// Lines after the first that tell where the header is and how numbers are written.
const SAMPLE_LINES: u64 = 200;
/// The signs, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads the first line that is not blank, without a byte order mark, and some lines more.
pub(super) fn read_head(reader: &mut impl BufRead, file: &str) -> Result<Vec<u8>, MarketError> {
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
    if let Some(kind) = not_text(bytes[start..].trim_ascii()) {
        return Err(failed(OpenProblem::NotText { kind }));
    }
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    for line in lines + 1..=lines + SAMPLE_LINES {
        let room = LONGEST_HEADER.saturating_sub(bytes.len() as u64);
        let read = reader.by_ref().take(room).read_until(b'\n', &mut bytes);
        if read.map_err(|source| MarketError::from_read(file, line, source))? == 0 {
            break;
        }
    }
    Ok(bytes)
}

/// What begins like this is no text of prices.
pub(super) fn archive(start: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 10] = [
        (b"PK\x03\x04", "a zip archive or a spreadsheet"),
        (b"\xd0\xcf\x11\xe0", "a spreadsheet"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"7z\xbc\xaf", "a 7-zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"%PDF", "a PDF document"),
        (b"<!doctype html", "a web page, perhaps one that says why there is no file"),
        (b"<html", "a web page, perhaps one that says why there is no file"),
        (b"SQLite format 3", "a database of SQLite"),
    ];
    let begins = |sign: &[u8]| start.get(..sign.len()).is_some_and(|found| found.eq_ignore_ascii_case(sign));
    STARTS.iter().find(|(sign, _)| begins(sign)).map(|(_, kind)| *kind)
}

fn not_text(line: &[u8]) -> Option<&'static str> {
    let binary = || line.contains(&0).then_some("binary data");
    let old_mac = || line.contains(&b'\r').then_some("text whose lines end in a bare carriage return");
    let endless = || (line.len() as u64 >= LONGEST_HEADER - 3).then_some("text without line ends");
    archive(line).or_else(binary).or_else(old_mac).or_else(endless)
}

/// The sign that splits a line most often.
pub(super) fn delimiter(line: &[u8]) -> u8 {
    // Of several the first.
    let best = DELIMITERS.into_iter().rev().max_by_key(|candidate| separators(line, *candidate));
    best.unwrap_or(DELIMITERS[0])
}

/// How often a sign stands in a line outside of quotes.
pub(super) fn separators(line: &[u8], delimiter: u8) -> usize {
    let mut quoted = false;
    let outside = |byte: &&u8| {
        quoted ^= **byte == b'"';
        !quoted && **byte == delimiter
    };
    line.iter().filter(outside).count()
}

#[cfg(test)]
mod tests;
