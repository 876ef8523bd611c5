use super::*;
use admf_model::Cell;
use admf_store::tables;
use std::fs;
use std::io::Write;
use std::path::Path;

pub(crate) mod fixture;

/// Everything that the tables and views show, in an order of its own.
fn everything(db: &mut impl Database) -> Vec<(String, Sheet)> {
    let mut names: Vec<&str> = tables::database().iter().map(|table| table.name).collect();
    names.push("optimization_runs");
    names
        .iter()
        .map(|name| ((*name).to_owned(), db.rows(&format!("FROM {name} ORDER BY ALL"), &[]).unwrap()))
        .collect()
}

fn count(db: &mut impl Database, table: &str) -> i64 {
    let sheet = db.rows(&format!("SELECT count(*) FROM {table}"), &[]).unwrap();
    let Cell::Integer(n) = sheet.rows[0][0] else { panic!("a count is a whole number") };
    n
}

fn open(workspace: &Workspace) -> Catalogue {
    let catalogue = Catalogue::open(workspace).unwrap();
    assert_eq!(*catalogue.backing(), Backing::File);
    catalogue
}

fn in_memory(workspace: &Workspace) -> Duckdb {
    memory::open(workspace, &finished(workspace).unwrap().runs).unwrap().0
}

#[test]
fn an_empty_workspace_has_empty_tables() {
    let (_folder, workspace) = fixture::workspace();
    for (name, sheet) in everything(&mut open(&workspace)) {
        assert!(sheet.rows.is_empty() && !sheet.columns.is_empty(), "{name}");
    }
    assert_eq!(everything(&mut open(&workspace)), everything(&mut in_memory(&workspace)));
}

#[test]
fn runs_are_added_when_they_finish_and_dropped_when_they_are_removed() {
    let (_folder, workspace) = fixture::workspace();
    let first = fixture::run(&workspace, "first", 0, 3);
    assert_eq!(count(&mut open(&workspace), "strategies"), 3);
    fixture::run(&workspace, "second", 1, 4);
    let mut catalogue = open(&workspace);
    assert_eq!(count(&mut catalogue, "strategies"), 7);
    assert_eq!(count(&mut catalogue, "trades"), 7);
    assert_eq!(count(&mut catalogue, "runs"), 2);
    drop(catalogue);
    run::remove(&workspace, first).unwrap();
    let mut catalogue = open(&workspace);
    for (table, rows) in
        [("strategies", 4), ("trades", 4), ("regime_performance", 4), ("classifiers", 1), ("runs", 1)]
    {
        assert_eq!(count(&mut catalogue, table), rows, "{table}");
    }
}

#[test]
fn a_run_that_repeats_a_removed_one_replaces_it() {
    let (_folder, workspace) = fixture::workspace();
    let first = fixture::run(&workspace, "first", 0, 3);
    drop(open(&workspace));
    run::remove(&workspace, first).unwrap();
    assert_eq!(fixture::run(&workspace, "first", 60, 3), first);
    let sheet = open(&workspace).rows("SELECT DISTINCT created_at FROM strategies", &[]).unwrap();
    assert_eq!(sheet.rows, [[Cell::from("2024-01-01T00:01:00Z")]]);
}

#[test]
fn file_and_memory_show_the_same() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 3);
    fixture::run(&workspace, "second", 1, 6);
    let from_file = everything(&mut open(&workspace));
    assert_eq!(from_file, everything(&mut in_memory(&workspace)));
    assert!(from_file.iter().all(|(name, sheet)| !sheet.rows.is_empty() || name == "parameter_analysis"));
}

/// How many signals and labels each run has.
fn per_type(db: &mut impl Database) -> [Vec<Vec<Cell>>; 2] {
    ["signals", "Labels"].map(|table| {
        let sql = format!("SELECT run_id, count(*) FROM {table} GROUP BY run_id ORDER BY run_id");
        db.rows(&sql, &[]).unwrap().rows
    })
}

#[test]
fn signals_and_labels_are_views_over_the_files_of_all_runs() {
    let (_folder, workspace) = fixture::workspace();
    assert!(per_type(&mut open(&workspace)).iter().all(Vec::is_empty));
    let first = fixture::run(&workspace, "first", 0, 3);
    let mut held = open(&workspace);
    let counts = |runs: &[(RunId, i64)]| {
        let mut runs = runs.to_vec();
        runs.sort_by_key(|(run, _)| run.to_string());
        runs.into_iter().map(|(run, n)| vec![run.to_string().into(), n.into()]).collect::<Vec<Vec<Cell>>>()
    };
    assert_eq!(per_type(&mut held), [counts(&[(first, 3)]), counts(&[(first, 2)])]);
    let sheet = held.rows("FROM signals LIMIT 1", &[]).unwrap();
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["strategy_id", "symbol", "ts", "bar", "signal", "confidence", "run_id"]);

    // Who holds the file keeps others from adding a run: they see it through the other backing.
    let second = fixture::run(&workspace, "second", 1, 4);
    let mut memory = Catalogue::open(&workspace).unwrap();
    assert!(matches!(memory.backing(), Backing::Memory { .. }));
    let expected = [counts(&[(first, 3), (second, 4)]), counts(&[(first, 2), (second, 2)])];
    assert_eq!(per_type(&mut memory), expected);
    drop((held, memory));
    assert_eq!(per_type(&mut open(&workspace)), expected);
    run::remove(&workspace, first).unwrap();
    assert_eq!(per_type(&mut open(&workspace)), [counts(&[(second, 4)]), counts(&[(second, 2)])]);
}

