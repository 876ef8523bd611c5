//! One file of prices to import: a path or bytes in memory, plain or compressed, fingerprinted while it is read.

mod expand;

use super::dialect::Packing;
use super::dialects::KnownDialect;
use super::error::{MarketError, OpenProblem};
use super::name::{before_interval, symbol_from};
use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A file of prices and, where the user gave one, the symbol it holds.
#[derive(Clone, Debug)]
pub struct Source {
    content: Content,
    symbol: Option<String>,
}

#[derive(Clone, Debug)]
enum Content {
    Path(PathBuf),
    Bytes { name: String, bytes: Cow<'static, [u8]> },
}

impl Source {
    /// A file on disk.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self { content: Content::Path(path.into()), symbol: None }
    }

    /// A file held in memory under a name, such as a sample built into the program.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { content: Content::Bytes { name: name.into(), bytes: bytes.into() }, symbol: None }
    }

    /// Names the symbol of a file that has no symbol column.
    pub fn with_symbol(self, symbol: impl Into<String>) -> Self {
        Self { symbol: Some(symbol.into()), ..self }
    }

    /// Reads a command line argument: `SP500=index.csv.gz` names the symbol, anything else is a path. What stands
    /// before the first `=` is a symbol when it holds no path separator and is not empty.
    pub fn from_argument(text: &str) -> Self {
        match text.split_once('=') {
            Some((symbol, path))
                if !symbol.is_empty() && !path.is_empty() && !symbol.contains(['/', '\\']) =>
            {
                Self::path(path).with_symbol(symbol)
            }
            _ => Self::path(text),
        }
    }

    /// Reads command line arguments, of which each may be a pattern (`data/*.csv`) or a folder.
    pub fn from_arguments(arguments: &[String]) -> Result<Vec<Self>, MarketError> {
        expand::expand(arguments)
    }

    pub(super) fn disk_path(&self) -> Option<&Path> {
        match &self.content {
            Content::Path(path) => Some(path),
            Content::Bytes { .. } => None,
        }
    }

    fn at(&self, path: PathBuf) -> Self {
        Self { content: Content::Path(path), symbol: self.symbol.clone() }
    }

    /// The file as the user named it.
    pub fn label(&self) -> String {
        match &self.content {
            Content::Path(path) => path.display().to_string(),
            Content::Bytes { name, .. } => name.clone(),
        }
    }

    /// The symbol that the user gave.
    pub(super) fn symbol(&self) -> Option<&str> {
        self.symbol.as_deref()
    }

    /// The file name without folders: what provenance keeps, so that it does not depend on where the file lay.
    pub(super) fn file_name(&self) -> String {
        let path = match &self.content {
            Content::Path(path) => path,
            Content::Bytes { name, .. } => Path::new(name),
        };
        path.file_name().map_or_else(|| self.label(), |name| name.to_string_lossy().into_owned())
    }

    /// The symbol of a file that names none: made of its name without endings.
    pub(super) fn default_symbol(&self, dialect: &KnownDialect) -> String {
        let name = self.file_name();
        let endings = [".gz", ".zst", ".csv", ".txt", ".tsv", ".parquet", ".pq"];
        let stem = endings.iter().fold(name.as_str(), |name, ending| {
            let cut = name.len().saturating_sub(ending.len());
            if cut > 0 && name.is_char_boundary(cut) && name[cut..].eq_ignore_ascii_case(ending) {
                &name[..cut]
            } else {
                name
            }
        });
        symbol_from(if dialect.names_say_intervals { before_interval(stem) } else { stem })
    }

    /// Opens the file and finds out from its first bytes whether it is compressed.
    pub(super) fn open(&self) -> Result<Stream<'_>, MarketError> {
        let failed = |problem| MarketError::Open { file: self.label(), problem };
        let (bytes, total): (Box<dyn Read + Send + '_>, _) = match &self.content {
            Content::Path(path) => {
                let metadata = std::fs::metadata(path).map_err(|e| failed(OpenProblem::from_io(e)))?;
                if metadata.is_dir() {
                    return Err(failed(OpenProblem::Directory));
                }
                let file = File::open(path).map_err(|e| failed(OpenProblem::from_io(e)))?;
                (Box::new(file), metadata.is_file().then_some(metadata.len()))
            }
            Content::Bytes { bytes, .. } => (Box::new(Cursor::new(bytes)), Some(bytes.len() as u64)),
        };
        let mut raw = BufReader::with_capacity(1 << 16, Tally { bytes, total, sha: Sha256::new(), read: 0 });
        let start = raw.fill_buf().map_err(|e| failed(OpenProblem::from_io(e)))?;
        if start.is_empty() {
            return Err(failed(OpenProblem::Empty));
        }
        Ok(if start.starts_with(&[0x1f, 0x8b]) {
            Stream::Gzip(Box::new(MultiGzDecoder::new(raw)))
        } else if start.starts_with(&ZSTD) {
            let decoder = zstd::Decoder::with_buffer(raw).map_err(|e| failed(OpenProblem::from_io(e)))?;
            Stream::Zstd(Box::new(decoder))
        } else {
            Stream::Plain(raw)
        })
    }

    /// True for a Parquet file, by its first bytes.
    pub(super) fn is_parquet(&self) -> Result<bool, MarketError> {
        // A pipe can be read once only and is text.
        if let Content::Path(path) = &self.content
            && !path.is_file()
        {
            return Ok(false);
        }
        let mut start = [0; 4];
        match self.open()? {
            Stream::Plain(mut raw) => Ok(raw.read_exact(&mut start).is_ok() && start == *b"PAR1"),
            _ => Ok(false),
        }
    }

    /// What identifies the file, and the file for readers that go to and fro in it.
    pub(super) fn open_parquet(&self) -> Result<(ParquetContent, Fingerprint), MarketError> {
        let label = self.label();
        let fingerprint = self.open()?.finish().map_err(|e| MarketError::from_read(&label, 1, e))?;
        let content = match &self.content {
            Content::Path(path) => {
                let failed = |e| MarketError::Open { file: label.clone(), problem: OpenProblem::from_io(e) };
                ParquetContent::File(File::open(path).map_err(failed)?)
            }
            Content::Bytes { bytes, .. } => ParquetContent::Bytes(bytes::Bytes::copy_from_slice(bytes)),
        };
        Ok((content, fingerprint))
    }

    /// True when the file can be read a second time.
    pub(super) fn is_repeatable(&self) -> bool {
        match &self.content {
            Content::Path(path) => path.is_file(),
            Content::Bytes { .. } => true,
        }
    }
}

