use super::{TrialRow, append, summary};
use crate::workspace::Workspace;
use admf_model::RunId;
use std::fs;
use tempfile::{TempDir, tempdir};

fn row(trial_id: u64, sharpe_per_bar: Option<f64>, trades: i64) -> TrialRow {
    TrialRow { trial_id, sharpe_per_bar, trades, run_id: RunId::of(&[b"run"]) }
}

fn rounds(workspace: &Workspace) -> Vec<Vec<f64>> {
    summary(workspace, "us").unwrap().rounds().map(<[f64]>::to_vec).collect()
}

fn workspace() -> (TempDir, Workspace) {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    (folder, workspace)
}

#[test]
fn the_latest_ratio_of_each_trial_counts() {
    let (_folder, workspace) = workspace();
    append(&workspace, "us", &[row(7, Some(0.07), 3), row(2, Some(0.02), 1), row(9, None, 0)]).unwrap();
    append(&workspace, "us", &[row(2, Some(-0.5), 4), row(2, Some(0.22), 4), row(9, Some(0.09), 1)]).unwrap();
    // It traded before: that it did not with other costs makes it no less an attempt.
    append(&workspace, "us", &[row(7, Some(0.08), 0), row(5, None, 2)]).unwrap();
    append(&workspace, "other", &[row(1, Some(0.01), 1)]).unwrap();
    let us = summary(&workspace, "us").unwrap();
    assert_eq!((us.trials, us.traded()), (4, 3));
    assert_eq!(rounds(&workspace), [[0.22, 0.07, 0.09]]);
    assert_eq!(summary(&workspace, "nothing").unwrap().trials, 0);
}

#[test]
fn a_trial_belongs_to_the_run_that_was_first_to_evaluate_it() {
    let (_folder, workspace) = workspace();
    let of =
        |run: &[u8], trial_id, sharpe| TrialRow { run_id: RunId::of(&[run]), ..row(trial_id, sharpe, 1) };
    append(&workspace, "us", &[of(b"one", 4, Some(0.4)), of(b"one", 3, None)]).unwrap();
    append(&workspace, "us", &[of(b"two", 1, Some(0.1)), of(b"two", 4, Some(0.5))]).unwrap();
    append(&workspace, "us", &[of(b"one", 2, Some(0.2)), of(b"three", 3, Some(0.3))]).unwrap();
    assert_eq!(rounds(&workspace), [vec![0.2, 0.3, 0.5], vec![0.1], vec![]]);
}

#[test]
fn sharpes_are_ordered_by_trial_whoever_came_first() {
    let forth = workspace();
    append(&forth.1, "us", &[row(3, Some(0.3), 1), row(1, Some(0.1), 1)]).unwrap();
    append(&forth.1, "us", &[row(u64::MAX, Some(0.9), 1), row(2, Some(0.2), 1)]).unwrap();
    let back = workspace();
    append(&back.1, "us", &[row(2, Some(0.2), 1), row(u64::MAX, Some(0.9), 1)]).unwrap();
    append(&back.1, "us", &[row(1, Some(0.1), 1), row(3, Some(0.3), 1)]).unwrap();
    assert_eq!(rounds(&forth.1), [[0.1, 0.2, 0.3, 0.9]]);
    assert_eq!(rounds(&back.1), rounds(&forth.1));
}

#[test]
fn a_torn_segment_is_named_and_a_temporary_one_ignored() {
    let (_folder, workspace) = workspace();
    append(&workspace, "us", &[row(1, Some(0.1), 1)]).unwrap();
    let ledger = workspace.trials("us");
    fs::write(ledger.join(".00000002.parquet.1.tmp"), b"half").unwrap();
    assert_eq!(summary(&workspace, "us").unwrap().trials, 1);
    fs::write(ledger.join("00000002.parquet"), b"torn").unwrap();
    let error = summary(&workspace, "us").unwrap_err().to_string();
    assert!(error.contains("00000002.parquet"), "{error}");
    fs::rename(ledger.join("00000002.parquet"), ledger.join("notes.txt")).unwrap();
    let error = summary(&workspace, "us").unwrap_err().to_string();
    assert!(error.contains("notes.txt is damaged: it is not a segment"), "{error}");
}

#[test]
fn writers_at_once_lose_nothing() {
    let (_folder, workspace) = workspace();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let workspace = &workspace;
            scope.spawn(move || {
                for n in 0..5 {
                    append(workspace, "us", &[row(writer * 100 + n, Some(0.1), 1)]).unwrap();
                }
            });
        }
    });
    assert_eq!(summary(&workspace, "us").unwrap().trials, 20);
}