#[test]
fn signals_join_with_strategies_and_are_listed() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 3);
    let mut catalogue = open(&workspace);
    let tables = catalogue.rows("SHOW TABLES", &[]).unwrap();
    for name in ["signals", "labels"] {
        assert!(tables.rows.contains(&vec![name.into()]), "{tables:?}");
    }
    let sql = "SELECT count(*) FROM SIGNALS JOIN strategies USING (run_id, strategy_id)";
    assert_eq!(catalogue.rows(sql, &[]).unwrap().rows, [[Cell::Integer(3)]]);
}

#[test]
fn columns_that_a_file_of_signals_lacks_are_null() {
    let (_folder, workspace) = fixture::workspace();
    let old = fixture::run(&workspace, "old", 0, 2);
    fixture::run(&workspace, "current", 1, 3);
    rewrite(
        &workspace.run(old).join("signals").join("momentum.parquet"),
        "* EXCLUDE (bar), 7 AS no_longer_known",
    );
    let mut catalogue = open(&workspace);
    assert_eq!(count(&mut catalogue, "signals"), 5);
    assert_eq!(count(&mut catalogue, "signals WHERE bar IS NULL"), 1);
}

#[test]
fn a_damaged_file_of_signals_is_named_and_hides_no_other_file() {
    let (_folder, workspace) = fixture::workspace();
    let run = fixture::run(&workspace, "first", 0, 2);
    fixture::run(&workspace, "second", 1, 3);
    fs::write(workspace.run(run).join("signals").join("momentum.parquet"), "not Parquet").unwrap();
    let mut catalogue = open(&workspace);
    assert!(catalogue.left_out().is_empty());
    assert_eq!(count(&mut catalogue, "signals"), 4);
    let [left_out] = catalogue.left_out() else { panic!("{:?}", catalogue.left_out()) };
    assert!(left_out.run_id == run && left_out.reason.contains("momentum.parquet"), "{left_out:?}");
    assert_eq!(count(&mut catalogue, "strategies"), 5);
}

#[test]
fn a_damaged_run_does_not_make_readers_writers() {
    let (_folder, workspace) = fixture::workspace();
    let run = fixture::run(&workspace, "first", 0, 2);
    fixture::run(&workspace, "second", 1, 3);
    fs::write(workspace.run(run).join("trades.parquet"), "").unwrap();
    drop(open(&workspace));
    // One of two writers would have to wait for the other.
    let (first, second) = (open(&workspace), open(&workspace));
    for catalogue in [first, second] {
        assert_eq!(catalogue.left_out()[0].reason, "trades.parquet is empty");
    }
}

#[test]
fn a_damaged_block_is_told_and_made_anew() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    drop(open(&workspace));
    let whole = fs::read(workspace.database()).unwrap();
    // DuckDB's file begins with three headers of 4 KiB; blocks of data follow.
    let mut broken = whole.clone();
    broken[3 * 4096..].iter_mut().for_each(|byte| *byte ^= 0x55);
    fs::write(workspace.database(), broken).unwrap();
    let mut catalogue = Catalogue::open(&workspace).unwrap();
    if let Err(error) = catalogue.read_all() {
        assert!(
            error.brief().contains("analytics.duckdb is damaged; it has been removed: ask again"),
            "{error}"
        );
    }
    drop(catalogue);
    let mut catalogue = open(&workspace);
    catalogue.read_all().unwrap();
    assert_eq!(count(&mut catalogue, "strategies"), 2);
}

#[test]
fn wall_clock_columns_come_from_the_metadata() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 1);
    let sql = "SELECT created_at, processed_at, deflated_sharpe, symbols, trials FROM strategies JOIN runs USING (run_id, created_at)";
    let sheet = open(&workspace).rows(sql, &[]).unwrap();
    let symbols = Cell::from("[\"SPX\",\"it's \\\"DAX\\\"\"]");
    let expected = [
        Cell::from("2024-01-01"),
        Cell::from("2024-01-01T00:00:01.5Z"),
        Cell::Number(0.0),
        symbols,
        Cell::Integer(7),
    ];
    assert_eq!(sheet.rows, [expected]);
}

