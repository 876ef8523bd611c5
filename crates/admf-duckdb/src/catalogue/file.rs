//! `analytics.duckdb` itself: read when it is current, else brought up to date first.

use super::lock::Lock;
use super::{Finished, LeftOut, damage, finished, memory, scratch, tables};
use crate::connection::{Access, Duckdb};
use admf_model::{Cell, Sheet};
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError};
use admf_store::foreign::in_order;
use admf_store::run::RunMetadata;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// How often, and with what pause between, the file is asked for before Parquet files answer instead: two seconds.
const ATTEMPTS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// Runs that are added in one transaction: bounds memory.
const AT_ONCE: usize = 100;

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
    let lock = taken(workspace, Lock::shared(&lock_path(workspace)))?;
    let path = workspace.database();
    if !path.exists() {
        return Err(Refusal::Outdated);
    }
    let mut database = Duckdb::open(&path, Access::Read, &scratch(workspace)).map_err(|e| refusal(&e))?;
    let known = known(&mut database).map_err(|_| Refusal::Outdated)?.ok_or(Refusal::Outdated)?;
    let Finished { runs, mut left_out } = finished(workspace).map_err(failed)?;
    let wanted: BTreeSet<(String, String)> = runs.iter().map(identity).collect();
    if !known.is_subset(&wanted) {
        return Err(Refusal::Outdated);
    }
    for run in runs.iter().filter(|run| !known.contains(&identity(run))) {
        if unreadable.iter().all(|out| out.run_id != run.run_id) {
            // A damaged run cannot be added however often that is tried.
            left_out.push(damage(workspace, run).ok_or(Refusal::Outdated)?);
        }
    }
    left_out.extend(unreadable);
    Ok((database, lock, left_out))
}

/// Brings the file up to date; a file that cannot be is made anew. Returns the runs that cannot be read.
fn update(workspace: &Workspace) -> Result<Vec<LeftOut>, Refusal> {
    let _lock = taken(workspace, Lock::exclusive(&lock_path(workspace)))?;
    // Listed only now: a list from before the lock might lack a run that another process has just added.
    let runs = finished(workspace).map_err(failed)?.runs;
    match catch_up(workspace, &runs) {
        Ok(left_out) => return Ok(left_out),
        Err(error) if is_busy(&error) => return Err(Refusal::Busy),
        // Damaged, or of another version: nothing in it is worth keeping.
        Err(_) => {}
    }
    remove(&workspace.database()).map_err(failed)?;
    catch_up(workspace, &runs).map_err(|error| Refusal::Failed(error.brief().to_owned()))
}

/// Adds what is missing and drops what is gone. Runs that cannot be read are left out.
fn catch_up(workspace: &Workspace, runs: &[RunMetadata]) -> Result<Vec<LeftOut>, DatabaseError> {
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
    let gone: Vec<&str> = known.difference(&wanted).map(|(run_id, _)| run_id.as_str()).collect();
    if !gone.is_empty() {
        transaction(&mut database, |db| tables::drop_runs(db, &gone))?;
    }
    let missing: Vec<&RunMetadata> = runs.iter().filter(|run| !known.contains(&identity(run))).collect();
    let left_out = add(&mut database, workspace, &missing)?;
    // Without this, readers would have to repeat from the log what was added.
    database.execute_script("CHECKPOINT")?;
    Ok(left_out)
}

/// Adds runs and returns those that cannot be read.
fn add(
    database: &mut Duckdb,
    workspace: &Workspace,
    runs: &[&RunMetadata],
) -> Result<Vec<LeftOut>, DatabaseError> {
    let (mut sound, mut left_out) = (Vec::new(), Vec::new());
    for (run, damage) in runs.iter().zip(in_order(runs, |run| damage(workspace, run))) {
        match damage {
            Some(damage) => left_out.push(damage),
            None => sound.push(run.to_row()),
        }
    }
    for rows in sound.chunks(AT_ONCE) {
        if transaction(database, |db| tables::append_all(db, workspace, rows)).is_ok() {
            continue;
        }
        // Some run has rows that cannot be read; which one is worth finding out only now.
        for row in rows {
            let one = std::slice::from_ref(row);
            if let Err(error) = transaction(database, |db| tables::append_all(db, workspace, one)) {
                // Whose fault is it? If an empty database cannot read the run either, it is the run's.
                let Err(fault) = memory::check(workspace, row) else { return Err(error) };
                left_out.push(LeftOut { run_id: row.run_id, reason: fault.brief().to_owned() });
            }
        }
    }
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
fn identity(run: &RunMetadata) -> (String, String) {
    (run.run_id.to_string(), run.wall_clock.created_at.to_string())
}

fn taken(workspace: &Workspace, lock: io::Result<Option<Lock>>) -> Result<Lock, Refusal> {
    let file = workspace.database();
    lock.map_err(|error| failed(format!("{} cannot be written: {error}", file.display())))?
        .ok_or(Refusal::Busy)
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
pub(super) fn remove(path: &Path) -> io::Result<()> {
    for file in [path.to_owned(), path.with_extension("duckdb.wal")] {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
