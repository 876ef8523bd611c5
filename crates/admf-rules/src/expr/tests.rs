//! What the parser accepts, how it groups, and what it says about the rest.

use super::*;

/// Fully parenthesised, so that grouping is visible.
fn grouped(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(value) => value.to_string(),
        ExprKind::Truth(value) => value.to_string(),
        ExprKind::Text(text) => format!("\"{text}\""),
        ExprKind::Parameter(name) => format!("${name}"),
        ExprKind::Label(name) => format!("label {name}"),
        ExprKind::Name(name) => name.clone(),
        ExprKind::At { name, symbol } => format!("{name}@{symbol}"),
        ExprKind::Call { name, arguments, .. } => {
            let arguments: Vec<String> = arguments
                .iter()
                .map(|a| match &a.name {
                    Some((name, _)) => format!("{name}={}", grouped(&a.value)),
                    None => grouped(&a.value),
                })
                .collect();
            format!("{name}[{}]", arguments.join(", "))
        }
        ExprKind::Unary { operator: UnaryOperator::Not, operand } => format!("(not {})", grouped(operand)),
        ExprKind::Unary { operator: UnaryOperator::Negate, operand } => format!("(-{})", grouped(operand)),
        ExprKind::Binary { operator, left, right } => {
            let sign = match operator {
                BinaryOperator::Or => "or",
                BinaryOperator::And => "and",
                BinaryOperator::Compare(c) => comparison_text(*c),
                BinaryOperator::Arithmetic(a) => arithmetic_text(*a),
            };
            format!("({} {sign} {})", grouped(left), grouped(right))
        }
    }
}

