//! Builds the tree from the events of the YAML parser, without recursion.

use super::{Entry, MAX_DEPTH, MAX_LENGTH, Node, Scalar, Value, YamlError, YamlProblem};
use crate::Span;
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::collections::BTreeSet;

/// Reads one document whose places count from `base`, for texts that count as one.
pub fn parse_at(text: &str, base: usize) -> Result<Node, YamlError> {
    let mut root = parse(text).map_err(|error| error.shifted(base))?;
    root.shift(base);
    Ok(root)
}

/// Reads one document.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    if text.len() > MAX_LENGTH {
        let span = Span::new(0, 0);
        return Err(YamlProblem::TooLong { length: text.len(), limit: MAX_LENGTH }.at(span));
    }
    let offsets = Offsets::of(text);
    let mut builder = Builder { text, open: Vec::new(), root: None };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, marks) = event.map_err(|e| {
            let at = offsets.byte(e.marker().index());
            let problem = match e.info() {
                // The parser has a limit of its own, which brackets reach before they are told to us.
                "recursion limit exceeded" => YamlProblem::TooDeep { limit: MAX_DEPTH },
                detail => YamlProblem::Syntax { detail: detail.to_owned() },
            };
            problem.at(Span::new(at, at))
        })?;
        let start = offsets.byte(marks.start.index());
        let span = Span::new(start, offsets.byte(marks.end.index()).max(start));
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(YamlProblem::SecondDocument.at(span));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse(anchor, tag.is_some(), span)?;
                builder.scalar(&text, style, span)?;
            }
            Event::SequenceStart(anchor, tag) => {
                refuse(anchor, tag.is_some(), span)?;
                builder.open(span, Value::Sequence(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                refuse(anchor, tag.is_some(), span)?;
                builder.open(span, Value::Mapping(Vec::new()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close(span)?,
            Event::Alias(_) => return Err(YamlProblem::Unsupported { what: "aliases" }.at(span)),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    builder.root.ok_or_else(|| YamlProblem::Empty.at(Span::new(0, 0)))
}

fn refuse(anchor: usize, tagged: bool, span: Span) -> Result<(), YamlError> {
    let what = match (anchor, tagged) {
        (0, false) => return Ok(()),
        (0, true) => "tags",
        _ => "anchors",
    };
    Err(YamlProblem::Unsupported { what }.at(span))
}

/// The parser counts characters, spans count bytes.
struct Offsets {
    /// Where each character starts, and the end; nothing for text in which characters are bytes.
    starts: Option<Vec<usize>>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let starts = || text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { starts: (!text.is_ascii()).then(starts), end: text.len() }
    }

    fn byte(&self, char_index: usize) -> usize {
        match &self.starts {
            Some(starts) => starts.get(char_index).copied().unwrap_or(self.end),
            None => char_index.min(self.end),
        }
    }
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A map or sequence that is not finished, its keys so far, and the key that waits for its value.
struct Open {
    node: Node,
    keys: BTreeSet<String>,
    key: Option<(String, Span)>,
}

impl Builder<'_> {
    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Result<(), YamlError> {
        let waits_for_key = self.open.last().is_some_and(|open| open.key.is_none() && open.is_mapping());
        if waits_for_key {
            return self.key(text, span);
        }
        let scalar = self.place(text, style != ScalarStyle::Plain, span);
        self.add(Node { span, value: Value::Scalar(scalar) });
        Ok(())
    }

    fn key(&mut self, key: &str, span: Span) -> Result<(), YamlError> {
        // Half a call: YAML took the comma for its own.
        if key.matches(')').count() > key.matches('(').count() {
            return Err(YamlProblem::CommaInRule { key: key.to_owned() }.at(span));
        }
        if let Some(open) = self.open.last_mut() {
            if !open.keys.insert(key.to_owned()) {
                return Err(YamlProblem::DuplicateKey { key: key.to_owned() }.at(span));
            }
            open.key = Some((key.to_owned(), span));
        }
        Ok(())
    }

    fn open(&mut self, span: Span, value: Value) -> Result<(), YamlError> {
        if self.open.len() == MAX_DEPTH {
            return Err(YamlProblem::TooDeep { limit: MAX_DEPTH }.at(span));
        }
        if self.open.last().is_some_and(|open| open.key.is_none() && open.is_mapping()) {
            return Err(YamlProblem::KeyNotText.at(span));
        }
        self.open.push(Open { node: Node { span, value }, keys: BTreeSet::new(), key: None });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), YamlError> {
        if let Some(Open { mut node, .. }) = self.open.pop() {
            // A block ends where the next thing begins; its last element is the better end for a message.
            let last = match &node.value {
                Value::Sequence(nodes) => nodes.last().map(|n| n.span.end),
                Value::Mapping(entries) => entries.last().map(|e| e.value.span.end.max(e.key_span.end)),
                Value::Scalar(_) => None,
            };
            let closes = self.text[..span.end].ends_with([']', '}']) && span.end > span.start;
            node.span.end = if closes { span.end } else { last.unwrap_or(span.end) };
            self.add(node);
        }
        Ok(())
    }

    fn add(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.node.value {
            Value::Sequence(nodes) => nodes.push(node),
            Value::Mapping(entries) => {
                if let Some((key, key_span)) = open.key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
            Value::Scalar(_) => {}
        }
    }

    /// Relates the text of a scalar to the source.
    fn place(&self, text: &str, quoted: bool, span: Span) -> Scalar {
        let source = &self.text[span.start..span.end];
        let start = source.find(text).filter(|at| *at <= 1);
        let (start, offsets) = match start {
            Some(at) => (span.start + at, None),
            None => (span.start, Some(align(text, source, span.start))),
        };
        Scalar { text: text.to_owned(), quoted, start, offsets }
    }
}

impl Node {
    /// Trees are at most [`MAX_DEPTH`] deep.
    fn shift(&mut self, base: usize) {
        self.span = self.span.shifted(base);
        match &mut self.value {
            Value::Scalar(scalar) => {
                scalar.start += base;
                scalar.offsets.iter_mut().flatten().for_each(|offset| *offset += base);
            }
            Value::Sequence(nodes) => nodes.iter_mut().for_each(|node| node.shift(base)),
            Value::Mapping(entries) => {
                for entry in entries {
                    entry.key_span = entry.key_span.shifted(base);
                    entry.value.shift(base);
                }
            }
        }
    }
}

impl Open {
    fn is_mapping(&self) -> bool {
        matches!(self.node.value, Value::Mapping(_))
    }
}

/// Characters that unescaping, unfolding or unindenting drop in one place, at most.
const FARTHEST: usize = 96;

/// For each byte of `text` the offset of the character in `source` that it came from: the next equal one. Unescaping
/// and unfolding keep the order of characters, so that skipping what does not match finds them again. A line break
/// that was written as an escape is not found; looking for it ends soon.
fn align(text: &str, source: &str, start: usize) -> Box<[usize]> {
    let mut at = 0;
    let mut offsets = Vec::with_capacity(text.len() + 1);
    for c in text.chars() {
        let wanted = |s: char| if c.is_whitespace() { s.is_whitespace() } else { s == c };
        let near = source[at..].char_indices().take(FARTHEST);
        let found = near.into_iter().find(|(_, s)| wanted(*s)).map_or(at, |(skipped, _)| at + skipped);
        offsets.extend(std::iter::repeat_n(start + found, c.len_utf8()));
        at = source[found..].chars().next().map_or(found, |s| found + s.len_utf8());
    }
    offsets.push(start + at);
    offsets.into()
}
