//! Cuts the text of an expression into tokens.

use super::foreign;
use super::parser::Dialect;
use crate::error::{Problem, RuleError};
use crate::numeral::{self, Numeral};
use crate::{Arithmetic, Span};
use admf_model::Comparison;

/// A piece of text with a meaning of its own; the span counts bytes of the expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind<'t>,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind<'t> {
    Number(f64),
    /// Without its quotes.
    Text(&'t str),
    Word(&'t str),
    /// Without its `$`.
    Parameter(&'t str),
    /// Without its `@` and quotes.
    Symbol(&'t str),
    Open,
    Close,
    Comma,
    Assign,
    Compare(Comparison),
    Arithmetic(Arithmetic),
    End,
}

/// All tokens of `text`, the last one [`TokenKind::End`].
pub(super) fn tokens(text: &str, dialect: Dialect) -> Result<Vec<Token<'_>>, RuleError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if let Some((length, problem)) = foreign::habit(&text[..at], &text[at..], dialect) {
            return Err(problem.at(Span::new(at, at + length)));
        }
        let (kind, length) = token(&text[at..], at)?;
        tokens.push(Token { kind, span: Span::new(at, at + length) });
        at += length;
    }
    tokens.push(Token { kind: TokenKind::End, span: Span::new(at, at) });
    Ok(tokens)
}

/// The token at the start of `rest` and its length; `at` is where `rest` begins.
fn token(rest: &str, at: usize) -> Result<(TokenKind<'_>, usize), RuleError> {
    if let Some(found) = punctuation(rest) {
        return Ok(found);
    }
    let first = rest.chars().next().unwrap_or_default();
    let fail = |length: usize, problem: Problem| Err(RuleError { span: Span::new(at, at + length), problem });
    match first {
        '0'..='9' | '.' => {
            // What follows must not run into the number, so that `20close` and `1.5.2` are no surprises.
            let length = numeral::scan(rest).unwrap_or(0);
            let runs_on = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            let run = length + rest[length..].find(|c| !runs_on(c)).unwrap_or(rest.len() - length);
            let text = &rest[..run];
            match Numeral::parse(text).and_then(Numeral::value) {
                Some(value) => Ok((TokenKind::Number(value), run)),
                None => fail(text.len(), Problem::BadNumber { text: text.to_owned() }),
            }
        }
        '"' => match rest[1..].find('"') {
            Some(length) => Ok((TokenKind::Text(&rest[1..=length]), length + 2)),
            None => fail(rest.len(), Problem::UnclosedText),
        },
        '$' => match word_length(&rest[1..]) {
            0 => fail(
                1,
                Problem::Unexpected {
                    character: first,
                    remedy: Some("write the name of a parameter after `$`"),
                },
            ),
            length => Ok((TokenKind::Parameter(&rest[1..=length]), length + 1)),
        },
        '@' => symbol(rest).map_or_else(
            || {
                fail(
                    1,
                    Problem::Unexpected {
                        character: first,
                        remedy: Some("write a symbol after `@`, such as close@VIX"),
                    },
                )
            },
            Ok,
        ),
        c if c.is_alphabetic() || c == '_' => {
            let length = word_length(rest);
            Ok((TokenKind::Word(&rest[..length]), length))
        }
        c => fail(c.len_utf8(), Problem::Unexpected { character: c, remedy: remedy(c, rest) }),
    }
}

fn punctuation(rest: &str) -> Option<(TokenKind<'static>, usize)> {
    const TABLE: [(&str, TokenKind<'static>); 14] = [
        ("<=", TokenKind::Compare(Comparison::LessOrEqual)),
        (">=", TokenKind::Compare(Comparison::GreaterOrEqual)),
        ("==", TokenKind::Compare(Comparison::Equal)),
        ("!=", TokenKind::Compare(Comparison::NotEqual)),
        ("<", TokenKind::Compare(Comparison::Less)),
        (">", TokenKind::Compare(Comparison::Greater)),
        ("=", TokenKind::Assign),
        ("(", TokenKind::Open),
        (")", TokenKind::Close),
        (",", TokenKind::Comma),
        ("+", TokenKind::Arithmetic(Arithmetic::Add)),
        ("-", TokenKind::Arithmetic(Arithmetic::Subtract)),
        ("*", TokenKind::Arithmetic(Arithmetic::Multiply)),
        ("/", TokenKind::Arithmetic(Arithmetic::Divide)),
    ];
    TABLE.into_iter().find(|(text, _)| rest.starts_with(text)).map(|(text, kind)| (kind, text.len()))
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len())
}

/// `@VIX`, `@^GSPC`, `@BRK.B`, or quoted for a symbol with other characters: `@"ES=F"`.
fn symbol(rest: &str) -> Option<(TokenKind<'_>, usize)> {
    if let Some(quoted) = rest.strip_prefix("@\"") {
        let length = quoted.find('"').filter(|length| *length > 0)?;
        return Some((TokenKind::Symbol(&quoted[..length]), length + 3));
    }
    let length = plain_symbol_length(&rest[1..]);
    (length > 0).then(|| (TokenKind::Symbol(&rest[1..=length]), length + 1))
}

/// Bytes at the start of `text` that can stand after `@` without quotes.
pub(crate) fn plain_symbol_length(text: &str) -> usize {
    let caret = usize::from(text.starts_with('^'));
    let allowed = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let length = text[caret..].find(|c: char| !allowed(c)).unwrap_or(text.len() - caret);
    if length == 0 { 0 } else { caret + length }
}

fn remedy(c: char, rest: &str) -> Option<&'static str> {
    match c {
        '!' => Some("write `not`"),
        '?' => Some("write if(condition, a, b)"),
        ':' => Some("write if(condition, a, b) to choose between two values"),
        '[' => Some("write lag(close, 1) for the bar before"),
        '%' => Some("write a percentage without a space, such as 5%"),
        '\'' => Some("use double quotes"),
        '^' => Some("there is no power: multiply"),
        '≤' | '≥' | '≠' => Some("write <=, >= or !="),
        ';' | '{' | '}' => Some("a rule is one expression"),
        _ if rest.starts_with('#') => Some("comments belong to the YAML around the rule"),
        _ => None,
    }
}
