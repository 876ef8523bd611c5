//! JSON as other programs write it: decimals as numbers or text, and `NaN` and `Infinity` as Python writes them.

use super::Problem;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::{Deserialize, de};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Metadata of a strategy is mostly smaller.
const SMALL: usize = 8192;
/// Largest file that is read: one that is larger is not what its name says.
const LARGEST: u64 = 64 << 20;

/// What is said of links, folders and devices.
const NO_FILE: &str = "it is not a file; links are not followed";

/// Reads a file of JSON.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    parse(path, &bytes(path)?)
}

/// The same where the file need not be there.
pub(super) fn read_if_there<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Problem> {
    if path.symlink_metadata().is_err() { Ok(None) } else { read(path).map(Some) }
}

/// The bytes of a file that is neither a link nor a folder.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let found = path.symlink_metadata().map_err(|e| missing(path, &e))?;
    if !found.is_file() {
        return Err(Problem::of(path, NO_FILE));
    }
    if found.len() > LARGEST {
        return Err(Problem::of(path, format!("it has {} MB, which is no metadata", found.len() >> 20)));
    }
    std::fs::read(path).map_err(|e| missing(path, &e))
}

/// Reads a file that is most probably small, with as few calls of the system as there can be: thousands of such files
/// are read at a time.
pub(super) fn read_small<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    let failed = |error: std::io::Error| missing(path, &error);
    if path.symlink_metadata().map_err(failed)?.is_symlink() {
        return Err(Problem::of(path, NO_FILE));
    }
    let mut file = File::open(path).map_err(failed)?;
    let mut buffer = [0; SMALL];
    let mut length = 0;
    while length < SMALL {
        let read = file.read(&mut buffer[length..]).map_err(failed)?;
        if read == 0 {
            return parse(path, &buffer[..length]);
        }
        length += read;
    }
    let mut text = buffer.to_vec();
    file.take(LARGEST).read_to_end(&mut text).map_err(failed)?;
    parse(path, &text)
}

/// What the system says of a file that cannot be read.
pub(super) fn missing(path: &Path, error: &std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::NotFound => Problem::of(path, "it is missing"),
        _ => Problem::of(path, error.to_string()),
    }
}

pub(super) fn parse<T: DeserializeOwned>(path: &Path, text: &[u8]) -> Result<T, Problem> {
    let error = match serde_json::from_slice(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // Python writes undefined numbers as words that are not JSON: they are undefined here too.
    let plain = without_words(text);
    if plain != text
        && let Ok(value) = serde_json::from_slice(&plain)
    {
        return Ok(value);
    }
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
    let place = (line > 0).then(|| format!("line {line}, column {column}"));
    Err(Problem { place, ..Problem::of(path, reason) })
}

/// `NaN`, `Infinity` and `-Infinity` outside of texts become `null`; line breaks stay where they are.
fn without_words(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let (mut rest, mut in_text) = (text, false);
    while let Some(first) = rest.first() {
        let word = [&b"NaN"[..], b"-Infinity", b"Infinity"].into_iter().find(|word| rest.starts_with(word));
        let taken = match word {
            Some(word) if !in_text => {
                plain.extend_from_slice(b"null");
                word.len()
            }
            _ => {
                let taken = if in_text && *first == b'\\' { rest.len().min(2) } else { 1 };
                in_text ^= *first == b'"';
                plain.extend_from_slice(&rest[..taken]);
                taken
            }
        };
        rest = &rest[taken..];
    }
    plain
}

/// A finite number that is written as a number or as text; what is not finite, empty or `null` is undefined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decimal(pub Option<f64>);

impl Decimal {
    /// From text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text {
            "" | "None" | "null" | "nan" | "NaN" => Some(Self(None)),
            _ => text.parse::<f64>().ok().map(Self::from),
        }
    }
}

impl From<f64> for Decimal {
    fn from(number: f64) -> Self {
        Self(Some(number).filter(|number| number.is_finite()))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Decimal, E> {
        Ok((number as f64).into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Decimal, E> {
        Ok((number as f64).into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        Decimal::parse(text).ok_or_else(|| E::custom(format!("`{}` is not a number", text.escape_debug())))
    }

    fn visit_unit<E>(self) -> Result<Decimal, E> {
        Ok(Decimal(None))
    }
}
