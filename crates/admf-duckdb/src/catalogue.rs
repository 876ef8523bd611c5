//! The workspace's database: `analytics.duckdb`, derived from the run folders and never held open.
//!
//! Opening it brings it up to date: finished runs that it lacks are added, runs that were removed are dropped, a file
//! of another schema or a damaged one is made anew. While another process has the file, the same tables are views over
//! the Parquet files in a database in memory: slower, and the same answers.

use crate::connection::Duckdb;
use admf_model::{RowSink, RunId, Sheet};
use admf_store::database::{Database, DatabaseError, SqlValue};
use admf_store::foreign::in_order;
use admf_store::run::{self, RunMetadata, Scrutiny};
use admf_store::{StoreError, Workspace, tables as store_tables};
use lock::Lock;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

mod file;
mod lock;
mod memory;
mod per_type;
mod tables;

/// Where the answers come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backing {
    /// `analytics.duckdb`.
    File,
    /// Parquet files, through a database in memory.
    Memory {
        /// Why the file could not be used.
        reason: String,
    },
}

/// A finished run that no table shows because it cannot be read, or of which a file of signals or labels is left out.
#[derive(Debug)]
pub struct LeftOut {
    /// The run.
    pub run_id: RunId,
    /// What is wrong with it.
    pub reason: String,
}

/// The workspace has no database.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The runs could not be listed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Not even the database in memory could be opened.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// The tables of all finished runs, as of the moment of opening. Ask and drop it: other processes can read at the same
/// time, but none can add a run.
pub struct Catalogue {
    // Dropped in this order: the database is closed before others may use the file.
    database: Duckdb,
    workspace: Workspace,
    /// True once `signals` and `labels` show the files.
    has_per_type: bool,
    _lock: Option<Lock>,
    backing: Backing,
    left_out: Vec<LeftOut>,
}

impl Catalogue {
    /// Opens the database of a workspace and brings it up to date.
    pub fn open(workspace: &Workspace) -> Result<Self, CatalogueError> {
        let (mut database, lock, backing, left_out) = match file::open(workspace) {
            Ok((database, lock, left_out)) => (database, Some(lock), Backing::File, left_out),
            Err(reason) => {
                let (database, left_out) = over_files(workspace)?;
                (database, None, Backing::Memory { reason }, left_out)
            }
        };
        per_type::create_empty(&mut database)?;
        let workspace = workspace.clone();
        Ok(Self { database, workspace, has_per_type: false, _lock: lock, backing, left_out })
    }

    /// Where the answers come from.
    pub fn backing(&self) -> &Backing {
        &self.backing
    }

    /// Finished runs that cannot be read and are in no table.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Reads everything in every table, which shows damage that only reading shows.
    pub fn read_all(&mut self) -> Result<(), DatabaseError> {
        for table in store_tables::database() {
            let sql = include_str!("catalogue/sql/read_all.sql").replace("{table}", table.name);
            self.rows(&sql, &[])?;
        }
        Ok(())
    }

    /// Fills the views over files of types before the first statement that may read them.
    fn prepare(&mut self, sql: &str) -> Result<(), DatabaseError> {
        if !self.has_per_type && per_type::are_named(sql) {
            self.left_out.extend(per_type::create(&mut self.database, &self.workspace)?);
            self.has_per_type = true;
        }
        Ok(())
    }

    /// The database in memory reads the files when it is asked, and a run may have been removed since it was opened: then
    /// it is opened again, without that run.
    fn without_removed<T>(
        &mut self,
        mut ask: impl FnMut(&mut Duckdb) -> Result<T, DatabaseError>,
        sql: &str,
        is_in_vain: fn(&DatabaseError) -> bool,
    ) -> Result<T, DatabaseError> {
        for _ in 0..MOST_REMOVED {
            self.prepare(sql)?;
            match ask(&mut self.database) {
                Err(error) if self.backing != Backing::File && is_in_vain(&error) => {
                    *self = Self::open(&self.workspace.clone()).map_err(|error| DatabaseError {
                        doing: "open the runs again".to_owned(),
                        reason: error.to_string(),
                    })?;
                }
                answer => return answer.map_err(|error| self.refused(error)),
            }
        }
        self.prepare(sql)?;
        ask(&mut self.database).map_err(|error| self.refused(error))
    }

