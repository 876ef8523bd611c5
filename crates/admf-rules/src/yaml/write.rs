//! Writes a tree as text that reads back as the same tree, without comments and in one layout.

use super::{Node, Scalar, Value};
use std::fmt::Write;

/// The text of a map, one line per scalar.
///
/// # Panics
/// When the text does not read back as the same tree, which no tree that was read does.
pub fn write(root: &Node) -> String {
    let mut text = String::new();
    if is_block(root) {
        block(root, 0, &mut text);
    } else {
        value(root, 0, &mut text);
    }
    let again = super::parse(&text);
    assert!(again.is_ok_and(|again| same(root, &again)), "written trees read back as they were");
    text
}

/// A map or a list on lines of its own.
fn block(node: &Node, indent: usize, text: &mut String) {
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries {
                start_line(indent, text);
                text.push_str(&key(&entry.key));
                text.push(':');
                value(&entry.value, indent + 2, text);
            }
        }
        Value::Sequence(nodes) => {
            for node in nodes {
                start_line(indent, text);
                text.push('-');
                if is_block(node) {
                    text.push(' ');
                    block(node, indent + 2, text);
                } else {
                    value(node, indent + 2, text);
                }
            }
        }
        Value::Scalar(_) => {}
    }
}

/// What stands behind a key or a dash.
fn value(node: &Node, indent: usize, text: &mut String) {
    match &node.value {
        Value::Scalar(scalar) if scalar.text.is_empty() && !scalar.quoted => text.push('\n'),
        Value::Scalar(scalar) => {
            text.push(' ');
            text.push_str(&scalar_text(scalar));
            text.push('\n');
        }
        Value::Mapping(entries) if entries.is_empty() => text.push_str(" {}\n"),
        Value::Sequence(nodes) if nodes.is_empty() => text.push_str(" []\n"),
        _ => {
            text.push('\n');
            block(node, indent, text);
        }
    }
}

/// The first line of a map or list in a list stands behind the dash.
fn start_line(indent: usize, text: &mut String) {
    if text.is_empty() || text.ends_with('\n') {
        text.extend(std::iter::repeat_n(' ', indent));
    }
}

fn is_block(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(_) => false,
        Value::Sequence(nodes) => !nodes.is_empty(),
        Value::Mapping(entries) => !entries.is_empty(),
    }
}

fn key(key: &str) -> String {
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if plain { key.to_owned() } else { quoted(key) }
}

/// What was plain may stay plain, because a plain text means the same in every place of a block.
fn scalar_text(scalar: &Scalar) -> String {
    if scalar.quoted || needs_quotes(&scalar.text) { quoted(&scalar.text) } else { scalar.text.clone() }
}

/// True for plain text that means something else on one line of a block: text over several lines, and, between braces,
/// text that begins as a block of text does.
fn needs_quotes(text: &str) -> bool {
    text.contains('\n') || text.starts_with(['|', '>'])
}

fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                write!(written, "\\U{:08x}", u32::from(c)).expect("writing to a string does not fail");
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

/// Equal apart from where things stand and from quotes that had to be added.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(a), Value::Scalar(b)) => {
            a.text == b.text && (a.quoted == b.quoted || needs_quotes(&a.text))
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Mapping(a), Value::Mapping(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
