//! What is taken over from what others report.

use super::{Reported, TAKEN};
use crate::foreign::json;
use admf_model::METRICS;
use std::path::Path;

fn reported(text: &str) -> Reported {
    json::parse(Path::new("p.json"), text.as_bytes()).unwrap()
}

fn problem(text: &str, in_percent: bool) -> String {
    reported(text).performance(Path::new("p.json"), in_percent).unwrap_err().to_string()
}

#[test]
fn every_name_that_is_taken_is_a_metric() {
    for (name, _) in TAKEN {
        assert!(METRICS.iter().any(|metric| metric.name == name), "{name}");
    }
}

#[test]
fn decimals_may_be_text_and_undefined_numbers_words() {
    let text = r#"{"sharpe_ratio": "1.25", "sortino_ratio": NaN, "calmar_ratio": -Infinity, "win_rate": null,
                   "profit_factor": 2, "note": "NaN stays \"NaN\"", "nested": {"a": [1, NaN]}, "is_live": true}"#;
    let performance = reported(text).performance(Path::new("p.json"), false).unwrap();
    assert_eq!(performance.sharpe_ratio, Some(1.25));
    assert_eq!(
        (performance.sortino_ratio, performance.calmar_ratio, performance.win_rate),
        (None, None, None)
    );
    assert_eq!(performance.profit_factor, Some(2.0));
    assert_eq!(performance.kurtosis, None);
}

#[test]
fn falls_are_positive_losses_negative_and_costs_a_difference() {
    let text = r#"{"max_drawdown": -0.2, "avg_loss": 12, "largest_loss": -40, "gross_sharpe": 1.5, "net_sharpe": 1.25,
                   "sharpe_ratio": 9, "cost_impact": 0.003}"#;
    let performance = reported(text).performance(Path::new("p.json"), false).unwrap();
    assert_eq!(performance.max_drawdown, Some(0.2));
    assert_eq!((performance.avg_loss, performance.largest_loss), (Some(-12.0), Some(-40.0)));
    assert_eq!((performance.sharpe_ratio, performance.cost_impact), (Some(1.25), Some(0.25)));
}

#[test]
fn percent_is_divided_only_where_it_is_a_fraction() {
    let text = r#"{"max_drawdown": -12.5, "win_rate": "50", "volatility": 25, "sharpe_ratio": 2, "total_trades": 8}"#;
    let performance = reported(text).performance(Path::new("p.json"), true).unwrap();
    assert_eq!((performance.max_drawdown, performance.win_rate), (Some(0.125), Some(0.5)));
    assert_eq!((performance.volatility, performance.sharpe_ratio), (Some(0.25), Some(2.0)));
    assert_eq!(performance.total_trades, Some(8.0));
    assert!(problem(text, false).contains("add --percent"));
}

#[test]
fn what_is_no_number_is_told() {
    assert_eq!(
        problem(r#"{"sharpe_ratio": "high"}"#, false),
        "p.json: `sharpe_ratio` is `high`, not a number"
    );
    assert_eq!(problem(r#"{"win_rate": [1]}"#, false), "p.json: `win_rate` is not a number");
    let broken = json::parse::<Reported>(Path::new("p.json"), b"{\n \"a\": 1,\n \"b\" 2}").unwrap_err();
    assert_eq!(broken.to_string(), "p.json, line 3, column 6: expected `:`");
}