/// A Parquet file.
pub(super) enum ParquetContent {
    File(File),
    Bytes(bytes::Bytes),
}

/// The text of an open file.
pub(super) enum Stream<'a> {
    Plain(BufReader<Tally<'a>>),
    Gzip(Box<MultiGzDecoder<BufReader<Tally<'a>>>>),
    Zstd(Box<zstd::Decoder<'static, BufReader<Tally<'a>>>>),
}

/// What identifies a file: hash and size of its bytes as they lie on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) sha256: String,
    pub(super) bytes: u64,
}

impl Stream<'_> {
    fn tally(&self) -> &Tally<'_> {
        match self {
            Self::Plain(raw) => raw.get_ref(),
            Self::Gzip(decoder) => decoder.get_ref().get_ref(),
            Self::Zstd(decoder) => decoder.get_ref().get_ref(),
        }
    }

    pub(super) fn packing(&self) -> Packing {
        match self {
            Self::Plain(_) => Packing::Plain,
            Self::Gzip(_) => Packing::Gzip,
            Self::Zstd(_) => Packing::Zstd,
        }
    }

    /// Bytes of the file read so far, of how many; the latter is unknown for a pipe.
    pub(super) fn position(&self) -> (u64, Option<u64>) {
        (self.tally().read, self.tally().total)
    }

    /// Reads what is left and closes the file.
    pub(super) fn finish(self) -> io::Result<Fingerprint> {
        let mut raw = match self {
            Self::Plain(raw) => raw,
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
        };
        io::copy(&mut raw, &mut io::sink())?;
        let tally = raw.into_inner();
        let digest = tally.sha.finalize();
        Ok(Fingerprint { sha256: digest.iter().map(|b| format!("{b:02x}")).collect(), bytes: tally.read })
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(raw) => raw.read(buffer),
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
        }
    }
}

/// Counts and hashes what passes through.
pub(super) struct Tally<'a> {
    bytes: Box<dyn Read + Send + 'a>,
    total: Option<u64>,
    sha: Sha256,
    read: u64,
}

impl Read for Tally<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.sha.update(&buffer[..count]);
        self.read += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
