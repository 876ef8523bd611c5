use super::remove::leftovers;
use super::{
    Finish, Listing, Rows, RunState, RunWriter, complete, list, load, remove, resolve, resolve_complete,
};
use crate::durable::tests::synced_by;
use crate::error::StoreError;
use crate::parquet_file::{count_rows, read_rows};
use crate::sample::{self, CREATED_AT, SPEC};
use crate::tables::{
    ClassifierRow, LabelRow, ParameterAnalysisRow, RegimePerformanceRow, SignalRow, StrategyRow, TradeRow,
};
use crate::workspace::Workspace;
use admf_model::{RunId, Timestamp};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

fn workspace() -> (TempDir, Workspace) {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    (folder, workspace)
}

fn begin(workspace: &Workspace) -> RunWriter {
    RunWriter::begin(workspace, SPEC, sample::facts(), CREATED_AT).unwrap()
}

fn finish(writer: RunWriter, elapsed_ms: i64) -> RunId {
    let run = writer.run_id();
    let deflated_sharpe = &|row: &super::SharpeEvidence| row.sharpe_ratio.map(|sharpe| sharpe / 10.0);
    let finish = Finish {
        elapsed_ms: &|| elapsed_ms,
        trials: 46,
        trial_sharpe_variance: Some(0.002),
        expected_maximum_sharpe: Some(0.1),
        deflated_sharpe,
    };
    writer.finish(&finish).unwrap();
    run
}

/// A complete run of strategies 0 to 9, stored in checkpoints of `step`.
fn complete_run(workspace: &Workspace, step: u32) -> RunId {
    let mut writer = begin(workspace);
    for from in (0..10).step_by(step as usize) {
        writer.checkpoint(&sample::rows(writer.run_id(), from..(from + step).min(10))).unwrap();
    }
    finish(writer, 1500)
}

fn states(workspace: &Workspace) -> Vec<(RunId, &'static str, u64)> {
    let Listing { runs, damaged } = list(workspace).unwrap();
    assert!(damaged.is_empty(), "{damaged:?}");
    runs.iter().map(|run| (run.run_id, run.state.name(), run.strategies)).collect()
}

/// Path and contents of every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_finished_run_holds_everything_in_order() {
    let (_folder, workspace) = workspace();
    let run = complete_run(&workspace, 4);
    let folder = workspace.run(run);
    let expected = sample::rows(run, 0..10);

    let mut strategies = read_rows::<StrategyRow>(&folder.join("strategies.parquet")).unwrap();
    assert_eq!(strategies[3].performance.deflated_sharpe, Some(0.3 / 10.0));
    assert_eq!(strategies[7].performance.deflated_sharpe, None);
    strategies.iter_mut().for_each(|row| row.performance.deflated_sharpe = None);
    assert_eq!(strategies, expected.strategies);
    assert_eq!(read_rows::<TradeRow>(&folder.join("trades.parquet")).unwrap(), expected.trades);
    let regimes = read_rows::<RegimePerformanceRow>(&folder.join("regime_performance.parquet")).unwrap();
    assert_eq!(regimes, expected.regime_performance);
    let classifiers = read_rows::<ClassifierRow>(&folder.join("classifiers.parquet")).unwrap();
    assert_eq!(classifiers, expected.classifiers);
    for (name, signals) in &expected.signals {
        let file = folder.join("signals").join(format!("{name}.parquet"));
        assert_eq!(read_rows::<SignalRow>(&file).unwrap(), *signals);
    }
    let labels = read_rows::<LabelRow>(&folder.join("classifiers").join("trend.parquet")).unwrap();
    assert_eq!(labels, expected.labels["trend"]);
    // fast in 0..4 and level 0.5, for each of two types: even strategies have even values of fast.
    assert_eq!(count_rows(&folder.join("parameter_analysis.parquet")).unwrap(), 6);
    let analysis = read_rows::<ParameterAnalysisRow>(&folder.join("parameter_analysis.parquet")).unwrap();
    assert!(analysis.iter().all(|row| row.run_id == run));
    assert_eq!(fs::read_to_string(folder.join("spec.yaml")).unwrap(), SPEC);
    assert!(!folder.join("checkpoint").exists() && !folder.join("lock").exists());
}