#[test]
fn operators_group_as_documented() {
    let table = [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("not a == b and c", "((not (a == b)) and c)"),
        ("not not a", "(not (not a))"),
        ("a + b * c - d / e", "((a + (b * c)) - (d / e))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("-a * b", "((-a) * b)"),
        ("a - -b", "(a - (-b))"),
        ("a + b < c * 2", "((a + b) < (c * 2))"),
        ("(a or b) and c", "((a or b) and c)"),
        ("a - (b - c)", "(a - (b - c))"),
        ("sma(close, $fast) > 5%", "(sma[close, $fast] > 0.05)"),
        ("rsi(close, n=1_4) >= 1e1", "(rsi[close, n=14] >= 10)"),
        ("regime(trend) != RANGE", "(regime[trend] != label RANGE)"),
        ("close@VIX > close@^GSPC", "(close@VIX > close@^GSPC)"),
        ("close@\"ES=F\" < low@BRK.B", "(close@ES=F < low@BRK.B)"),
        ("f()", "f[]"),
        ("\ttrue\n  and false ", "(true and false)"),
        ("android or nothing", "(android or nothing)"),
    ];
    for (text, expected) in table {
        let expr = Expr::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(grouped(&expr), expected, "{text}");
    }
}

#[test]
fn filters_may_compare_with_text() {
    let text = "sharpe_ratio > 1 and strategy_type == \"ma_crossover\" and fast < 20";
    let expr = Expr::parse_filter(text).unwrap();
    assert_eq!(
        grouped(&expr),
        "(((sharpe_ratio > 1) and (strategy_type == \"ma_crossover\")) and (fast < 20))"
    );
    let ExprKind::Binary { right, .. } = &expr.kind else { panic!("and") };
    assert_eq!(&text[right.span.start..right.span.end], "fast < 20");
}

#[test]
fn spans_cover_what_was_written() {
    let text = "not (close > sma(open, n=5))";
    let expr = Expr::parse(text).unwrap();
    let slice = |span: Span| &text[span.start..span.end];
    assert_eq!(slice(expr.span), text);
    let ExprKind::Unary { operand, .. } = &expr.kind else { panic!("not") };
    assert_eq!(slice(operand.span), "(close > sma(open, n=5))");
    let ExprKind::Binary { right, .. } = &operand.kind else { panic!(">") };
    assert_eq!(slice(right.span), "sma(open, n=5)");
    let ExprKind::Call { name_span, arguments, .. } = &right.kind else { panic!("sma") };
    assert_eq!(slice(*name_span), "sma");
    assert_eq!(slice(arguments[1].name.as_ref().unwrap().1), "n");
    assert_eq!(slice(arguments[1].value.span), "5");
}

#[test]
fn mistakes_are_named_with_place_and_remedy() {
    // Text, the part of it that is pointed at, message, help.
    let table = [
        ("", "", "expected a value, found the end", ""),
        ("close >", "", "expected a value, found the end", ""),
        ("close > > open", ">", "expected a value, found `>`", ""),
        ("close open", "open", "expected an operator or the end of the rule, found `open`", ""),
        ("(close > open", "(", "this `(` is never closed", ""),
        ("sma(close, 5", "(", "this `(` is never closed", ""),
        ("sma(close 5)", "5", "expected `,` or `)`, found `5`", ""),
        ("close > open)", ")", "expected an operator or the end of the rule, found `)`", ""),
        (
            "close = open",
            "=",
            "expected an operator or the end of the rule, found `=`",
            "write `==` to compare",
        ),
        ("a && b", "&&", "`&&` is no operator", "write `and`"),
        ("a || b", "||", "`||` is no operator", "write `or`"),
        ("!a", "!", "unexpected `!`", "write `not`"),
        (
            "a AND b",
            "AND",
            "expected an operator or the end of the rule, found `AND`",
            "write `and` in lower case",
        ),
        ("NOT a", "NOT", "expected a value, found `NOT`", "write `not` in lower case"),
        (
            "a == not b",
            "not",
            "expected a value, found `not`",
            "put `not` and what it applies to into parentheses",
        ),
        ("close[1]", "[", "unexpected `[`", "write lag(close, 1) for the bar before"),
        ("a ^ 2", "^", "unexpected `^`", "there is no power: multiply"),
        ("5 %", "%", "unexpected `%`", "write a percentage without a space, such as 5%"),
        ("1.2.3", "1.2.3", "`1.2.3` is not a number", ""),
        ("20bars", "20bars", "`20bars` is not a number", ""),
        ("1e999", "1e999", "`1e999` is not a number", ""),
        (".5", ".5", "`.5` is not a number", "write 0.5"),
        ("$ fast", "$", "unexpected `$`", "write the name of a parameter after `$`"),
        ("close@ 5", "@", "unexpected `@`", "write a symbol after `@`, such as close@VIX"),
        (
            "5@VIX",
            "@VIX",
            "expected an operator or the end of the rule, found `@VIX`",
            "only a price or a function takes another symbol, such as close@VIX or atr(14)@VIX",
        ),
        (
            "\"UP\"",
            "\"UP\"",
            "text in quotes means nothing in a rule",
            "names and labels stand without quotes: write UP",
        ),
        ("a == \"b", "\"b", "the text that begins here has no closing `\"`", ""),
        ("a < b < c", "<", "comparisons cannot be chained: write `a < b and b < c`", ""),
        (
            "20 < rsi(close, 14) <= 5 * 10 and true",
            "<=",
            "comparisons cannot be chained: write `20 < rsi(close, 14) and rsi(close, 14) <= 5 * 10`",
            "",
        ),
        ("(a < b == c)", "==", "comparisons cannot be chained: write `a < b and b == c`", ""),
        ("f(a < b < g(c, d), e)", "<", "comparisons cannot be chained: write `a < b and b < g(c, d)`", ""),
        ("größe > €", "€", "unexpected `€`", ""),
    ];
    for (text, at, message, help) in table {
        let error = Expr::parse(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
        assert_eq!(error.help().unwrap_or_default(), help, "{text}");
        let span = error.span();
        assert_eq!(&text[span.start..span.end], at, "{text}");
    }
}

/// A message quotes the beginning of what is long: all of it is marked.
#[test]
fn messages_about_long_text_are_short() {
    let (name, sum) = ("n".repeat(900), vec!["a"; 400].join(" + "));
    for text in [
        format!("{sum} < {sum} < {sum}"),
        format!("1{name}"),
        format!("close.{name} > 1"),
        format!("close.shift(-{sum})"),
    ] {
        let message = Expr::parse(&text).expect_err(&text).to_string();
        assert!(message.len() < 400, "{message}");
    }
}

#[test]
fn deep_and_long_expressions_are_refused_not_fatal() {
    let deep = |open: &str, close: &str, n: usize| format!("{}a{}", open.repeat(n), close.repeat(n));
    for (open, close) in
        [("(", ")"), ("not ", ""), ("-", ""), ("f(", ")"), ("1 - (", ")"), ("a + ", ""), ("a and ", "")]
    {
        assert!(Expr::parse(&deep(open, close, 40)).is_ok(), "{open}");
        let error = Expr::parse(&deep(open, close, 2_000)).expect_err(open);
        assert_eq!(error.to_string(), "the rule is nested more than 128 deep", "{open}");
    }
    let long = "close > open and ".repeat(60_000) + "true";
    let error = Expr::parse(&long).unwrap_err();
    assert_eq!(error.to_string(), "the rule is 1,020,004 bytes long, allowed are 16,384");
    assert_eq!(error.span(), Span::new(0, long.len()));
}

#[test]
fn no_text_makes_the_parser_panic() {
    use proptest::prelude::*;
    let piece = prop_oneof![
        "[ -~]{0,4}",
        "\\PC{0,3}",
        proptest::sample::select(
            &[
                "and", "or", "not ", "(", ")", "<", "==", "=", ",", "close", "@", "$", "\"", "5%", "1e",
                "UP", "-", "sma(",
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    let texts = proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    proptest!(|(text in texts)| {
        for parsed in [Expr::parse(&text), Expr::parse_filter(&text)] {
            let span = match &parsed {
                Ok(expr) => expr.span,
                Err(error) => error.span(),
            };
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?} in {:?}", span, text);
        }
    });
}
