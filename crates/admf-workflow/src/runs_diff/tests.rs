use super::changes::Changes;
use super::spec;
use admf_model::{Cell, CellKind, RowSink, Sheet};
use admf_store::queries::compared_metrics;

/// A metric's name and its value in both runs.
type Metric<'a> = (&'a str, Option<f64>, Option<f64>);
/// A strategy's id and what changed.
type Strategy<'a> = (&'a str, &'a [Metric<'a>]);

/// Rows of strategies of which some metrics changed.
fn changes(limit: usize, rows: &[Strategy]) -> Changes {
    let names: Vec<String> =
        (0..5 + 2 * compared_metrics().count()).map(|column| column.to_string()).collect();
    let sheet = Sheet::new(names.iter().map(|name| (name.as_str(), CellKind::Text)));
    let mut changes = Changes::new(limit);
    changes.columns(&sheet.columns);
    for (id, changed) in rows {
        let mut row: Vec<Cell> = vec![(*id).into(), "type".into(), "SYM".into(), "{}".into(), "other".into()];
        for metric in compared_metrics() {
            let found = changed.iter().find(|(name, ..)| *name == metric.name);
            let (first, second) =
                found.map_or((Some(2.0), Some(2.0)), |(_, first, second)| (*first, *second));
            row.extend([Cell::from(first), Cell::from(second)]);
        }
        assert!(changes.row(row).is_continue());
    }
    changes
}

fn ids(sheet: &Sheet) -> Vec<String> {
    sheet
        .rows
        .iter()
        .map(|row| if let Cell::Text(id) = &row[0] { id.clone() } else { String::new() })
        .collect()
}

#[test]
fn the_largest_changes_come_first_and_rounding_is_none() {
    let rows: [Strategy; 4] = [
        ("a", &[("sharpe_ratio", Some(1.0), Some(1.0 + 1e-13))]),
        ("b", &[("sharpe_ratio", Some(1.0), Some(1.5))]),
        ("c", &[("sharpe_ratio", Some(0.1), Some(-0.3)), ("total_return", Some(100.0), Some(10.0))]),
        ("d", &[("sharpe_ratio", None, Some(0.0))]),
    ];
    let changes = changes(2, &rows);
    assert_eq!(changes.strategies(), 3);
    let metrics = changes.metrics();
    let number = Cell::Number;
    let returns = ["total_return".into(), Cell::Integer(1), number(-90.0), number(-90.0)];
    assert_eq!(metrics.rows[0][..4], returns);
    // Of three that changed one has no value in the first run; 0.5 and -0.4 are left.
    assert_eq!(metrics.rows[1][..2], ["sharpe_ratio".into(), Cell::Integer(3)]);
    let Cell::Number(mean) = metrics.rows[1][2] else { panic!("two values have a mean") };
    assert!((mean - 0.05).abs() < 1e-15, "{mean}");
    assert_eq!(metrics.rows[1][3], number(-0.4));
    let sheet = changes.into_sheet();
    assert_eq!(ids(&sheet), ["d", "c"], "a value that is gone is more than any change");
    assert_eq!(
        sheet.rows[1][4..],
        ["total_return".into(), 100.0.into(), 10.0.into(), (-90.0).into(), Cell::Integer(2), "other".into()]
    );
}

#[test]
fn many_strategies_are_held_in_bounded_memory() {
    let ids: Vec<String> = (0..5000).map(|n| format!("{n:04}")).collect();
    let changed: Vec<[Metric; 1]> =
        (0..5000).map(|n| [("sharpe_ratio", Some(0.0), Some(f64::from(n) / 5000.0))]).collect();
    let rows: Vec<Strategy> =
        ids.iter().zip(&changed).map(|(id, changed)| (id.as_str(), &changed[..])).collect();
    let changes = changes(3, &rows);
    assert_eq!(changes.strategies(), 4999);
    assert_eq!(super::tests::ids(&changes.into_sheet()), ["4999", "4998", "4997"]);
}

fn spec(first: &str, second: &str) -> Vec<[String; 3]> {
    let text = |cell: &Cell| if let Cell::Text(text) = cell { text.clone() } else { "-".to_owned() };
    let row = |row: &Vec<Cell>| [text(&row[0]), text(&row[1]), text(&row[2])];
    spec::differences(first, second).rows.iter().map(row).collect()
}

#[test]
fn only_keys_with_other_values_are_told() {
    let first = "
# a comment
data: us
costs: {commission: 0.001, slippage: linear 0.0005}
strategies:
  - type: ma_crossover
    grid: {fast: [5, 10], slow: 50}
  - buy_and_hold
";
    let second = "
strategies:
- {grid: {slow: 50.0, fast: [5,   20]}, type: 'ma_crossover'}   # moved
- buy_and_hold
costs:
  slippage: \"linear 0.0005\"
  commission: 0.002
data: us
regimes: [trend]
";
    let expected = [
        ["costs.commission", "0.001", "0.002"],
        ["strategies[ma_crossover].grid.fast", "[5, 10]", "[5, 20]"],
        ["regimes", "-", "[trend]"],
    ];
    assert_eq!(spec(first, second), expected);
    assert!(spec(first, &first.replace("# a comment", "# another")).is_empty());
}

#[test]
fn items_of_one_name_are_told_apart() {
    let twice = "strategies: [{type: a, grid: {n: 1}}, {type: a, grid: {n: 2}}]";
    let once = "strategies: [{type: a, grid: {n: 1}}]";
    let expected = [["strategies[a].type (2)", "a", "-"], ["strategies[a].grid.n (2)", "2", "-"]];
    assert_eq!(spec(twice, once), expected);
}
