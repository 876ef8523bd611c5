//! A small table of results on its way to a person or a file.

use std::ops::ControlFlow;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// True or false.
    Truth,
}

/// One value; `Null` is undefined.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Undefined.
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Number(f64),
    /// True or false.
    Truth(bool),
}

/// Name and kind of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumn {
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: CellKind,
}

/// Named, typed columns and rows of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The columns.
    pub columns: Vec<SheetColumn>,
    /// One cell per column in every row.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty table with these columns.
    pub fn new<'a>(columns: impl IntoIterator<Item = (&'a str, CellKind)>) -> Self {
        let columns =
            columns.into_iter().map(|(name, kind)| SheetColumn { name: name.to_owned(), kind }).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Appends a row.
    ///
    /// # Panics
    /// When it has not one cell per column.
    pub fn push(&mut self, row: Vec<Cell>) {
        assert_eq!(row.len(), self.columns.len(), "a row has one cell per column");
        self.rows.push(row);
    }
}

/// Takes the rows of an answer as they come, so that no answer need fit into memory.
pub trait RowSink {
    /// The columns, once, before the first row.
    fn columns(&mut self, columns: &[SheetColumn]);

    /// The next row, with a cell per column. `Break` ends the answer here.
    fn row(&mut self, row: Vec<Cell>) -> ControlFlow<()>;
}

/// Keeps all rows.
impl RowSink for Sheet {
    fn columns(&mut self, columns: &[SheetColumn]) {
        *self = Self { columns: columns.to_vec(), rows: Vec::new() };
    }

    fn row(&mut self, row: Vec<Cell>) -> ControlFlow<()> {
        self.push(row);
        ControlFlow::Continue(())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        i64::try_from(n).map_or(Self::Null, Self::Integer)
    }
}

impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Self::Integer(n)
    }
}

impl From<f64> for Cell {
    fn from(n: f64) -> Self {
        if n.is_finite() { Self::Number(n) } else { Self::Null }
    }
}

impl From<bool> for Cell {
    fn from(b: bool) -> Self {
        Self::Truth(b)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
