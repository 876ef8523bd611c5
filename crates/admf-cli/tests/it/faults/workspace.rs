//! Faults of a workspace: what is damaged, what `admf doctor` says of it, and that everything else still answers.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Two runs of one dataset; the damage is done to the first, of two strategies, and the second, of one, stays.
pub(super) struct Place {
    pub(super) folder: tempfile::TempDir,
    pub(super) damaged: PathBuf,
}

/// How a command ended and what it said.
pub(super) struct Said {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

const FIRST: &str =
    "data: sp500\nname: first\nstrategies:\n  - {type: ma_crossover, grid: {fast: [5, 10], slow: 50}}\n";
const SECOND: &str = "data: sp500\nname: second\nstrategies: [buy_and_hold]\n";

pub(super) fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let prices = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/arch_sp500.csv.gz");
    fs::write(at.join("first.yaml"), FIRST).unwrap();
    fs::write(at.join("second.yaml"), SECOND).unwrap();
    let data = format!("SP500={prices}");
    let arguments: [&[&str]; 3] =
        [&["init", "."], &["data", "import", &data, "--as", "sp500"], &["run", "first.yaml"]];
    for arguments in arguments {
        assert_eq!(said(admf(at, arguments)).code, Some(0), "{arguments:?}");
    }
    let runs = || fs::read_dir(at.join("runs")).unwrap().map(|entry| entry.unwrap().path());
    let damaged = runs().find(|path| path.is_dir()).unwrap();
    assert_eq!(said(admf(at, &["run", "second.yaml"])).code, Some(0));
    Place { damaged, folder }
}

fn admf(at: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_admf"));
    prepare(&mut command, at).args(arguments);
    command
}

pub(super) fn prepare<'a>(command: &'a mut Command, at: &Path) -> &'a mut Command {
    command.current_dir(at).stdin(Stdio::null()).env("ADMF_CONFIG", "none").env("ADMF_PROGRAM", "admf");
    // Messages are not wrapped, so that they can be looked for.
    command.env("COLUMNS", "1000")
}

/// The command without the right of root to ignore permissions.
pub(super) fn unprivileged(at: &Path, arguments: &[&str]) -> Command {
    let locked = tempfile::tempdir().unwrap();
    fs::set_permissions(locked.path(), Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.path().join("probe"), "").is_err() {
        return admf(at, arguments);
    }
    let mut command = Command::new("setpriv");
    let dropped =
        ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", env!("CARGO_BIN_EXE_admf")];
    prepare(&mut command, at).args(dropped).args(arguments);
    command
}

