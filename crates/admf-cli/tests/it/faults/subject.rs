//! A workspace in which things go wrong: with a dataset, a run, files to work on, and what must be the same afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How often something is tried.
pub(super) fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("ADMF_FAULTS").is_some_and(|form| form == "long") { long } else { short }
}

/// A job that writes.
pub(super) struct Job {
    pub(super) name: &'static str,
    pub(super) arguments: &'static [&'static str],
}

pub(super) const INIT: Job = Job { name: "init", arguments: &["init", "fresh"] };
pub(super) const IMPORT: Job =
    Job { name: "import", arguments: &["data", "import", "other.csv", "--as", "other"] };
pub(super) const RUN: Job = Job { name: "run", arguments: &["run", "second.yaml"] };
pub(super) const LARGE_RUN: Job = Job { name: "run", arguments: &["run", "large.yaml"] };
pub(super) const CATALOGUE: Job = Job { name: "catalogue", arguments: &["sql", QUESTION, "--format", "csv"] };
pub(super) const REMOVE: Job = Job { name: "rm", arguments: &["runs", "rm", "@last", "--yes"] };
pub(super) const ADOPT: Job = Job {
    name: "workspace import",
    arguments: &["workspace", "import", "old", "--as", "us-1d/old", "--bars-per-year", "252"],
};
pub(super) const RESUME: Job = Job { name: "resume", arguments: &["run", "--resume", "@last"] };
pub(super) const SAMPLES: Job = Job { name: "samples", arguments: &["data", "samples", "smp"] };
pub(super) const EXAMPLE: Job = Job { name: "example", arguments: &["init", "--example", "01", "ex"] };
pub(super) const SETTING: Job = Job { name: "setting", arguments: &["config", "set", "threads", "2"] };
pub(super) const CORRELATIONS: Job =
    Job { name: "correlations", arguments: &["analytics", "correlations", "@last", "-o", "found.csv"] };
pub(super) const REJECTS: Job = Job {
    name: "rejects",
    arguments: &["data", "import", "broken.csv", "--as", "broken", "--rejects", "found.csv"],
};
pub(super) const EXPORT: Job =
    Job { name: "export", arguments: &["analytics", "scan", "--top", "all", "-o", "found.csv"] };
pub(super) const EXPORT_PARQUET: Job =
    Job { name: "export", arguments: &["sql", QUESTION, "-o", "found.parquet"] };

/// All that tables hold of the strategies of all complete runs.
pub(super) const QUESTION: &str = "SELECT run_id, strategy_id, sharpe_ratio, total_return, total_trades FROM strategies ORDER BY run_id, strategy_id";

const FIRST: &str =
    "data: sp500\nname: first\nstrategies:\n  - {type: ma_crossover, grid: {fast: [5, 10], slow: 50}}\n";
const SECOND: &str = "data: sp500\nname: second\nstrategies:\n  - {type: rsi_reversion, grid: {n: [2, 14]}}\n  - buy_and_hold\n";
/// In several checkpoints, so that it can be stopped in the middle.
const LARGE: &str = "
data: {dataset: sp500, from: 2017-01-01}
name: large
strategies:
  - name: slow
    parameters: {n: 2..12, low: 1..99, stop: [2, 3, 4]}
    long: rsi(close, $n) < $low
    exit: rsi(close, $n) > 50
    stop_loss: $stop * atr(14)
";

/// A folder where syncing costs nothing, where there is one.
pub(crate) fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).unwrap()
}

/// A workspace with one complete run that its database knows.
pub(super) fn subject() -> tempfile::TempDir {
    let folder = scratch();
    let at = folder.path();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
    for (name, text) in [("first.yaml", FIRST), ("second.yaml", SECOND), ("large.yaml", LARGE)] {
        fs::write(at.join(name), text).unwrap();
    }
    fs::write(at.join("other.csv"), other_prices()).unwrap();
    // Every tenth row is no bar.
    let broken = other_prices().lines().enumerate().fold(String::new(), |text, (n, row)| {
        let row = if n % 10 == 9 { row.replacen(',', ",x", 1) } else { row.to_owned() };
        text + &row + "\n"
    });
    fs::write(at.join("broken.csv"), broken).unwrap();
    copy(&Path::new(fixtures).join("foreign"), &at.join("old"));
    fs::remove_file(at.join("old/make.py")).unwrap();
    let data = format!("SP500={fixtures}/market/arch_sp500.csv.gz");
    let arguments: [&[&str]; 3] =
        [&["init", "."], &["data", "import", &data, "--as", "sp500"], &["run", "first.yaml"]];
    for arguments in arguments {
        succeeds(at, arguments);
    }
    folder
}