#[test]
fn metadata_says_what_the_run_is_and_holds() {
    let (_folder, workspace) = workspace();
    let run = complete_run(&workspace, 10);
    let metadata = load(&workspace, run).unwrap();
    assert_eq!(metadata.facts, sample::facts());
    assert_eq!((metadata.total_strategies, metadata.total_trades, metadata.total_classifiers), (10, 20, 1));
    assert_eq!((metadata.trials, metadata.trial_sharpe_variance), (46, Some(0.002)));
    assert_eq!(metadata.expected_maximum_sharpe, Some(0.1));
    assert_eq!(metadata.best_sharpe, Some(0.9));
    assert_eq!(metadata.best_strategy, Some(sample::strategy(run, 9).strategy_id));
    assert_eq!(metadata.best_classifier, Some(sample::classifier_id()));
    let signals = ["ma_crossover", "momentum"].map(|t| (t.to_owned(), format!("signals/{t}.parquet")));
    assert_eq!(metadata.signal_files, BTreeMap::from(signals));
    assert_eq!(metadata.wall_clock.finished_at, Timestamp::from_micros(CREATED_AT.micros() + 1_500_000));
    let row = metadata.to_row();
    assert_eq!((row.run_id, row.created_at, row.strategies, row.trials), (run, CREATED_AT, 10, 46));
    assert_eq!(row.workspace_path, format!("runs/{run}"));
}

#[test]
fn a_run_has_finished_when_all_its_files_are_written() {
    let (_folder, workspace) = workspace();
    let mut writer = begin(&workspace);
    writer.checkpoint(&sample::rows(writer.run_id(), 0..3)).unwrap();
    let folder = writer.folder().to_owned();
    let elapsed_ms = || {
        assert!(folder.join("strategies.parquet").exists());
        assert!(folder.join("summary").join("regime_summary.json").exists());
        assert!(!folder.join("metadata.json").exists());
        42
    };
    let finish = Finish {
        elapsed_ms: &elapsed_ms,
        trials: 0,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        deflated_sharpe: &|_| None,
    };
    assert_eq!(writer.finish(&finish).unwrap().wall_clock.elapsed_ms, 42);
}

#[test]
fn what_another_process_removes_at_the_same_time_is_no_error() {
    let (_folder, workspace) = workspace();
    let run = workspace.run(complete_run(&workspace, 10));
    let (checkpoint, lock) = (run.join("checkpoint"), run.join("lock"));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..3000 {
                    // The other may be quicker, or have made it just now.
                    let _ = fs::create_dir(&checkpoint);
                    fs::write(&lock, "").unwrap();
                    leftovers(&run).unwrap();
                }
            });
        }
    });
    assert!(!checkpoint.exists() && !lock.exists());
}

#[test]
fn the_name_of_a_run_is_made_durable_when_it_begins() {
    let (_folder, workspace) = workspace();
    let synced = synced_by(|| drop(begin(&workspace)));
    assert!(synced.contains(&workspace.runs()), "{synced:?}");
}

#[test]
fn equal_runs_in_fresh_workspaces_give_equal_files_however_they_were_checkpointed() {
    let (first, second) = (workspace(), workspace());
    let runs = [complete_run(&first.1, 10), complete_run(&second.1, 3)];
    assert_eq!(runs[0], runs[1]);
    assert_eq!(files(&first.1.run(runs[0])), files(&second.1.run(runs[1])));

    // Another clock changes one object of one file.
    let third = workspace();
    let mut writer = RunWriter::begin(&third.1, SPEC, sample::facts(), Timestamp::from_micros(0)).unwrap();
    writer.checkpoint(&sample::rows(writer.run_id(), 0..10)).unwrap();
    finish(writer, 99);
    let (left, right) = (files(&first.1.run(runs[0])), files(&third.1.run(runs[0])));
    let differing: Vec<_> = left.iter().filter(|(path, bytes)| right.get(*path) != Some(bytes)).collect();
    assert_eq!(differing.len(), 1);
    let json = |files: &BTreeMap<PathBuf, Vec<u8>>| -> serde_json::Value {
        let mut value: serde_json::Value =
            serde_json::from_slice(&files[Path::new("metadata.json")]).unwrap();
        value.as_object_mut().unwrap().remove("wall_clock").unwrap();
        value
    };
    assert_eq!(json(&left), json(&right));
}

#[test]
fn repetitions_and_writers_at_once_get_runs_of_their_own() {
    let (_folder, workspace) = workspace();
    let (first, second) = (begin(&workspace), begin(&workspace));
    assert_eq!((first.begun().ordinal, second.begun().ordinal), (0, 1));
    assert_ne!(first.run_id(), second.run_id());
    let ids = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| begin(&workspace))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().begun().ordinal).collect::<Vec<_>>()
    });
    let mut ordinals = ids;
    ordinals.sort_unstable();
    // A writer that is dropped without a checkpoint may have been swept before the next one began.
    assert!(ordinals.iter().all(|ordinal| *ordinal >= 2), "{ordinals:?}");
    // The lowest free ordinal is used again once its run is gone.
    let freed = first.run_id();
    drop(first);
    assert_eq!(begin(&workspace).run_id(), freed);
}

