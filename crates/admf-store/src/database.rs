//! The seam to a SQL database: what the queries of this crate need of one, and nothing of a particular one.

use admf_model::{RowSink, Sheet};

/// An argument of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum SqlValue {
    /// Undefined.
    Null,
    /// A whole number.
    Integer(i64),
    /// A finite decimal number.
    Number(f64),
    /// Text.
    Text(String),
    /// True or false.
    Truth(bool),
}

/// A database that holds the tables of [`crate::tables`].
pub trait Database {
    /// Runs a statement that answers nothing and returns how many rows it changed.
    fn execute(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<u64, DatabaseError>;

    /// Runs a statement and returns its rows. `arguments` fill `$1`, `$2`, ….
    fn rows(&mut self, sql: &str, arguments: &[SqlValue]) -> Result<Sheet, DatabaseError>;

    /// The same for answers of any size: `sink` takes the columns and then row after row while the database finds
    /// them. A whole number beyond 64 bits is text in a column of whole numbers.
    fn stream(
        &mut self,
        sql: &str,
        arguments: &[SqlValue],
        sink: &mut dyn RowSink,
    ) -> Result<(), DatabaseError>;
}

/// A database refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the database refused: {}", self.brief())]
pub struct DatabaseError {
    /// The statement, or what was tried.
    pub doing: String,
    /// What the database says.
    pub reason: String,
}

impl DatabaseError {
    /// What the database says, without the part of a statement that it may quote: what we asked is none of a user's
    /// business.
    pub fn brief(&self) -> &str {
        let end = self.reason.find("\nLINE ").unwrap_or(self.reason.len());
        self.reason[..end].trim_end()
    }
}

impl<T: Into<Self>> From<Option<T>> for SqlValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<i64> for SqlValue {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for SqlValue {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<String> for SqlValue {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for SqlValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
