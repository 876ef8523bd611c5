//! Habits of other languages: what people write who come from pandas, Pine, C or SQL, and what it is called here.

use super::lexer::plain_symbol_length;
use super::parser::Dialect;
use crate::error::Problem;
use crate::functions::Function;

/// Operators of other languages, longer ones first.
const OPERATORS: [(&str, &str); 12] = [
    ("===", "write `==`"),
    ("!==", "write `!=`"),
    ("=<", "write `<=`"),
    ("=>", "write `>=`"),
    ("<>", "write `!=`"),
    (":=", "write `==` to compare"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("**", "there is no power: multiply, or write sqrt(x), exp(x) or log(x)"),
    ("//", "write `/`, and round(x) for whole numbers"),
    ("&", "write `and`"),
    ("|", "write `or`"),
];

/// What other languages call a function, and what it is called here.
const SYNONYMS: [(&str, &str); 51] = [
    ("shift", "lag(close, 1)"),
    ("ref", "lag(close, 1)"),
    ("prev", "lag(close, 1)"),
    ("previous", "lag(close, 1)"),
    ("delay", "lag(close, 1)"),
    ("iloc", "lag(close, 1)"),
    ("rolling", "sma(close, 20), highest(close, 20) or stdev(close, 20)"),
    ("mean", "sma(close, 20)"),
    ("avg", "sma(close, 20)"),
    ("average", "sma(close, 20)"),
    ("ma", "sma(close, 20)"),
    ("mavg", "sma(close, 20)"),
    ("ewm", "ema(close, 20)"),
    ("std", "stdev(close, 20)"),
    ("stddev", "stdev(close, 20)"),
    ("var", "variance(close, 20)"),
    ("quantile", "percentile(close, 20, 0.9)"),
    ("pct_change", "roc(close, 1)"),
    ("returns", "roc(close, 1)"),
    ("mom", "change(close, 10)"),
    ("momentum", "roc(close, 10)"),
    ("diff", "change(close, 1)"),
    ("delta", "change(close, 1)"),
    ("cov", "covariance(close, close@VIX, 20)"),
    ("correlation", "corr(close, close@VIX, 20)"),
    ("hhv", "highest(close, 20)"),
    ("llv", "lowest(close, 20)"),
    ("cummax", "peak(close)"),
    ("cross", "cross_above(close, sma(close, 20))"),
    ("crossover", "cross_above(close, sma(close, 20))"),
    ("crossed_above", "cross_above(close, sma(close, 20))"),
    ("crosses_above", "cross_above(close, sma(close, 20))"),
    ("crossunder", "cross_below(close, sma(close, 20))"),
    ("crossed_below", "cross_below(close, sma(close, 20))"),
    ("crosses_below", "cross_below(close, sma(close, 20))"),
    ("where", "if(condition, a, b)"),
    ("iff", "if(condition, a, b)"),
    ("ifelse", "if(condition, a, b)"),
    ("barssince", "since(condition)"),
    ("valuewhen", "value_when(condition, close)"),
    ("isna", "not defined(x)"),
    ("isnull", "not defined(x)"),
    ("notna", "defined(x)"),
    ("notnull", "defined(x)"),
    ("fillna", "if(defined(x), x, 0)"),
    ("ln", "log(x)"),
    ("pow", "x * x: there is no power"),
    ("stoch", "stochastic_k(14)"),
    ("bbands", "bollinger_upper(close, 20)"),
    ("volatility", "realized_vol(close, 20)"),
    ("vwap", "vwma(close, 20)"),
];

/// What a function of another language is called here: an example to write.
pub(crate) fn synonym(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    SYNONYMS.iter().find(|(foreign, _)| *foreign == name).map(|(_, own)| *own)
}

/// The length of what begins `rest` out of habit, and what is wrong with it.
pub(super) fn habit(before: &str, rest: &str, dialect: Dialect) -> Option<(usize, Problem)> {
    if let Some((text, remedy)) = OPERATORS.into_iter().find(|(text, _)| rest.starts_with(text)) {
        return Some((text.len(), Problem::ForeignOperator { text, remedy }));
    }
    match rest.chars().next()? {
        '.' => method(before, rest),
        '@' => unquoted_symbol(rest),
        '\'' if dialect == Dialect::Rule => {
            let text = rest[1..].split('\'').next().filter(|text| rest.len() > text.len() + 1)?;
            Some((text.len() + 2, Problem::TextInRule { text: text.to_owned() }))
        }
        _ => None,
    }
}

/// `close.shift(1)` or `ta.sma(close, 20)`.
fn method(before: &str, rest: &str) -> Option<(usize, Problem)> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let name = &rest[1..1 + rest[1..].find(|c| !is_letter(c)).unwrap_or(rest.len() - 1)];
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let text = format!(".{name}");
    if name == "shift" && rest[text.len()..].replace(' ', "").starts_with("(-") {
        let until = rest.find(')').map_or(rest.len(), |end| end + 1);
        return Some((until, Problem::LaterBar { text: rest[..until].to_owned() }));
    }
    let object = before.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
    let remedy = match (synonym(name), Function::find(name)) {
        (Some(own), _) => format!("write {own}"),
        (None, Some(function)) => format!("write {}", function.signature()),
        (None, None) if object.is_empty() => "a number below one begins with 0, such as 0.5".to_owned(),
        (None, None) => "functions stand around what they are of, such as sma(close, 20)".to_owned(),
    };
    Some((text.len(), Problem::Method { text, remedy }))
}

/// `close@BTC-USD`, `close@ES=F` and `close@=X`: a sign within a symbol ends it unless it is quoted. Upper-case words are
/// labels, with which nothing is computed, so that `close@VIX-close` is not meant.
fn unquoted_symbol(rest: &str) -> Option<(usize, Problem)> {
    let plain = plain_symbol_length(&rest[1..]);
    let after = &rest[1 + plain..];
    let sign = after.starts_with(['-', '/', '=', ':', '!', '&', '^', '\'']);
    let word =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '=' | '/');
    let tail = after.get(1..)?;
    let length = tail.find(|c| !word(c)).unwrap_or(tail.len());
    let first = tail.chars().next()?;
    if after.starts_with('\'') {
        let symbol = tail.split('\'').next().unwrap_or_default().to_owned();
        return Some((rest.len().min(symbol.len() + 3), Problem::SymbolNeedsQuotes { symbol }));
    }
    if !sign || !(first.is_ascii_uppercase() || (plain == 0 && length > 0)) {
        return None;
    }
    let symbol = rest[1..1 + plain + 1 + length].trim_end_matches(['=', '/', '-']).to_owned();
    Some((1 + symbol.len(), Problem::SymbolNeedsQuotes { symbol }))
}

#[cfg(test)]
mod tests;
