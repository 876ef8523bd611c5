//! `analytics.duckdb` itself: read when it is current, else brought up to date first.

use super::lock::Lock;
use super::{LeftOut, finished, memory, scratch, tables};
use crate::connection::{Access, Duckdb};
use admf_model::{Cell, Sheet};
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError};
use admf_store::tables::RunRow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// How often, and with what pause between, the file is asked for before Parquet files answer instead: two seconds.
const ATTEMPTS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// The database, open for reading, the right to read it, and the runs that it does not show.
type Opened = (Duckdb, Lock, Vec<LeftOut>);

/// Why the file cannot be used.
enum Refusal {
    /// Somebody has it: try again.
    Busy,
    /// It is not there, not current or damaged: it has to be written.
    Outdated,
    /// Trying again does not help.
    Failed(String),
}

/// Opens the file, current; the error says why it could not be used.
pub(super) fn open(workspace: &Workspace) -> Result<Opened, String> {
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        match read_or_update(workspace) {
            Ok(opened) => return Ok(opened),
            // Outdated again: a run finished or was removed a moment ago.
            Err(Refusal::Busy | Refusal::Outdated) => {}
            Err(Refusal::Failed(reason)) => return Err(reason),
        }
    }
    Err(format!("another process has {}", workspace.database().display()))
}

fn read_or_update(workspace: &Workspace) -> Result<Opened, Refusal> {
    match read(workspace, Vec::new()) {
        Err(Refusal::Outdated) => {}
        other => return other,
    }
    let unreadable = update(workspace)?;
    read(workspace, unreadable)
}

/// Opens the file for reading if it shows all runs but those that cannot be read.
fn read(workspace: &Workspace, unreadable: Vec<LeftOut>) -> Result<Opened, Refusal> {
    let lock = taken(Lock::shared(&lock_path(workspace)))?;
    let path = workspace.database();
    if !path.exists() {
        return Err(Refusal::Outdated);
    }
    let mut database = Duckdb::open(&path, Access::Read, &scratch(workspace)).map_err(|e| refusal(&e))?;
    let known = known(&mut database).map_err(|_| Refusal::Outdated)?;
    let mut finished = finished(workspace).map_err(failed)?;
    let is_readable = |run: &&RunRow| !unreadable.iter().any(|out| out.run_id == run.run_id);
    let wanted: BTreeSet<(String, String)> = finished.runs.iter().filter(is_readable).map(identity).collect();
    if known != Some(wanted) {
        return Err(Refusal::Outdated);
    }
    finished.left_out.extend(unreadable);
    Ok((database, lock, finished.left_out))
}

/// Brings the file up to date; a file that cannot be is made anew. Returns the runs that cannot be read.
fn update(workspace: &Workspace) -> Result<Vec<LeftOut>, Refusal> {
    let _lock = taken(Lock::exclusive(&lock_path(workspace)))?;
    // Listed only now: a list from before the lock might lack a run that another process has just added.
    let runs = finished(workspace).map_err(failed)?.runs;
    match catch_up(workspace, &runs) {
        Ok(left_out) => return Ok(left_out),
        Err(error) if is_busy(&error) => return Err(Refusal::Busy),
        // Damaged, or of another version: nothing in it is worth keeping.
        Err(_) => {}
    }
    remove(&workspace.database()).map_err(failed)?;
    catch_up(workspace, &runs).map_err(failed)
}

/// Adds what is missing and drops what is gone, a run at a time. Runs that cannot be read are left out.
fn catch_up(workspace: &Workspace, runs: &[RunRow]) -> Result<Vec<LeftOut>, DatabaseError> {
    let path = workspace.database();
    let is_there = path.exists();
    let mut database = Duckdb::open(&path, Access::Write, &scratch(workspace))?;
    if !is_there {
        database.execute_script("BEGIN")?;
        tables::create(&mut database)?;
        database.execute_script("COMMIT")?;
    }
    let known = known(&mut database)?.ok_or_else(|| DatabaseError {
        doing: format!("opening {}", path.display()),
        reason: "it has the schema of another version".to_owned(),
    })?;
    let wanted: BTreeSet<(String, String)> = runs.iter().map(identity).collect();
    for (run_id, _) in known.difference(&wanted) {
        transaction(&mut database, |db| tables::drop_run(db, run_id))?;
    }
    let mut left_out = Vec::new();
    for run in runs.iter().filter(|run| !known.contains(&identity(run))) {
        if let Err(error) = transaction(&mut database, |db| tables::append_run(db, workspace, run)) {
            // Whose fault is it? If an empty database cannot read the run either, it is the run's.
            let Err(fault) = memory::check(workspace, run) else { return Err(error) };
            left_out.push(LeftOut { run_id: run.run_id, reason: fault.reason });
        }
    }
    // Without this, readers would have to repeat from the log what was added.
    database.execute_script("CHECKPOINT")?;
    Ok(left_out)
}

/// All of it or nothing.
fn transaction(
    database: &mut Duckdb,
    work: impl FnOnce(&mut Duckdb) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    database.execute_script("BEGIN")?;
    let done = work(database).and_then(|()| database.execute_script("COMMIT"));
    if done.is_err() {
        // The first error is the one to tell; a transaction that cannot be undone ends with the connection.
        let _ = database.execute_script("ROLLBACK");
    }
    done
}

/// The runs in the tables; `None` when the schema is of another version.
fn known(database: &mut Duckdb) -> Result<Option<BTreeSet<(String, String)>>, DatabaseError> {
    let version = pairs(&database.rows(include_str!("sql/read_version.sql"), &[])?);
    if version != BTreeSet::from([(tables::version(), String::new())]) {
        return Ok(None);
    }
    Ok(Some(pairs(&database.rows(include_str!("sql/known_runs.sql"), &[])?)))
}

/// The first two cells of every row as text.
fn pairs(sheet: &Sheet) -> BTreeSet<(String, String)> {
    let text = |cell: Option<&Cell>| match cell {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    };
    sheet.rows.iter().map(|row| (text(row.first()), text(row.get(1)))).collect()
}

/// What tells a run from a later one that repeats it after its removal.
fn identity(run: &RunRow) -> (String, String) {
    (run.run_id.to_string(), run.created_at.to_string())
}

fn taken(lock: io::Result<Option<Lock>>) -> Result<Lock, Refusal> {
    lock.map_err(failed)?.ok_or(Refusal::Busy)
}

fn failed(error: impl Display) -> Refusal {
    Refusal::Failed(error.to_string())
}

fn refusal(error: &DatabaseError) -> Refusal {
    if is_busy(error) { Refusal::Busy } else { Refusal::Outdated }
}

/// True when a process that knows nothing of our lock has the file open.
fn is_busy(error: &DatabaseError) -> bool {
    error.reason.contains("Could not set lock on file")
}

fn lock_path(workspace: &Workspace) -> PathBuf {
    workspace.database().with_extension("duckdb.lock")
}

/// Removes the database and its log.
fn remove(path: &Path) -> io::Result<()> {
    for file in [path.to_owned(), path.with_extension("duckdb.wal")] {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
