//! ADMF's side of the comparisons that `cargo xtask bench --peers` makes with questions: `compare_scans scan FOLDER` makes a
//! workspace of a million strategies in the folder where there is none (`few` instead of `scan`: of a thousand), writes
//! what a scan asks to `statements.json` and a copy of the tables to `copy.duckdb` for the peer, and answers `warm`,
//! `opened` (with opening the tables) and `caught_up` (opening them when a hundred runs are new).

#![allow(clippy::print_stdout, reason = "the harness reads standard output")]
#![allow(clippy::unwrap_used, reason = "a comparison fails by panicking, its helpers too")]

use admf_duckdb::{Backing, Catalogue};
use admf_model::{Cell, RowSink, Sheet};
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError, SqlValue};
use admf_store::queries::{ScanReport, scan};
use million::{RUNS, STRATEGIES, question, write_run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Instant;
use worker::{Outcome, repeated, serve};

#[path = "../benches/catalogue/million.rs"]
mod million;
#[path = "../../../xtask/peers/worker.rs"]
mod worker;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [topic, folder] = arguments.as_slice() else { panic!("usage: compare_scans scan FOLDER") };
    let (runs, new) = match topic.as_str() {
        "scan" => (RUNS, 100),
        "few" => (2, 2),
        _ => panic!("`{topic}` is neither scan nor few"),
    };
    let folder = Path::new(folder);
    let strategies = if runs == RUNS { STRATEGIES } else { 500 };
    let workspace = Workspace::open(folder).unwrap_or_else(|_| make(folder, runs, strategies));
    let mut recorded = Recorded { inner: Catalogue::open(&workspace).unwrap(), statements: Vec::new() };
    scan(&mut recorded, &question()).unwrap();
    let Recorded { inner, statements } = recorded;
    drop(inner);
    fs::write(folder.join("statements.json"), Value::Array(statements).to_string()).unwrap();
    fs::copy(folder.join("analytics.duckdb"), folder.join("copy.duckdb")).unwrap();
    let mut catalogue = Catalogue::open(&workspace).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut times = 0;
    serve(threads, |task| {
        if task == "caught_up" {
            times += 1;
            return Outcome::new(caught_up(&folder.join(format!("new-{times}")), new));
        }
        let (seconds, report) = match task {
            "warm" => repeated(|| (), |()| scan(&mut catalogue, &question()).unwrap()),
            "opened" => {
                repeated(|| (), |()| scan(&mut Catalogue::open(&workspace).unwrap(), &question()).unwrap())
            }
            _ => panic!("`{task}` is neither warm, opened nor caught_up"),
        };
        Outcome { columns: columns(&report), ..Outcome::new(seconds) }
    });
}

fn make(folder: &Path, runs: usize, strategies: usize) -> Workspace {
    let workspace = Workspace::init(folder).unwrap();
    (0..runs).for_each(|run| write_run(&workspace, run, strategies));
    workspace
}

/// How long opening the tables takes when so many runs of 50 strategies have come.
fn caught_up(folder: &Path, new: usize) -> f64 {
    fs::create_dir(folder).unwrap();
    let workspace = make(folder, 1, 50);
    drop(Catalogue::open(&workspace).unwrap());
    (1..=new).for_each(|run| write_run(&workspace, run, 50));
    let start = Instant::now();
    let catalogue = Catalogue::open(&workspace).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(*catalogue.backing(), Backing::File);
    seconds
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
