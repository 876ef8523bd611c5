//! Runs that were stopped and are resumed, and estimates that write nothing.

use crate::runs::{SPEC, go, workspace};
use crate::support::{Observer, clock};
use admf_model::Timestamp;
use admf_store::trials;
use admf_workflow::run::estimate::{Estimate, EstimateRequest, estimate};
use admf_workflow::run::{ResumeRequest, RunReport, resume};
use admf_workflow::{ErrorKind, WorkflowError, Workspace};
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

fn go_on(workspace: &Workspace, run: &str, observer: &mut Observer) -> Result<RunReport, WorkflowError> {
    let request = ResumeRequest { workspace, run: run.into(), threads: NonZeroUsize::new(2), clock: &clock };
    resume(&request, observer)
}

fn stopping_after(strategies: usize) -> Observer {
    Observer { stop_after: Some(strategies), ..Observer::default() }
}

/// Path and contents of every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}

/// The same with paths below the folder.
fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |path: PathBuf| path.strip_prefix(folder).unwrap().to_owned();
    files(folder).into_iter().map(|(path, bytes)| (below(path), bytes)).collect()
}

const KEEPING: &str = "
data: {dataset: stocks, symbols: [AAPL, IBM]}
strategies: [{type: ma_crossover, grid: {fast: 2..41, slow: 50..99}}, {type: momentum, grid: {lookback: 20..60}}]
classifiers: [trend]
";

#[test]
fn a_resumed_run_has_the_files_of_one_that_was_never_stopped() {
    for spec in [SPEC, KEEPING] {
        let whole_folder = tempfile::tempdir().unwrap();
        let whole = workspace(whole_folder.path());
        let expected = go(&whole, spec, &mut Observer::default()).unwrap();
        let files_expected = files_in(&whole.run(expected.run_id));
        for stops in [&[1_usize][..], &[256, 300], &[1000, 1024, 2900], &[3800]] {
            let folder = tempfile::tempdir().unwrap();
            let workspace = workspace(folder.path());
            let mut stored = 0;
            for (nth, stop) in stops.iter().enumerate() {
                let mut observer = stopping_after(*stop);
                let stopped = match nth {
                    0 => go(&workspace, spec, &mut observer),
                    _ => go_on(&workspace, "@last", &mut observer),
                };
                let error = stopped.unwrap_err();
                let WorkflowError::Interrupted { run, evaluated, .. } = error else { panic!("{error}") };
                assert_eq!(run, expected.run_id);
                assert!(evaluated >= stored, "{evaluated} after {stored}");
                stored = evaluated;
            }
            let mut observer = Observer::default();
            let report = go_on(&workspace, &expected.run_id.to_string()[..6], &mut observer).unwrap();
            assert_eq!(observer.planned.unwrap().stored, stored);
            assert_eq!(report, expected, "{stops:?}");
            assert!(files_in(&workspace.run(expected.run_id)) == files_expected, "{stops:?}");
            let family = |w: &Workspace| trials::summary(w, "stocks").unwrap();
            assert_eq!(family(&workspace), family(&whole), "{stops:?}");
            assert!(matches!(
                go_on(&workspace, "@last", &mut Observer::default()),
                Err(e) if e.kind() == ErrorKind::Usage && e.to_string().contains("nothing to resume")
            ));
        }
    }
}

