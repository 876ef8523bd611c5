//! The demo: large enough, and the same in every fresh workspace on any number of threads.

use crate::support::{Observer, clock};
use admf_workflow::demo::{DemoReport, DemoRequest, demo};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

fn run_demo(folder: &Path, threads: usize) -> (DemoReport, Observer) {
    let request =
        DemoRequest { folder: folder.to_owned(), threads: NonZeroUsize::new(threads), clock: &clock };
    let mut observer = Observer::default();
    let report = demo(&request, &mut |_| (), &mut observer).unwrap();
    (report, observer)
}

/// Every file below a folder with its bytes, locks left out.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn two_fresh_workspaces_hold_the_same_files() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, observer) = run_demo(first.path(), 1);
    let (two, _) = run_demo(second.path(), 2);
    assert_eq!(one.run.run_id, two.run.run_id);
    assert!(one.run.strategies > 5000, "{} strategies", one.run.strategies);
    assert_eq!(one.run.strategies + one.run.duplicates, observer.planned.unwrap().strategies);
    let (a, b) = (files(first.path()), files(second.path()));
    assert!(a.keys().eq(b.keys()), "{:?} and {:?}", a.keys(), b.keys());
    // The derived database is a cache whose pages DuckDB may arrange as it likes.
    for (name, bytes) in a.iter().filter(|(name, _)| !name.starts_with("analytics.duckdb")) {
        assert!(bytes == &b[name], "{name} differs");
    }
}
