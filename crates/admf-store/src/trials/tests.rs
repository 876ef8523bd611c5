use super::{Repair, TrialRow, append, check, is_restored, known, repair, summary};
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
fn a_trial_belongs_to_the_round_that_was_first_to_evaluate_it() {
    let (_folder, workspace) = workspace();
    let of =
        |run: &[u8], trial_id, sharpe| TrialRow { run_id: RunId::of(&[run]), ..row(trial_id, sharpe, 1) };
    append(&workspace, "us", &[of(b"one", 4, Some(0.4)), of(b"one", 3, None)]).unwrap();
    append(&workspace, "us", &[of(b"two", 1, Some(0.1)), of(b"two", 4, Some(0.5))]).unwrap();
    // An interrupted run goes on: what it adds leaves the rounds alone that others were compared with.
    append(&workspace, "us", &[of(b"one", 2, Some(0.2)), of(b"three", 3, Some(0.3))]).unwrap();
    assert_eq!(rounds(&workspace), [vec![0.3, 0.5], vec![0.1], vec![0.2], vec![]]);
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

/// Segments of the ledger by ordinal.
fn segments(workspace: &Workspace) -> Vec<std::path::PathBuf> {
    let paths = fs::read_dir(workspace.trials("us")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|e| e == "parquet")).collect();
    paths.sort();
    paths
}

fn refusal(workspace: &Workspace) -> String {
    let error = summary(workspace, "us").unwrap_err().to_string();
    assert_eq!(check(workspace, "us").unwrap_err().to_string(), error);
    assert_eq!(known(workspace, "us").unwrap_err().to_string(), error);
    error
}

#[test]
fn a_damaged_segment_is_named_and_a_temporary_one_ignored() {
    let (_folder, workspace) = workspace();
    append(&workspace, "us", &[row(1, Some(0.1), 1)]).unwrap();
    append(&workspace, "us", &[row(2, Some(0.2), 1)]).unwrap();
    let ledger = workspace.trials("us");
    fs::write(ledger.join(".00000003.parquet.1.tmp"), b"half").unwrap();
    assert_eq!(summary(&workspace, "us").unwrap().trials, 2);
    let second = &segments(&workspace)[1];
    let bytes = fs::read(second).unwrap();
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x10;
        fs::write(second, &flipped).unwrap();
        let error = refusal(&workspace);
        assert!(error.contains("/00000002-") && error.contains("is damaged: its name says"), "{error}");
        assert!(error.contains("`admf doctor --repair`"), "{error}");
    }
    fs::write(second, &bytes[..bytes.len() / 2]).unwrap();
    assert!(refusal(&workspace).contains("/00000002-"));
    fs::write(second, b"").unwrap();
    assert!(refusal(&workspace).contains("is damaged: it is empty"));
    fs::rename(second, ledger.join("notes.txt")).unwrap();
    let error = summary(&workspace, "us").unwrap_err().to_string();
    assert!(error.contains("notes.txt is damaged: it is not a segment"), "{error}");
}

#[test]
fn a_segment_that_is_gone_is_missed_the_last_one_too() {
    for lost in 0..3 {
        let (_folder, workspace) = workspace();
        for n in 1..=3 {
            append(&workspace, "us", &[row(n, Some(0.1), 1)]).unwrap();
        }
        fs::remove_file(&segments(&workspace)[lost]).unwrap();
        let error = refusal(&workspace);
        assert!(error.contains(&format!("segment {:08} of ", lost + 1)), "{error}");
        assert!(error.contains(" is gone; "), "{error}");
        // What comes later does not take its place.
        append(&workspace, "us", &[row(9, Some(0.1), 1)]).unwrap();
        assert_eq!(refusal(&workspace), error);
        // Nobody holds what was in it.
        let done = repair(&workspace, "us", 0).unwrap();
        assert_eq!((done.restored, done.set_aside.len()), (0, 0));
        assert_eq!(summary(&workspace, "us").unwrap().trials, 3);
        assert!(is_restored(&workspace, "us").unwrap());
    }
}

#[test]
fn segments_without_a_checksum_are_read_and_damage_in_them_is_told() {
    let (_folder, workspace) = workspace();
    append(&workspace, "us", &[row(1, Some(0.1), 1)]).unwrap();
    let old = workspace.trials("us").join("00000001.parquet");
    fs::rename(&segments(&workspace)[0], &old).unwrap();
    fs::write(workspace.trials("us").join("lock"), b"").unwrap();
    append(&workspace, "us", &[row(2, Some(0.2), 1)]).unwrap();
    assert_eq!(rounds(&workspace), [[0.1, 0.2]]);
    fs::write(&old, b"torn").unwrap();
    let error = refusal(&workspace);
    assert!(error.contains("00000001.parquet is damaged") && error.contains("doctor --repair"), "{error}");
}

#[test]
fn a_damaged_segment_is_kept_beside_the_one_that_takes_its_place() {
    let (_folder, workspace) = workspace();
    append(&workspace, "us", &[row(1, Some(0.1), 1)]).unwrap();
    append(&workspace, "us", &[row(2, Some(0.2), 1)]).unwrap();
    fs::write(&segments(&workspace)[0], b"torn").unwrap();
    let done = repair(&workspace, "us", 0).unwrap();
    assert_eq!(fs::read(&done.set_aside[0]).unwrap(), b"torn");
    assert_eq!(summary(&workspace, "us").unwrap().trials, 1);
    // A second one finds nothing to do.
    assert_eq!(repair(&workspace, "us", 0).unwrap(), Repair::default());
    assert_eq!(segments(&workspace).len(), 2);
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
