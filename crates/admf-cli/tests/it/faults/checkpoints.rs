//! What a run has stored before it was killed, damaged: what is whole is kept, what is damaged is told and evaluated
//! again, and the run ends with the results of one that nothing happened to.

use super::subject::{Contents, admf, assert_same, contents, copy, healthy, scratch, subject, succeeds};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What a command says, in one line.
fn told(output: &Output) -> String {
    let text = super::subject::told(output);
    text.split(['\n', '│']).map(str::trim).collect::<Vec<_>>().join(" ").replace("  ", " ")
}

/// In seven checkpoints, with trades and signals, on few bars.
const SLOW: &str = "
data: {dataset: sp500, from: 2016-01-01}
name: slow
keep: {trades: all, signals: all}
strategies:
  - name: slow
    parameters: {n: 2..20, low: 1..90, stop: [2, 3, 4]}
    long: rsi(close, $n) < $low
    exit: rsi(close, $n) > 50
    stop_loss: $stop * atr(14)
";

/// A workspace in which a run was killed, and what the run would have come to.
struct Killed {
    folder: tempfile::TempDir,
    run: String,
    expected: Contents,
}

/// Killed once, and copied for every damage.
fn killed() -> &'static Killed {
    // What tests share is made once and only read.
    static KILLED: OnceLock<Killed> = OnceLock::new();
    KILLED.get_or_init(|| {
        let (whole, folder) = (subject(), scratch());
        fs::write(whole.path().join("slow.yaml"), SLOW).unwrap();
        copy(whole.path(), &folder.path().join("w"));
        let before = runs(whole.path());
        succeeds(whole.path(), &["run", "slow.yaml"]);
        let run = runs(whole.path()).into_iter().find(|run| !before.contains(run)).unwrap();
        let at = folder.path().join("w");
        let mut child = admf(&at, &["run", "slow.yaml"]).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(300);
        while !at.join("runs").join(&run).join("checkpoint/000004").exists() {
            assert!(child.try_wait().unwrap().is_none(), "the run was over before it could be killed");
            assert!(Instant::now() < deadline, "no fourth checkpoint within five minutes");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let expected = contents(&whole.path().join("runs").join(&run));
        Killed { folder, run, expected }
    })
}

fn runs(at: &Path) -> Vec<String> {
    let names = fs::read_dir(at.join("runs")).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| !name.starts_with('.')).collect()
}

struct Place {
    _folder: tempfile::TempDir,
    at: PathBuf,
    run: PathBuf,
}

fn place() -> Place {
    let (killed, folder) = (killed(), scratch());
    let at = folder.path().join("w");
    copy(&killed.folder.path().join("w"), &at);
    Place { run: at.join("runs").join(&killed.run), at, _folder: folder }
}

impl Place {
    fn id(&self) -> &str {
        &killed().run[..8]
    }

    /// Doctor ends with 1 and says this.
    fn doctor(&self, arguments: &[&str], parts: &[&str]) {
        let output = admf(&self.at, &[&["doctor", "--format", "csv"], arguments].concat()).output().unwrap();
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{found}");
        for part in parts {
            assert!(found.contains(part), "`{part}` is not in\n{found}");
        }
    }

    /// The run goes on, says this, and ends as if nothing had been.
    fn goes_on(&self, note: &str) {
        let output = admf(&self.at, &["run", "--resume", self.id()]).output().unwrap();
        let said = told(&output);
        assert_eq!(output.status.code(), Some(0), "{note}: {said}");
        assert!(said.contains(note), "`{note}` is not in\n{said}");
        assert_same(&contents(&self.run), &killed().expected);
        healthy(&self.at, "sp500");
        succeeds(&self.at, &["doctor", "--full"]);
    }
}

/// One test, so that a run is killed once for all.
#[test]
fn damaged_parts_are_evaluated_again() {
    nothing_damaged();
    files_missing();
    parts_missing();
    files_cut_off();
    bytes_flipped();
}

#[test]
fn what_cannot_go_on_is_kept() {
    damaged_and_refused();
    begun_missing_or_damaged();
    begun_by_an_earlier_build();
    spec_changed();
}

/// What is said of a damage, and how it is done to a file.
type Damage<'a> = (&'a str, &'a dyn Fn(&Path));

const AGAIN: &str = "what was stored from there on is evaluated again";

fn nothing_damaged() {
    let place = place();
    let output = admf(&place.at, &["doctor", "--deep", "--format", "csv"]).output().unwrap();
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code() == Some(0) && found.contains("`admf run --resume "), "{found}");
    place.goes_on("");
}

