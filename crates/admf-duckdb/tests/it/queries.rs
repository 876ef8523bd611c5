//! The questions, one test per query.

use crate::sample::{Sample, strategy_id};
use admf_duckdb::Catalogue;
use admf_model::{Cell, Comparison, Filter, FilterValue, METRICS, Sheet};
use admf_store::database::Database;
use admf_store::queries::{
    ScanRequest, Sort, SortOrder, diff_counts, diff_metrics, known_words, parameter_names, parameter_pairs,
    parameter_sensitivity, parameter_values, run_types, scan, scan_all, strategy_regimes,
};
use std::fmt::Write;
use std::path::Path;

/// Compares an answer with `golden/<name>.txt`.
fn check(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/golden/{name}.txt"));
    if std::env::var_os("ADMF_UPDATE").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{} says\n{expected}\nfound\n{found}", path.display());
}

/// A heading, the names of the columns and a line per row, with names in the place of ids.
fn section(sample: &Sample, heading: &str, sheet: &Sheet) -> String {
    let mut text = format!("-- {heading}\n");
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    writeln!(text, "{}", names.join(" | ")).unwrap();
    for row in &sheet.rows {
        let cells: Vec<String> = row.iter().map(|cell| shown(sample, cell)).collect();
        writeln!(text, "{}", cells.join(" | ")).unwrap();
    }
    text
}

fn shown(sample: &Sample, cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Text(text) => {
            let name = sample.names.iter().find(|(id, _)| id == text);
            name.map_or_else(|| text.clone(), |(_, name)| name.clone())
        }
        Cell::Integer(n) => n.to_string(),
        Cell::Number(x) => format!("{x:?}"),
        Cell::Truth(truth) => truth.to_string(),
    }
}

fn request() -> ScanRequest {
    ScanRequest { all_runs: true, ..ScanRequest::by_sharpe(50) }
}

#[test]
fn of_results_that_repeat_each_other_the_newest_is_shown() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let newest = scan(&mut db, &ScanRequest::by_sharpe(50)).unwrap();
    let every = scan(&mut db, &request()).unwrap();
    assert_eq!((newest.matching, newest.older, every.matching, every.older), (7, 1, 8, 0));
    let of_a = |sheet: &Sheet| -> Vec<Cell> {
        let rows = sheet.rows.iter().filter(|row| row[1] == strategy_id("a").to_string().into());
        rows.map(|row| row[5].clone()).collect()
    };
    assert_eq!(of_a(&every.sheet), [Cell::Number(1.5), Cell::Number(1.25)]);
    assert_eq!(of_a(&newest.sheet), [Cell::Number(1.25)], "that of the second run");
    let first = ScanRequest { run: Some(sample.first), ..ScanRequest::by_sharpe(50) };
    assert_eq!(scan(&mut db, &first).unwrap().matching, 6, "one run is shown in full");
}

#[test]
fn a_streamed_scan_finds_what_a_limited_one_does() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let mut streamed = Sheet::new([]);
    let older = scan_all(&mut db, &ScanRequest::by_sharpe(2), &mut streamed).unwrap();
    let found = scan(&mut db, &ScanRequest::by_sharpe(50)).unwrap();
    assert_eq!((streamed, older), (found.sheet, found.older));
}

/// By hand from the lines of the sample: fast 5 has Sharpe ratios 1.5 on SPX and -0.5 on DAX, fast 10 has 1.0 on SPX.
#[test]
fn values_of_a_parameter_over_all_symbols_and_on_each() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let metric = METRICS.iter().find(|metric| metric.name == "sharpe_ratio").unwrap();
    let found = parameter_values(&mut db, sample.first, "ma_crossover", "fast", metric).unwrap();
    let shown: Vec<_> = found
        .iter()
        .map(|v| (v.symbol.as_deref(), v.value, v.strategies, v.mean, v.median, v.highest, v.lowest))
        .collect();
    let one =
        |symbol, value, sharpe| (symbol, value, 1, Some(sharpe), Some(sharpe), Some(sharpe), Some(sharpe));
    let expected = [
        (None, 5.0, 2, Some(0.5), Some(0.5), Some(1.5), Some(-0.5)),
        one(None, 10.0, 1.0),
        one(Some("DAX"), 5.0, -0.5),
        one(Some("SPX"), 5.0, 1.5),
        one(Some("SPX"), 10.0, 1.0),
    ];
    assert_eq!(shown, expected);
    assert_eq!(found[0].deviation, Some(std::f64::consts::SQRT_2));
    let pairs = parameter_pairs(&mut db, sample.first, "ma_crossover", ["fast", "fast"], metric).unwrap();
    assert_eq!(pairs, [(5.0, 5.0, Some(0.5)), (10.0, 10.0, Some(1.0))]);
}