/// Two thousand days, so that a file of them takes more than one write.
fn other_prices() -> String {
    let mut text = "date,open,high,low,close,volume\n".to_owned();
    for day in 0..2_000_u32 {
        let (year, month, day_of_month) = (2000 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let close = 100 + day * 37 % 50;
        text += &format!(
            "{year}-{month:02}-{day_of_month:02},{close},{},{},{close},{}\n",
            close + 1,
            close - 1,
            1000 + day * 7919 % 1013
        );
    }
    text
}

/// Copies a folder with all that is in it.
pub(super) fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(status.success(), "{} cannot be copied", from.display());
}

/// The command, as tests start it.
pub(super) fn admf(at: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_admf"));
    quiet(&mut command, at).args(arguments);
    command
}

pub(super) fn quiet<'a>(command: &'a mut Command, at: &Path) -> &'a mut Command {
    command.current_dir(at).stdin(Stdio::null()).env("ADMF_CONFIG", "none").env("ADMF_PROGRAM", "admf");
    // Messages are not wrapped, so that they can be looked for.
    command.env("COLUMNS", "1000").env("NO_COLOR", "1")
}

pub(super) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a command that must end with 0 writes.
pub(super) fn succeeds(at: &Path, arguments: &[&str]) -> String {
    let output = admf(at, arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What must be there after a job: files by their paths, without what the clock says.
pub(super) type Contents = BTreeMap<PathBuf, Vec<u8>>;

/// All files but locks, unfinished ones, what is derived, and the segments of the ledger, whose rows may stand in it
/// twice after a stop and count once.
pub(super) fn contents(folder: &Path) -> Contents {
    let mut found = Contents::new();
    collect(folder, folder, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Contents) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_unfinished = name.starts_with('.') && name.ends_with(".tmp");
        let is_lock = ["lock", ".lock"].contains(&name);
        let is_left_out = is_unfinished || is_lock || name.starts_with("analytics.duckdb");
        if is_left_out || name == "trials" {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let bytes = without_clock(name, fs::read(&path).unwrap());
            found.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
        }
    }
}

fn without_clock(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    if !matches!(name, "metadata.json" | "dataset.json") {
        return bytes;
    }
    let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(&bytes) else { return bytes };
    value.as_object_mut().unwrap().remove("wall_clock");
    value.to_string().into_bytes()
}

/// Nothing of `before` is gone or changed, but what a job removes or changes.
pub(super) fn assert_kept(before: &Contents, after: &Contents, removed: &str) {
    for (path, bytes) in before.iter().filter(|(path, _)| removed.is_empty() || !path.starts_with(removed)) {
        let there = after.get(path).unwrap_or_else(|| panic!("{} is lost", path.display()));
        assert!(there == bytes, "{} was changed", path.display());
    }
}

/// The files of one are those of the other.
pub(super) fn assert_same(found: &Contents, expected: &Contents) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, bytes) in expected {
        assert!(found[path] == *bytes, "{} differs", path.display());
    }
}

/// No file that was half written is left.
pub(super) fn assert_swept(folder: &Path, place: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.extension().is_none_or(|ending| ending != "tmp"), "{} is left: {place}", path.display());
        if path.is_dir() {
            assert_swept(&path, place);
        }
    }
}

/// Runs that are listed, with the state of each.
pub(super) fn states(at: &Path) -> BTreeMap<String, String> {
    let text = succeeds(at, &["runs", "ls", "--format", "jsonl"]);
    let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    lines.map(|run| (text(&run["run_id"]), text(&run["state"]))).collect()
}

