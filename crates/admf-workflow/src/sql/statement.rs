//! Is a text one statement that only reads? The database itself would run several and answer the last, and would write
//! files.

use crate::{Snippet, WorkflowError};

/// What a statement that only reads begins with.
const READING: [&str; 12] = [
    "SELECT",
    "FROM",
    "WITH",
    "VALUES",
    "TABLE",
    "SHOW",
    "DESCRIBE",
    "DESC",
    "SUMMARIZE",
    "PIVOT",
    "UNPIVOT",
    "EXPLAIN",
];

/// What may stand between `EXPLAIN` and the statement that it explains: `ANALYZE` runs it.
const OF_EXPLAIN: [&str; 9] =
    ["EXPLAIN", "ANALYZE", "FORMAT", "TEXT", "JSON", "HTML", "GRAPHVIZ", "YAML", "MERMAID"];

/// A word or a sign outside comments and quotes, or something quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    start: usize,
    end: usize,
}

/// Refuses several statements and those that write.
pub(super) fn check(sql: &str) -> Result<(), WorkflowError> {
    let tokens = tokens(sql);
    let text = |token: &Token| &sql[token.start..token.end];
    let refuse = |token: &Token, message: String, help: &str| {
        let Token { start, end } = *token;
        let snippet = Snippet { name: "statement".to_owned(), text: sql.to_owned(), start, end };
        Err(WorkflowError::Input { message, snippet: Box::new(snippet), help: Some(help.to_owned()) })
    };
    let mut statements = tokens.split(|token| text(token) == ";").filter(|tokens| !tokens.is_empty());
    let statement = statements.next().unwrap_or_default();
    if let Some(second) = statements.next().and_then(<[Token]>::first) {
        let message =
            format!("there are {} statements, and only one can be answered", 2 + statements.count());
        return refuse(second, message, "write one statement per call");
    }
    let mut words = statement.iter().filter(|token| text(token) != "(" && text(token) != ")");
    let Some(mut first) = words.next() else { return Ok(()) };
    let is = |token: &Token, names: &[&str]| names.iter().any(|name| text(token).eq_ignore_ascii_case(name));
    if is(first, &["EXPLAIN"]) {
        first = words.find(|token| text(token) != "," && !is(token, &OF_EXPLAIN)).unwrap_or(first);
    }
    if is(first, &READING) {
        return Ok(());
    }
    refuse(
        first,
        format!("`{}` does not begin a question, and only reading is possible here", text(first)),
        "begin with SELECT, FROM, WITH, VALUES, SHOW, DESCRIBE, SUMMARIZE, PIVOT or EXPLAIN; -o FILE writes the \
         answer to a file, and `admf runs rm` removes a run",
    )
}

fn tokens(sql: &str) -> Vec<Token> {
    let bytes = sql.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &sql[at..];
        let end = match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'-' if rest.starts_with("--") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'/' if rest.starts_with("/*") => {
                at += comment(rest);
                continue;
            }
            b'e' | b'E' if bytes.get(at + 1) == Some(&b'\'') => at + 1 + quoted(&rest[1..], '\'', true),
            b'\'' => at + quoted(rest, '\'', false),
            b'"' => at + quoted(rest, '"', false),
            b'$' => at + dollar(rest),
            _ => at + word(rest),
        };
        tokens.push(Token { start: at, end });
        at = end;
    }
    tokens
}

/// Length of a word or of a single sign.
fn word(text: &str) -> usize {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let length = text.find(|c| !in_word(c)).unwrap_or(text.len());
    if length > 0 { length } else { text.chars().next().map_or(0, char::len_utf8) }
}

/// Length of a comment; comments nest.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// Length of what is quoted; a doubled quote is a quote in it, and so is one behind a backslash where those escape.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if escapes && c == '\\' {
            characters.next();
        } else if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// Length of `$$…$$` or `$tag$…$tag$`; of `$1` that of the sign alone.
fn dollar(text: &str) -> usize {
    let tag = text[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map(|length| 1 + length);
    match tag
        .filter(|end| text[*end..].starts_with('$') && !text[1..].starts_with(|c: char| c.is_ascii_digit()))
    {
        Some(end) => {
            let delimiter = &text[..=end];
            let close = text[delimiter.len()..].find(delimiter);
            close.map_or(text.len(), |close| close + 2 * delimiter.len())
        }
        None => 1,
    }
}

#[cfg(test)]
mod tests;
