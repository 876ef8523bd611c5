//! Which rules make sense, and what is said about those that do not.

use super::*;
use crate::Graph;

const PARAMETERS: [&str; 2] = ["fast", "slow"];

fn mistake(text: &str, setting: Setting) -> RuleError {
    let scope = Scope { parameters: &PARAMETERS, setting };
    let bound = |formula: Formula| formula.bind(&[10.0, 0.0], &mut Graph::new());
    let check = |e| check(&e, &scope, Type::Truth, "in `long`").map_err(|mut errors| errors.0.remove(0));
    Expr::parse(text).and_then(check).and_then(bound).expect_err(text)
}

#[test]
fn all_that_is_wrong_with_a_rule_is_told() {
    let scope = Scope { parameters: &PARAMETERS, setting: Setting::Strategy };
    let rule = "clse > opn and smaa(volum, 5) > $x and sma(close) > rsi(1 > 2, true) and 1 + (2 > 1)";
    let Err(Errors(errors)) = check(&Expr::parse(rule).unwrap(), &scope, Type::Truth, "here") else {
        panic!("{rule} is right");
    };
    let at: Vec<&str> = errors.iter().map(|error| &rule[error.span().start..error.span().end]).collect();
    assert_eq!(at, ["clse", "opn", "smaa", "volum", "$x", "sma(close)", "1 > 2", "(2 > 1)"]);
}

fn expect_mistakes(setting: Setting, table: &[(&str, &str, &str, &str)]) {
    for (text, at, message, help) in table {
        let error = mistake(text, setting);
        assert_eq!(error.to_string(), *message, "{text}");
        assert_eq!(error.help().unwrap_or_default(), *help, "{text}");
        assert_eq!(&text[error.span().start..error.span().end], *at, "{text}");
    }
}

#[test]
fn names_are_resolved_or_the_near_name_is_offered() {
    expect_mistakes(
        Setting::Strategy,
        &[
            ("clsoe > 1", "clsoe", "unknown name `clsoe`", "did you mean `close`?"),
            ("Close > 1", "Close", "unknown name `Close`", "did you mean `close`?"),
            ("CLOSE > 1", "CLOSE", "unknown label `CLOSE`", "did you mean `close`?"),
            ("fast > 1", "fast", "unknown name `fast`", "a parameter is written `$fast`"),
            ("supertrend > 1", "supertrend", "unknown name `supertrend`", ""),
            ("True", "True", "unknown name `True`", "did you mean `true`?"),
            (
                "bars_held > 5",
                "bars_held",
                "`bars_held` is known to `exit`, `exit_long` and `exit_short` only: elsewhere there is no position",
                "write exit: bars_held >= 10, or max_bars: 10 beside the rules",
            ),
            ("bars_hold > 5", "bars_hold", "unknown name `bars_hold`", "did you mean `bars_held`?"),
            ("close > $fats", "$fats", "unknown parameter `fats`", "did you mean `$fast`?"),
            ("close > smaa(close, 5)", "smaa", "unknown function `smaa`", "did you mean `sma`?"),
            ("close > supertrend(close)", "supertrend", "unknown function `supertrend`", ""),
            ("sma > 5", "sma", "`sma` is a function: write sma(x, n)", ""),
            (
                "close(1) > 5",
                "close(1)",
                "`close` is a price and takes no arguments: write close, or lag(close, 1) for the bar before",
                "",
            ),
            (
                "atr@VIX > 5",
                "atr@VIX",
                "only prices and calls of functions take another symbol: `atr` is neither",
                "write atr(n=14)@VIX",
            ),
            (
                "month@VIX > 5",
                "month@VIX",
                "`@VIX` changes nothing: month reads no price without a symbol of its own",
                "",
            ),
            (
                "clsoe@VIX > 5",
                "clsoe@VIX",
                "only prices and calls of functions take another symbol: `clsoe` is neither",
                "did you mean `close`?",
            ),
            (
                "sma(close@SP500, 5)@VIX > 5",
                "sma(close@SP500, 5)@VIX",
                "`@VIX` changes nothing: sma reads no price without a symbol of its own",
                "",
            ),
            ("regime(trend) == UPP", "UPP", "unknown label `UPP`", "did you mean `UP`?"),
            (
                "regime(trend) == EXTREME",
                "EXTREME",
                "`EXTREME` is not a label of trend: use UP, DOWN, RANGE",
                "",
            ),
            (
                "regime() == UP",
                "regime()",
                "regime takes the name of one classifier or role: write regime(trend)",
                "",
            ),
            (
                "regime(close, 5) == UP",
                "regime(close, 5)",
                "regime takes the name of one classifier or role: write regime(trend)",
                "",
            ),
        ],
    );
}

#[test]
fn types_must_agree() {
    expect_mistakes(
        Setting::Strategy,
        &[
            ("close", "close", "expected true or false in `long`, found a number", ""),
            ("UP", "UP", "expected true or false in `long`, found a label", ""),
            ("regime(trend)", "regime(trend)", "expected true or false in `long`, found a label", ""),
            ("close and true", "close", "expected true or false left of `and`, found a number", ""),
            (
                "true or (close + 1)",
                "(close + 1)",
                "expected true or false right of `or`, found a number",
                "",
            ),
            ("not close", "close", "expected true or false after `not`, found a number", ""),
            ("-true > 1", "true", "expected a number after `-`, found true or false", ""),
            ("1 + true > 1", "true", "expected a number right of `+`, found true or false", ""),
            ("true == true", "true", "expected a number left of `==`, found true or false", ""),
            (
                "cross_above(close, 1) > 0",
                "cross_above(close, 1)",
                "expected a number left of `>`, found true or false",
                "",
            ),
            ("sma(true, 5) > 0", "true", "expected a number as `x` of sma, found true or false", ""),
            ("close == UP", "close", "expected a label left of `==`, found a number", ""),
            ("regime(trend) == 1", "1", "expected a label right of `==`, found a number", ""),
            (
                "regime(trend) > UP",
                "regime(trend) > UP",
                "labels have no order: compare them with == or !=",
                "",
            ),
            ("UP == DOWN", "UP == DOWN", "a label compares with a regime: write regime(trend) == UP", ""),
            ("regime(trend) + 1 > 2", "regime(trend)", "expected a number left of `+`, found a label", ""),
        ],
    );
}

