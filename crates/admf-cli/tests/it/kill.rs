//! A run that is killed while it works: what it stored is there, what was there before is untouched.

use crate::faults::scratch;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SMALL: &str = "data: sp500\nstrategies: [buy_and_hold]\n";
/// Nine checkpoints of strategies, so that it can be killed between any two of them, on few bars.
const LARGE: &str = "
data: {dataset: sp500, from: 2010-01-01}
strategies:
  - name: slow
    parameters: {n: 2..57, low: 1..99, stop: [2, 3, 4]}
    long: rsi(close, $n) < $low
    exit: rsi(close, $n) > 50
    stop_loss: $stop * atr(14)
";

fn admf(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_admf"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn output(folder: &Path, arguments: &[&str]) -> String {
    let output = admf(folder, arguments).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "admf {arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

fn runs(folder: &Path) -> Vec<serde_json::Value> {
    let text = output(folder, &["runs", "ls", "--format", "jsonl"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

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

fn workspace() -> tempfile::TempDir {
    let folder = scratch();
    let at = folder.path();
    output(at, &["init", "."]);
    let prices = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/arch_sp500.csv.gz");
    output(at, &["data", "import", &format!("SP500={prices}"), "--as", "sp500"]);
    fs::write(at.join("small.yaml"), SMALL).unwrap();
    fs::write(at.join("large.yaml"), LARGE).unwrap();
    folder
}

/// Starts the large run and kills it once its second checkpoint with strategies is there.
fn kill_a_run(folder: &Path) -> String {
    let before: Vec<String> = run_folders(folder);
    let mut child = started(folder, &["run", "large.yaml"]);
    let deadline = Instant::now() + Duration::from_secs(120);
    let run = loop {
        assert!(Instant::now() < deadline, "no checkpoint within two minutes");
        assert!(child.try_wait().unwrap().is_none(), "the run was over before it could be killed");
        let new = run_folders(folder).into_iter().find(|run| !before.contains(run));
        if let Some(run) = new.filter(|run| folder.join("runs").join(run).join("checkpoint/000003").exists())
        {
            break run;
        }
        std::thread::yield_now();
    };
    child.kill().unwrap();
    child.wait().unwrap();
    run
}

fn started(folder: &Path, arguments: &[&str]) -> Child {
    admf(folder, arguments).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
}

/// Waits until a run has a checkpoint of this number or more.
fn wait_for_checkpoint(folder: &Path, run: &str, number: u32, child: &mut Child) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while last_checkpoint(folder, run) < number {
        assert!(Instant::now() < deadline, "no checkpoint {number} within two minutes");
        assert!(child.try_wait().unwrap().is_none(), "the run was over before it could be stopped");
        std::thread::yield_now();
    }
}

/// The number of the last checkpoint of a run.
fn last_checkpoint(folder: &Path, run: &str) -> u32 {
    let entries = fs::read_dir(folder.join("runs").join(run).join("checkpoint"));
    let numbers =
        entries.into_iter().flatten().flatten().filter_map(|e| e.file_name().to_str()?.parse().ok());
    numbers.max().unwrap_or(0)
}

/// The files of a complete run; what the clock says is left out.
fn results(folder: &Path, run: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let at = folder.join("runs").join(run);
    let mut found: BTreeMap<PathBuf, Vec<u8>> = files(&at)
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(&at).unwrap().to_owned(), bytes))
        .collect();
    let metadata = found.get_mut(Path::new("metadata.json")).unwrap();
    let mut value: serde_json::Value = serde_json::from_slice(metadata).unwrap();
    value.as_object_mut().unwrap().remove("wall_clock").unwrap();
    *metadata = value.to_string().into_bytes();
    found
}

#[test]
fn a_run_that_is_killed_and_stopped_again_and_again_ends_as_if_it_had_not_been() {
    let whole = workspace();
    output(whole.path(), &["run", "large.yaml"]);
    let expected = runs(whole.path())[0]["run_id"].as_str().unwrap().to_owned();

    let workspace = workspace();
    let folder = workspace.path();
    let run = kill_a_run(folder);
    assert_eq!(run, expected);
    for (round, signal) in ["KILL", "INT", "KILL", "TERM"].into_iter().enumerate() {
        let number = last_checkpoint(folder, &run) + 1;
        let mut child = started(folder, &["run", "--resume", "@last"]);
        wait_for_checkpoint(folder, &run, number, &mut child);
        if round == 0 {
            // Nobody else takes up a run that is being written.
            let second = admf(folder, &["run", "--resume", &run]).output().unwrap();
            let refusal = String::from_utf8_lossy(&second.stderr).into_owned();
            assert_eq!(second.status.code(), Some(2), "{refusal}");
            assert!(refusal.contains("is running"), "{refusal}");
        }
        let signalled = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(signalled.success());
        let ended = child.wait().unwrap();
        if signal != "KILL" {
            assert_eq!(ended.code(), Some(130), "{signal}");
        }
        assert_eq!(runs(folder)[0]["state"], "incomplete", "{signal}");
    }
    output(folder, &["run", "--resume", &run[..6]]);
    assert!(results(folder, &run) == results(whole.path(), &expected));
    let trials = |at: &Path| output(at, &["runs", "ls", "--format", "jsonl"]);
    let counted = |text: String| {
        serde_json::from_str::<serde_json::Value>(text.lines().next().unwrap()).unwrap()["trials"].clone()
    };
    assert_eq!(counted(trials(folder)), counted(trials(whole.path())));
}

fn run_folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("runs")).unwrap();
    entries
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.len() == 16)
        .collect()
}

#[test]
fn a_killed_run_is_listed_as_incomplete_and_nothing_is_lost() {
    let workspace = workspace();
    let folder = workspace.path();
    output(folder, &["run", "small.yaml"]);
    let complete = runs(folder)[0]["run_id"].as_str().unwrap().to_owned();
    let kept = files(&folder.join("runs").join(&complete));

    let killed = kill_a_run(folder);
    let listed = runs(folder);
    let of = |id: &str| listed.iter().find(|run| run["run_id"] == id).unwrap_or_else(|| panic!("{listed:?}"));
    assert_eq!(of(&killed)["state"], "incomplete");
    let stored = of(&killed)["strategies"].as_u64().unwrap();
    assert!(stored >= 2048, "{stored} strategies in two checkpoints");
    assert_eq!(of(&complete)["state"], "complete");
    assert_eq!(files(&folder.join("runs").join(&complete)), kept);

    // What was stored has been counted, and stays counted when the run is removed.
    let counted = || {
        let doctor = output(folder, &["doctor", "--format", "csv"]);
        let line = doctor.lines().find(|line| line.contains("trial ledger")).unwrap().to_owned();
        // `ok,trial ledger,"sp500: 1,234 trials"`
        line.rsplit(' ').nth(1).unwrap().replace(',', "").parse::<u64>().unwrap()
    };
    let trials = counted();
    assert!(trials >= stored, "{trials} trials, {stored} strategies stored");
    output(folder, &["runs", "rm", "--incomplete", "--yes"]);
    assert_eq!(counted(), trials);

    // Only complete runs answer questions, and the next run is not in the way of anything.
    let rows = output(folder, &["sql", "SELECT run_id FROM strategies", "--format", "csv"]);
    assert_eq!(rows.lines().skip(1).collect::<Vec<_>>(), [complete.as_str()]);
    output(folder, &["run", "small.yaml"]);
    assert_eq!(runs(folder).len(), 2);
}
