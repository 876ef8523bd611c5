use super::{Document, Layout, document};
use admf_model::{Cell, CellKind, Sheet};

fn sheet() -> Sheet {
    let mut sheet = Sheet::new([
        ("run_id", CellKind::Text),
        ("strategy_id", CellKind::Text),
        ("parameters", CellKind::Text),
        ("sharpe_ratio", CellKind::Number),
        ("max_drawdown", CellKind::Number),
        ("total_trades", CellKind::Number),
    ]);
    let run = "aaaaaaaaaaaaaaaa";
    let parameters = r#"{"fast":10,"slow":50}"#;
    sheet.push(vec![
        run.into(),
        "0123456789abcdef".into(),
        parameters.into(),
        1.5.into(),
        0.25.into(),
        120.0.into(),
    ]);
    sheet.push(vec![run.into(), "fedcba9876543210".into(), Cell::Null, Cell::Null, Cell::Null, 7.0.into()]);
    sheet
}

fn draw(width: Option<usize>) -> (String, Vec<String>) {
    let rendered = document(&Document::table(sheet()), Layout { width, colour: false });
    (rendered.text, rendered.hidden)
}

#[test]
fn columns_are_aligned_and_ids_short() {
    let expected = "\
run_id    strategy_id  parameters       sharpe_ratio  max_drawdown  total_trades
────────  ───────────  ───────────────  ────────────  ────────────  ────────────
aaaaaaaa  01234567     fast=10 slow=50           1.5         25.0%           120
aaaaaaaa  fedcba98     -                           -             -             7
";
    assert_eq!(draw(None), (expected.to_owned(), Vec::new()));
}

#[test]
fn a_narrow_window_folds_names_before_it_loses_columns() {
    let expected = "          strategy_                   sharpe_      max_  total_
run_id    id         parameters         ratio  drawdown  trades
────────  ─────────  ───────────────  ───────  ────────  ──────
aaaaaaaa  01234567   fast=10 slow=50      1.5     25.0%     120
aaaaaaaa  fedcba98   -                      -         -       7
";
    assert_eq!(draw(Some(64)), (expected.to_owned(), Vec::new()));
}

#[test]
fn what_says_nothing_goes_first_and_what_does_not_fit_is_named() {
    let (text, hidden) = draw(Some(55));
    assert_eq!(hidden, ["run_id"]);
    assert!(text.contains("total_"), "{text}");
    let (text, hidden) = draw(Some(40));
    assert_eq!(hidden, ["run_id", "max_drawdown", "total_trades"]);
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn long_texts_are_broken_before_columns_are_left_out() {
    let mut long = Sheet::new([("name", CellKind::Text), ("meaning", CellKind::Text)]);
    long.push(vec!["sma".into(), "simple moving average: the mean of the last n values".into()]);
    let expected = "\
name  meaning
────  ──────────────────────────
sma   simple moving average: the
      mean of the last n values
";
    let rendered = document(&Document::table(long), Layout { width: Some(36), colour: false });
    assert_eq!((rendered.text.as_str(), rendered.hidden.len()), (expected, 0));
}

#[test]
fn a_single_row_that_does_not_fit_is_a_line_per_column() {
    let mut one = sheet();
    one.rows.truncate(1);
    let expected = "  run_id        aaaaaaaaaaaaaaaa
  strategy_id   0123456789abcdef
  parameters    fast=10 slow=50
  sharpe_ratio  1.5
  max_drawdown  25.0%
  total_trades  120
";
    let rendered = document(&Document::table(one), Layout { width: Some(50), colour: false });
    assert_eq!((rendered.text.as_str(), rendered.hidden.len()), (expected, 0));
}

#[test]
fn an_empty_table_is_its_header() {
    let empty = Sheet::new([("name", CellKind::Text), ("bars", CellKind::Integer)]);
    let rendered = document(&Document::table(empty), Layout { width: Some(5), colour: false });
    assert_eq!(rendered.text, "name\n────\n");
    assert!(rendered.hidden.is_empty());
}

#[test]
fn facts_are_labelled_wrapped_and_apart_from_what_follows() {
    let facts = vec![
        ("run_id", Cell::from("ab")),
        ("bars_per_year", Cell::Number(252.0)),
        ("note", "a text that does not fit beside it".into()),
    ];
    let report = Document::facts("run", "Run ab", facts).with_text("notes", "one line".to_owned());
    let rendered = document(&report, Layout { width: Some(38), colour: false });
    let expected = "\
Run ab
  run id         ab
  bars per year  252
  note           a text that does not
                 fit beside it

one line
";
    assert_eq!(rendered.text, expected);
}

#[test]
fn colour_does_not_change_the_alignment() {
    let plain = draw(None).0;
    let painted = document(&Document::table(sheet()), Layout { width: None, colour: true }).text;
    assert_ne!(painted, plain);
    assert_eq!(console::strip_ansi_codes(&painted), plain);
}
