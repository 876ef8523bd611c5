//! YAML as a tree that remembers where everything stood, so that an error in a spec can point at the character.
//!
//! A small part of YAML is enough: one document of maps, sequences and scalars. Anchors, aliases and tags are refused:
//! they let a small file stand for a huge or surprising one.

use crate::Span;
use crate::error::shorten;

mod error;
mod keys;
mod tree;
mod write;

pub use error::YamlError;
pub(crate) use error::YamlProblem;
pub use keys::{Fields, Form, Key, Limits, REQUIRED, table};
pub use tree::{parse, parse_at};
pub use write::write;

/// Longest text, in bytes.
pub const MAX_LENGTH: usize = 4 << 20;
/// Deepest nesting of maps and sequences.
pub const MAX_DEPTH: usize = 32;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Byte offsets into the text; a map or sequence reaches from its first to its last element.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The forms of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, a number, a truth, or nothing at all.
    Scalar(Scalar),
    /// `- a` or `[a, b]`.
    Sequence(Vec<Node>),
    /// `key: value`, in order; no key occurs twice.
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// Text as YAML understands it, and how it relates to the text of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    text: String,
    quoted: bool,
    /// Where the text starts in the source when it stands there as it is.
    start: usize,
    /// The source offset of each byte, and of the end, of text that YAML unescaped, unfolded or unindented.
    offsets: Option<Box<[usize]>>,
}

impl Scalar {
    /// The text, unescaped.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True for text in quotes or a block, which is never a number, a truth or nothing.
    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// Where the byte at `offset` of the text stands in the source.
    pub fn source_offset(&self, offset: usize) -> usize {
        match &self.offsets {
            Some(offsets) => offsets[offset.min(offsets.len() - 1)],
            None => self.start + offset,
        }
    }
}

impl Node {
    /// A name for what this is, for messages.
    fn found(&self) -> String {
        match &self.value {
            Value::Scalar(_) if self.is_nothing() => "nothing".to_owned(),
            Value::Scalar(scalar) => format!("`{}`", shorten(&scalar.text)),
            Value::Sequence(_) => "a list".to_owned(),
            Value::Mapping(_) => "a map".to_owned(),
        }
    }

    /// The error that something else is expected here, such as "a date".
    pub fn expected(&self, what: impl Into<String>) -> YamlError {
        YamlProblem::Expected { expected: what.into(), found: self.found() }.at(self.span)
    }

    /// True for a key without a value, `~` and `null`.
    pub fn is_nothing(&self) -> bool {
        match &self.value {
            Value::Scalar(scalar) => !scalar.quoted && matches!(scalar.text.as_str(), "" | "~" | "null"),
            _ => false,
        }
    }

    /// The scalar; nothing at all is not one.
    pub fn scalar(&self, expected: &str) -> Result<&Scalar, YamlError> {
        match &self.value {
            Value::Scalar(scalar) if !self.is_nothing() => Ok(scalar),
            _ => Err(self.expected(expected)),
        }
    }

    /// Text.
    pub fn text(&self) -> Result<&str, YamlError> {
        self.scalar("text").map(Scalar::text)
    }

    /// `true` or `false`.
    pub fn truth(&self) -> Result<bool, YamlError> {
        const EXPECTED: &str = "true or false";
        let scalar = self.scalar(EXPECTED)?;
        match scalar.text.as_str() {
            "true" if !scalar.quoted => Ok(true),
            "false" if !scalar.quoted => Ok(false),
            _ => Err(self.expected(EXPECTED)),
        }
    }

    /// A finite number such as `0.001`, `1_000`, `1e-3` or `5%`.
    pub fn number(&self) -> Result<f64, YamlError> {
        const EXPECTED: &str = "a number";
        let scalar = self.scalar(EXPECTED)?;
        let numeral = crate::numeral::Numeral::parse(&scalar.text).filter(|_| !scalar.quoted);
        numeral.and_then(crate::numeral::Numeral::value).ok_or_else(|| self.expected(EXPECTED))
    }

    /// A whole number.
    pub fn integer(&self) -> Result<i64, YamlError> {
        const EXPECTED: &str = "a whole number";
        let scalar = self.scalar(EXPECTED)?;
        let numeral = crate::numeral::Numeral::parse(&scalar.text).filter(|n| !scalar.quoted && n.is_whole);
        numeral.and_then(|n| i64::try_from(n.mantissa).ok()).ok_or_else(|| self.expected(EXPECTED))
    }

    /// The elements of a list.
    pub fn sequence(&self, expected: &str) -> Result<&[Self], YamlError> {
        match &self.value {
            Value::Sequence(nodes) => Ok(nodes),
            _ => Err(self.expected(expected)),
        }
    }

    /// The entries of a map, whatever their keys.
    pub fn entries(&self, expected: &str) -> Result<&[Entry], YamlError> {
        match &self.value {
            Value::Mapping(entries) => Ok(entries),
            _ => Err(self.expected(expected)),
        }
    }

    /// The value of a key of a map; a key without a value counts as left out.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Mapping(entries) => {
                entries.iter().find(|e| e.key == key && !e.value.is_nothing()).map(|e| &e.value)
            }
            _ => None,
        }
    }

    /// One name or a list of different names, each with where it stands.
    pub fn names(&self) -> Result<Vec<(String, Span)>, YamlError> {
        if let Ok(name) = self.text() {
            return Ok(vec![(name.to_owned(), self.span)]);
        }
        let mut names: Vec<(String, Span)> = Vec::new();
        let expected = |node: &Self| YamlProblem::ExpectedNames { found: node.found() }.at(node.span);
        for item in self.sequence("").map_err(|_| expected(self))? {
            let name = item.text().map_err(|_| expected(item))?;
            if names.iter().any(|(n, _)| n == name) {
                return Err(YamlProblem::ListedTwice { name: name.to_owned() }.at(item.span));
            }
            names.push((name.to_owned(), item.span));
        }
        if names.is_empty() { Err(YamlProblem::NoNames.at(self.span)) } else { Ok(names) }
    }
}

#[cfg(test)]
mod tests;
