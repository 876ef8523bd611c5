//! Questions to a million strategies of 200 runs, and the tables catching up with 100 new runs.
//!
//! `cargo xtask bench` runs it and compares it with what stands beside each row.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking, its helpers too")]

use admf_duckdb::{Backing, Catalogue};
use admf_store::Workspace;
use admf_store::queries::{ScanReport, scan};
use divan::Bencher;
use million::{RUNS, STRATEGIES, question, write_run};
use std::sync::LazyLock;

#[path = "catalogue/million.rs"]
mod million;

const NEW: usize = 100;

fn main() {
    divan::main();
}

/// Made once: it takes half a minute.
static MILLION: LazyLock<(tempfile::TempDir, Workspace)> = LazyLock::new(|| {
    let (folder, workspace) = workspace();
    (0..RUNS).for_each(|run| write_run(&workspace, run, STRATEGIES));
    Catalogue::open(&workspace).unwrap();
    (folder, workspace)
});

fn workspace() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    (folder, workspace)
}

fn answer(catalogue: &mut Catalogue) -> ScanReport {
    let report = scan(catalogue, &question()).unwrap();
    assert!(report.sheet.rows.len() == 20 && report.matching > 10_000, "{}", report.matching);
    report
}

/// Three conditions on a million strategies, in a process that has asked before.
// must: 50 ms
#[divan::bench(sample_count = 10)]
fn scan_of_a_million(bencher: Bencher<'_, '_>) {
    let mut catalogue = Catalogue::open(&MILLION.1).unwrap();
    answer(&mut catalogue);
    bencher.bench_local(|| answer(&mut catalogue));
}

/// The same with opening the database, as a command does.
// must: 300 ms
#[divan::bench(sample_count = 10)]
fn scan_of_a_million_once(bencher: Bencher<'_, '_>) {
    LazyLock::force(&MILLION);
    bencher.bench_local(|| answer(&mut Catalogue::open(&MILLION.1).unwrap()));
}

/// New runs of 50 strategies each.
// must: 1 s
#[divan::bench(sample_count = 3, sample_size = 1)]
fn catch_up_with_a_hundred_runs(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| {
            let (folder, workspace) = workspace();
            write_run(&workspace, NEW, 50);
            Catalogue::open(&workspace).unwrap();
            (0..NEW).for_each(|run| write_run(&workspace, run, 50));
            (folder, workspace)
        })
        .bench_local_values(|(folder, workspace)| {
            let catalogue = Catalogue::open(&workspace).unwrap();
            assert_eq!(*catalogue.backing(), Backing::File);
            (folder, catalogue)
        });
}