pub(super) fn said(mut command: Command) -> Said {
    // Root needs util-linux for the tests of permissions; nothing is skipped.
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Place {
    pub(super) fn at(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn id(&self) -> &str {
        &self.damaged.file_name().unwrap().to_str().unwrap()[..8]
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.damaged.join(name)
    }

    pub(super) fn ask(&self, arguments: &[&str]) -> Said {
        said(admf(self.at(), arguments))
    }

    /// Doctor ends with 1 and says all of this.
    pub(super) fn doctor(&self, arguments: &[&str], parts: &[&str]) {
        let said = self.ask(&[&["doctor", "--format", "csv"], arguments].concat());
        assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
        for part in parts {
            assert!(said.out.contains(part), "`{part}` is not in\n{}", said.out);
        }
        no_sql(&said);
    }

    /// So many strategies are shown by a database made anew, and by one that is there; `note` is said of the rest.
    pub(super) fn shows(&self, strategies: u32, note: &str) {
        let _ = fs::remove_file(self.at().join("analytics.duckdb"));
        for _ in 0..2 {
            let said = self.ask(&["analytics", "scan", "--top", "all", "--format", "csv"]);
            assert_eq!(said.code, Some(0), "{}", said.err);
            assert_eq!(said.out.lines().count() as u32 - 1, strategies, "{}{}", said.out, said.err);
            assert!(said.err.contains(note), "`{note}` is not in\n{}", said.err);
            no_sql(&said);
        }
    }

    /// The run is gone after what doctor says is done.
    pub(super) fn is_removed_by_its_remedy(&self) {
        let said = self.ask(&["runs", "rm", self.id(), "--yes"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert_eq!(self.ask(&["doctor"]).code, Some(0));
        self.shows(1, "");
    }
}

fn no_sql(said: &Said) {
    for word in ["LINE ", "read_parquet", "SELECT", "INSERT", "getvariable"] {
        assert!(!said.out.contains(word) && !said.err.contains(word), "{}{}", said.out, said.err);
    }
}

fn cut(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 16].iter_mut().for_each(|byte| *byte ^= 0x55);
    fs::write(path, bytes).unwrap();
}

#[test]
fn strategies_cut_off() {
    let place = place();
    cut(&place.file("strategies.parquet"));
    let name = place.damaged.file_name().unwrap().to_str().unwrap();
    place.doctor(
        &[],
        &[
            &format!("{} (first): strategies.parquet is cut off: ", place.id()),
            &format!("copy runs/{name}/spec.yaml, `admf runs rm {}`, and run the copy", place.id()),
        ],
    );
    place.shows(1, &format!("run {} is not included: strategies.parquet is cut off", place.id()));
    place.doctor(&[], &["analytics.duckdb shows all complete runs but 1 damaged run"]);
    place.is_removed_by_its_remedy();
}

#[test]
fn trades_empty() {
    let place = place();
    fs::write(place.file("trades.parquet"), "").unwrap();
    place.doctor(&[], &["trades.parquet is empty; restore it from a copy"]);
    place.shows(1, &format!("run {} is not included: trades.parquet is empty", place.id()));
}

#[test]
fn regimes_missing() {
    let place = place();
    fs::remove_file(place.file("regime_performance.parquet")).unwrap();
    place.doctor(&[], &["regime_performance.parquet is missing; restore it from a copy"]);
    place.shows(1, &format!("run {} is not included: regime_performance.parquet is missing", place.id()));
}

#[test]
fn bytes_flipped() {
    let place = place();
    flip(&place.file("trades.parquet"));
    place.doctor(&["--full"], &["trades.parquet was changed: its checksum is not the recorded one"]);
    place.doctor(&["--deep"], &["every byte read"]);
}

#[test]
fn signals_cut_off() {
    let place = place();
    let file = fs::read_dir(place.file("signals")).unwrap().next().unwrap().unwrap().path();
    cut(&file);
    place.doctor(&[], &["signals/ma_crossover.parquet is cut off"]);
    // The tables do not need it; signals of the other run are shown.
    place.shows(3, "");
    let said = place.ask(&["sql", "SELECT count(DISTINCT run_id) AS runs FROM signals", "--format", "csv"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "runs\n1\n"), "{}", said.err);
    assert!(said.err.contains("ma_crossover.parquet"), "{}", said.err);
}

#[test]
fn performance_summary_broken() {
    let place = place();
    fs::write(place.file("summary/performance.json"), "[{\"strategy_id\": ").unwrap();
    place.doctor(&[], &["summary/performance.json is cut off: "]);
    place.shows(3, "");
    let said = place.ask(&["workspace", "scan", "--format", "csv"]);
    assert_eq!((said.code, said.out.lines().count()), (Some(0), 2), "{}{}", said.out, said.err);
    assert!(said.err.contains("performance.json is damaged: "), "{}", said.err);
}

#[test]
fn spec_changed() {
    let place = place();
    fs::write(place.file("spec.yaml"), SECOND).unwrap();
    place.doctor(&[], &["spec.yaml was changed: ", "and run your spec again"]);
    place.shows(3, "");
}

#[test]
fn metadata_broken() {
    let place = place();
    fs::write(place.file("metadata.json"), "{\"run_id\": 7}").unwrap();
    place.doctor(
        &[],
        &["metadata.json is damaged: ", &format!("`admf runs rm {}` removes the run", place.id())],
    );
    place.shows(1, &format!("run {} is not included: ", place.id()));
    let said = place.ask(&["runs", "show", place.id()]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("metadata.json is damaged: "), "{}", said.err);
    place.is_removed_by_its_remedy();
}

#[test]
fn metadata_half_written() {
    let place = place();
    cut(&place.file("metadata.json"));
    place.doctor(&[], &["metadata.json is damaged: it ends in the middle, in line "]);
    place.shows(1, "it ends in the middle");
    fs::write(place.file("metadata.json"), "").unwrap();
    place.doctor(&[], &["metadata.json is damaged: it is empty; restore the file from a copy"]);
}

#[test]
fn metadata_of_a_newer_version() {
    let place = place();
    let text = fs::read_to_string(place.file("metadata.json")).unwrap();
    let text = text
        .replace("\"format\": 1", "\"format\": 9")
        .replace("\"engine_version\": \"0.1.0\"", "\"engine_version\": \"7.0.0\"");
    fs::write(place.file("metadata.json"), text).unwrap();
    let message = "has format 9, stored by ADMF 7.0.0; this ADMF reads runs up to format 1: install ADMF 7.0.0 or newer";
    place.doctor(&[], &[message]);
    place.shows(1, message);
    let said = place.ask(&["runs", "show", place.id()]);
    // The message is wrapped to the width of a line.
    assert!(said.code == Some(1) && said.err.contains("has format 9, stored by ADMF 7.0.0"), "{}", said.err);
}

#[test]
fn database_damaged() {
    let place = place();
    let database = place.at().join("analytics.duckdb");
    let whole = fs::read(&database).unwrap();
    let mut headers = whole.clone();
    headers[..64].fill(7);
    for contents in [&b""[..], b"not a database", &whole[..whole.len() / 3], &headers] {
        fs::write(&database, contents).unwrap();
        let said = place.ask(&["sql", "SELECT count(*) AS n FROM strategies", "--format", "csv"]);
        assert_eq!(
            (said.code, said.out.as_str()),
            (Some(0), "n\n3\n"),
            "{} bytes: {}",
            contents.len(),
            said.err
        );
        fs::write(&database, contents).unwrap();
        assert_eq!(place.ask(&["doctor"]).code, Some(0), "doctor makes it anew");
    }
}

#[test]
fn database_of_a_newer_duckdb() {
    let place = place();
    let database = place.at().join("analytics.duckdb");
    let mut bytes = fs::read(&database).unwrap();
    // The first header: a checksum of 8 bytes, `DUCK`, and the version of the format.
    assert_eq!(&bytes[8..12], b"DUCK");
    bytes[12..20].copy_from_slice(&9999_u64.to_le_bytes());
    fs::write(&database, bytes).unwrap();
    let said = place.ask(&["sql", "SELECT count(*) AS n FROM strategies", "--format", "csv"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "n\n3\n"), "{}", said.err);
}

#[test]
fn database_held_by_another_process() {
    let place = place();
    assert_eq!(place.ask(&["run", "second.yaml"]).code, Some(0));
    let lock = fs::File::options().append(true).open(place.at().join("analytics.duckdb.lock")).unwrap();
    lock.lock().unwrap();
    let said = place.ask(&["sql", "SELECT count(*) AS n FROM strategies", "--format", "csv"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "n\n4\n"), "{}", said.err);
    assert!(
        said.err.contains("answered from Parquet files, more slowly: another process has "),
        "{}",
        said.err
    );
    let said = place.ask(&["doctor", "--format", "csv"]);
    assert_eq!(said.code, Some(0), "a warning: {}", said.out);
    assert!(said.out.contains("it is brought up to date as soon as it can be written"), "{}", said.out);
}

/// Takes the right to write from all of a folder, or gives it back.
fn let_write(folder: &Path, may: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let_write(&path, may);
        } else {
            fs::set_permissions(&path, Permissions::from_mode(if may { 0o644 } else { 0o444 })).unwrap();
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(if may { 0o755 } else { 0o555 })).unwrap();
}

#[test]
fn workspace_read_only() {
    let place = place();
    let ask = |arguments: &[&str]| said(unprivileged(place.at(), arguments));
    let count = ["sql", "SELECT count(*) AS n FROM strategies", "--format", "csv"];
    let_write(place.at(), false);
    let current = ask(&count);
    let doctor = ask(&["doctor", "--format", "csv"]);
    let run = ask(&["run", "second.yaml"]);
    let correlated = ask(&["analytics", "correlations", "@last"]);
    let_write(place.at(), true);
    fs::remove_file(place.at().join("analytics.duckdb")).unwrap();
    let_write(place.at(), false);
    let outdated = ask(&count);
    let_write(place.at(), true);

    assert_eq!((current.code, current.out.as_str(), current.err.as_str()), (Some(0), "n\n3\n", ""));
    assert_eq!(doctor.code, Some(1));
    let parts = ["nothing can be written: Permission denied", "runs and imports need the right to write"];
    assert!(parts.iter().all(|part| doctor.out.contains(part)), "{}", doctor.out);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("Permission denied"), "{}", run.err);
    assert_eq!(correlated.code, Some(0), "{}", correlated.err);
    assert!(correlated.err.contains("not kept for the next time: "), "{}", correlated.err);
    assert_eq!((outdated.code, outdated.out.as_str()), (Some(0), "n\n3\n"), "{}", outdated.err);
    assert!(outdated.err.contains("cannot be written: Permission denied"), "{}", outdated.err);
}

#[test]
fn workspace_without_permission() {
    let place = place();
    let ask = |arguments: &[&str]| said(unprivileged(place.at(), arguments));
    let settings = place.at().join("admf.toml");
    fs::set_permissions(&settings, Permissions::from_mode(0o000)).unwrap();
    let (doctor, list) = (ask(&["doctor", "--format", "csv"]), ask(&["runs", "ls"]));
    fs::set_permissions(&settings, Permissions::from_mode(0o644)).unwrap();
    assert_eq!((doctor.code, list.code), (Some(1), Some(1)), "{}{}", doctor.out, list.err);
    for text in [&doctor.err, &list.err] {
        let parts = ["cannot read ", "admf.toml", "Permission denied"];
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }

    let file = place.file("strategies.parquet");
    fs::set_permissions(&file, Permissions::from_mode(0o000)).unwrap();
    fs::remove_file(place.at().join("analytics.duckdb")).unwrap();
    let (doctor, scan) =
        (ask(&["doctor", "--format", "csv"]), ask(&["analytics", "scan", "--format", "csv"]));
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    assert_eq!((doctor.code, scan.code), (Some(1), Some(0)), "{}{}", doctor.out, scan.err);
    let message = "strategies.parquet cannot be read: Permission denied";
    assert!(doctor.out.contains(message), "{}", doctor.out);
    assert!(scan.err.contains(message) && scan.out.lines().count() == 2, "{}{}", scan.out, scan.err);
}
