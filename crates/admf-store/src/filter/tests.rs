use super::{FilterError, render};
use crate::tables::optimization_runs;
use admf_model::{Comparison, Filter, FilterValue};

fn column(name: &str, comparison: Comparison, value: FilterValue) -> Filter {
    Filter::Column { name: name.to_owned(), comparison, value }
}

fn text(value: &str) -> FilterValue {
    FilterValue::Text(value.to_owned())
}

fn parameter(name: &str, comparison: Comparison, value: f64) -> Filter {
    Filter::Parameter { name: name.to_owned(), comparison, value }
}

fn rendered(filter: &Filter) -> Result<String, FilterError> {
    render(filter, optimization_runs::columns(), &["fast".to_owned(), "slow".to_owned()])
}

#[test]
fn conditions_become_sql() {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let number = FilterValue::Number;
    let both = |l: Filter, r: Filter| Filter::And(Box::new(l), Box::new(r));
    for (filter, expected) in [
        (column("sharpe_ratio", Greater, number(1.5)), "sharpe_ratio > 1.5e0"),
        (column("total_trades", LessOrEqual, number(-3.0)), "total_trades <= -3e0"),
        (column("symbol", Equal, text("BRK'B")), "symbol = 'BRK''B'"),
        (column("run_name", NotEqual, text("\0x")), "run_name <> 'x'"),
        (column("ruined", Equal, text("false")), "ruined = false"),
        (column("start_date", Less, text("2010-01-31")), "start_date < CAST('2010-01-31' AS DATE)"),
        (
            column("created_at", GreaterOrEqual, text("2024-01-31T09:30:00Z")),
            "created_at >= CAST('2024-01-31T09:30:00Z' AS TIMESTAMP)",
        ),
        (parameter("fast", Less, 20.0), "CAST((parameters ->> 'fast') AS DOUBLE PRECISION) < 2e1"),
        (
            Filter::Not(Box::new(Filter::Or(
                Box::new(both(column("beta", Less, number(0.5)), column("exposure", Greater, number(1e-7)))),
                Box::new(column("market_regime", Equal, text("UP"))),
            ))),
            "(NOT ((beta < 5e-1 AND exposure > 1e-7) OR market_regime = 'UP'))",
        ),
    ] {
        assert_eq!(rendered(&filter).unwrap(), expected);
    }
}

fn message(filter: &Filter) -> String {
    rendered(filter).unwrap_err().to_string()
}

#[test]
fn unknown_names_get_the_nearest_and_the_list() {
    let error = message(&column("sharp_ratio", Comparison::Greater, FilterValue::Number(1.0)));
    let start =
        "there is no column or parameter `sharp_ratio`, did you mean `sharpe_ratio`; columns are run_id, ";
    assert!(error.starts_with(start), "{error}");
    assert!(error.ends_with("; parameters are fast, slow"), "{error}");
    let error = message(&parameter("fastt", Comparison::Greater, 1.0));
    assert!(error.contains("did you mean `fast`"), "{error}");
    let error = message(&column("1; DROP TABLE runs", Comparison::Greater, FilterValue::Number(1.0)));
    assert!(
        error.starts_with("there is no column or parameter `1; DROP TABLE runs`; columns are "),
        "{error}"
    );
}

#[test]
fn columns_are_compared_with_what_they_hold() {
    use Comparison::{Equal, Greater};
    let number = FilterValue::Number(1.0);
    for (filter, expected) in [
        (column("beta", Equal, text("high")), "`beta` is compared with a number, such as `beta > 1`"),
        (
            column("symbol", Greater, text("A")),
            "`symbol` is compared with text, by == or !=, such as `symbol == \"UP\"`",
        ),
        (
            column("ruined", Equal, number.clone()),
            "`ruined` is compared with \"true\" or \"false\", by == or !=, such as `ruined == \"true\"`",
        ),
        (
            column("end_date", Greater, text("2010-02-30")),
            "`end_date` is compared with a day, such as `end_date >= \"2024-01-31\"`",
        ),
        (
            column("parameters", Equal, number),
            "`parameters` holds several values: name one of them, such as a parameter in `fast < 20`",
        ),
        (
            column("beta", Equal, FilterValue::Number(f64::INFINITY)),
            "`beta` is compared with inf, which is not a finite number",
        ),
    ] {
        assert_eq!(message(&filter), expected);
    }
}