#[test]
fn two_runs_are_compared_by_strategy() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let runs = db.rows("SELECT run_id FROM runs ORDER BY name", &[]).unwrap();
    let Cell::Text(second) = &runs.rows[1][0] else { panic!("a run has an id") };
    let second = second.parse().unwrap();
    let counts = diff_counts(&mut db, sample.first, second).unwrap();
    let text = section(&sample, "first and second", &counts);
    let expected = "buy_and_hold | 1 | 0 | 0 | 0\nfade | 0 | 1 | 0 | 0\nma_crossover | 2 | 0 | 1 | 0\nmomentum | 2 | 0 | 0 | 0\n";
    assert!(text.ends_with(expected), "{text}");
    let mut changed = Sheet::new([]);
    diff_metrics(&mut db, sample.first, second, &mut changed).unwrap();
    let columns = first_columns(&changed, &["strategy_id", "sharpe_ratio", "other_sharpe_ratio"]);
    assert_eq!(columns.rows, [[strategy_id("a").to_string().into(), Cell::Number(1.5), Cell::Number(1.25)]]);
    assert_eq!(changed.columns.len(), 5 + 2 * (METRICS.len() - 1), "without the deflated ratio");
    diff_metrics(&mut db, second, second, &mut changed).unwrap();
    assert!(changed.rows.is_empty(), "a run does not differ from itself");
}

#[test]
fn scan_without_conditions_shows_all_the_best_first() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let mut text = String::new();
    for (heading, limit) in [("everything", 50), ("the first three", 3)] {
        let found = scan(&mut db, &ScanRequest { limit, ..request() }).unwrap();
        text += &section(&sample, heading, &found.sheet);
        writeln!(text, "matching {}\n", found.matching).unwrap();
    }
    check("scan", &text);
}

#[test]
fn every_condition_of_a_scan_alone() {
    let sample = Sample::new();
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let column = |name: &str, comparison, value| Filter::Column { name: name.to_owned(), comparison, value };
    let fast = Filter::Parameter { name: "fast".to_owned(), comparison: Comparison::Less, value: 10.0 };
    let long = column("total_trades", Comparison::Greater, FilterValue::Number(11.0));
    let dax = column("symbol", Comparison::Equal, FilterValue::Text("DAX".to_owned()));
    let cases = [
        ("sharpe_ratio >= 1", ScanRequest { min_sharpe: Some(1.0), ..request() }),
        ("max_drawdown <= 0.15", ScanRequest { max_drawdown: Some(0.15), ..request() }),
        ("total_trades >= 12", ScanRequest { min_trades: Some(12), ..request() }),
        ("win_rate >= 0.5", ScanRequest { min_win_rate: Some(0.5), ..request() }),
        ("total_return >= 0.9", ScanRequest { min_return: Some(0.9), ..request() }),
        ("deflated_sharpe >= 0.5", ScanRequest { min_deflated: Some(0.5), ..request() }),
        ("type momentum or fade", ScanRequest { strategy_types: words(&["momentum", "fade"]), ..request() }),
        ("type moment", ScanRequest { strategy_types: words(&["moment"]), ..request() }),
        ("symbol BRK,B or DAX", ScanRequest { symbols: words(&["BRK,B", "DAX"]), ..request() }),
        ("run first", ScanRequest { run: Some(sample.first), ..request() }),
        ("market_regime RANGE", ScanRequest { market_regime: Some("RANGE".to_owned()), ..request() }),
        ("volatility_regime LOW", ScanRequest { volatility_regime: Some("LOW".to_owned()), ..request() }),
        ("fast < 10", ScanRequest { filter: Some(fast.clone()), ..request() }),
        (
            "fast < 10 and not total_trades > 11",
            ScanRequest {
                filter: Some(Filter::And(fast.into(), Filter::Not(long.clone().into()).into())),
                ..request()
            },
        ),
        (
            "total_trades > 11 or symbol == DAX",
            ScanRequest { filter: Some(Filter::Or(long.into(), dax.into())), ..request() },
        ),
    ];
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let mut text = String::new();
    for (heading, request) in cases {
        let sheet = scan(&mut db, &request).unwrap().sheet;
        text += &section(&sample, heading, &first_columns(&sheet, &["run_id", "strategy_id"]));
    }
    check("scan_conditions", &text);
}

