use super::duckdb_schema;
use crate::tables;
use std::path::Path;

/// The committed file is what the tables say. To rewrite it: `ADMF_UPDATE=1 cargo nextest run -p admf-store`.
#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join("duckdb.sql");
    if std::env::var_os("ADMF_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, duckdb_schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == duckdb_schema(), "{} is stale: run `cargo xtask codegen`", path.display());
}

#[test]
fn every_table_is_created_without_keys_or_indexes() {
    let schema = duckdb_schema();
    for table in tables::database() {
        assert_eq!(schema.matches(&format!("CREATE TABLE {} (\n", table.name)).count(), 1);
    }
    assert!(schema.contains("    strategy_id VARCHAR NOT NULL,\n"));
    assert!(schema.contains("    sharpe_ratio DOUBLE,\n"));
    assert!(schema.contains("    total_trades BIGINT,\n"));
    assert!(schema.contains("    results BIGINT NOT NULL\n);\n"));
    assert!(schema.contains("    symbols VARCHAR[] NOT NULL,\n"));
    for word in ["PRIMARY", "REFERENCES", "INDEX", "UNIQUE", "DECIMAL", "{"] {
        assert!(!schema.contains(word), "{word}");
    }
}
