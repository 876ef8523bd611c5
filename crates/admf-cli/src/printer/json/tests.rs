use super::super::csv;
use super::{Document, document, lines};
use admf_model::{Cell, CellKind, Sheet};

fn sheet() -> Sheet {
    let mut sheet = Sheet::new([
        ("strategy_id", CellKind::Text),
        ("parameters", CellKind::Text),
        ("sharpe_ratio", CellKind::Number),
        ("total_trades", CellKind::Integer),
    ]);
    sheet.push(vec!["ab".into(), r#"{"fast":10}"#.into(), 0.1_f64.into(), 7_i64.into()]);
    sheet.push(vec!["c\"d, e".into(), Cell::Null, Cell::Null, Cell::Integer(0)]);
    sheet
}

#[test]
fn a_table_is_an_array_of_objects_and_parameters_are_nested() {
    let value: serde_json::Value = serde_json::from_str(&document(&Document::table(sheet()))).unwrap();
    assert_eq!(value[0]["parameters"]["fast"], 10);
    assert_eq!(value[0]["sharpe_ratio"], 0.1);
    assert!(value[1]["sharpe_ratio"].is_null());
    assert_eq!(lines(&Document::table(sheet())).lines().count(), 2);
}

#[test]
fn an_empty_table_keeps_its_shape() {
    let empty = || Document::table(Sheet::new([("a", CellKind::Text), ("b", CellKind::Number)]));
    assert_eq!(document(&empty()), "[]\n");
    assert_eq!(lines(&empty()), "");
    assert_eq!(csv::document(&empty()).unwrap(), "a,b\n");
}

#[test]
fn several_sections_are_an_object_and_lines_hold_the_main_one() {
    let facts = vec![("run_id", Cell::from("ab")), ("trials", Cell::Integer(3))];
    let several = Document::facts("run", "Run ab", facts).with_main_table("strategies", "Best", sheet());
    let value: serde_json::Value = serde_json::from_str(&document(&several)).unwrap();
    assert_eq!(value["run"]["trials"], 3);
    assert_eq!(value["strategies"].as_array().unwrap().len(), 2);
    assert_eq!(lines(&several).lines().count(), 2);
    assert!(csv::document(&several).unwrap().starts_with("strategy_id,"));
}

#[test]
fn csv_keeps_every_digit_and_quotes_what_needs_it() {
    let mut numbers = Sheet::new([("x", CellKind::Number), ("t", CellKind::Text)]);
    numbers.push(vec![Cell::Number(0.1 + 0.2), "a,b".into()]);
    numbers.push(vec![Cell::Number(1e-20), Cell::Null]);
    assert_eq!(
        csv::document(&Document::table(numbers)).unwrap(),
        "x,t\n0.30000000000000004,\"a,b\"\n1e-20,\n"
    );
}
