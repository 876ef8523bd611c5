//! ADMF's side of the comparisons that `cargo xtask bench --peers` makes with questions: `compare_scans scan FOLDER` makes a
//! workspace of a million strategies in the folder where there is none, writes what a scan asks to `statements.json`
//! and a copy of the tables to `copy.duckdb` for the peer, and answers `warm` and `opened` (with opening the tables).

#![allow(clippy::print_stdout, reason = "the harness reads standard output")]
#![allow(clippy::unwrap_used, reason = "a comparison fails by panicking, its helpers too")]

use admf_duckdb::Catalogue;
use admf_model::{Cell, RowSink, Sheet};
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError, SqlValue};
use admf_store::queries::{ScanReport, scan};
use million::{RUNS, STRATEGIES, question, write_run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use worker::{Outcome, repeated, serve};

#[path = "../benches/catalogue/million.rs"]
mod million;
#[path = "../../../xtask/peers/worker.rs"]
mod worker;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [topic, folder] = arguments.as_slice() else { panic!("usage: compare_scans scan FOLDER") };
    assert_eq!(topic, "scan", "there is no other topic");
    let folder = Path::new(folder);
    let workspace = Workspace::open(folder).unwrap_or_else(|_| make(folder));
    let mut recorded = Recorded { inner: Catalogue::open(&workspace).unwrap(), statements: Vec::new() };
    scan(&mut recorded, &question()).unwrap();
    let Recorded { inner, statements } = recorded;
    drop(inner);
    fs::write(folder.join("statements.json"), Value::Array(statements).to_string()).unwrap();
    fs::copy(folder.join("analytics.duckdb"), folder.join("copy.duckdb")).unwrap();
    let mut catalogue = Catalogue::open(&workspace).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    serve(threads, |task| {
        let (seconds, report) = match task {
            "warm" => repeated(|| (), |()| scan(&mut catalogue, &question()).unwrap()),
            "opened" => {
                repeated(|| (), |()| scan(&mut Catalogue::open(&workspace).unwrap(), &question()).unwrap())
            }
            _ => panic!("`{task}` is neither warm nor opened"),
        };
        Outcome { columns: columns(&report), ..Outcome::new(seconds) }
    });
}

fn make(folder: &Path) -> Workspace {
    let workspace = Workspace::init(folder).unwrap();
    (0..RUNS).for_each(|run| write_run(&workspace, run, STRATEGIES));
    workspace
}

/// Decimal numbers of the rows; how many there are says the length.
fn columns(report: &ScanReport) -> Vec<(&'static str, Vec<f64>)> {
    let column = |name: &str| {
        let at = report.sheet.columns.iter().position(|column| column.name == name).unwrap();
        let number = |row: &Vec<Cell>| match row[at] {
            Cell::Number(value) => value,
            _ => f64::NAN,
        };
        report.sheet.rows.iter().map(number).collect()
    };
    ["sharpe_ratio", "total_return", "max_drawdown"].map(|name| (name, column(name))).into()
}

/// A database that remembers what it was asked.
struct Recorded {
    inner: Catalogue,
    statements: Vec<Value>,
}

impl Database for Recorded {
    fn execute(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<u64, DatabaseError> {
        self.inner.execute(sql, arguments)
    }

    fn rows(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<Sheet, DatabaseError> {
        let value = |argument: &SqlValue| match argument {
            SqlValue::Null => Value::Null,
            SqlValue::Integer(value) => json!(value),
            SqlValue::Number(value) => json!(value),
            SqlValue::Text(value) => json!(value),
            SqlValue::Truth(value) => json!(value),
        };
        let values: Vec<Value> = arguments.iter().map(value).collect();
        self.statements.push(json!([sql, values]));
        self.inner.rows(sql, arguments)
    }

    fn stream(
        &mut self,
        sql: &str,
        arguments: &[SqlValue],
        sink: &mut dyn RowSink,
    ) -> Result<(), DatabaseError> {
        self.inner.stream(sql, arguments, sink)
    }
}
