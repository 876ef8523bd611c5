use super::{SAME_TRADES, scan_distinct};
use crate::database::{Database, DatabaseError, SqlValue};
use crate::queries::ScanRequest;
use admf_model::{Cell, CellKind, RowSink, Sheet};

/// Answers every question with the first of these rows, and counts the questions.
struct Fake {
    rows: Vec<(&'static str, f64, f64)>,
    asked: Vec<i64>,
}

impl Database for Fake {
    fn execute(&mut self, _: &str, _: &[SqlValue]) -> Result<u64, DatabaseError> {
        Ok(0)
    }

    fn rows(&mut self, _: &str, arguments: &[SqlValue]) -> Result<Sheet, DatabaseError> {
        let Some(SqlValue::Integer(limit)) = arguments.last() else { panic!("a limit comes last") };
        self.asked.push(*limit);
        let names = ["run_id", "symbol", "sharpe_ratio", "total_return", "max_drawdown", "total_trades"];
        let columns = names.iter().map(|name| (*name, CellKind::Number));
        let counts = [("results", CellKind::Integer), ("matching", CellKind::Integer)];
        let mut sheet = Sheet::new(columns.chain(counts));
        for (symbol, sharpe, total) in self.rows.iter().take(usize::try_from(*limit).unwrap()) {
            let sharpe = if sharpe.is_nan() { Cell::Null } else { Cell::Number(*sharpe) };
            let matching = Cell::from(self.rows.len());
            let (draw, trades, results) = (0.5.into(), 7.0.into(), Cell::Integer(1));
            sheet.push(vec![
                "r".into(),
                (*symbol).into(),
                sharpe,
                (*total).into(),
                draw,
                trades,
                results,
                matching,
            ]);
        }
        Ok(sheet)
    }

    fn stream(&mut self, _: &str, _: &[SqlValue], _: &mut dyn RowSink) -> Result<(), DatabaseError> {
        Ok(())
    }
}

/// Sharpe ratio and number of others of each row shown, and how many rows were asked for.
fn shown(rows: Vec<(&'static str, f64, f64)>, limit: u32) -> (Vec<(Cell, i64)>, Vec<i64>) {
    let total = rows.len() as u64;
    let mut fake = Fake { rows, asked: Vec::new() };
    let report = scan_distinct(&mut fake, &ScanRequest::by_sharpe(limit)).unwrap();
    assert_eq!(report.matching, total);
    assert_eq!(report.sheet.columns.last().unwrap().name, SAME_TRADES);
    let row = |row: &Vec<Cell>| {
        let Some(Cell::Integer(others)) = row.last() else { panic!("{row:?}") };
        (row[2].clone(), *others)
    };
    (report.sheet.rows.iter().map(row).collect(), fake.asked)
}

#[test]
fn those_with_the_same_trades_are_shown_once() {
    let rows = vec![
        ("A", 2.0, 1.0),
        ("A", 2.0, 1.0),
        ("B", 2.0, 1.0),
        ("A", 2.0, 1.0 + f64::EPSILON),
        ("A", 1.0, 0.5),
    ];
    let (found, _) = shown(rows, 10);
    let number = Cell::Number;
    assert_eq!(found, [(number(2.0), 1), (number(2.0), 0), (number(2.0), 0), (number(1.0), 0)]);
}

#[test]
fn without_a_sharpe_ratio_they_stay_apart() {
    let (found, _) = shown(vec![("A", f64::NAN, 0.0), ("A", f64::NAN, 0.0)], 10);
    assert_eq!(found, [(Cell::Null, 0), (Cell::Null, 0)]);
}

#[test]
fn more_is_asked_for_until_all_that_are_shown_are_counted() {
    let mut rows = vec![("A", 3.0, 1.0); 100];
    rows.extend((0..50).map(|n| ("A", 2.0 - f64::from(n) / 100.0, 0.0)));
    let (found, asked) = shown(rows, 2);
    assert_eq!(found, [(Cell::Number(3.0), 99), (Cell::Number(2.0), 0)]);
    // 16 and 128 rows: the first hold but one strategy, of the second the last is worse than the second shown.
    assert_eq!(asked, [16, 128]);
}