#[test]
fn what_would_not_be_one_run_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let error = go(&workspace, SPEC, &mut stopping_after(1000)).unwrap_err();
    let WorkflowError::Interrupted { run, .. } = error else { panic!("{error}") };
    let refusal = || go_on(&workspace, "@last", &mut Observer::default()).unwrap_err().to_string();
    let at = workspace.run(run);
    let changed = |file: &str, from: &str, to: &str| {
        let path = at.join(file);
        let before = fs::read_to_string(&path).unwrap();
        assert!(before.contains(from), "{before}");
        fs::write(&path, before.replace(from, to)).unwrap();
        let refusal = refusal();
        fs::write(&path, before).unwrap();
        refusal
    };
    let engine = format!("\"engine_version\": \"{}\"", admf_workflow::run::ENGINE_VERSION);
    let text = changed("checkpoint/begun.json", &engine, "\"engine_version\": \"0.0.1\"");
    assert!(text.starts_with("the run was begun by ADMF 0.0.1 and this is ADMF "), "{text}");
    let text = changed("spec.yaml", "2..41", "2..42");
    assert!(text.contains("spec.yaml is damaged: it was changed after the run began"), "{text}");
    let text = changed("checkpoint/begun.json", "\"bars_per_year\": 252.0", "\"bars_per_year\": 260.0");
    assert!(text.starts_with("`bars_per_year` was 260.0 when the run began and is 252.0"), "{text}");
    // Without the data it began with it cannot go on.
    let market = workspace.market().join("stocks");
    let aside = folder.path().join("aside");
    fs::rename(&market, &aside).unwrap();
    let text = refusal();
    assert!(text.contains("not in this workspace any more"), "{text}");
    fs::rename(&aside, &market).unwrap();
    // None of the refusals has harmed it.
    let report = go_on(&workspace, &run.to_string(), &mut Observer::default()).unwrap();
    assert_eq!(report.strategies, 4000);
    let again = go_on(&workspace, &run.to_string(), &mut Observer::default()).unwrap_err();
    assert!(again.to_string().contains("is complete: there is nothing to resume"), "{again}");
}

#[test]
fn another_import_does_not_change_what_a_run_began_with() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    go(&workspace, SPEC, &mut stopping_after(300)).unwrap_err();
    let request = admf_store::market::Request {
        sources: vec![admf_store::market::Source::bytes(
            "stocks.csv",
            b"Symbol,Date,Open,High,Low,Close,Volume\nAAPL,2020-01-02,1,1,1,1,1\nAAPL,2020-01-03,1,1,1,1,1\n",
        )],
        name: "stocks".into(),
        family: None,
        bars_per_year: None,
        reading: admf_store::market::Reading::default(),
        rejects: None,
        now: clock(),
    };
    admf_store::market::import(&workspace.market(), &request, &|_| ()).unwrap();
    let report = go_on(&workspace, "@last", &mut Observer::default()).unwrap();
    assert_eq!(report.strategies, 4000);
}

fn estimated(workspace: &Workspace, spec: &str) -> Estimate {
    let now = || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap())
    };
    let request = EstimateRequest {
        workspace,
        spec_name: "spec.yaml".into(),
        spec_text: spec.into(),
        threads: NonZeroUsize::new(2),
        clock: &now,
    };
    estimate(&request, &mut Observer::default()).unwrap()
}

#[test]
fn an_estimate_writes_nothing_and_counts_what_the_run_then_does() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let (mut trials_before, mut idle_before) = (0, 0);
    for spec in [SPEC, KEEPING] {
        let before = files(folder.path());
        let estimate = estimated(&workspace, spec);
        assert!(files(folder.path()) == before, "something was written");
        let report = go(&workspace, spec, &mut Observer::default()).unwrap();
        assert_eq!(estimate.run_id, report.run_id);
        assert_eq!((estimate.strategies, estimate.duplicates), (report.strategies, report.duplicates));
        // What traded is what counts, before and after: only which of the new ones will is not known.
        assert_eq!(estimate.trials_before, trials_before);
        let idle = trials::summary(&workspace, "stocks").unwrap().trials - report.trials;
        assert_eq!(estimate.trials_at_most, report.trials + idle - idle_before);
        (trials_before, idle_before) = (report.trials, idle);
        let bytes = |files: &BTreeMap<PathBuf, Vec<u8>>| files.values().map(|f| f.len() as f64).sum::<f64>();
        let grown = bytes(&files(folder.path())) - bytes(&before);
        let ratio = estimate.disk_bytes as f64 / grown;
        assert!((0.3..3.0).contains(&ratio), "estimated {}, grown by {grown}", estimate.disk_bytes);
        assert!(estimate.seconds > 0.0 && estimate.memory_bytes > 1 << 20);
    }
    // The same again is the next repetition, and no new trials.
    let estimate = estimated(&workspace, KEEPING);
    assert_eq!((estimate.trials_before, estimate.trials_at_most), (trials_before, trials_before));
    assert_eq!(estimate.run_id, go(&workspace, KEEPING, &mut Observer::default()).unwrap().run_id);
}
