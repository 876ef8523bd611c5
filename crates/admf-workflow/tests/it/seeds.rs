//! The SQL of the design documents on the demo, with bounds low enough for real prices.

use crate::support::{Observer, clock};
use admf_workflow::demo::{DemoRequest, demo};
use admf_workflow::sql::{SqlRequest, sql};
use std::path::Path;

/// What stands in the documents, and what the demo has instead.
const BOUNDS: [(&str, &str); 12] = [
    ("'ELEVATED'", "'NORMAL'"),
    ("sharpe_ratio > 1.5", "sharpe_ratio > 0.5"),
    ("sharpe_ratio > 1.8", "sharpe_ratio > 0.5"),
    ("sharpe_ratio > 2.0", "sharpe_ratio > 1"),
    ("sharpe_ratio >= 1.5", "sharpe_ratio >= 0.5"),
    ("max_drawdown < 0.15", "max_drawdown < 0.5"),
    ("avg_sharpe > 1.2", "avg_sharpe > 0"),
    ("avg_sharpe > 1.5", "avg_sharpe > 0"),
    ("COUNT(*) > 5", "COUNT(*) > 2"),
    ("fast_period", "lookback"),
    ("slow_period", "threshold"),
    ("'mean_reversion'", "'rsi_reversion'"),
];

#[test]
fn every_statement_of_the_documents_finds_something_in_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let request = DemoRequest { folder: folder.path().to_owned(), threads: None, clock: &clock };
    let workspace = demo(&request, &mut |_| (), &mut Observer::default()).unwrap().workspace;
    let statements = Path::new(env!("CARGO_MANIFEST_DIR")).join("../admf-duckdb/tests/seeds");
    let mut asked = 0;
    for entry in std::fs::read_dir(statements).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut statement = BOUNDS.iter().fold(text, |text, (from, to)| text.replace(from, to));
        // The clock of the test stands still, and the run is not of the last 30 days.
        statement = statement.replace("INTERVAL '30 days'", "INTERVAL '30000 days'");
        let found = sql(&SqlRequest { workspace: workspace.clone(), statement });
        let found = found.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!found.rows.rows.is_empty(), "{} finds nothing", path.display());
        asked += 1;
    }
    assert_eq!(asked, 17);
}
