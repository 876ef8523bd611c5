use crate::parquet_file;
use crate::run::{Finish, Rows, RunWriter, SharpeEvidence, WHOLE_PART};
use crate::sample;
use crate::tables::StrategyRow;
use crate::workspace::Workspace;
use std::path::Path;
use tempfile::tempdir;

/// A complete run of these strategies, checkpointed in parts of these sizes; taken up anew before each if asked for.
fn complete(folder: &Path, strategies: &[StrategyRow], parts: &[usize], anew: bool) -> std::path::PathBuf {
    let workspace = Workspace::init(folder).unwrap();
    let mut writer = RunWriter::begin(&workspace, sample::SPEC, sample::facts(), sample::CREATED_AT).unwrap();
    let run = writer.run_id();
    let mut left = strategies;
    for part in parts {
        let (part, rest) = left.split_at(*part);
        left = rest;
        writer.checkpoint(&Rows { strategies: part.to_vec(), ..Rows::default() }).unwrap();
        if anew {
            drop(writer);
            writer = RunWriter::resume(&workspace, run, sample::CREATED_AT).unwrap();
        }
    }
    assert!(left.is_empty());
    let finish = Finish {
        elapsed_ms: &|| 0,
        trials: 0,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        deflated_sharpe: &|row: &SharpeEvidence| row.sharpe_ratio.map(|sharpe| sharpe / (sharpe.abs() + 1.0)),
    };
    writer.finish(&finish).unwrap();
    workspace.run(run)
}

/// Text of every kind, some of it in dictionaries that overflow.
fn strategies(count: usize) -> Vec<StrategyRow> {
    (0..count as u32).map(|n| sample::strategy(sample::run_id(), n)).collect()
}

#[test]
fn what_is_taken_as_it_is_and_what_is_encoded_anew_give_the_same_file() {
    let rows = strategies(WHOLE_PART + 1000);
    let whole = [WHOLE_PART, 1000];
    let cases: [&[usize]; 3] =
        [&[10, WHOLE_PART - 10, 900, 100], &[WHOLE_PART, 500, 500], &[50_000, WHOLE_PART - 49_000]];
    let folder = tempdir().unwrap();
    let expected = complete(folder.path(), &rows, &whole, false);
    let stored: Vec<StrategyRow> = parquet_file::read_rows(&expected.join("strategies.parquet")).unwrap();
    assert_eq!(stored.len(), rows.len());
    for (stored, row) in stored.iter().zip(&rows) {
        let deflated = row.performance.sharpe_ratio.map(|sharpe| sharpe / (sharpe.abs() + 1.0));
        assert_eq!(stored.performance.deflated_sharpe, deflated);
        assert_eq!((&stored.rule, stored.strategy_id), (&row.rule, row.strategy_id));
    }
    let files = ["strategies.parquet", "parameter_analysis.parquet", "summary/performance_summary.json"];
    for (parts, anew) in cases.into_iter().zip([false, true, false]) {
        let folder = tempdir().unwrap();
        let found = complete(folder.path(), &rows, parts, anew);
        for file in files.into_iter().chain(["summary/strategy_rankings.json"]) {
            let read = |run: &Path| std::fs::read(run.join(file)).unwrap();
            assert!(read(&found) == read(&expected), "{file} of {parts:?}");
        }
    }
}