/// Doctor finds nothing wrong; returns the trials of a family.
pub(super) fn healthy(at: &Path, family: &str) -> u64 {
    let text = succeeds(at, &["doctor", "--format", "jsonl"]);
    let of_family = format!("{family}: ");
    let findings = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let ledgers = findings.filter(|finding| finding["check"] == "trial ledger");
    let mut ledgers = ledgers.map(|finding| finding["finding"].as_str().unwrap().to_owned());
    let trials = ledgers.find_map(|ledger| ledger.strip_prefix(&of_family).map(str::to_owned));
    let trials = trials.unwrap_or_else(|| panic!("{family} has a ledger: {text}"));
    trials.split(' ').next().unwrap().replace(',', "").parse().unwrap()
}

/// Does a job again after it was stopped: a run that had begun goes on, all else begins anew.
pub(super) fn again(at: &Path, job: &Job) {
    let is_incomplete = states(at).values().any(|state| state == "incomplete");
    if [RUN.name, RESUME.name].contains(&job.name) && is_incomplete {
        succeeds(at, &["run", "--resume", "@last"]);
    } else if job.name != RESUME.name && (job.name != REMOVE.name || !states(at).is_empty()) {
        succeeds(at, job.arguments);
    }
}

/// Begins a large run and kills it when it has stored something.
fn leave_incomplete(at: &Path) {
    let mut run = admf(at, LARGE_RUN.arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let has_stored = || {
        let runs = fs::read_dir(at.join("runs")).unwrap().map(|run| run.unwrap().path());
        runs.into_iter().any(|run| run.join("checkpoint/000002").exists())
    };
    while !has_stored() {
        assert!(run.try_wait().unwrap().is_none(), "the run was too fast to be killed");
        std::thread::yield_now();
    }
    run.kill().unwrap();
    run.wait().unwrap();
}

/// A job, the workspace before it, and what it makes of it undisturbed.
pub(super) struct Trial<'a> {
    pub(super) job: &'a Job,
    /// The workspace is in `w`.
    pub(super) before: tempfile::TempDir,
    /// How long the job takes.
    pub(super) took: Duration,
    kept: Contents,
    expected: Contents,
    trials: u64,
    answer: String,
    /// The run that the job removes or goes on with, or the file that it changes.
    removed: String,
}

impl<'a> Trial<'a> {
    pub(super) fn new(job: &'a Job) -> Self {
        let before = scratch();
        copy(subject().path(), &before.path().join("w"));
        let at = before.path().join("w");
        if job.name == CATALOGUE.name {
            fs::remove_file(at.join("analytics.duckdb")).unwrap();
        }
        if job.name == RESUME.name {
            leave_incomplete(&at);
        }
        let taken_up = |state: &String| job.name != RESUME.name || state == "incomplete";
        let run = states(&at).into_iter().find(|(_, state)| taken_up(state)).unwrap().0;
        let removed = match job.name {
            name if name == REMOVE.name || name == RESUME.name => format!("runs/{run}"),
            name if name == SETTING.name => "admf.toml".to_owned(),
            _ => String::new(),
        };
        let after = before.path().join("undisturbed");
        copy(&at, &after);
        let began = Instant::now();
        succeeds(&after, job.arguments);
        let took = began.elapsed();
        let trials = healthy(&after, "sp500");
        let answer = succeeds(&after, CATALOGUE.arguments);
        Self { job, took, kept: contents(&at), expected: contents(&after), before, trials, answer, removed }
    }

    /// The workspace before the job, in a folder of its own.
    pub(super) fn copy(&self) -> tempfile::TempDir {
        let folder = scratch();
        copy(&self.before.path().join("w"), &folder.path().join("w"));
        folder
    }

    /// Nothing was lost of what was there before the job was disturbed, nothing half made is taken for whole, and the
    /// job, done again where it was not `done`, ends as it does undisturbed. `place` says what was done to it.
    pub(super) fn recovers(&self, at: &Path, done: bool, place: &str) {
        assert_kept(&self.kept, &contents(at), &self.removed);
        assert!(healthy(at, "sp500") <= self.trials, "{place}");
        // It may have been whole already when it was stopped.
        if !done && contents(at) != self.expected {
            again(at, self.job);
            if self.job.name == IMPORT.name {
                assert_swept(&at.join("market"), place);
            }
        }
        assert_same(&contents(at), &self.expected);
        assert!(states(at).values().all(|state| state == "complete"), "{place}");
        assert_eq!(healthy(at, "sp500"), self.trials, "{place}");
        assert_eq!(succeeds(at, CATALOGUE.arguments), self.answer, "{place}");
    }
}
