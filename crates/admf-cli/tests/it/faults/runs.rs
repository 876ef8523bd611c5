//! Folders of runs that are not what they should be: nothing that a run stored is removed because of it, and other runs
//! are begun, listed and shown.

use super::subject::contents;
use super::workspace::{Place, place, prepare, said, unprivileged};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

impl Place {
    /// Another run is begun and ends, and of the damaged one nothing changes.
    fn is_kept_by_the_next_run(&self) -> String {
        let before = contents(&self.damaged);
        let said = self.ask(&["run", "second.yaml"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(!said.err.contains("removed run"), "{}", said.err);
        assert!(contents(&self.damaged) == before, "the run was changed: {}", said.err);
        said.err
    }

    /// `runs ls` lists so many runs and says all of this.
    fn lists(&self, runs: usize, parts: &[&str]) {
        let said = self.ask(&["runs", "ls", "--format", "csv"]);
        assert_eq!((said.code, said.out.lines().count() - 1), (Some(0), runs), "{}{}", said.out, said.err);
        for part in parts {
            assert!(said.err.contains(part), "`{part}` is not in\n{}", said.err);
        }
    }
}

#[test]
fn metadata_missing() {
    let place = place();
    fs::remove_file(place.file("metadata.json")).unwrap();
    let missing = "metadata.json is missing, and what the run stored is still there (classifiers)";
    let (id, name) = (place.id(), place.damaged.file_name().unwrap().to_str().unwrap());
    let remedy = format!("`admf runs rm {id}` removes the run: copy runs/{name}/spec.yaml before");
    place.lists(1, &[missing, &remedy]);
    place.doctor(&[], &[missing, "restore the file from a copy", &remedy]);
    place.shows(1, &format!("run {id} is not included: "));
    for asked in [&["runs", "show", id][..], &["run", "--resume", id]] {
        let said = place.ask(asked);
        assert_eq!(said.code, Some(1), "{asked:?}: {}", said.err);
        assert!(said.err.contains("metadata.json is missing"), "{asked:?}: {}", said.err);
    }
    place.is_kept_by_the_next_run();
    place.is_kept_by_the_next_run();
}

/// Restored from a copy, the run is what it was.
#[test]
fn metadata_missing_and_restored() {
    let place = place();
    let (file, copy) = (place.file("metadata.json"), place.at().join("copy.json"));
    fs::rename(&file, &copy).unwrap();
    place.is_kept_by_the_next_run();
    fs::rename(&copy, &file).unwrap();
    assert_eq!(place.ask(&["doctor", "--full"]).code, Some(0));
    place.shows(3, "");
}

/// Whatever is left of a run's results is a result.
#[test]
fn metadata_and_most_files_missing() {
    for kept in ["strategies.parquet", "trades.parquet", "summary", "signals", "parameter_analysis.parquet"] {
        let place = place();
        for entry in fs::read_dir(&place.damaged).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name == kept || name == "spec.yaml") {
                continue;
            }
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        place.doctor(&[], &[&format!("what the run stored is still there ({kept})")]);
        place.is_kept_by_the_next_run();
    }
    // Where nothing but a copy of its spec is left nothing is lost.
    let place = place();
    let spec = fs::read(place.file("spec.yaml")).unwrap();
    fs::remove_dir_all(&place.damaged).unwrap();
    fs::create_dir(&place.damaged).unwrap();
    fs::write(place.file("spec.yaml"), spec).unwrap();
    let said = place.ask(&["run", "second.yaml"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("removed run") && !place.damaged.exists(), "{}", said.err);
}

/// A run that cannot be looked at keeps nobody from beginning another.
#[test]
fn folder_without_permission() {
    let place = place();
    let ask = |arguments: &[&str]| said(unprivileged(place.at(), arguments));
    let permit = |mode| fs::set_permissions(&place.damaged, Permissions::from_mode(mode)).unwrap();
    permit(0o000);
    let (run, list, doctor) = (
        ask(&["run", "second.yaml"]),
        ask(&["runs", "ls", "--format", "csv"]),
        ask(&["doctor", "--format", "csv"]),
    );
    let scan = ask(&["analytics", "scan", "--top", "all", "--format", "csv"]);
    permit(0o755);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let parts = ["Permission denied", "that run is left as it is; `admf doctor` looks at all"];
    assert!(parts.iter().all(|part| run.err.contains(part)), "{}", run.err);
    assert_eq!((list.code, list.out.lines().count()), (Some(0), 3), "{}{}", list.out, list.err);
    assert!(list.err.contains("Permission denied"), "{}", list.err);
    assert!(doctor.code == Some(1) && doctor.out.contains("Permission denied"), "{}", doctor.out);
    assert_eq!((scan.code, scan.out.lines().count()), (Some(0), 2), "{}{}", scan.out, scan.err);
    assert!(scan.err.contains(&format!("run {} is not included: ", place.id())), "{}", scan.err);
    place.shows(3, "");
    assert_eq!(place.ask(&["doctor", "--full"]).code, Some(0));
}

/// What is no lock is not removed, and not taken for one.
#[test]
fn lock_that_is_a_folder() {
    let place = place();
    fs::create_dir_all(place.file("lock/inner")).unwrap();
    let said = place.is_kept_by_the_next_run();
    let parts = ["lock: it is not a file", "that run is left as it is"];
    assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    place.shows(3, "");
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// On a pipe a reader would wait without end.
#[test]
fn pipes_in_place_of_files() {
    for file in ["metadata.json", "lock", "spec.yaml", "trades.parquet", "summary/performance.json"] {
        let place = place();
        let _ = fs::remove_file(place.file(file));
        make_pipe(&place.file(file));
        let (list, doctor) = (place.ask(&["runs", "ls"]), place.ask(&["doctor", "--format", "csv"]));
        assert_eq!(list.code, Some(0), "{file}: {}", list.err);
        assert!(list.err.contains("it is not a file") == (file == "metadata.json"), "{file}: {}", list.err);
        // A lock of a complete run says nothing.
        assert_eq!(doctor.code, Some(i32::from(file != "lock")), "{file}: {}", doctor.out);
        assert!(doctor.out.contains("it is not a file") == (file != "lock"), "{file}: {}", doctor.out);
        assert_eq!(place.ask(&["workspace", "scan"]).code, Some(0), "{file}");
        // What is kept is told by names: reading it here would wait too.
        let before = names(&place.damaged);
        assert_eq!(place.ask(&["run", "second.yaml"]).code, Some(0), "{file}");
        assert_eq!(names(&place.damaged), before, "{file}");
    }
}

/// A copy may leave out folders in which there is nothing.
#[test]
fn folder_of_runs_missing() {
    let place = place();
    let runs = place.at().join("runs");
    fs::rename(&runs, place.at().join("aside")).unwrap();
    let doctor = place.ask(&["doctor", "--format", "csv"]);
    assert_eq!(doctor.code, Some(0), "{}", doctor.out);
    assert!(
        doctor.out.contains("warn,runs,") && doctor.out.contains("the next run makes it"),
        "{}",
        doctor.out
    );
    let run = place.ask(&["run", "second.yaml"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    place.shows(1, "");

    // Where it is elsewhere, and that is not there, nothing is made.
    fs::remove_dir_all(&runs).unwrap();
    symlink(place.at().join("volume"), &runs).unwrap();
    place.doctor(&[], &["runs is a link that leads to no folder"]);
    assert_eq!(place.ask(&["run", "second.yaml"]).code, Some(1));
    fs::rename(place.at().join("aside"), place.at().join("volume")).unwrap();
    place.shows(3, "");
}

/// What fails at its last step leaves nothing half written either.
#[test]
fn exports_that_do_not_fit() {
    let place = place();
    for (file, arguments) in [
        ("found.csv", &["sql", "SELECT * FROM trades LIMIT 20", "-o", "found.csv"][..]),
        ("found.json", &["sql", "SELECT * FROM trades LIMIT 10", "-o", "found.json"]),
        ("admf.toml", &["config", "set", "memory", "1GB"]),
    ] {
        let before = names(place.at());
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec prlimit --fsize=50 \"$@\"", "sh"]);
        command.arg(env!("CARGO_BIN_EXE_admf")).args(arguments);
        prepare(&mut command, place.at());
        let failed = said(command);
        assert_eq!(failed.code, Some(1), "{file}: {}{}", failed.out, failed.err);
        assert!(failed.err.contains("File too large"), "{file}: {}", failed.err);
        assert_eq!(names(place.at()), before, "{file}");
        assert_eq!(place.ask(arguments).code, Some(0), "{file}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
