use super::column;
use admf_model::Cell;

fn check(name: &str, values: &[f64], expected: &[&str]) {
    let cells: Vec<Cell> = values.iter().map(|v| Cell::Number(*v)).collect();
    assert_eq!(column(name, cells.iter()), expected, "{name} {values:?}");
}

#[test]
fn a_column_has_one_number_of_decimals() {
    check("sharpe_ratio", &[1.234_56, 0.5, -0.000_01], &["1.235", "0.500", "0.000"]);
    check("total_costs", &[12_345.678, 20.0], &["12346", "20"]);
    check("x", &[12_345.678, 0.25], &["12345.68", "0.25"]);
    check("total_trades", &[120.0, 7.0], &["120", "7"]);
    check("x", &[0.001_234_5], &["0.001234"]);
    check("seconds", &[0.017], &["0.017"]);
    check("sharpe_ratio", &[1.5, -0.25], &["1.50", "-0.25"]);
    check("median_sharpe", &[0.377_4, 0.017_2], &["0.377", "0.017"]);
    check("x", &[1e-9, 0.0], &["1.000e-9", "0.000e0"]);
}

#[test]
fn fractions_are_percentages() {
    check("max_drawdown", &[0.342_1, 0.05], &["34.2%", "5.0%"]);
    check("total_return", &[12.5, -0.5], &["1250.0%", "-50.0%"]);
    check("win_rate", &[0.012_34, 1.0], &["1.2%", "100.0%"]);
    check("max_drawdown", &[0.031_2], &["3.1%"]);
    check("return_fraction", &[0.000_51], &["0.05%"]);
    check("win_rate", &[0.0], &["0.0%"]);
}

#[test]
fn what_is_undefined_is_a_dash() {
    assert_eq!(column("sharpe_ratio", [Cell::Null, Cell::Number(2.0)].iter()), ["-", "2"]);
    assert_eq!(column("x", [Cell::Truth(true), Cell::Null].iter()), ["yes", "-"]);
}

#[test]
fn times_are_shown_to_the_second() {
    let texts =
        ["2026-11-20T12:10:45.727472Z", "2026-11-20T12:10:45Z", "2026-11-20", "2026-11-20T12:10:45.7x2Z"];
    let cells = texts.map(Cell::from);
    let shown = ["2026-11-20 12:10:45Z", "2026-11-20 12:10:45Z", "2026-11-20", "2026-11-20T12:10:45.7x2Z"];
    assert_eq!(column("created_at", cells.iter()), shown);
}
