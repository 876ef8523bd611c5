use super::{Document, Layout, document};
use admf_model::{Cell, CellKind, Sheet};

fn sheet() -> Sheet {
    let mut sheet = Sheet::new([
        ("strategy_id", CellKind::Text),
        ("parameters", CellKind::Text),
        ("sharpe_ratio", CellKind::Number),
        ("max_drawdown", CellKind::Number),
        ("total_trades", CellKind::Number),
    ]);
    let parameters = r#"{"fast":10,"slow":50}"#;
    sheet.push(vec!["0123456789abcdef".into(), parameters.into(), 1.5.into(), 0.25.into(), 120.0.into()]);
    sheet.push(vec!["fedcba9876543210".into(), Cell::Null, Cell::Null, Cell::Null, 7.0.into()]);
    sheet
}

fn draw(width: Option<usize>) -> (String, Vec<String>) {
    let rendered = document(&Document::table(sheet()), Layout { width, colour: false });
    (rendered.text, rendered.hidden)
}

#[test]
fn columns_are_aligned_and_ids_short() {
    let expected = "\
strategy_id  parameters       sharpe_ratio  max_drawdown  total_trades
───────────  ───────────────  ────────────  ────────────  ────────────
01234567     fast=10 slow=50         1.500         25.0%           120
fedcba98     -                           -             -             7
";
    assert_eq!(draw(None), (expected.to_owned(), Vec::new()));
}

#[test]
fn a_narrow_window_folds_names_before_it_loses_columns() {
    let expected = "\
strategy_                   sharpe_      max_  total_
id         parameters         ratio  drawdown  trades
─────────  ───────────────  ───────  ────────  ──────
01234567   fast=10 slow=50    1.500     25.0%     120
fedcba98   -                      -         -       7
";
    assert_eq!(draw(Some(60)), (expected.to_owned(), Vec::new()));
}

#[test]
fn what_does_not_fit_is_named() {
    let (text, hidden) = draw(Some(40));
    assert_eq!(hidden, ["max_drawdown", "total_trades"]);
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn long_texts_are_cut_before_columns_are_left_out() {
    let mut long = Sheet::new([("rule", CellKind::Text), ("sharpe_ratio", CellKind::Number)]);
    long.push(vec!["cross_above(sma(close, 10), sma(close, 50)) and rsi(close, 14) < 30".into(), 1.0.into()]);
    let rendered = document(&Document::table(long), Layout { width: Some(40), colour: false });
    assert!(rendered.hidden.is_empty());
    assert!(rendered.text.contains("cross_above(sma(close, 10), sm…"), "{}", rendered.text);
}

#[test]
fn facts_are_labelled_and_sections_apart() {
    let facts = vec![("run_id", Cell::from("ab")), ("bars_per_year", Cell::Number(252.0))];
    let report = Document::facts("run", "Run ab", facts).with_text("notes", "one line".to_owned());
    let rendered = document(&report, Layout { width: None, colour: false });
    assert_eq!(rendered.text, "Run ab\n  run id         ab\n  bars per year  252\n\none line\n");
}
