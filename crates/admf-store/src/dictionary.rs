//! The data dictionary: every table and column, as a page for people.

use crate::dialect::duckdb_type;
use crate::record::Record;
use crate::tables::{self, Column, optimization_runs};
use crate::trials::TrialRow;
use std::fmt::Write;

/// Markdown with a section per table.
pub fn markdown() -> String {
    let mut page = "# Tables\n\n\
        Generated from the table definitions: change them there, then run `cargo xtask codegen`. \
        A column that may be NULL is undefined there, never 0 and never NaN.\n\n\
        ## In the database\n\n\
        `analytics.duckdb` is derived from the run folders and can be deleted at any time.\n"
        .to_owned();
    for table in tables::database() {
        section(&mut page, table.name, &table.doc, table.database_columns());
    }
    section(&mut page, optimization_runs::NAME, optimization_runs::DOC, optimization_runs::columns().iter());
    page.push_str(
        "\n## Over the files of the runs\n\n\
        These are large and stay in the run folders, one Parquet file per type: `signals/<type>.parquet` and \
        `classifiers/<type>.parquet`, without the column `run_id`. ADMF shows all of them as views; another program \
        that opens `analytics.duckdb` reads the files themselves.\n",
    );
    for table in tables::per_type() {
        section(&mut page, table.name, &table.doc, table.database_columns());
    }
    page.push_str("\n## In Parquet files only\n");
    section(&mut page, TrialRow::table().name, &TrialRow::table().doc, TrialRow::table().columns.iter());
    page
}

fn section<'a>(page: &mut String, name: &str, doc: &str, columns: impl Iterator<Item = &'a Column>) {
    let mut line = |text: String| writeln!(page, "{text}").expect("writing to a String never fails");
    line(format!("\n### `{name}`\n\n{doc}\n"));
    line("| column | type | NULL | meaning |\n|---|---|---|---|".to_owned());
    for column in columns {
        let null = if column.nullable { "yes" } else { "" };
        let meaning = column.doc.replace('|', "\\|");
        line(format!("| `{}` | {} | {null} | {meaning} |", column.name, duckdb_type(column.kind)));
    }
}

#[cfg(test)]
mod tests;