#[test]
fn json_is_json_in_both() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    let sql = "SELECT CAST(parameters ->> 'fast' AS DOUBLE) AS fast FROM strategies WHERE parameters ->> 'slow' = $1 ORDER BY fast";
    let expected = [[Cell::Number(2.0)], [Cell::Number(3.0)]];
    assert_eq!(open(&workspace).rows(sql, &["50".into()]).unwrap().rows, expected);
    assert_eq!(in_memory(&workspace).rows(sql, &["50".into()]).unwrap().rows, expected);
}

/// Rewrites the strategies of a run as another version of ADMF might have written them.
fn rewrite_strategies(workspace: &Workspace, run: RunId, select: &str) {
    rewrite(&workspace.run(run).join("strategies.parquet"), select);
}

fn rewrite(file: &Path, select: &str) {
    let new = file.with_extension("new");
    let mut db = Duckdb::in_memory("/nonexistent/admf-scratch".as_ref()).unwrap();
    let sql =
        format!("COPY (SELECT {select} FROM '{}') TO '{}' (FORMAT parquet)", file.display(), new.display());
    db.execute_script(&sql).unwrap();
    fs::rename(new, file).unwrap();
}

#[test]
fn columns_that_came_and_went_since_a_run_was_stored_hide_nothing() {
    let (_folder, workspace) = fixture::workspace();
    let old = fixture::run(&workspace, "old", 0, 2);
    fixture::run(&workspace, "current", 1, 3);
    rewrite_strategies(&workspace, old, "trial_id, * EXCLUDE (sharpe_ratio, trial_id), 7 AS no_longer_known");
    let mut catalogue = open(&workspace);
    assert!(catalogue.left_out().is_empty(), "{:?}", catalogue.left_out());
    assert_eq!(count(&mut catalogue, "strategies"), 5);
    assert_eq!(count(&mut catalogue, "strategies WHERE sharpe_ratio IS NOT NULL"), 3);
    assert_eq!(count(&mut catalogue, "strategies WHERE net_sharpe IS NOT NULL"), 5);
    assert_eq!(everything(&mut catalogue), everything(&mut in_memory(&workspace)));
}

#[test]
fn a_workspace_whose_name_is_a_pattern_reads_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let workspaces =
        ["a*", "a?", "a[b]", "ab"].map(|name| Workspace::init(&folder.path().join(name)).unwrap());
    for workspace in &workspaces {
        fixture::run(workspace, "first", 0, 2);
    }
    for workspace in &workspaces {
        // DuckDB cannot write its log below a folder with a question mark; the Parquet files answer there.
        assert_eq!(
            count(&mut Catalogue::open(workspace).unwrap(), "strategies"),
            2,
            "{}",
            workspace.root().display()
        );
        assert_eq!(count(&mut in_memory(workspace), "strategies"), 2, "{}", workspace.root().display());
        assert_eq!(count(&mut Catalogue::open(workspace).unwrap(), "signals"), 2);
    }
}

#[test]
fn a_file_of_another_schema_is_made_anew() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    drop(open(&workspace));
    let mut db = Duckdb::open(&workspace.database(), crate::Access::Write, &scratch(&workspace)).unwrap();
    db.execute_script(
        "UPDATE schema_version SET version = 'older'; DROP TABLE trades; CREATE TABLE old (x INT);",
    )
    .unwrap();
    drop(db);
    let mut catalogue = open(&workspace);
    assert_eq!(count(&mut catalogue, "trades"), 2);
    assert!(catalogue.rows("FROM old", &[]).is_err());
}

#[test]
fn a_damaged_file_is_made_anew() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    drop(open(&workspace));
    let whole = fs::read(workspace.database()).unwrap();
    let mut broken = whole.clone();
    broken[..64].fill(7);
    for contents in [&b""[..], b"not a database", &whole[..whole.len() / 3], &broken] {
        fs::write(workspace.database(), contents).unwrap();
        assert_eq!(count(&mut open(&workspace), "strategies"), 2, "{} bytes", contents.len());
    }
}

#[test]
fn a_damaged_run_is_left_out_and_does_not_hide_the_others() {
    let (_folder, workspace) = fixture::workspace();
    let damaged = fixture::run(&workspace, "first", 0, 2);
    fixture::run(&workspace, "second", 1, 3);
    fs::write(workspace.run(damaged).join("trades.parquet"), "not Parquet").unwrap();
    for _ in 0..2 {
        let mut catalogue = open(&workspace);
        assert_eq!(count(&mut catalogue, "strategies"), 3);
        assert_eq!(catalogue.left_out().iter().map(|out| out.run_id).collect::<Vec<_>>(), [damaged]);
        assert!(catalogue.left_out()[0].reason.contains("trades.parquet"), "{:?}", catalogue.left_out());
    }
    let (mut memory, left_out) = memory::open(&workspace, &finished(&workspace).unwrap().runs).unwrap();
    assert_eq!(left_out.iter().map(|out| out.run_id).collect::<Vec<_>>(), [damaged]);
    assert_eq!(everything(&mut memory), everything(&mut open(&workspace)));
}