#[test]
fn arguments_must_be_there_and_constants_in_range() {
    expect_mistakes(
        Setting::Strategy,
        &[
            ("sma(close) > 1", "sma(close)", "sma needs `n`: write sma(x, n)", ""),
            ("sma() > 1", "sma()", "sma needs `x`: write sma(x, n)", ""),
            ("sma(close, 5, 6) > 1", "6", "sma takes 2 arguments, this is one too many: write sma(x, n)", ""),
            ("atr(5, 6) > 1", "6", "atr takes 1 argument, this is one too many: write atr(n=14)", ""),
            ("sma(close, bars=5) > 1", "bars", "sma has no argument `bars`: write sma(x, n)", ""),
            ("sma(close, 5, n=5) > 1", "n", "`n` of sma is given twice", ""),
            ("sma(close, x=open) > 1", "x", "`x` of sma is given twice", ""),
            (
                "sma(close, close) > 1",
                "close",
                "`n` of sma must be the same on every bar: write a number or a $parameter",
                "",
            ),
            ("sma(close, 0) > 1", "0", "`n` of sma is 0, allowed 1..100000", ""),
            ("sma(close, 1e6) > 1", "1e6", "`n` of sma is 1000000, allowed 1..100000", ""),
            (
                "sma(close, $fast / 4) > 1",
                "$fast / 4",
                "`n` of sma is 2.5: it counts bars, write a whole number",
                "",
            ),
            (
                "lag(close, -1) > 1",
                "-1",
                "`bars` of lag is -1: a rule cannot see the future, write 1 or more",
                "",
            ),
            ("lag(close, 0) > 1", "0", "`bars` of lag is 0, allowed 1..100000", ""),
            (
                "percentile(close, 20, 90) > 1",
                "90",
                "`p` of percentile is 90, allowed 0..1",
                "it is a fraction: write 90%",
            ),
            (
                "roc(close, 1 - $fast) > 1",
                "1 - $fast",
                "`bars` of roc is -9: a rule cannot see the future, write 1 or more",
                "",
            ),
            (
                "close > $fast / $slow",
                "$fast / $slow",
                "this constant is undefined: it divides by zero or is too large",
                "restrict the parameters with `where:`",
            ),
            (
                "sma(close, $fast / $slow) > 1",
                "$fast / $slow",
                "this constant is undefined: it divides by zero or is too large",
                "restrict the parameters with `where:`",
            ),
        ],
    );
}

#[test]
fn exits_alone_know_the_position() {
    expect_mistakes(
        Setting::Exit,
        &[
            (
                "sma(bars_held, 3) > 2",
                "bars_held",
                "`bars_held` cannot be an argument of sma: it is a number of the position, not of the bars",
                "compare it outside, as in bars_held >= 10 and close > open",
            ),
            ("bars_held", "bars_held", "expected true or false in `long`, found a number", ""),
            ("bars_held() > 3", "bars_held", "unknown function `bars_held`", ""),
        ],
    );
    for setting in [Setting::Strategy, Setting::Classifier] {
        let message = mistake("close > bars_held", setting).to_string();
        assert!(message.starts_with("`bars_held` is known to `exit`"), "{message}");
    }
}

#[test]
fn conditions_and_classifiers_see_less() {
    expect_mistakes(
        Setting::Condition,
        &[
            ("fats < slow", "fats", "unknown parameter `fats`", "did you mean `fast`?"),
            ("fast < close", "close", "`close` depends on the bar, a condition on parameters cannot", ""),
            ("fast < sma(close, 5)", "sma", "`sma` depends on the bar, a condition on parameters cannot", ""),
            (
                "fast < close@VIX",
                "close@VIX",
                "`close@VIX` depends on the bar, a condition on parameters cannot",
                "",
            ),
            ("fast + slow", "fast + slow", "expected true or false in `long`, found a number", ""),
        ],
    );
    expect_mistakes(
        Setting::Classifier,
        &[(
            "regime(trend) == UP",
            "regime(trend)",
            "a classifier cannot depend on another: use prices and functions of them",
            "",
        )],
    );
}

#[test]
fn a_condition_names_parameters_with_and_without_the_dollar() {
    let scope = Scope { parameters: &PARAMETERS, setting: Setting::Condition };
    let holds = |text: &str, values: [f64; 2]| {
        check(&Expr::parse(text).unwrap(), &scope, Type::Truth, "in `where`").unwrap().constant(&values)
    };
    assert_eq!(holds("fast < $slow", [1.0, 2.0]), Some(1.0));
    assert_eq!(holds("not (fast * 2 < slow and true) or slow == -1", [1.0, 2.0]), Some(1.0));
    assert_eq!(holds("fast / slow > 1", [1.0, 0.0]), None);
    assert_eq!(holds("fast / slow > 1 and fast > 5", [1.0, 0.0]), Some(0.0));
}
