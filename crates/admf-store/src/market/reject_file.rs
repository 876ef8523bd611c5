//! The list of rejected rows: file, line, rule, reason, and the row as it stood.

use super::error::MarketError;
use super::reject::Reject;
use super::source::Source;
use super::text::{Text, TextEncoding};
use crate::durable::DurableFile;
use crate::error::StoreError;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Writes the list. The rows are read from their files again, so that they stand there letter by letter; the field is
/// empty for a file that can be read only once, such as a pipe, and for a Parquet file.
pub(super) fn write(
    path: &Path,
    sources: &[Source],
    encoding: Option<TextEncoding>,
    rejects: &[(usize, Reject)],
) -> Result<(), MarketError> {
    let mut csv = csv::Writer::from_writer(DurableFile::create(path)?);
    let failed = |error: csv::Error| StoreError::io("write", path)(error.into());
    csv.write_record(["file", "line", "rule", "reason", "row"]).map_err(failed)?;
    for of_file in rejects.chunk_by(|(a, _), (b, _)| a == b) {
        let mut rows =
            sources.get(of_file[0].0).map(|source| Rows::open(source, encoding)).transpose()?.flatten();
        for (_, Reject { file, line, reason }) in of_file {
            let row = rows.as_mut().and_then(|rows| rows.line(*line)).unwrap_or_default();
            let (line, rule, reason) = (line.to_string(), reason.rule().name, reason.to_string());
            csv.write_record([file.as_str(), &line, rule, &reason, &row]).map_err(failed)?;
        }
    }
    csv.into_inner().map_err(|e| StoreError::io("write", path)(e.into_error()))?.commit()?;
    Ok(())
}

/// The lines of a file, once through.
struct Rows<'a> {
    reader: BufReader<Text<'a>>,
    /// Number of the line in `text`.
    at: u64,
    text: Vec<u8>,
}

impl<'a> Rows<'a> {
    fn open(source: &'a Source, encoding: Option<TextEncoding>) -> Result<Option<Self>, MarketError> {
        if !source.is_repeatable() || source.is_parquet()? {
            return Ok(None);
        }
        Ok(Some(Self { reader: BufReader::new(Text::open(source, encoding)?), at: 0, text: Vec::new() }))
    }

    /// A line that is not before the last one asked for.
    fn line(&mut self, line: u64) -> Option<String> {
        while self.at < line {
            self.text.clear();
            if self.reader.read_until(b'\n', &mut self.text).ok()? == 0 {
                return None;
            }
            self.at += 1;
        }
        Some(String::from_utf8_lossy(&self.text).trim_end_matches(['\n', '\r']).to_owned())
    }
}