fn files_missing() {
    for file in ["trades.parquet", "signals/slow.parquet", "strategies.parquet", "part.json"] {
        let place = place();
        fs::remove_file(place.run.join("checkpoint/000002").join(file)).unwrap();
        let missing = format!("checkpoint/000002/{file} is missing");
        let remedy =
            format!("`admf run --resume {}` evaluates again what was stored from there on", place.id());
        place.doctor(&[], &[&missing, &remedy]);
        place.goes_on(&format!("{missing}: {AGAIN}"));
    }
}

/// The first part holds what is computed once, such as regimes.
fn parts_missing() {
    for part in ["000001", "000003"] {
        let place = place();
        fs::remove_dir_all(place.run.join("checkpoint").join(part)).unwrap();
        place.doctor(&[], &[&format!("checkpoint/{part} is missing")]);
        place.goes_on(&format!("checkpoint/{part} is missing: {AGAIN}"));
    }
}

fn files_cut_off() {
    for file in ["trades.parquet", "strategies.parquet"] {
        let place = place();
        let path = place.run.join("checkpoint/000003").join(file);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        place.doctor(&[], &[&format!("checkpoint/000003/{file} is cut off: ")]);
        place.goes_on(AGAIN);
    }
}

fn bytes_flipped() {
    let place = place();
    let path = place.run.join("checkpoint/000002/strategies.parquet");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 16].iter_mut().for_each(|byte| *byte ^= 0x55);
    fs::write(&path, bytes).unwrap();
    place.doctor(&["--full"], &["checkpoint/000002/strategies.parquet was changed: its checksum"]);
    place.goes_on(AGAIN);
}

/// Before it is known that the run can go on, nothing that it stored is removed.
fn damaged_and_refused() {
    let place = place();
    fs::remove_file(place.run.join("checkpoint/000002/trades.parquet")).unwrap();
    let market = place.at.join("market");
    fs::rename(&market, place.at.join("aside")).unwrap();
    let before = contents(&place.run);
    let output = admf(&place.at, &["run", "--resume", place.id()]).output().unwrap();
    assert_ne!(output.status.code(), Some(0), "{}", told(&output));
    assert_same(&contents(&place.run), &before);
    fs::rename(place.at.join("aside"), &market).unwrap();
    place.goes_on(AGAIN);
}

/// Where nothing tells what the run is about it cannot go on, and nothing of it is removed.
fn begun_missing_or_damaged() {
    let damages: [Damage<'_>; 3] = [
        ("begun.json is missing", &|path| {
            fs::remove_file(path).unwrap();
        }),
        ("begun.json is damaged: ", &|path| fs::write(path, "{\"run_id\": 7").unwrap()),
        ("begun.json is damaged: it describes run 0123456789abcdef", &|path| {
            let text = fs::read_to_string(path).unwrap();
            fs::write(path, text.replace(&killed().run, "0123456789abcdef")).unwrap();
        }),
    ];
    for (message, damage) in damages {
        let place = place();
        damage(&place.run.join("checkpoint/begun.json"));
        let before = contents(&place.run);
        place.doctor(&[], &[message, "restore the file from a copy", "/spec.yaml before, to run it again"]);
        let output = admf(&place.at, &["run", "--resume", place.id()]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        assert!(told(&output).contains(message), "{}", told(&output));
        succeeds(&place.at, &["run", "second.yaml"]);
        assert_same(&contents(&place.run), &before);
        succeeds(&place.at, &["runs", "rm", place.id(), "--yes"]);
        succeeds(&place.at, &["doctor"]);
    }
}

/// Runs that were begun before parts recorded their files are told apart.
fn begun_by_an_earlier_build() {
    let place = place();
    let path = place.run.join("checkpoint/begun.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"format\": 2,", "")).unwrap();
    let before = contents(&place.run);
    let message = "was begun by an earlier build of ADMF";
    place.doctor(&[], &[message, &format!("remove the run with `admf runs rm {}`", place.id())]);
    let output = admf(&place.at, &["run", "--resume", place.id()]).output().unwrap();
    assert!(output.status.code() == Some(1) && told(&output).contains(message), "{}", told(&output));
    assert!(told(&output).contains("and run the copy"), "{}", told(&output));
    succeeds(&place.at, &["run", "second.yaml"]);
    assert_same(&contents(&place.run), &before);
}

fn spec_changed() {
    let place = place();
    fs::write(place.run.join("spec.yaml"), SLOW.replace("2..20", "2..9")).unwrap();
    place.doctor(&[], &["spec.yaml was changed: ", "restore spec.yaml from a copy"]);
    let output = admf(&place.at, &["run", "--resume", place.id()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    fs::write(place.run.join("spec.yaml"), SLOW).unwrap();
    place.goes_on("");
}
