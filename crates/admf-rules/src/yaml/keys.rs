//! What the keys of a map are, declared once: for the reader, for "did you mean", for the documentation's tables and
//! for the JSON Schema that editors use.

use super::{Entry, Node, YamlError, YamlProblem};
use crate::{Span, Type};
use admf_model::Timestamp;

/// A key of a map.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value is.
    pub form: Form,
    /// What its value is, for people.
    pub takes: &'static str,
    /// What holds without it, for people; [`REQUIRED`] where it has to be there.
    pub default: &'static str,
    /// What it means, in Markdown.
    pub meaning: &'static str,
}

/// The default of a key that has none.
pub const REQUIRED: &str = "required";

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Text.
    Text,
    /// `true` or `false`.
    Truth,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A number within limits.
    Number(&'static Limits),
    /// A whole number from 1.
    Count,
    /// A date or a time.
    Time,
    /// A name, or a list of different names.
    Names,
    /// A rule of this type.
    Rule(Type),
    /// A condition on parameters.
    Condition,
    /// Anything else, which has a reader of its own; the name is that of its description in the JSON Schema.
    Own(&'static str),
}

/// Which numbers a key takes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The smallest number.
    pub low: f64,
    /// True when `low` itself is too small.
    pub above: bool,
    /// What every number is below.
    pub below: Option<f64>,
    /// What is wrong with others.
    pub complaint: &'static str,
    /// What to do instead, where the complaint does not say it.
    pub help: Option<&'static str>,
}

impl Key {
    /// True when the key has to be there.
    pub fn is_required(&self) -> bool {
        self.default == REQUIRED
    }

    /// Checks a value, unless it has a reader of its own.
    ///
    /// # Errors
    /// What is expected instead.
    pub fn check(&self, node: &Node) -> Result<(), YamlError> {
        match self.form {
            Form::Text => node.text().map(drop),
            Form::Truth => node.truth().map(drop),
            Form::Word(words) => match node.text() {
                Ok(text) if words.contains(&text) => Ok(()),
                _ => {
                    let near =
                        node.text().ok().and_then(|text| crate::near::nearest(text, words.iter().copied()));
                    let (expected, found) = (words.join(" or "), node.found());
                    Err(YamlProblem::ExpectedWord { expected, found, near }.at(node.span))
                }
            },
            Form::Number(limits) => self.check_limits(node, limits),
            Form::Count => match node.integer()? {
                1.. => Ok(()),
                value => Err(YamlProblem::NotCounting { key: self.name, value }.at(node.span)),
            },
            Form::Time => match node.text()?.parse::<Timestamp>() {
                Ok(_) => Ok(()),
                Err(error) => Err(YamlProblem::Invalid { message: error.to_string() }.at(node.span)),
            },
            Form::Names => node.names().map(drop),
            Form::Rule(_) | Form::Condition | Form::Own(_) => Ok(()),
        }
    }

    fn check_limits(&self, node: &Node, limits: &Limits) -> Result<(), YamlError> {
        let value = node.number()?;
        let is_low = value < limits.low || (limits.above && value == limits.low);
        if !is_low && limits.below.is_none_or(|end| value < end) {
            return Ok(());
        }
        let Limits { complaint, help, .. } = *limits;
        Err(YamlProblem::Limits { key: self.name, value, complaint, help }.at(node.span))
    }
}

/// The entries of a map that are known and, as far as their form says, valid.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    /// Where the map stands.
    pub span: Span,
    entries: Vec<&'a Entry>,
    /// Keys that are there, under a mistyped name or with a wrong value too.
    meant: Vec<String>,
}

impl<'a> Fields<'a> {
    /// Reads a map with these keys. Everything wrong goes to `errors`, and what is left is valid; `None` when it is no
    /// map at all. `expected` says what it should be.
    pub fn read<E: From<YamlError>>(
        node: &'a Node,
        expected: &str,
        keys: &[&'static [Key]],
        errors: &mut Vec<E>,
    ) -> Option<Self> {
        let entries = match node.entries(expected) {
            Ok(entries) => entries,
            Err(error) => {
                errors.push(error.into());
                return None;
            }
        };
        let known = || keys.iter().copied().flatten();
        let mut fields =
            Self { span: node.span, entries: Vec::with_capacity(entries.len()), meant: Vec::new() };
        for entry in entries {
            let Some(key) = known().find(|key| key.name == entry.key) else {
                let problem = unknown(entry, known().map(|key| key.name));
                if let YamlProblem::UnknownKey { near: Some(near), .. } = &problem {
                    fields.meant.push(near.clone());
                }
                errors.push(problem.at(entry.key_span).into());
                continue;
            };
            if entry.value.is_nothing() {
                continue;
            }
            fields.meant.push(entry.key.clone());
            match key.check(&entry.value) {
                Ok(()) => fields.entries.push(entry),
                Err(error) => errors.push(error.into()),
            }
        }
        // A key that is there under a mistyped name is not missing as well.
        let missing = known().filter(|key| key.is_required() && !fields.is_meant(key.name));
        errors.extend(missing.map(|key| YamlProblem::MissingKey { key: key.name }.at(node.span).into()));
        Some(fields)
    }

    /// True when a key is there, even under a mistyped name or with a wrong value.
    pub fn is_meant(&self, key: &str) -> bool {
        self.meant.iter().any(|meant| meant == key)
    }

    /// The entry of a key; a key without a value counts as left out.
    pub fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().copied().find(|entry| entry.key == key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key that is text.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(|node| node.text().ok())
    }

    /// The value of a key that is a number.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(|node| node.number().ok())
    }

    /// The value of a key that is `true` or `false`.
    pub fn truth(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(|node| node.truth().ok())
    }

    /// The value of a key that counts something.
    pub fn count(&self, key: &str) -> Option<u32> {
        self.get(key).and_then(|node| node.integer().ok()).map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    }

    /// The value of a key that is a date or a time.
    pub fn time(&self, key: &str) -> Option<Timestamp> {
        self.text(key).and_then(|text| text.parse().ok())
    }

    /// The value of a key that is a name or a list of names.
    pub fn names(&self, key: &str) -> Option<Vec<(String, Span)>> {
        self.get(key).and_then(|node| node.names().ok())
    }
}

fn unknown(entry: &Entry, known: impl Iterator<Item = &'static str> + Clone) -> YamlProblem {
    YamlProblem::UnknownKey {
        key: entry.key.clone(),
        near: crate::near::nearest(&entry.key, known.clone()).map(str::to_owned),
        known: known.collect::<Vec<_>>().join(", "),
    }
}

/// The documentation's table of some keys.
pub fn table(keys: &[&'static [Key]]) -> String {
    let mut text = "| key | type | default | meaning |\n|---|---|---|---|\n".to_owned();
    for key in keys.iter().copied().flatten() {
        text += &format!("| `{}` | {} | {} | {} |\n", key.name, key.takes, key.default, key.meaning);
    }
    text
}

#[cfg(test)]
mod tests;
