//! Processes in each other's way: three that run specs, one that scans, one that removes runs, and one that holds the
//! database. Nobody is refused, and nothing is lost, counted twice or seen half written.

use super::subject::{admf, healthy, states, subject, succeeds, times, told};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Strategies of each run: every strategy of a runner differs from all others that it makes.
const STRATEGIES: usize = 4;

/// What the processes did.
#[derive(Default)]
struct Deeds {
    /// Runs that ended well, by the id that was printed.
    stored: BTreeSet<String>,
    removed: BTreeSet<String>,
    scans: usize,
}

/// Ends with 0 and says nothing of locks.
fn undisturbed(at: &Path, arguments: &[&str]) -> String {
    let output = admf(at, arguments).output().unwrap();
    let said = told(&output);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    assert!(!said.contains("lock") && !said.contains("conflict"), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Ids in the first column of a CSV.
fn run_ids(csv: &str) -> BTreeSet<String> {
    csv.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned).collect()
}

/// Runs one spec after the other, each with parameters that nobody else has; returns how many.
fn runner(at: &Path, number: usize, deeds: &Mutex<Deeds>, until: Instant) -> usize {
    let mut round = 0_u32;
    while round == 0 || Instant::now() < until {
        let file = format!("spec_{number}.yaml");
        // `low` tells all apart: 20 for the first runner's first round, 20.001 for its second.
        let low = 20.0 + number as f64 + f64::from(round) / 1_000.0;
        let spec = format!(
            "data: {{dataset: sp500, from: 2015-01-01}}\nstrategies:\n  - name: own\n    parameters: {{n: [2, 3, 4, 5]}}\n    \
             long: rsi(close, $n) < {low:.3}\n    exit: rsi(close, $n) > 60\n"
        );
        fs::write(at.join(&file), spec).unwrap();
        let found = run_ids(&undisturbed(at, &["run", &file, "--format", "csv"]));
        assert_eq!(found.len(), 1, "one run prints the strategies of one run");
        deeds.lock().unwrap().stored.extend(found);
        round += 1;
    }
    round as usize
}

/// What is seen at any moment is whole: every strategy of a run, or none.
fn scanner(at: &Path, deeds: &Mutex<Deeds>, until: Instant) {
    let question = "SELECT run_id, count(*) AS n FROM strategies GROUP BY run_id";
    while Instant::now() < until {
        undisturbed(at, &["analytics", "scan", "--top", "5", "--format", "csv"]);
        for line in undisturbed(at, &["sql", question, "--format", "csv"]).lines().skip(1) {
            let (run, count) = line.split_once(',').unwrap();
            let count: usize = count.parse().unwrap();
            assert!(count == STRATEGIES || count == 2, "run {run} shows {count} strategies");
        }
        let mut deeds = deeds.lock().unwrap();
        deeds.scans += 1;
    }
}

/// Removes about half of the runs that are stored, one at least, until no more are.
fn remover(at: &Path, deeds: &Mutex<Deeds>, is_stored: &AtomicBool) {
    loop {
        let is_last = is_stored.load(Ordering::Relaxed);
        let next = {
            let deeds = deeds.lock().unwrap();
            let there = deeds.stored.difference(&deeds.removed).min().cloned();
            there.filter(|_| 2 * deeds.removed.len() < deeds.stored.len())
        };
        let Some(run) = next else {
            if is_last {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(5));
            continue;
        };
        undisturbed(at, &["runs", "rm", &run, "--yes"]);
        deeds.lock().unwrap().removed.insert(run);
    }
}

/// Holds the database as another program that has it open for writing does, every other half of a second.
fn holder(at: &Path, is_over: &AtomicBool) -> usize {
    let mut held = 0;
    let file = at.join("analytics.duckdb");
    while !is_over.load(Ordering::Relaxed) {
        let Ok(database) = fs::File::options().read(true).write(true).open(&file) else { continue };
        // The lock of the database's file belongs to the process that asks, and this one reads the file nowhere else.
        if rustix::fs::fcntl_lock(&database, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_err() {
            std::thread::yield_now();
            continue;
        }
        held += 1;
        let until = Instant::now() + Duration::from_millis(500);
        while Instant::now() < until && !is_over.load(Ordering::Relaxed) {
            std::thread::park_timeout(Duration::from_millis(10));
        }
        drop(database);
    }
    held
}

#[test]
fn runs_scans_removals_and_a_held_database_at_once() {
    let folder = subject();
    let at = folder.path();
    let first = states(at).into_keys().next().unwrap();
    let deeds = Mutex::new(Deeds::default());
    let (is_over, is_stored) = (AtomicBool::new(false), AtomicBool::new(false));
    let until = Instant::now() + Duration::from_secs(times(6, 60) as u64);
    let (rounds, held) = std::thread::scope(|scope| {
        let runners: Vec<_> = (0..3)
            .map(|n| {
                scope.spawn({
                    let deeds = &deeds;
                    move || runner(at, n, deeds, until)
                })
            })
            .collect();
        let others =
            [scope.spawn(|| scanner(at, &deeds, until)), scope.spawn(|| remover(at, &deeds, &is_stored))];
        let holder = scope.spawn(|| holder(at, &is_over));
        // All are waited for before one of them may end the test: the holder would never.
        let rounds: Vec<_> = runners.into_iter().map(|thread| thread.join()).collect();
        is_stored.store(true, Ordering::Relaxed);
        let others = others.map(|thread| thread.join());
        is_over.store(true, Ordering::Relaxed);
        others.into_iter().for_each(|ended| ended.unwrap());
        (rounds.into_iter().map(|ended| ended.unwrap()).sum::<usize>(), holder.join().unwrap())
    });
    let deeds = deeds.into_inner().unwrap();
    println!("{rounds} runs, {} removed, {} scans, held {held} times", deeds.removed.len(), deeds.scans);
    assert!(held > 0 && deeds.scans > 0, "held {held} times, {} scans", deeds.scans);
    assert_eq!(deeds.removed.len(), rounds.div_ceil(2), "of {rounds} runs half are removed");
    assert_eq!(deeds.stored.len(), rounds, "no two runs share an id");

    let mut expected: BTreeSet<String> = deeds.stored.difference(&deeds.removed).cloned().collect();
    expected.insert(first);
    let listed = states(at);
    assert_eq!(listed.keys().cloned().collect::<BTreeSet<_>>(), expected);
    assert!(listed.values().all(|state| state == "complete"), "{listed:?}");
    let shown = run_ids(&succeeds(at, &["sql", "SELECT DISTINCT run_id FROM strategies", "--format", "csv"]));
    assert_eq!(shown, expected);
    // The two of the first run, and those of every run that there ever was, removed or not, once each.
    assert_eq!(healthy(at, "sp500"), (2 + rounds * STRATEGIES) as u64);
}
