//! The questions, one test per query.

use crate::sample::{Sample, strategy_id};
use admf_duckdb::Catalogue;
use admf_model::{Cell, Comparison, Filter, FilterValue, METRICS, Sheet};
use admf_store::database::Database;
use admf_store::queries::{
    ScanRequest, Sort, SortOrder, known_words, parameter_names, parameter_sensitivity, run_types, scan,
    strategy_regimes,
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
    ScanRequest::by_sharpe(50)
}

#[test]
fn scan_without_conditions_shows_all_the_best_first() {
    let sample = Sample::new();
    let mut db = Catalogue::open(&sample.workspace).unwrap();
    let mut text = String::new();
    for (heading, limit) in [("everything", 50), ("the first three", 3)] {
        let found = scan(&mut db, &ScanRequest { limit, ..request() }).unwrap();
        text += &section(&sample, heading, &found.sheet);
        writeln!(text, "matching {}, trials {:?}\n", found.matching, found.trials).unwrap();
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
