//! Names and paths that lead out of the workspace: in arguments, in specs, in results of other programs and in files of
//! the workspace itself. Nothing outside is written, removed or shown.

use super::subject::{CATALOGUE, admf, assert_same, contents, copy, quiet, scratch, subject, succeeds, told};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A workspace in a folder of its own, beside which there is a file with a secret.
struct Place {
    around: tempfile::TempDir,
    at: PathBuf,
}

const SECRET: &str = "{\"secret\": \"hunter2\"}";

fn place() -> Place {
    let around = scratch();
    let at = around.path().join("w");
    copy(subject().path(), &at);
    fs::write(around.path().join("secret.json"), SECRET).unwrap();
    Place { at, around }
}

impl Place {
    /// Ends with this code, says all of this, and leaves alone what is outside.
    fn refused(&self, arguments: &[&str], code: i32, parts: &[&str]) {
        let output = admf(&self.at, arguments).output().unwrap();
        let said = told(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{arguments:?}: {said}");
        self.is_contained(&said);
    }

    /// Fails and says this.
    fn refused_inside(&self, arguments: &[&str], part: &str) {
        let output = admf(&self.at, arguments).output().unwrap();
        let said = told(&output);
        assert!(output.status.code() == Some(1) && said.contains(part), "{arguments:?}: {said}");
    }

    fn is_contained(&self, said: &str) {
        assert!(!said.contains("hunter2"), "{said}");
        let mut names: Vec<_> =
            fs::read_dir(self.around.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["secret.json", "w"]);
        assert_eq!(fs::read_to_string(self.around.path().join("secret.json")).unwrap(), SECRET);
    }

    /// Changes a text in a file of results of another program.
    fn edit(&self, file: &str, change: impl Fn(&mut serde_json::Value)) {
        let path = self.at.join(file);
        // Python writes undefined numbers as a word that is not JSON.
        let text = fs::read_to_string(&path).unwrap().replace("NaN", "null");
        let mut value = serde_json::from_str(&text).unwrap();
        change(&mut value);
        fs::write(&path, value.to_string()).unwrap();
    }
}

#[test]
fn names_of_datasets() {
    let place = place();
    for name in ["../evil", "/evil", "a/b", "..", "a\\b", "con", ".hidden"] {
        place.refused(
            &["data", "import", "other.csv", "--as", name],
            2,
            &["cannot be the name of a dataset"],
        );
        place.refused(&["data", "show", name], 2, &["cannot be the name of a dataset"]);
        let spec = format!("data: '{name}'\nstrategies: [buy_and_hold]\n");
        fs::write(place.at.join("spec.yaml"), spec).unwrap();
        place.refused(&["run", "spec.yaml"], 3, &["cannot be the name of a dataset", "spec.yaml:1"]);
    }
}

#[test]
fn names_of_families_and_symbols() {
    let place = place();
    let import = ["data", "import", "../../evil=other.csv", "--as", "x", "--family", "../../evil"];
    let output = admf(&place.at, &import).output().unwrap();
    let said = told(&output);
    if output.status.code() == Some(0) {
        // A name of prices is no name of a file: it is in the tables as it is.
        fs::write(place.at.join("spec.yaml"), "data: x\nstrategies: [buy_and_hold]\n").unwrap();
        succeeds(&place.at, &["run", "spec.yaml"]);
        let shown =
            succeeds(&place.at, &["sql", "SELECT DISTINCT symbol FROM strategies", "--format", "csv"]);
        assert!(shown.contains("../../evil"), "{shown}");
    } else {
        assert!(output.status.code() == Some(2) && said.contains("../../evil"), "{said}");
    }
    place.is_contained(&said);
    for entry in fs::read_dir(place.at.join("library/trials")).unwrap() {
        assert!(entry.unwrap().path().is_dir());
    }
}

#[test]
fn names_of_runs() {
    let place = place();
    for name in ["..", "../market", "/", ".", "../../secret.json"] {
        place.refused(&["runs", "rm", name, "--yes"], 2, &["no run"]);
        place.refused(&["runs", "show", name], 2, &["no run"]);
        place.refused(&["run", "--resume", name], 2, &["no run"]);
    }
    succeeds(&place.at, &["doctor"]);
}

#[test]
fn names_in_specs() {
    let place = place();
    let strategies = "strategies:\n  - {name: ../evil, long: close > 1}\n";
    let classifiers = "strategies: [buy_and_hold]\nclassifiers:\n  - {name: ../x, role: trend, labels: {A: close > 1}, \
                       otherwise: B}\n";
    for entries in [strategies, classifiers] {
        fs::write(place.at.join("spec.yaml"), format!("data: sp500\n{entries}")).unwrap();
        place.refused(&["run", "spec.yaml"], 3, &["is not a name", "spec.yaml:"]);
    }
    // The name of a run is a text that nothing is named by.
    fs::write(place.at.join("spec.yaml"), "data: sp500\nname: ../../evil\nstrategies: [buy_and_hold]\n")
        .unwrap();
    let output = admf(&place.at, &["run", "spec.yaml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    place.is_contained(&told(&output));
}

const ADOPT: [&str; 7] = ["workspace", "import", "old", "--as", "us-1d/old", "--bars-per-year", "252"];

#[test]
fn names_in_results_of_another_program() {
    let place = place();
    for (file, key) in [
        ("old/run_17/signals/sma_10_50/metadata.json", "strategy_type"),
        ("old/run_17/signals/sma_10_50/metadata.json", "strategy_id"),
        ("old/run_17/signals/sma_10_50/metadata.json", "symbol"),
        ("old/run_17/classifiers/trend_50/metadata.json", "classifier_type"),
        ("old/run_17/metadata.json", "run_id"),
    ] {
        place.edit(file, |value| value[key] = "../../../../evil".into());
        let output = admf(&place.at, &ADOPT).output().unwrap();
        let said = told(&output);
        assert!([Some(0), Some(3)].contains(&output.status.code()), "{key}: {said}");
        place.is_contained(&said);
        succeeds(&place.at, &["doctor"]);
        assert!(!place.at.join("evil").exists() && !place.at.join("runs/evil").exists(), "{key}: {said}");
    }
}

#[test]
fn links_in_results_of_another_program() {
    for file in [
        "metadata.json",
        "signals/sma_10_50/metadata.json",
        "signals/sma_10_50/performance.json",
        "signals/sma_10_50/signals.parquet",
        "classifiers/trend_50/metadata.json",
        "classifiers/trend_50/states.parquet",
        "classifiers/trend_50/transitions.json",
        "signals/hold.parquet",
        "signals/sma_10_50",
    ] {
        let place = place();
        let path = place.at.join("old/run_17").join(file);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        symlink(place.around.path().join("secret.json"), &path).unwrap();
        place.refused(&ADOPT, 3, &[file, "links are not followed", "nothing was imported"]);
        let mut dry = admf(&place.at, &[&ADOPT[..5], &["--dry-run"]].concat());
        place.is_contained(&told(&dry.output().unwrap()));
        assert_eq!(super::subject::states(&place.at).len(), 1, "{file}");
    }
}

/// A run whose metadata name files of others is damaged: nothing of it is read.
#[test]
fn files_that_a_run_names() {
    let place = place();
    let run = fs::read_dir(place.at.join("runs")).unwrap().map(|entry| entry.unwrap().path());
    let run = run.into_iter().find(|path| path.is_dir()).unwrap();
    let metadata = run.strip_prefix(&place.at).unwrap().join("metadata.json");
    let whole = fs::read(place.at.join(&metadata)).unwrap();
    for path in ["../../../secret.json", "/etc/passwd", "signals/../../x"] {
        for key in ["signal_files", "classifier_files"] {
            fs::write(place.at.join(&metadata), &whole).unwrap();
            place.edit(metadata.to_str().unwrap(), |value| value[key]["ma_crossover"] = path.into());
            let _ = fs::remove_file(place.at.join("analytics.duckdb"));
            let damage = format!("is damaged: it names `{path}`, which is not in the run's folder");
            let doctor = admf(&place.at, &["doctor", "--format", "csv"]).output().unwrap();
            let found = String::from_utf8_lossy(&doctor.stdout).into_owned();
            assert!(doctor.status.code() == Some(1) && found.contains(&damage), "{path}: {found}");
            let output = admf(&place.at, CATALOGUE.arguments).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{path}: {}", told(&output));
            assert!(told(&output).contains(&damage), "{path}: {}", told(&output));
        }
    }
}

/// An example is written where it is asked for and nowhere else; the name of an example is one of a list.
#[test]
fn names_of_examples() {
    let place = place();
    place.refused(&["init", "inner", "--example", "../../secret.json"], 2, &["../../secret.json"]);
}

/// Does a job of which the number is known before it begins, so that the names of its unfinished files can be foreseen:
/// there are links of these names, out of the workspace, one to what is there and one to what is not.
fn with_links(place: &Place, unfinished: &str, target: &str, arguments: &[&str]) {
    let script = format!("ln -s \"$0/{target}\" \"{unfinished}.$$.tmp\" && exec \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(place.around.path()).arg(env!("CARGO_BIN_EXE_admf")).args(arguments);
    let output = quiet(&mut command, &place.at).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    place.is_contained(&told(&output));
}

/// The folder of the version of a dataset that `data import` makes.
fn version(place: &Place) -> PathBuf {
    let folders = fs::read_dir(place.at.join("market/other")).unwrap().map(|entry| entry.unwrap().path());
    folders.into_iter().find(|path| path.is_dir()).unwrap()
}

const IMPORT: [&str; 5] = ["data", "import", "other.csv", "--as", "other"];

/// Where a link takes the place of a file that is about to be written, what it leads to is not written.
#[test]
fn links_in_place_of_unfinished_files() {
    let whole = place();
    succeeds(&whole.at, &IMPORT);
    let hash = version(&whole).file_name().unwrap().to_owned();
    for target in ["secret.json", "created.json"] {
        for file in ["dataset.json", "bars.parquet"] {
            let place = place();
            let folder = Path::new("market/other").join(&hash);
            fs::create_dir_all(place.at.join(&folder)).unwrap();
            let unfinished = folder.join(format!(".{file}"));
            with_links(&place, unfinished.to_str().unwrap(), target, &IMPORT);
            let made = version(&place).join(file);
            assert!(made.symlink_metadata().unwrap().is_file(), "{file} is no file");
            let (found, expected) = (contents(&version(&place)), contents(&version(&whole)));
            assert_same(&found, &expected);
        }
        let place = place();
        with_links(&place, ".found.csv", target, &["sql", "SELECT 7 AS n", "-o", "found.csv"]);
        assert_eq!(fs::read_to_string(place.at.join("found.csv")).unwrap(), "n\n7\n");
        assert!(!place.at.join("found.csv").is_symlink());
    }
}

/// A link in place of a run, or of one of its folders, is not passed over in silence.
#[test]
fn links_in_place_of_runs_of_another_program() {
    for file in ["old/run_99", "old/run_17/signals", "old/run_17/classifiers"] {
        let place = place();
        let (path, aside) = (place.at.join(file), place.at.join("aside"));
        if path.exists() {
            fs::rename(&path, &aside).unwrap();
        } else {
            copy(&place.at.join("old/run_17"), &aside);
        }
        symlink(&aside, &path).unwrap();
        place.refused(&ADOPT, 3, &[file, "links are not followed", "nothing was imported"]);
        assert_eq!(super::subject::states(&place.at).len(), 1, "{file}");
        let scan = admf(&place.at, &["workspace", "scan", "old"]).output().unwrap();
        assert!(told(&scan).contains(file) && told(&scan).contains("not followed"), "{}", told(&scan));
    }
    // A second name of a run beside it is no other run.
    let place = place();
    symlink("run_17", place.at.join("old/latest")).unwrap();
    succeeds(&place.at, &ADOPT);
}

/// A link in place of a file of a run is not what was written, whatever it leads to.
#[test]
fn links_in_place_of_files_of_runs() {
    for file in
        ["trades.parquet", "strategies.parquet", "summary/performance.json", "metadata.json", "signals"]
    {
        let place = place();
        let runs = fs::read_dir(place.at.join("runs")).unwrap().map(|entry| entry.unwrap().path());
        let run = runs.into_iter().find(|path| path.is_dir()).unwrap();
        let (path, aside) = (run.join(file), place.at.join("aside"));
        fs::rename(&path, &aside).unwrap();
        symlink(&aside, &path).unwrap();
        let doctor = admf(&place.at, &["doctor", "--format", "csv"]).output().unwrap();
        let found = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert_eq!(doctor.status.code(), Some(1), "{file}: {found}");
        assert!(found.contains(file) && found.contains("is a link, and links are not followed"), "{found}");
        if !matches!(file, "summary/performance.json" | "signals") {
            let _ = fs::remove_file(place.at.join("analytics.duckdb"));
            let output = admf(&place.at, CATALOGUE.arguments).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{file}: {}", told(&output));
            assert!(told(&output).contains("links are not followed"), "{file}: {}", told(&output));
        }
        if file == "trades.parquet" {
            let shown = ["runs", "show", "@last", "fast=5", "--table", "trades"];
            place.refused_inside(&shown, "links are not followed");
        }
        // Back in its place it is what it was.
        fs::remove_file(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
        succeeds(&place.at, &["doctor", "--full"]);
    }
}