#[test]
fn every_order_of_a_scan() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let mut text = String::new();
    for metric in &METRICS {
        for order in [SortOrder::Ascending, SortOrder::Descending] {
            let sort = Sort::by(metric.name, order).unwrap();
            let sheet = scan(&mut db, &ScanRequest { sort, ..request() }).unwrap().sheet;
            let columns = ["run_id", "strategy_id", metric.name];
            let sheet = first_columns(&sheet, &columns);
            assert_eq!(sheet.columns.len(), 3, "{}", metric.name);
            // The metrics that the sample does not vary would only repeat each other.
            if sheet.rows.iter().any(|row| row[2] != sheet.rows[0][2]) {
                text += &section(&sample, &format!("{} {order:?}", metric.name), &sheet);
            }
        }
    }
    check("scan_orders", &text);
}

/// Some columns of a sheet.
fn first_columns(sheet: &Sheet, names: &[&str]) -> Sheet {
    let at: Vec<usize> =
        names.iter().filter_map(|name| sheet.columns.iter().position(|c| c.name == *name)).collect();
    let rows = sheet.rows.iter().map(|row| at.iter().map(|at| row[*at].clone()).collect()).collect();
    Sheet { columns: at.iter().map(|at| sheet.columns[*at].clone()).collect(), rows }
}

#[test]
fn types_parameters_and_regimes_of_a_run() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let types = run_types(&mut db, sample.first).unwrap();
    check("run_types", &section(&sample, "run first", &types));

    let mut text = String::new();
    for kind in ["ma_crossover", "momentum", "buy_and_hold"] {
        text += &section(&sample, kind, &parameter_sensitivity(&mut db, sample.first, kind).unwrap());
    }
    check("parameter_sensitivity", &text);

    let mut text = String::new();
    for name in ["a", "e", "g"] {
        let regimes = strategy_regimes(&mut db, sample.first, strategy_id(name)).unwrap();
        text += &section(&sample, &format!("{name} in run first"), &regimes);
    }
    check("strategy_regimes", &text);
}

#[test]
fn words_and_parameters_there_are() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let known = known_words(&mut db).unwrap();
    let types = known.strategy_types.join(" | ");
    check("known_words", &format!("types: {types}\nsymbols: {}\n", known.symbols.join(" | ")));
    check("parameter_names", &format!("{}\n", parameter_names(&mut db).unwrap().join(" | ")));
}

#[test]
fn the_view_has_all_columns_of_a_strategy_and_its_run() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let sheet = db.rows("FROM optimization_runs ORDER BY run_name, strategy_id", &[]).unwrap();
    let mut text = String::new();
    // A column per line: there are too many for a table.
    for (at, column) in sheet.columns.iter().enumerate() {
        let cells: Vec<String> = sheet.rows.iter().map(|row| shown(&sample, &row[at])).collect();
        writeln!(text, "{}: {}", column.name, cells.join(" | ")).unwrap();
    }
    check("optimization_runs", &text);
}

#[test]
fn signals_and_labels_of_all_runs() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let mut text = String::new();
    for table in ["signals", "labels"] {
        let sql = format!("SELECT t.* FROM {table} t JOIN runs USING (run_id) ORDER BY name, t.symbol, t");
        text += &section(&sample, table, &db.rows(&sql, &[]).unwrap());
    }
    check("signals_and_labels", &text);
}