#[test]
fn other_data_or_another_engine_is_another_run() {
    let (_folder, workspace) = workspace();
    let here = begin(&workspace);
    let mut facts = sample::facts();
    facts.engine_version = "0.2.0".to_owned();
    let engine = RunWriter::begin(&workspace, SPEC, facts, CREATED_AT).unwrap();
    assert_eq!(engine.begun().ordinal, 0);
    assert_ne!(engine.run_id(), here.run_id());
}

#[test]
fn a_killed_run_is_incomplete_and_can_be_taken_up() {
    let (_folder, workspace) = workspace();
    let mut writer = begin(&workspace);
    let run = writer.run_id();
    writer.checkpoint(&sample::rows(run, 0..4)).unwrap();
    writer.checkpoint(&sample::rows(run, 4..6)).unwrap();
    assert_eq!(states(&workspace), [(run, "running", 6)]);
    // What a process leaves that dies in the middle of a checkpoint.
    fs::create_dir(workspace.run(run).join("checkpoint").join(".000003.1.tmp")).unwrap();
    drop(writer);
    assert_eq!(states(&workspace), [(run, "incomplete", 6)]);
    assert!(complete(&workspace).unwrap().runs.is_empty());
    let error = resolve_complete(&workspace, &run.to_string()).unwrap_err().to_string();
    assert!(error.starts_with(&format!("run {run} is incomplete: ")), "{error}");

    // The next start leaves it alone.
    let other = begin(&workspace);
    assert!(other.swept().removed.is_empty());
    assert_eq!(other.begun().ordinal, 1);

    let mut writer = RunWriter::resume(&workspace, run, CREATED_AT).unwrap();
    assert_eq!(writer.stored(), 6);
    assert!(matches!(
        RunWriter::resume(&workspace, run, CREATED_AT),
        Err(StoreError::NotComplete { state: "running", .. })
    ));
    writer.checkpoint(&sample::rows(run, 6..10)).unwrap();
    finish(writer, 1500);
    assert!(matches!(
        RunWriter::resume(&workspace, run, CREATED_AT),
        Err(StoreError::AlreadyComplete { .. })
    ));
    let whole = self::workspace();
    let expected = complete_run(&whole.1, 10);
    assert_eq!(files(&workspace.run(run)), files(&whole.1.run(expected)));
}

#[test]
fn folders_with_nothing_to_recover_are_removed_by_the_next_start() {
    let (_folder, workspace) = workspace();
    let mut writer = begin(&workspace);
    let run = writer.run_id();
    let Rows { classifiers, labels, .. } = sample::rows(run, 0..1);
    writer.checkpoint(&Rows { classifiers, labels, ..Rows::default() }).unwrap();
    drop(writer);
    assert_eq!(states(&workspace), []);
    assert!(workspace.run(run).exists());
    let next = begin(&workspace);
    assert_eq!(next.swept().removed, [run]);
    assert_eq!(next.run_id(), run);
}

#[test]
fn what_is_left_over_when_finishing_is_interrupted_is_removed_by_the_next_start() {
    let (_folder, workspace) = workspace();
    let run = complete_run(&workspace, 10);
    let before = files(&workspace.run(run));
    fs::create_dir_all(workspace.run(run).join("checkpoint").join("000001")).unwrap();
    fs::write(workspace.run(run).join("lock"), b"").unwrap();
    assert_eq!(states(&workspace), [(run, "complete", 10)]);
    assert!(begin(&workspace).swept().removed.is_empty());
    assert_eq!(files(&workspace.run(run)), before);
}

#[test]
fn a_run_is_removed_unless_it_is_running() {
    let (_folder, workspace) = workspace();
    let writer = begin(&workspace);
    let running = writer.run_id();
    assert!(matches!(remove(&workspace, running), Err(StoreError::NotComplete { state: "running", .. })));
    drop(writer);
    let run = complete_run(&workspace, 10);
    // What was computed from it goes with it.
    std::fs::create_dir_all(workspace.analytics(run)).unwrap();
    std::fs::write(workspace.analytics(run).join("matrix.json"), "{}").unwrap();
    remove(&workspace, run).unwrap();
    assert!(!workspace.analytics(run).exists());
    assert!(!workspace.run(run).exists());
    assert!(matches!(remove(&workspace, run), Err(StoreError::UnknownRun { .. })));
    assert_eq!(fs::read_dir(workspace.runs()).unwrap().count(), 1, "only the lock of all runs is left");
}

#[test]
fn removing_a_run_leaves_its_trials_counted() {
    let (_folder, workspace) = workspace();
    let run = complete_run(&workspace, 10);
    let row = crate::trials::TrialRow { trial_id: 1, sharpe_per_bar: Some(0.1), trades: 2, run_id: run };
    crate::trials::append(&workspace, &sample::facts().family, &[row]).unwrap();
    remove(&workspace, run).unwrap();
    assert_eq!(crate::trials::summary(&workspace, &sample::facts().family).unwrap().trials, 1);
}

