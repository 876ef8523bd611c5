//! What people write who come from elsewhere, and what they are told.

use super::SYNONYMS;
use crate::testing::{bind, try_bind};
use crate::{Expr, Graph};

/// What is marked, what is said, and what to do.
fn told(rule: &str) -> (String, String, String) {
    let error = try_bind(rule, &mut Graph::new()).expect_err(rule);
    let span = error.span();
    (rule[span.start..span.end].to_owned(), error.to_string(), error.help().unwrap_or_default())
}

/// A space that is no ASCII, as word processors put it.
#[test]
fn a_wide_space_before_a_method() {
    for rule in ["\u{a0}.shift(1) > 2", "close\u{a0}.rolling(20).mean() > 2", "close\u{2003}.foo"] {
        assert!(try_bind(rule, &mut Graph::new()).is_err(), "{rule}");
    }
}

#[test]
fn habits_are_answered_with_what_to_write() {
    for (rule, marked, help) in [
        ("close.shift(1) > 2", ".shift", "write lag(close, 1)"),
        (
            "close.rolling(20).mean() > 2",
            ".rolling",
            "write sma(close, 20), highest(close, 20) or stdev(close, 20)",
        ),
        ("close.pct_change() > 2", ".pct_change", "write roc(close, 1)"),
        ("ta.sma(close, 20) > 2", ".sma", "write sma(x, n)"),
        ("close.foo() > 2", ".foo", "functions stand around what they are of, such as sma(close, 20)"),
        ("close.shift(-1) > 2", ".shift(-1)", "write lag(close, 1) for the bar before"),
        ("shift(close, 1) > 2", "shift", "write lag(close, 1)"),
        ("crossover(close, open)", "crossover", "write cross_above(close, sma(close, 20))"),
        ("close =< 2", "=<", "write `<=`"),
        ("close => 2", "=>", "write `>=`"),
        ("close <> 2", "<>", "write `!=`"),
        ("close === 2", "===", "write `==`"),
        ("close > 1 && close < 2", "&&", "write `and`"),
        ("close > 1 & close < 2", "&", "write `and`"),
        ("close > 1 || close < 2", "||", "write `or`"),
        ("!(close > 2)", "!", "write `not`"),
        ("close ** 2 > 1", "**", "there is no power: multiply, or write sqrt(x), exp(x) or log(x)"),
        ("close = 2", "=", "write `==` to compare"),
        ("regime(\"trend\") == UP", "\"trend\"", "names and labels stand without quotes: write trend"),
        ("regime('trend') == UP", "'trend'", "names and labels stand without quotes: write trend"),
        ("regime(trend) == \"UP\"", "\"UP\"", "names and labels stand without quotes: write UP"),
        ("close@BTC-USD > 2", "@BTC-USD", "write @\"BTC-USD\""),
        ("close@ES=F > 2", "@ES=F", "write @\"ES=F\""),
        ("close@=X > 2", "@=X", "write @\"=X\""),
        ("close@'VIX' > 2", "@'VIX'", "write @\"VIX\""),
        ("sma(20) > 2", "sma(20)", "write sma(close, 20)"),
        ("rsi(14) < 30", "rsi(14)", "write rsi(close, 14)"),
        ("close < bollinger_lower(20)", "bollinger_lower(20)", "write bollinger_lower(close, 20)"),
        ("close ? 1 : 2", "?", "write if(condition, a, b)"),
    ] {
        let (found, message, remedy) = told(rule);
        assert_eq!((found.as_str(), remedy.as_str()), (marked, help), "{rule}: {message}");
    }
}

#[test]
fn arithmetic_beside_a_symbol_is_no_part_of_it() {
    for rule in
        ["close@VIX-close > 1", "close@VIX-1 > 1", "close@VIX/2 > 1", "close@BRK.B>close", "close@^GSPC!=3"]
    {
        assert!(Expr::parse(rule).is_ok(), "{rule}");
    }
    assert!(Expr::parse_filter("symbol == 'AAPL'").unwrap_err().help().unwrap().contains("double quotes"));
}

#[test]
fn what_is_written_instead_is_right() {
    for (foreign, own) in SYNONYMS {
        // Of several examples the first, and of what is explained the example.
        let rule = own.split(": ").next().unwrap().split("), highest").next().unwrap().to_owned();
        let rule = if rule.matches('(').count() > rule.matches(')').count() { rule + ")" } else { rule };
        let rule =
            rule.replace("condition", "close > open").replace("(x", "(close").replace(" x,", " close,");
        let rule = rule.replace("a, b", "1, 2").replace("x * x", "close * close");
        bind(&rule, &mut Graph::new());
        assert_ne!(foreign, own);
    }
}