#[test]
fn damaged_metadata_is_left_out_too() {
    let (_folder, workspace) = fixture::workspace();
    let damaged = fixture::run(&workspace, "first", 0, 2);
    fixture::run(&workspace, "second", 1, 3);
    fs::write(workspace.run(damaged).join("metadata.json"), "{").unwrap();
    let mut catalogue = open(&workspace);
    assert_eq!(count(&mut catalogue, "strategies"), 3);
    assert_eq!(catalogue.left_out()[0].run_id, damaged);
}

#[test]
fn several_may_read_at_a_time() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    let mut first = open(&workspace);
    let mut second = open(&workspace);
    assert_eq!(everything(&mut first), everything(&mut second));
}

#[test]
fn threads_that_open_at_once_all_get_the_same_answers() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 5);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..6).map(|_| scope.spawn(|| everything(&mut Catalogue::open(&workspace).unwrap()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(answers[0][1].1.rows.len(), 5);
}

#[test]
fn while_a_reader_holds_on_a_new_run_is_shown_from_its_files() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    let held = open(&workspace);
    fixture::run(&workspace, "second", 1, 3);
    let mut catalogue = Catalogue::open(&workspace).unwrap();
    let Backing::Memory { reason } = catalogue.backing() else { panic!("the file is held") };
    assert!(reason.contains("another process has") && reason.contains("analytics.duckdb"), "{reason}");
    assert_eq!(count(&mut catalogue, "strategies"), 5);
    let from_files = everything(&mut catalogue);
    drop(held);
    assert_eq!(everything(&mut open(&workspace)), from_files);
}

#[test]
fn runs_that_finish_while_others_open_the_database_are_shown_once() {
    let (_folder, workspace) = fixture::workspace();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let workspace = &workspace;
            scope.spawn(move || {
                for at in 0..4 {
                    fixture::run(workspace, &format!("{thread} {at}"), thread * 10 + at, 2);
                    Catalogue::open(workspace).unwrap();
                }
            });
        }
    });
    let mut catalogue = open(&workspace);
    assert_eq!(count(&mut catalogue, "runs"), 16);
    assert_eq!(everything(&mut catalogue), everything(&mut in_memory(&workspace)));
}

#[test]
fn nothing_is_left_beside_the_database() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    let mut catalogue = open(&workspace);
    count(&mut catalogue, "strategies");
    drop(catalogue);
    let mut names: Vec<String> = fs::read_dir(workspace.root())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["admf.toml", "analytics.duckdb", "analytics.duckdb.lock", "library", "market", "runs"]
    );
}

#[test]
fn the_tables_cannot_be_changed_through_the_catalogue() {
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 2);
    assert!(open(&workspace).execute("DELETE FROM strategies", &[]).is_err());
}

/// What another process does in [`another_process_that_holds_the_file_is_waited_for_and_then_passed_by`]: hold the
/// database as a notebook would, until its standard input ends. By itself it is no test and does nothing.
#[test]
fn hold_the_database() {
    let Some(path) = std::env::var_os("ADMF_TEST_HOLD") else { return };
    let mut db = Duckdb::open(path.as_ref(), crate::Access::Write, "/nonexistent".as_ref()).unwrap();
    db.execute_script("CREATE TABLE IF NOT EXISTS held (x INT)").unwrap();
    writeln!(std::io::stderr(), "held").unwrap();
    std::io::read_to_string(std::io::stdin()).unwrap();
}

#[test]
fn another_process_that_holds_the_file_is_waited_for_and_then_passed_by() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let (_folder, workspace) = fixture::workspace();
    fixture::run(&workspace, "first", 0, 4);
    let from_file = everything(&mut open(&workspace));

    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "catalogue::tests::hold_the_database", "--nocapture"])
        .env("ADMF_TEST_HOLD", workspace.database())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stderr = BufReader::new(holder.stderr.take().unwrap());
    assert!(stderr.lines().any(|line| line.unwrap() == "held"));

    let mut catalogue = Catalogue::open(&workspace).unwrap();
    assert!(matches!(catalogue.backing(), Backing::Memory { .. }), "{:?}", catalogue.backing());
    assert_eq!(everything(&mut catalogue), from_file);
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
    assert_eq!(everything(&mut open(&workspace)), from_file);
}
