//! What folders hold, and work on many files.

use super::{RunFolder, StrategyPlace, find_runs, in_order};
use std::fs;

#[test]
fn results_are_in_the_order_of_the_items_on_any_number_of_threads() {
    for n in [0, 1, 63, 64, 65, 1000] {
        let items: Vec<usize> = (0..n).collect();
        assert_eq!(in_order(&items, |n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
    }
}

#[test]
fn runs_strategies_and_the_rest_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let make = |path: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    };
    for path in [
        "b/metadata.json",
        "a/signals/x/metadata.json",
        "a/signals/y.parquet",
        "a/signals/notes.txt",
        "a/signals/combined/ensemble_signals.parquet",
        "a/classifiers/c/metadata.json",
        "a/.DS_Store",
        "a/events/1",
        "c/other",
    ] {
        make(path);
    }
    let runs = find_runs(folder.path()).unwrap().runs;
    assert_eq!(runs, [folder.path().join("a"), folder.path().join("b")]);
    assert_eq!(find_runs(&runs[0]).unwrap().runs, [runs[0].clone()]);
    let run = RunFolder::list(&runs[0]).unwrap();
    let names: Vec<_> = run.strategies.iter().map(StrategyPlace::name).collect();
    assert_eq!((names, run.classifiers.len()), (vec!["x".to_owned(), "y".to_owned()], 1));
    let left: Vec<_> = run.left_out.iter().map(|part| (part.name.as_str(), part.files)).collect();
    assert_eq!(left, [("events", 1), ("signals/combined", 1), ("signals/notes.txt", 1)]);
    assert!(find_runs(&folder.path().join("nowhere")).is_err());
}

#[cfg(unix)]
#[test]
fn links_in_place_of_runs_are_named() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("a/signals")).unwrap();
    fs::create_dir_all(outside.path().join("signals")).unwrap();
    fs::write(at("notes.txt"), "").unwrap();
    symlink(outside.path(), at("b")).unwrap();
    symlink(outside.path().join("gone"), at("c")).unwrap();
    symlink(at("a"), at("latest")).unwrap();
    symlink(at("notes.txt"), at("notes")).unwrap();
    let found = find_runs(folder.path()).unwrap();
    assert_eq!(found.runs, [at("a")]);
    let named: Vec<_> = found.problems.iter().map(|problem| problem.path.clone()).collect();
    assert_eq!(named, [at("b"), at("c")]);
}
