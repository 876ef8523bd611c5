//! One open DuckDB database.

use crate::cells;
use admf_model::{Cell, CellKind, RowSink, Sheet, SheetColumn};
use admf_store::database::{Database, DatabaseError, SqlValue};
use arrow::array::{Array, StructArray};
use arrow::record_batch::RecordBatch;
use duckdb::types::{ToSqlOutput, Value};
use duckdb::{AccessMode, Config, Connection, Statement, ToSql};
use std::path::Path;

/// What a database in a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Questions only; several processes may read at a time.
    Read,
    /// Questions and changes, by one process at a time; the file is created if need be.
    Write,
}

/// An open database. Not for long: while one process has a file open for writing, no other can even read it.
pub struct Duckdb {
    connection: Connection,
}

impl Duckdb {
    /// Opens a database in a file. What does not fit into memory goes to the folder `scratch`, which DuckDB creates
    /// when it needs it and removes when it is done.
    pub fn open(path: &Path, access: Access, scratch: &Path) -> Result<Self, DatabaseError> {
        let mode = match access {
            Access::Read => AccessMode::ReadOnly,
            Access::Write => AccessMode::ReadWrite,
        };
        let connection = config(scratch)
            .and_then(|config| config.access_mode(mode))
            .and_then(|config| Connection::open_with_flags(path, config))
            .map_err(|error| failure(&format!("opening {}", path.display()), &error))?;
        Ok(Self { connection })
    }

    /// Opens an empty database in memory; `scratch` as for [`Duckdb::open`].
    pub fn in_memory(scratch: &Path) -> Result<Self, DatabaseError> {
        let connection = config(scratch)
            .and_then(Connection::open_in_memory_with_flags)
            .map_err(|error| failure("opening a database in memory", &error))?;
        Ok(Self { connection })
    }

    /// Runs several statements, none of which answers.
    pub fn execute_script(&mut self, sql: &str) -> Result<(), DatabaseError> {
        self.connection.execute_batch(sql).map_err(|error| failure(sql, &error))
    }

    /// Appends rows to a table that has the columns of the batch in its order.
    pub(crate) fn append(&mut self, table: &str, rows: RecordBatch) -> Result<(), DatabaseError> {
        let append = || {
            let mut appender = self.connection.appender(table)?;
            appender.append_record_batch(rows)?;
            appender.flush()
        };
        append().map_err(|error| failure(&format!("appending to table {table}"), &error))
    }
}

/// The same on every machine but for the number of threads: nothing is fetched from the network, read from or
/// written to a home directory.
fn config(scratch: &Path) -> duckdb::Result<Config> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    Config::default()
        .enable_autoload_extension(false)?
        .with("allow_persistent_secrets", "false")?
        .with("temp_directory", scratch.to_string_lossy())?
        .with("threads", threads.to_string())
}

impl Database for Duckdb {
    fn execute(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<u64, DatabaseError> {
        let run = || {
            self.connection.prepare(sql)?.execute(duckdb::params_from_iter(arguments.iter().map(Argument)))
        };
        run().map(|changed| changed as u64).map_err(|error| failure(sql, &error))
    }

    fn rows(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<Sheet, DatabaseError> {
        let mut statement = self.connection.prepare(sql).map_err(|error| failure(sql, &error))?;
        sheet(&mut statement, arguments).map_err(|reason| refused(sql, &reason))
    }

    fn stream(
        &mut self,
        sql: &str,
        arguments: &[SqlValue],
        sink: &mut dyn RowSink,
    ) -> Result<(), DatabaseError> {
        let mut statement = self.connection.prepare(sql).map_err(|error| failure(sql, &error))?;
        stream(&mut statement, arguments, sink).map_err(|reason| refused(sql, &reason))
    }
}

/// Lets DuckDB bind an argument.
struct Argument<'a>(&'a SqlValue);

impl ToSql for Argument<'_> {
    fn to_sql(&self) -> duckdb::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            SqlValue::Null => ToSqlOutput::Owned(Value::Null),
            SqlValue::Integer(n) => (*n).into(),
            SqlValue::Number(x) => (*x).into(),
            SqlValue::Text(text) => text.as_str().into(),
            SqlValue::Truth(truth) => (*truth).into(),
        })
    }
}

/// Runs a statement and collects what it answers.
fn sheet(statement: &mut Statement<'_>, arguments: &[SqlValue]) -> Result<Sheet, String> {
    let text = |error: duckdb::Error| error.to_string();
    statement.execute(duckdb::params_from_iter(arguments.iter().map(Argument))).map_err(text)?;
    let mut sheet = Sheet { columns: columns(statement), rows: Vec::with_capacity(statement.row_count()) };
    while let Some(batch) = statement.step().map_err(text)? {
        sheet.rows.extend(rows(&batch).map_err(|error| error.to_string())?);
    }
    widen(&mut sheet);
    Ok(sheet)
}

/// Runs a statement and hands over what it answers while it is found.
fn stream(
    statement: &mut Statement<'_>,
    arguments: &[SqlValue],
    sink: &mut dyn RowSink,
) -> Result<(), String> {
    let text = |error: duckdb::Error| error.to_string();
    // The iterator that this returns panics where fetching fails: batches are fetched one by one instead.
    drop(statement.stream_arrow(duckdb::params_from_iter(arguments.iter().map(Argument))).map_err(text)?);
    sink.columns(&columns(statement));
    while let Some(batch) = statement.step().map_err(text)? {
        for row in rows(&batch).map_err(|error| error.to_string())? {
            if sink.row(row).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The columns of what a statement that was run answers.
fn columns(statement: &Statement<'_>) -> Vec<SheetColumn> {
    let schema = statement.schema();
    let column = |field: &std::sync::Arc<arrow::datatypes::Field>| SheetColumn {
        name: field.name().clone(),
        kind: cells::kind(field.data_type()),
    };
    schema.fields().iter().map(column).collect()
}

/// The rows of a batch.
fn rows(batch: &StructArray) -> Result<impl Iterator<Item = Vec<Cell>>, arrow::error::ArrowError> {
    let columns: Result<Vec<Vec<Cell>>, _> = batch.columns().iter().map(cells::cells).collect();
    let mut columns: Vec<_> = columns?.into_iter().map(Vec::into_iter).collect();
    let row = move |_| columns.iter_mut().map(|cells| cells.next().unwrap_or(Cell::Null)).collect();
    Ok((0..batch.len()).map(row))
}

/// A column of whole numbers of which one does not fit into 64 bits becomes a column of text.
fn widen(sheet: &mut Sheet) {
    for (at, column) in sheet.columns.iter_mut().enumerate().filter(|(_, c)| c.kind == CellKind::Integer) {
        let mut cells: Vec<&mut Cell> = sheet.rows.iter_mut().map(|row| &mut row[at]).collect();
        if cells.iter().any(|cell| matches!(cell, Cell::Text(_))) {
            column.kind = CellKind::Text;
            for cell in &mut cells {
                if let Cell::Integer(n) = cell {
                    **cell = Cell::Text(n.to_string());
                }
            }
        }
    }
}

fn failure(doing: &str, error: &duckdb::Error) -> DatabaseError {
    refused(doing, &error.to_string())
}

/// What was done by its first line that is not a comment, and what DuckDB said about it.
fn refused(doing: &str, reason: &str) -> DatabaseError {
    let mut lines = doing.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("--")).unwrap_or_default();
    DatabaseError { doing: first.to_owned(), reason: reason.trim_end().to_owned() }
}

#[cfg(test)]
mod tests;
