use super::{ExpressionRequest, SpecRequest, check_expression, check_spec};
use crate::WorkflowError;

fn check(text: &str) -> Result<super::ExpressionReport, WorkflowError> {
    check_expression(&ExpressionRequest { text: text.to_owned() })
}

#[test]
fn an_expression_is_described() {
    let report = check("sma(close, 10) >  sma(close@VIX, 50)").unwrap();
    assert_eq!(report.result, "true or false");
    assert_eq!(report.canonical, "sma(close, 10) > sma(close@VIX, 50)");
    assert_eq!(report.warm_up_bars, 49);
    assert_eq!(report.symbols, ["VIX"]);
    let number = check("2 *\n atr(14)").unwrap();
    assert_eq!((number.result.as_str(), number.canonical.as_str()), ("a number", "2 * atr(14)"));
    assert_eq!(check("regime(trend) == UP").unwrap().regimes, ["trend"]);
}

#[test]
fn what_an_expression_is_follows_from_what_it_is_made_of() {
    for (text, result, canonical) in [
        ("if(close > open, 1, -1)", "a number", "if(close > open, 1, -1)"),
        (
            "if(close > open, rsi(close, 2) < 5, false)",
            "true or false",
            "if(close > open, rsi(close, 2) < 5, false)",
        ),
        ("month()", "a number", "month"),
        ("atr()@VIX", "a number", "atr(14)@VIX"),
        ("rsi(close)>50 or bars_held>=10", "true or false", "rsi(close, 14) > 50 or bars_held >= 10"),
        ("bars_held - 1", "a number", "bars_held - 1"),
    ] {
        let report = check(text).unwrap();
        assert_eq!((report.result.as_str(), report.canonical.as_str()), (result, canonical), "{text}");
    }
    assert_eq!(check("atr(14)@VIX > 2").unwrap().symbols, ["VIX"]);
}

#[test]
fn errors_are_placed_in_the_text_as_typed() {
    for (text, marked) in [
        ("rsi(close, 14) < 30 and smaa(close, 5) > 1", "smaa"),
        ("smaa(close, 5)", "smaa"),
        ("2 * clse", "clse"),
        ("sma(close, 0) > 1", "0"),
        ("sma(bars_held, 3) > 1", "bars_held"),
        ("close >", ""),
    ] {
        match check(text) {
            Err(WorkflowError::Input { snippet, message, .. }) => {
                assert_eq!(&snippet.text[snippet.start..snippet.end], marked, "{message}");
            }
            other => panic!("`{text}` gave {other:?}"),
        }
    }
}

#[test]
fn a_huge_grid_is_counted_and_not_walked() {
    let text = "
data: prices
strategies:
  - name: huge
    parameters: {a: 1..500, b: 1..500, c: 1..300}
    long: sma(close, $a) + sma(close, $b) > sma(close, $c)
    where: a < b
";
    let request = SpecRequest { workspace: None, name: "huge.yaml".to_owned(), text: text.to_owned() };
    let report = check_spec(&request).unwrap();
    assert!(report.notes[0].starts_with("75,000,000 combinations before `where`"), "{:?}", report.notes);
    assert_eq!(report.strategies.rows[0][2..4], [75_000_000_usize.into(), admf_model::Cell::Null]);
}
