use super::{parse_label, parse_sort};
use admf_model::Role;
use admf_store::queries::{Sort, SortOrder};

#[test]
fn the_best_comes_first_unless_an_order_is_given() {
    for (text, name, order) in [
        ("sharpe_ratio", "sharpe_ratio", SortOrder::Descending),
        ("max_drawdown", "max_drawdown", SortOrder::Ascending),
        ("max_drawdown:desc", "max_drawdown", SortOrder::Descending),
        ("total_trades", "total_trades", SortOrder::Descending),
        ("total_trades:asc", "total_trades", SortOrder::Ascending),
    ] {
        assert_eq!(parse_sort(text).unwrap(), Sort::by(name, order).unwrap(), "{text}");
    }
}

#[test]
fn an_unknown_metric_or_order_is_refused_with_a_remedy() {
    assert_eq!(parse_sort("sharp_ratio").unwrap_err().help().unwrap(), "did you mean `sharpe_ratio`?");
    assert!(parse_sort("sharpe_ratio:down").unwrap_err().help().unwrap().contains("sharpe_ratio:asc"));
}

#[test]
fn labels_may_be_written_in_any_case() {
    assert_eq!(parse_label(Role::Trend, "up").unwrap(), "UP");
    assert!(parse_label(Role::Volatility, "UP").is_err());
}
