use super::markdown;
use crate::tables::{self, optimization_runs};

#[test]
fn every_column_of_the_database_is_explained() {
    let page = markdown();
    for table in tables::database().into_iter().chain(tables::per_type()) {
        let (_, section) = page.split_once(&format!("\n### `{}`\n", table.name)).unwrap();
        let section = section.split("\n### ").next().unwrap();
        for column in table.database_columns() {
            let row = section.lines().find(|line| line.starts_with(&format!("| `{}` |", column.name)));
            assert!(row.is_some_and(|row| row.contains(&column.doc)), "{}.{}", table.name, column.name);
        }
    }
    assert!(
        page.contains("\n### `optimization_runs`\n") && page.contains("| `event_count` | BIGINT | yes |")
    );
    for column in optimization_runs::columns() {
        assert!(column.doc.ends_with('.'), "`{}` has no sentence", column.name);
    }
}

#[test]
fn rows_of_the_table_have_five_bars() {
    for line in markdown().lines().filter(|line| line.starts_with("| `")) {
        assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
    }
}