#[test]
fn damage_is_reported_by_path_and_hides_no_other_run() {
    let (_folder, workspace) = workspace();
    let (good, torn, copied) =
        (complete_run(&workspace, 10), complete_run(&workspace, 10), complete_run(&workspace, 10));
    let file = |run: RunId| workspace.run(run).join("metadata.json");
    let text = fs::read(file(torn)).unwrap();
    fs::write(file(torn), &text[..text.len() / 2]).unwrap();
    fs::copy(file(good), file(copied)).unwrap();
    let Listing { runs, damaged } = list(&workspace).unwrap();
    assert_eq!(runs.iter().map(|run| run.run_id).collect::<Vec<_>>(), [good]);
    let mut messages: Vec<String> = damaged.iter().map(|run| run.error.to_string()).collect();
    messages.sort_by_key(|message| !message.contains(&torn.to_string()));
    assert!(messages[0].contains(&file(torn).display().to_string()), "{messages:?}");
    assert!(messages[1].contains(&format!("it describes run {good}")), "{messages:?}");
    assert_eq!(resolve(&workspace, "@last").unwrap(), good);
}

#[test]
fn runs_are_found_by_the_beginning_of_their_id() {
    let (_folder, workspace) = workspace();
    let error = resolve(&workspace, "@last").unwrap_err().to_string();
    assert_eq!(error, "no run `@last`: no run has finished in this workspace");
    let unfinished = begin(&workspace);
    assert_eq!(resolve(&workspace, "@last").unwrap_err().to_string(), error);
    drop(unfinished);
    let early = complete_run(&workspace, 10);
    let later = |micros| {
        RunWriter::begin(
            &workspace,
            SPEC,
            sample::facts(),
            Timestamp::from_micros(CREATED_AT.micros() + micros),
        )
    };
    let mut writer = later(1).unwrap();
    writer.checkpoint(&sample::rows(writer.run_id(), 0..1)).unwrap();
    let late = finish(writer, 0);
    let running = later(2).unwrap();

    assert_eq!(resolve(&workspace, "@last").unwrap(), late);
    assert_eq!(resolve(&workspace, &early.to_string()[..6]).unwrap(), early);
    assert_eq!(resolve(&workspace, &early.to_string()[..6].to_uppercase()).unwrap(), early);
    assert!(matches!(resolve_complete(&workspace, "@last").unwrap().run_id, id if id == late));
    let error = resolve_complete(&workspace, &running.run_id().to_string()).unwrap_err();
    assert!(matches!(error, StoreError::NotComplete { state: "running", .. }));
    for nothing in ["", "xyz", "@first", "../runs"] {
        let error = resolve(&workspace, nothing).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("no run `{nothing}`: there are {}, {late}, ", running.run_id())),
            "{error}"
        );
    }
}

#[test]
fn an_ambiguous_beginning_lists_the_candidates() {
    let (_folder, workspace) = workspace();
    // Ids are hashes: of seventeen runs, two begin with the same digit.
    let runs: Vec<String> = (0..17).map(|_| complete_run(&workspace, 10).to_string()).collect();
    let shared = runs.iter().find(|a| runs.iter().any(|b| *a != b && a[..1] == b[..1])).unwrap();
    let error = resolve(&workspace, &shared[..1]).unwrap_err();
    let StoreError::AmbiguousRun { candidates, .. } = error else { panic!("{error}") };
    assert!(candidates.len() > 1 && candidates.iter().all(|run| run[..1] == shared[..1]));
}

#[test]
fn a_type_that_is_no_file_name_is_refused_before_anything_is_stored() {
    let (_folder, workspace) = workspace();
    let mut writer = begin(&workspace);
    let mut rows = sample::rows(writer.run_id(), 0..2);
    let signals = rows.signals.remove("momentum").unwrap();
    rows.signals.insert("../../escape".to_owned(), signals);
    assert!(matches!(writer.checkpoint(&rows), Err(StoreError::Name(_))));
    assert_eq!(writer.stored(), 0);
    assert_eq!(states(&workspace), [(writer.run_id(), "running", 0)]);
    assert!(!workspace.runs().join("escape.parquet").exists());
    // Nothing of the refused rows gets into the next checkpoint.
    writer.checkpoint(&Rows::default()).unwrap();
    let run = finish(writer, 0);
    assert_eq!(load(&workspace, run).unwrap().total_trades, 0);
}

#[test]
fn states_are_told_apart() {
    let (_folder, workspace) = workspace();
    let run = complete_run(&workspace, 10);
    let Listing { runs, .. } = list(&workspace).unwrap();
    let RunState::Complete(metadata) = &runs[0].state else { panic!("{:?}", runs[0]) };
    assert_eq!(metadata.run_id, run);
    assert_eq!((runs[0].name.as_str(), runs[0].created_at), ("sample", CREATED_AT));
}
