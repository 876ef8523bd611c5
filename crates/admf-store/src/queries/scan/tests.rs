use super::{ScanRequest, Sort, SortOrder, scan};
use crate::database::{Database, DatabaseError, SqlValue};
use crate::queries::QueryError;
use crate::tables::optimization_runs;
use admf_model::{Cell, CellKind, Comparison, Filter, METRICS, RowSink, RunId, Sheet};

/// Remembers the last statement and answers with one parameter name or one strategy.
#[derive(Default)]
struct Recorder {
    sql: String,
    arguments: Vec<SqlValue>,
}

impl Database for Recorder {
    fn stream(&mut self, _: &str, _: &[SqlValue], _: &mut dyn RowSink) -> Result<(), DatabaseError> {
        unreachable!("a limited scan is not streamed")
    }

    fn execute(&mut self, sql: &str, _: &[SqlValue]) -> Result<u64, DatabaseError> {
        panic!("a question changes nothing: {sql}");
    }

    fn rows(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<Sheet, DatabaseError> {
        (self.sql, self.arguments) = (sql.to_owned(), arguments.to_vec());
        let columns = ["results", "matching"].map(|name| (name, CellKind::Integer));
        let mut sheet = Sheet::new([("parameter_name", CellKind::Text)].into_iter().chain(columns));
        sheet.push(vec!["fast".into(), Cell::Integer(2), Cell::Integer(3120)]);
        Ok(sheet)
    }
}

fn request() -> ScanRequest {
    ScanRequest::by_sharpe(50)
}

#[test]
fn every_condition_has_its_own_argument() {
    let mut db = Recorder::default();
    let run = RunId::of(&[b"run"]);
    let report = scan(
        &mut db,
        &ScanRequest {
            min_sharpe: Some(1.0),
            max_drawdown: Some(0.2),
            min_trades: Some(3),
            min_win_rate: Some(0.4),
            min_return: Some(0.5),
            min_deflated: Some(0.6),
            strategy_types: vec!["momentum".to_owned(), "ma_crossover".to_owned()],
            symbols: vec!["BRK,B".to_owned()],
            run: Some(run),
            market_regime: Some("UP".to_owned()),
            volatility_regime: Some("LOW".to_owned()),
            ..request()
        },
    )
    .unwrap();
    let text = |t: &str| SqlValue::Text(t.to_owned());
    let expected = [
        SqlValue::Number(1.0),
        SqlValue::Number(0.2),
        SqlValue::Integer(3),
        SqlValue::Number(0.4),
        SqlValue::Number(0.5),
        SqlValue::Number(0.6),
        text("\u{1f}momentum\u{1f}ma_crossover\u{1f}"),
        text("\u{1f}BRK,B\u{1f}"),
        text(&run.to_string()),
        text("UP"),
        text("LOW"),
        SqlValue::Integer(50),
    ];
    assert_eq!(db.arguments, expected);
    for argument in 1..=expected.len() {
        assert!(db.sql.contains(&format!("${argument} ")), "${argument} is not used");
    }
    assert_eq!(report.matching, 3120);
    assert_eq!(report.older, 1, "of two results one is shown");
    assert_eq!(report.sheet.columns.len(), 1, "counts are no columns of the result");
    assert!(db.sql.contains("FROM optimization_runs\n    WHERE TRUE\n"), "one run is shown in full");
    scan(&mut db, &request()).unwrap();
    assert!(db.arguments[..11].iter().all(|argument| *argument == SqlValue::Null));
    assert!(db.sql.contains("WHERE is_newest\n"), "repeated results are left out");
    scan(&mut db, &ScanRequest { all_runs: true, ..request() }).unwrap();
    assert!(!db.sql.contains("is_newest"), "all results are asked for");
}

#[test]
fn every_metric_can_be_sorted_by_and_is_shown_once() {
    let mut db = Recorder::default();
    for metric in &METRICS {
        let sort = Sort::by(metric.name, SortOrder::Ascending).unwrap();
        scan(&mut db, &ScanRequest { sort, ..request() }).unwrap();
        assert!(db.sql.contains(&format!("    {} ASC NULLS LAST,\n", metric.name)));
        let shown = db.sql.lines().filter(|line| line.trim() == format!("{},", metric.name)).count();
        assert_eq!(shown, 1, "{}", metric.name);
        assert!(!db.sql.contains('{'), "{}", db.sql);
    }
}

#[test]
fn columns_of_the_statement_are_columns_of_the_view() {
    let list = super::SQL.lines().map(str::trim).skip_while(|line| *line != "SELECT").skip(1);
    let names = list.take_while(|line| !line.starts_with("FROM")).map(|line| line.trim_end_matches(','));
    let names: Vec<&str> = names.filter(|name| !name.starts_with('{')).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        assert!(optimization_runs::columns().iter().any(|column| column.name == name), "{name}");
    }
}

#[test]
fn a_filter_is_checked_against_the_stored_parameters() {
    let mut db = Recorder::default();
    let filter = |name: &str| {
        let filter = Filter::Parameter { name: name.to_owned(), comparison: Comparison::Less, value: 20.0 };
        ScanRequest { filter: Some(filter), ..request() }
    };
    scan(&mut db, &filter("fast")).unwrap();
    assert!(db.sql.contains("AND CAST((parameters ->> 'fast') AS DOUBLE PRECISION) < 2e1\n"), "{}", db.sql);
    let error = scan(&mut db, &filter("slow")).unwrap_err();
    assert!(matches!(error, QueryError::Filter(_)), "{error}");
}

#[test]
fn an_unknown_metric_is_refused_with_the_nearest() {
    let error = Sort::by("sharpe", SortOrder::Descending).unwrap_err().to_string();
    assert!(error.starts_with("cannot sort by `sharpe`: metrics are total_return, "), "{error}");
    let error = Sort::by("calmar_ration", SortOrder::Descending).unwrap_err().to_string();
    assert!(error.starts_with("cannot sort by `calmar_ration`, did you mean `calmar_ratio`: "), "{error}");
}
