//! The text of a spec with its name, and the texts of the files that it includes, to point at places in them.

use super::SpecProblem;
use crate::WorkflowError;
use crate::error::Snippet;
use admf_rules::{RuleError, Span};
use std::path::Path;

/// A spec's text with its name. Places are byte offsets into all texts as if they stood one behind the other, the
/// spec's own first.
#[derive(Clone, Debug, Default)]
pub struct Source<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// All of it.
    pub text: &'a str,
    /// The files that it includes, in the order in which they count.
    pub(super) included: Vec<Included>,
}

/// An included file.
#[derive(Clone, Debug)]
pub(super) struct Included {
    /// Its path as messages show it.
    pub(super) name: String,
    pub(super) text: String,
    /// Where its places begin.
    pub(super) base: usize,
}

/// The texts of a [`Source`], kept.
#[derive(Clone, Debug)]
pub(crate) struct SourceText {
    name: String,
    text: String,
    included: Vec<Included>,
}

impl SourceText {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn view(&self) -> Source<'_> {
        Source { name: &self.name, text: &self.text, included: self.included.clone() }
    }
}

/// Most problems that are told at once.
const MOST_TOLD: usize = 20;

impl<'a> Source<'a> {
    /// A text that stands alone.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, included: Vec::new() }
    }

    /// The same, independent of where the texts come from.
    pub(crate) fn to_text(&self) -> SourceText {
        let (name, text) = (self.name.to_owned(), self.text.to_owned());
        SourceText { name, text, included: self.included.clone() }
    }

    /// The file's name without folder and ending: what a spec without a name is called.
    pub(super) fn stem(&self) -> String {
        let stem = Path::new(self.name).file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    /// The file that a place is in: its name, its text and where its places begin.
    fn file_at(&self, offset: usize) -> (&str, &str, usize) {
        let included = self.included.iter().filter(|file| file.base <= offset).max_by_key(|file| file.base);
        match included {
            Some(file) => (&file.name, &file.text, file.base),
            None => (self.name, self.text, 0),
        }
    }

    /// A place in words: `base.yaml:3`.
    pub(super) fn place(&self, offset: usize) -> String {
        let (name, text, base) = self.file_at(offset);
        let before = text.as_bytes().iter().take(offset - base);
        format!("{name}:{}", before.filter(|byte| **byte == b'\n').count() + 1)
    }

    /// A place in words, to the character: `base.yaml:3:24`.
    pub(crate) fn position(&self, offset: usize) -> String {
        let (_, text, base) = self.file_at(offset);
        let before = &text[..text.floor_char_boundary(offset - base)];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        format!("{}:{}", self.place(offset), before[line..].chars().count() + 1)
    }

    /// The part of a place that is on its first line.
    fn first_line(&self, span: Span) -> Span {
        let (_, text, base) = self.file_at(span.start);
        let rest = text.get(span.start - base..span.end - base).unwrap_or_default();
        Span::new(span.start, span.start + rest.find(['\n', '\r']).unwrap_or(rest.len()))
    }

    /// What stands at a place, in one line.
    pub(crate) fn slice(&self, span: Span) -> String {
        let (_, text, base) = self.file_at(span.start);
        let written = text.get(span.start - base..span.end - base).unwrap_or_default();
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// An error at a place in this text.
    pub fn error(&self, span: Span, message: impl Into<String>, help: Option<String>) -> WorkflowError {
        // Of what goes over many lines the first shows where it is.
        let span = self.first_line(span);
        let (name, text, base) = self.file_at(span.start);
        let place = |offset: usize| offset.saturating_sub(base).min(text.len());
        let (start, end) = (place(span.start), place(span.end));
        let snippet = Snippet { name: name.to_owned(), text: text.to_owned(), start, end };
        WorkflowError::Input { message: message.into(), snippet: Box::new(snippet), help }
    }

    /// An error of the rule language in this text.
    pub fn rule(&self, error: &RuleError) -> WorkflowError {
        self.error(error.span(), error.to_string(), error.help())
    }

    /// All problems as one error, in the order of the text.
    ///
    /// # Panics
    /// Without a problem.
    pub(crate) fn problems(&self, mut problems: Vec<SpecProblem>) -> WorkflowError {
        problems.sort_by_key(|problem| problem.span.start);
        let found = problems.len();
        let told = problems.into_iter().take(MOST_TOLD);
        let mut errors: Vec<_> = told.map(|p| self.error(p.span, p.message, p.help)).collect();
        match errors.len() {
            1 => errors.remove(0),
            0 => unreachable!("a spec that cannot be read has a problem"),
            _ => WorkflowError::Inputs { name: self.name.to_owned(), errors, found },
        }
    }
}
