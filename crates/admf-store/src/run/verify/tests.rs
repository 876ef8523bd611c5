use super::{FileFault, Scrutiny, verify};
use crate::run::{Finish, RunMetadata, RunWriter, load};
use crate::sample::{self, CREATED_AT, SPEC};
use crate::workspace::Workspace;
use admf_model::ContentHash;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A complete run of ten strategies.
fn run() -> (TempDir, Workspace, RunMetadata) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let facts = crate::run::RunFacts { config_hash: ContentHash::of(&[SPEC.as_bytes()]), ..sample::facts() };
    let mut writer = RunWriter::begin(&workspace, SPEC, facts, CREATED_AT).unwrap();
    writer.checkpoint(&sample::rows(writer.run_id(), 0..10)).unwrap();
    let finish = Finish {
        elapsed_ms: &|| 1,
        trials: 10,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        deflated_sharpe: &|_| None,
    };
    let metadata = writer.finish(&finish).unwrap();
    assert_eq!(load(&workspace, metadata.run_id).unwrap(), metadata);
    (folder, workspace, metadata)
}

fn told(workspace: &Workspace, run: &RunMetadata, scrutiny: Scrutiny) -> Vec<String> {
    verify(workspace, run, scrutiny).iter().map(FileFault::to_string).collect()
}

/// What is told, by each scrutiny, when one file of a run was damaged.
fn check(file: &str, damage: impl Fn(&Path), expected: [&str; 3]) {
    let (_folder, workspace, run) = run();
    damage(&workspace.run(run.run_id).join(file));
    for (scrutiny, expected) in
        [Scrutiny::Tables, Scrutiny::Footers, Scrutiny::Contents].into_iter().zip(expected)
    {
        let expected: Vec<String> = expected.split_terminator(';').map(str::to_owned).collect();
        assert_eq!(told(&workspace, &run, scrutiny), expected, "{scrutiny:?}");
    }
}

fn cut(path: &Path, share: f64) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..(bytes.len() as f64 * share) as usize]).unwrap();
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 0x55;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_run_in_order_has_no_faults_and_every_file_is_recorded() {
    let (_folder, workspace, run) = run();
    for scrutiny in [Scrutiny::Tables, Scrutiny::Footers, Scrutiny::Contents] {
        assert!(verify(&workspace, &run, scrutiny).is_empty(), "{scrutiny:?}");
    }
    let folder = workspace.run(run.run_id);
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.retain(|name| name != "metadata.json" && name != "spec.yaml");
    found.sort();
    assert_eq!(run.files.keys().cloned().collect::<Vec<_>>(), found);
    let strategies = &run.files["strategies.parquet"];
    assert_eq!(strategies.rows, Some(10));
    // By coreutils: `printf '' | sha256sum`.
    fs::write(folder.join("empty"), "").unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(super::sha256(&folder.join("empty")).unwrap(), empty);
}

#[test]
fn a_file_that_is_gone_or_empty_is_named() {
    let gone = "trades.parquet is missing";
    check("trades.parquet", |path| fs::remove_file(path).unwrap(), [gone; 3]);
    let empty = "strategies.parquet is empty";
    check("strategies.parquet", |path| fs::write(path, "").unwrap(), [empty; 3]);
    let gone = "signals/momentum.parquet is missing";
    check("signals/momentum.parquet", |path| fs::remove_file(path).unwrap(), ["", gone, gone]);
}

#[test]
fn a_file_that_was_cut_off_is_named() {
    let (_folder, workspace, run) = run();
    let path = workspace.run(run.run_id).join("strategies.parquet");
    let written = fs::metadata(&path).unwrap().len();
    cut(&path, 0.5);
    let footer = "strategies.parquet is cut off or not a Parquet file: its footer cannot be read";
    assert_eq!(told(&workspace, &run, Scrutiny::Tables), [footer]);
    let grouped = admf_model::words::grouped;
    let size = format!(
        "strategies.parquet is cut off: {} of {} bytes are there",
        grouped(written / 2),
        grouped(written)
    );
    assert_eq!(told(&workspace, &run, Scrutiny::Footers), [size]);
}

#[test]
fn flipped_bytes_are_found_by_the_checksum_alone() {
    let changed = "trades.parquet was changed: its checksum is not the recorded one";
    check("trades.parquet", flip, ["", "", changed]);
}

#[test]
fn rows_of_another_run_are_noticed() {
    let (_folder, workspace, run) = run();
    let folder = workspace.run(run.run_id);
    let few: Vec<_> =
        crate::parquet_file::read_rows::<crate::tables::TradeRow>(&folder.join("trades.parquet"))
            .unwrap()
            .into_iter()
            .take(3)
            .collect();
    crate::parquet_file::write_rows(&folder.join("trades.parquet"), &few, &[]).unwrap();
    assert_eq!(told(&workspace, &run, Scrutiny::Tables), ["trades.parquet has 3 rows, 20 were written"]);
}

#[test]
fn small_files_are_read() {
    let path = "summary/performance.json";
    let cut_off = |path: &Path| {
        let length = fs::metadata(path).unwrap().len() as usize;
        fs::write(path, format!("[{{{}", " ".repeat(length - 2))).unwrap();
    };
    let (_folder, workspace, run) = run();
    cut_off(&workspace.run(run.run_id).join(path));
    let told = told(&workspace, &run, Scrutiny::Footers);
    assert!(told.len() == 1 && told[0].starts_with("summary/performance.json is not JSON: EOF"), "{told:?}");
    let changed = "spec.yaml was changed: its checksum is not the recorded one";
    check("spec.yaml", |path| fs::write(path, "name: other\n").unwrap(), ["", changed, changed]);
}

#[test]
fn a_run_that_recorded_nothing_is_read_instead() {
    let (_folder, workspace, mut run) = run();
    run.files.clear();
    assert!(verify(&workspace, &run, Scrutiny::Contents).is_empty());
    let folder = workspace.run(run.run_id);
    // All of the data of the first column.
    let path = folder.join("strategies.parquet");
    let mut bytes = fs::read(&path).unwrap();
    bytes[4..200].fill(0xAA);
    fs::write(&path, bytes).unwrap();
    fs::remove_file(folder.join("signals/momentum.parquet")).unwrap();
    let told = told(&workspace, &run, Scrutiny::Contents);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].starts_with("strategies.parquet has rows that cannot be read: "), "{told:?}");
}
