use super::parse_filter;
use crate::WorkflowError;
use admf_store::filter::render;
use admf_store::tables::optimization_runs;

fn parameters() -> [String; 2] {
    ["fast".to_owned(), "slow".to_owned()]
}

fn sql(text: &str) -> String {
    let filter = parse_filter(text, optimization_runs::columns(), &parameters()).unwrap();
    render(&filter, optimization_runs::columns(), &parameters()).unwrap()
}

/// The part of the text that is marked, the message and the help.
fn refused(text: &str) -> (String, String, String) {
    match parse_filter(text, optimization_runs::columns(), &parameters()) {
        Err(WorkflowError::Input { message, snippet, help }) => {
            (snippet.text[snippet.start..snippet.end].to_owned(), message, help.unwrap_or_default())
        }
        other => panic!("`{text}` gave {other:?}"),
    }
}

#[test]
fn columns_and_parameters_are_told_apart() {
    assert_eq!(
        sql("sharpe_ratio > 1 and fast < 20"),
        "(sharpe_ratio > 1e0 AND CAST((parameters ->> 'fast') AS DOUBLE PRECISION) < 2e1)"
    );
    assert_eq!(sql("$slow >= 100"), "CAST((parameters ->> 'slow') AS DOUBLE PRECISION) >= 1e2");
}

#[test]
fn sides_may_be_swapped_and_conditions_nested() {
    assert_eq!(sql("15% > max_drawdown"), "max_drawdown < 1.5e-1");
    assert_eq!(sql("-0.1 <= total_return"), "total_return >= -1e-1");
    assert_eq!(
        sql("not (win_rate < 0.5 or symbol != \"MSFT\")"),
        "(NOT (win_rate < 5e-1 OR symbol <> 'MSFT'))"
    );
}

#[test]
fn labels_words_and_truths_are_values() {
    assert_eq!(sql("market_regime == UP"), "market_regime = 'UP'");
    assert_eq!(sql("not ruined"), "(NOT ruined = true)");
    assert_eq!(sql("strategy_type == \"o'hara\""), "strategy_type = 'o''hara'");
}

#[test]
fn errors_point_at_the_place_and_name_the_remedy() {
    for (text, marked, help) in [
        ("sharp_ratio > 1", "sharp_ratio", "did you mean `sharpe_ratio`?"),
        ("win_rate > 0.5 and fats < 10", "fats", "did you mean `fast`?"),
        ("$fastt < 10", "$fastt", "did you mean `fast`?"),
        ("strategy_type == momentum", "momentum", "strategy_type == \"momentum\""),
        ("sharpe_ratio = 1", "=", "write `==` to compare"),
        ("win_rate * 2 > 1", "win_rate * 2 > 1", "no arithmetic"),
        ("sharpe_ratio", "sharpe_ratio", "sharpe_ratio > 1"),
        ("gross_sharpe > net_sharpe", "gross_sharpe > net_sharpe", "admf sql"),
    ] {
        let (at, message, remedy) = refused(text);
        assert_eq!(at, marked, "{message}");
        assert!(remedy.contains(help), "`{text}`: {remedy}");
    }
    let (at, message, _) = refused("sharpe_ratio > 1 and symbol > 3");
    assert_eq!(at, "symbol > 3");
    assert!(message.contains("`symbol` is compared with text"), "{message}");
}
