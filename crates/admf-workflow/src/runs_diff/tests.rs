use super::changes::Changes;
use super::settings::spec_diff;
use admf_model::{Cell, CellKind, RowSink, RunId, Sheet};
use admf_store::queries::compared_metrics;

/// A metric's name and its value in both runs.
type Metric<'a> = (&'a str, Option<f64>, Option<f64>);
/// A strategy's id and what changed.
type Strategy<'a> = (&'a str, &'a [Metric<'a>]);

/// Rows of strategies of which some metrics changed.
fn changes(limit: usize, rows: &[Strategy]) -> Changes {
    let names: Vec<String> =
        (0..4 + 2 * compared_metrics().count()).map(|column| column.to_string()).collect();
    let sheet = Sheet::new(names.iter().map(|name| (name.as_str(), CellKind::Text)));
    let mut changes = Changes::new(limit);
    changes.columns(&sheet.columns);
    for (id, changed) in rows {
        let mut row: Vec<Cell> = vec![(*id).into(), "type".into(), "SYM".into(), "{}".into()];
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
    assert_eq!(metrics.rows[0][..3], ["total_return".into(), Cell::Integer(1), Cell::Number(-90.0)]);
    assert_eq!(metrics.rows[1][..3], ["sharpe_ratio".into(), Cell::Integer(3), Cell::Number(-0.4)]);
    let sheet = changes.into_sheet();
    assert_eq!(ids(&sheet), ["d", "c"], "a value that is gone is more than any change");
    assert_eq!(
        sheet.rows[1][4..],
        ["total_return".into(), 100.0.into(), 10.0.into(), (-90.0).into(), Cell::Integer(2)]
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

#[test]
fn specs_differ_line_by_line() {
    let runs = [RunId::from_bits(1), RunId::from_bits(2)];
    assert_eq!(spec_diff("a: 1\n", "a: 1\n", runs), "");
    let diff = spec_diff("a: 1\nb: 2\n", "a: 1\nb: 3\n", runs);
    let head = "--- runs/0000000000000001/spec.yaml\n+++ runs/0000000000000002/spec.yaml\n";
    assert_eq!(diff, format!("{head}@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n"));
}
