//! The tables: one file each. Everything that knows a column's name or type derives it from here.

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use std::sync::Arc;

pub mod classifiers;
pub mod labels;
pub mod optimization_runs;
pub mod parameter_analysis;
pub mod regime_performance;
pub mod runs;
pub mod signals;
pub mod strategies;
pub mod trades;

pub use classifiers::ClassifierRow;
pub use labels::LabelRow;
pub use parameter_analysis::ParameterAnalysisRow;
pub use regime_performance::RegimePerformanceRow;
pub use runs::RunRow;
pub use signals::SignalRow;
pub use strategies::StrategyRow;
pub use trades::TradeRow;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// Several texts.
    TextList,
    /// A JSON value.
    Json,
    /// A whole number of 8 bits.
    Tiny,
    /// A whole number of 64 bits.
    Integer,
    /// A whole number of 64 bits that is never negative.
    Unsigned,
    /// A decimal number of 64 bits.
    Number,
    /// True or false.
    Truth,
    /// UTC microseconds.
    Timestamp,
    /// A calendar day.
    Date,
}

impl ColumnType {
    /// The type in memory and in Parquet files.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Text | Self::Json => DataType::Utf8,
            Self::TextList => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
            Self::Tiny => DataType::Int8,
            Self::Integer => DataType::Int64,
            Self::Unsigned => DataType::UInt64,
            Self::Number => DataType::Float64,
            Self::Truth => DataType::Boolean,
            Self::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Date => DataType::Date32,
        }
    }

    /// True for columns that compare with a number.
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Tiny | Self::Integer | Self::Unsigned | Self::Number)
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnType,
    /// What it means, with units and when it is undefined.
    pub doc: String,
    /// True when it may be undefined (NULL).
    pub nullable: bool,
}

impl Column {
    /// A column whose doc comes from the lines of a comment.
    pub(crate) fn new(name: &'static str, kind: ColumnType, doc: &[&str], nullable: bool) -> Self {
        Self { name, kind, doc: sentence(doc), nullable }
    }
}

/// A table's definition.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name in SQL, and of the Parquet file where there is one.
    pub name: &'static str,
    /// What a row is.
    pub doc: String,
    /// Columns of the Parquet file, in order.
    pub columns: Vec<Column>,
    /// Further columns of the database, filled from the run's metadata or its folder.
    pub catalogue: Vec<Column>,
    schema: SchemaRef,
}

impl Table {
    pub(crate) fn new(
        name: &'static str,
        doc: &[&str],
        columns: Vec<Column>,
        catalogue: Vec<Column>,
    ) -> Self {
        let fields: Vec<Field> =
            columns.iter().map(|c| Field::new(c.name, c.kind.arrow(), c.nullable)).collect();
        Self { name, doc: sentence(doc), columns, catalogue, schema: Arc::new(Schema::new(fields)) }
    }

    /// The Arrow schema of the Parquet file.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// All columns of the database, those of the file first.
    pub fn database_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().chain(&self.catalogue)
    }

    /// True for a text of which nearly every row has its own: a dictionary of them is work without gain.
    pub(crate) fn is_distinct(&self, column: &Column) -> bool {
        self.name == <StrategyRow as crate::record::Record>::table().name
            && ["strategy_id", "correlation_id", "trial_id", "parameters", "rule"].contains(&column.name)
    }

    /// A column of the database by name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.database_columns().find(|column| column.name == name)
    }
}

/// The lines of a comment as one text.
fn sentence(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// Tables of the database, in the order in which they are created.
pub fn database() -> [&'static Table; 6] {
    use crate::record::Record;
    [
        RunRow::table(),
        StrategyRow::table(),
        ClassifierRow::table(),
        RegimePerformanceRow::table(),
        ParameterAnalysisRow::table(),
        TradeRow::table(),
    ]
}

/// Tables of which a run has one Parquet file per type: they are large, stay there, and are views over these files.
pub fn per_type() -> [&'static Table; 2] {
    use crate::record::Record;
    [SignalRow::table(), LabelRow::table()]
}

#[cfg(test)]
mod tests;