    /// A block in the middle of the file shows its damage only when it is read. While we hold the right to read, nobody
    /// writes: the file can be taken away, and the next to open it makes it anew.
    fn refused(&self, mut error: DatabaseError) -> DatabaseError {
        if self.backing == Backing::File && error.reason.contains("Corrupt database file") {
            let file = self.workspace.database();
            let remedy = match file::remove(&file) {
                Ok(()) => "it has been removed: ask again, and it is made anew from the runs".to_owned(),
                Err(error) => format!("delete it, for it is made anew from the runs: {error}"),
            };
            error.reason = format!("{} is damaged; {remedy}", file.display());
        }
        error
    }
}

impl Database for Catalogue {
    fn execute(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<u64, DatabaseError> {
        self.without_removed(|database| database.execute(sql, arguments), sql, is_of_a_missing_file)
    }

    fn rows(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<Sheet, DatabaseError> {
        self.without_removed(|database| database.rows(sql, arguments), sql, is_of_a_missing_file)
    }

    fn stream(
        &mut self,
        sql: &str,
        arguments: &[SqlValue],
        sink: &mut dyn RowSink,
    ) -> Result<(), DatabaseError> {
        self.without_removed(|database| database.stream(sql, arguments, sink), sql, is_before_reading)
    }
}

/// How often runs may be removed at the moment in which they are read.
const MOST_REMOVED: u32 = 20;

/// The tables of all finished runs in memory, and what is in none of them.
fn over_files(workspace: &Workspace) -> Result<(Duckdb, Vec<LeftOut>), CatalogueError> {
    let mut tried = 0;
    loop {
        let mut finished = finished(workspace)?;
        match memory::open(workspace, &finished.runs) {
            Ok((database, unreadable)) => {
                finished.left_out.extend(unreadable);
                return Ok((database, finished.left_out));
            }
            // Removed since it was listed.
            Err(error) if tried < MOST_REMOVED && is_of_a_missing_file(&error) => tried += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// True where a file was gone before the first row was read: nothing of the answer was told.
fn is_before_reading(error: &DatabaseError) -> bool {
    error.reason.contains("No files found that match the pattern")
}

/// True where a file was gone when it was to be read.
fn is_of_a_missing_file(error: &DatabaseError) -> bool {
    is_before_reading(error) || error.reason.contains("No such file or directory")
}

/// The finished runs of a workspace.
struct Finished {
    /// The oldest first.
    runs: Vec<RunMetadata>,
    /// Those whose metadata cannot be read.
    left_out: Vec<LeftOut>,
}

fn finished(workspace: &Workspace) -> Result<Finished, StoreError> {
    let (mut runs, mut left_out) = (Vec::new(), Vec::new());
    let complete = run::complete(workspace)?;
    let lost = complete.damaged.into_iter();
    left_out.extend(lost.map(|run| LeftOut { run_id: run.run_id, reason: run.error.with_causes() }));
    let loaded = in_order(&complete.runs, |run_id| run::load(workspace, *run_id));
    for (run_id, loaded) in complete.runs.into_iter().zip(loaded) {
        match loaded {
            Ok(metadata) => runs.push(metadata),
            Err(error) => left_out.push(LeftOut { run_id, reason: error.with_causes() }),
        }
    }
    runs.sort_by_key(|run| (run.wall_clock.created_at, run.run_id));
    Ok(Finished { runs, left_out })
}

/// What keeps a run from being shown, as far as the footers of its files tell.
fn damage(workspace: &Workspace, run: &RunMetadata) -> Option<LeftOut> {
    let faults: Vec<String> =
        run::verify(workspace, run, Scrutiny::Tables).iter().map(ToString::to_string).collect();
    (!faults.is_empty()).then(|| LeftOut { run_id: run.run_id, reason: faults.join("; ") })
}

/// A folder for what does not fit into memory, of its own for every open database: DuckDB names the files in it the
/// same everywhere.
fn scratch(workspace: &Workspace) -> PathBuf {
    // A counter and no state: two databases of one process only have to differ.
    static OPENED: AtomicU32 = AtomicU32::new(0);
    let number = OPENED.fetch_add(1, Ordering::Relaxed);
    workspace.root().join(format!(".analytics-{}-{number}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests;
