//! `admf sql`: any question to the tables of the finished runs.

mod statement;

use crate::{Snippet, WorkflowError, database};
use admf_model::Sheet;
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError};

/// A statement.
#[derive(Clone, Debug)]
pub struct SqlRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The statement.
    pub statement: String,
}

/// Its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct SqlReport {
    /// The rows.
    pub rows: Sheet,
    /// What the user should know about the answer.
    pub notes: Vec<String>,
}

/// Asks. Only one statement is taken, and only one that reads: the tables are open for reading, and files stay unwritten.
pub fn sql(request: &SqlRequest) -> Result<SqlReport, WorkflowError> {
    if request.statement.trim().is_empty() {
        let help = "write one, such as \"SELECT symbol, max(sharpe_ratio) FROM strategies GROUP BY symbol\"";
        return Err(WorkflowError::Usage {
            message: "there is no statement".to_owned(),
            help: Some(help.to_owned()),
        });
    }
    statement::check(&request.statement)?;
    let (mut database, _) = database::open(&request.workspace)?;
    match database.rows(&request.statement, &[]) {
        Ok(rows) => Ok(SqlReport { rows, notes: database::notes(&database) }),
        Err(error) => Err(refused(&request.statement, &error)),
    }
}

/// The database's words, and its pointer turned into a place in the statement.
fn refused(statement: &str, error: &DatabaseError) -> WorkflowError {
    let reason = error.reason.trim();
    let (message, pointer) = match reason.split_once("\nLINE ") {
        Some((message, pointer)) => (message.trim(), Some(pointer)),
        None => (reason, None),
    };
    let help = message.contains("read-only").then(|| {
        "the tables are derived from the runs and cannot be changed; `admf runs rm` removes a run".to_owned()
    });
    match pointer.and_then(|pointer| place(statement, pointer)) {
        Some((start, end)) => {
            let snippet = Snippet { name: "statement".to_owned(), text: statement.to_owned(), start, end };
            WorkflowError::Input { message: message.to_owned(), snippet: Box::new(snippet), help }
        }
        None => WorkflowError::Data { message: message.to_owned(), help },
    }
}

/// DuckDB points as `3: SELECT foo` with a caret in the line below; long lines are cut, and then there is no place.
fn place(statement: &str, pointer: &str) -> Option<(usize, usize)> {
    let (shown, caret) = pointer.split_once('\n')?;
    let (number, line) = shown.split_once(": ")?;
    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
    let start_of_line: usize = statement.split_inclusive('\n').take(index).map(str::len).sum();
    let source = statement.lines().nth(index)?;
    if source.trim_end() != line.trim_end() {
        return None;
    }
    // The caret stands below `LINE 3: SELECT foo`, counted in characters.
    let prefix = "LINE ".len() + number.len() + ": ".len();
    let column = caret.chars().position(|c| c == '^')?.checked_sub(prefix)?;
    let offset = source.char_indices().nth(column).map(|(offset, _)| offset)?;
    let word =
        source[offset..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(source.len() - offset);
    Some((start_of_line + offset, start_of_line + offset + word.max(1)))
}

#[cfg(test)]
mod tests;
