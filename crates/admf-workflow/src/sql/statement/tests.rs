use super::check;
use crate::WorkflowError;

#[test]
fn one_statement_that_reads_passes() {
    for sql in [
        "SELECT 1",
        "select 1;",
        "-- a; comment\nFROM runs; -- and; another",
        "/* nested /* ; */ ; */ (SELECT ';' AS a, \";\" FROM runs)",
        "SELECT 'it''s; fine', E'it\\'s; fine', $$;$$, $tag$ ; $tag$, $1",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "EXPLAIN ANALYZE SELECT 1",
        "EXPLAIN (ANALYZE, FORMAT JSON) SELECT 1",
        "SHOW TABLES",
        "",
    ] {
        check(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

#[test]
fn several_statements_and_those_that_write_are_refused() {
    for (sql, marked) in [
        ("SELECT 1; SELECT 2", "SELECT"),
        ("SELECT ';'; COPY runs TO 'x'", "COPY"),
        ("COPY (SELECT 1) TO 'x.csv'", "COPY"),
        ("/* hidden */ copy runs to 'x'", "copy"),
        ("EXPLAIN ANALYZE COPY runs TO 'x'", "COPY"),
        ("explain (analyze) export database 'x'", "export"),
        ("EXPORT DATABASE 'x'", "EXPORT"),
        ("ATTACH 'x.duckdb'", "ATTACH"),
        ("DELETE FROM runs", "DELETE"),
    ] {
        match check(sql) {
            Err(WorkflowError::Input { snippet, help, .. }) => {
                assert_eq!(&sql[snippet.start..snippet.end], marked, "{sql}");
                assert!(help.is_some());
            }
            other => panic!("{sql} gave {other:?}"),
        }
    }
    let message = check("SELECT 1; SELECT 2; SELECT 3;").unwrap_err().to_string();
    assert!(message.starts_with("there are 3 statements"), "{message}");
}
