use super::*;
use admf_model::CellKind::{Integer, Number, Text, Truth};

fn memory() -> Duckdb {
    Duckdb::in_memory(Path::new("/nonexistent/admf-scratch")).unwrap()
}

/// The kind of the only column and its cells.
fn column(sql: &str) -> (CellKind, Vec<Cell>) {
    let sheet = memory().rows(sql, &[]).unwrap();
    assert_eq!(sheet.columns.len(), 1, "{sql}");
    (sheet.columns[0].kind, sheet.rows.into_iter().map(|mut row| row.remove(0)).collect())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn every_type_has_a_cell() {
    let cases: &[(&str, CellKind, Cell)] = &[
        ("true", Truth, Cell::Truth(true)),
        ("127::TINYINT", Integer, Cell::Integer(127)),
        ("(-9223372036854775808)::BIGINT", Integer, Cell::Integer(i64::MIN)),
        ("4294967295::UINTEGER", Integer, Cell::Integer(4_294_967_295)),
        ("7::UBIGINT", Integer, Cell::Integer(7)),
        ("sum(x) FROM range(4) AS r(x)", Integer, Cell::Integer(6)),
        ("1.5::FLOAT", Number, Cell::Number(1.5)),
        ("0.1::DOUBLE", Number, Cell::Number(0.1)),
        ("0.1", Number, Cell::Number(0.1)),
        ("-123.456::DECIMAL(18, 3)", Number, Cell::Number(-123.456)),
        ("12::DECIMAL(9, 0)", Integer, Cell::Integer(12)),
        ("'nan'::DOUBLE", Number, Cell::Null),
        ("'infinity'::DOUBLE", Number, Cell::Null),
        ("'Ünïcode'", Text, text("Ünïcode")),
        ("'{\"fast\": 5}'::JSON", Text, text("{\"fast\": 5}")),
        ("DATE '2000-03-01'", Text, text("2000-03-01")),
        ("DATE '1969-12-31'", Text, text("1969-12-31")),
        ("TIMESTAMP '2000-03-01 00:00:00'", Text, text("2000-03-01")),
        ("TIMESTAMP '2000-03-01 14:30:00.5'", Text, text("2000-03-01T14:30:00.5Z")),
        ("TIMESTAMP_NS '2000-03-01 14:30:00.123456789'", Text, text("2000-03-01T14:30:00.123456Z")),
        ("TIMESTAMP_S '2000-03-01 14:30:00'", Text, text("2000-03-01T14:30:00Z")),
        ("TIMESTAMPTZ '2000-03-01 14:30:00+02'", Text, text("2000-03-01T12:30:00Z")),
        ("TIME '14:30:00'", Text, text("14:30:00")),
        ("'UP'::ENUM('UP', 'DOWN')", Text, text("UP")),
        ("'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID", Text, text("6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
        ("['a\"b', NULL, 'c']", Text, text("[\"a\\\"b\",null,\"c\"]")),
        ("[1, 2]::BIGINT[]", Text, text("[1,2]")),
        ("[0.5, 1.0]::DOUBLE[2]", Text, text("[0.5,1.0]")),
        ("[[true], []]", Text, text("[[true],[]]")),
        ("{'a': 1, 'b': DATE '2000-03-01'}", Text, text("{\"a\":1,\"b\":\"2000-03-01\"}")),
        ("MAP {'UP': 1}", Text, text("[{\"key\":\"UP\",\"value\":1}]")),
        ("NULL", Integer, Cell::Null),
        ("NULL::DOUBLE", Number, Cell::Null),
        ("NULL::VARCHAR[]", Text, Cell::Null),
        ("NULL::TIMESTAMP", Text, Cell::Null),
    ];
    for (expression, kind, cell) in cases {
        let sql = format!("SELECT {expression}");
        assert_eq!(column(&sql), (*kind, vec![cell.clone()]), "{sql}");
    }
}

#[test]
fn no_digit_of_a_wide_whole_number_is_lost() {
    let sql =
        "SELECT x FROM (VALUES (1::HUGEINT), (NULL), (170141183460469231731687303715884105727)) AS t(x)";
    assert_eq!(
        column(sql),
        (Text, vec![text("1"), Cell::Null, text("170141183460469231731687303715884105727")])
    );
    let sql = "SELECT 18446744073709551615::UBIGINT";
    assert_eq!(column(sql), (Text, vec![text("18446744073709551615")]));
}

#[test]
fn rows_of_many_batches_keep_their_order() {
    let (kind, cells) = column("SELECT x FROM range(10000) AS r(x) ORDER BY x");
    assert_eq!(kind, Integer);
    assert_eq!(cells.len(), 10_000);
    assert!(cells.iter().enumerate().all(|(at, cell)| *cell == Cell::Integer(at as i64)));
}

#[test]
fn an_answer_without_rows_has_its_columns() {
    let sheet = memory().rows("SELECT 1.5::DOUBLE AS sharpe, 'x' AS symbol WHERE false", &[]).unwrap();
    assert_eq!(sheet, Sheet::new([("sharpe", Number), ("symbol", Text)]));
}

#[test]
fn arguments_are_bound_by_their_numbers() {
    let arguments = [
        SqlValue::Integer(7),
        SqlValue::Number(0.5),
        SqlValue::Text("it's".to_owned()),
        SqlValue::Truth(true),
        SqlValue::Null,
    ];
    let sql = "SELECT $5::DOUBLE AS e, $4 AS d, $3 AS c, $2 AS b, $1 AS a";
    let sheet = memory().rows(sql, &arguments).unwrap();
    let expected = vec![Cell::Null, Cell::Truth(true), text("it's"), Cell::Number(0.5), Cell::Integer(7)];
    assert_eq!(sheet.rows, [expected]);
}

#[test]
fn changes_are_counted() {
    let mut db = memory();
    db.execute_script("CREATE TABLE t (x BIGINT); INSERT INTO t VALUES (1), (2), (3);").unwrap();
    assert_eq!(db.execute("DELETE FROM t WHERE x > $1", &[SqlValue::Integer(1)]), Ok(2));
}

#[test]
fn an_error_names_the_statement_and_the_reason() {
    let error = memory().rows("-- The best.\nSELECT sharp\nFROM range(3)", &[]).unwrap_err();
    assert_eq!(error.doing, "SELECT sharp");
    assert!(error.reason.contains("Binder Error") && error.reason.contains("sharp"), "{error}");
    let error = memory().rows("SELECT 'x'::DOUBLE", &[]).unwrap_err();
    assert!(error.reason.contains("Conversion Error"), "{error}");
    let error = memory().rows("SELECT $1", &[]).unwrap_err();
    assert_eq!(error.doing, "SELECT $1");
}

#[test]
fn an_error_in_the_middle_of_an_answer_is_an_error() {
    let sql = "SELECT CASE WHEN x = 9000 THEN error('no') ELSE x END FROM range(10000) AS r(x)";
    assert!(memory().rows(sql, &[]).unwrap_err().reason.contains("no"));
}

#[test]
fn nothing_is_fetched_and_nothing_of_home_is_used() {
    let mut db = memory();
    let setting = "SELECT value FROM duckdb_settings() WHERE name = $1";
    for (name, expected) in [
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("allow_persistent_secrets", "false"),
    ] {
        let sheet = db.rows(setting, &[name.into()]).unwrap();
        assert_eq!(sheet.rows, [[text(expected)]], "{name}");
    }
    assert!(db.rows("LOAD httpfs", &[]).is_err());
}

#[test]
fn a_file_opened_for_reading_cannot_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (file, scratch) = (folder.path().join("a.duckdb"), folder.path().join("scratch"));
    let mut db = Duckdb::open(&file, Access::Write, &scratch).unwrap();
    db.execute_script("CREATE TABLE t AS SELECT 1 AS x").unwrap();
    drop(db);
    let mut db = Duckdb::open(&file, Access::Read, &scratch).unwrap();
    assert_eq!(db.rows("SELECT x FROM t", &[]).unwrap().rows, [[Cell::Integer(1)]]);
    assert!(db.execute("DELETE FROM t", &[]).unwrap_err().reason.contains("read-only"));
    assert!(Duckdb::open(&folder.path().join("missing.duckdb"), Access::Read, &scratch).is_err());
}

#[test]
fn what_does_not_fit_into_memory_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let scratch = folder.path().join("scratch");
    let mut db = Duckdb::in_memory(&scratch).unwrap();
    db.execute_script("SET memory_limit = '20MB'").unwrap();
    db.execute_script("CREATE TABLE t AS SELECT x, hash(x)::VARCHAR AS y FROM range(1000000) AS r(x)")
        .unwrap();
    assert!(scratch.is_dir(), "nothing was spilled");
    assert_eq!(db.rows("SELECT count(*) FROM t", &[]).unwrap().rows, [[Cell::Integer(1_000_000)]]);
    drop(db);
    assert!(!scratch.exists());
}
