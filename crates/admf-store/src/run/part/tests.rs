use super::look;
use crate::run::{RunWriter, Scrutiny};
use crate::sample::{self, CREATED_AT, SPEC};
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;

/// What is found at each scrutiny when part 2 of three was damaged: all strategies of the first, and these faults.
fn check(damage: impl Fn(&Path), footers: &str, contents: &str) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let mut writer = RunWriter::begin(&workspace, SPEC, sample::facts(), CREATED_AT).unwrap();
    for range in [0..4, 4..7, 7..9] {
        writer.checkpoint(&sample::rows(writer.run_id(), range)).unwrap();
    }
    let run = writer.folder().to_owned();
    damage(&run.join("checkpoint").join("000002"));
    for (scrutiny, expected) in [(Scrutiny::Footers, footers), (Scrutiny::Contents, contents)] {
        let found = look(&run, scrutiny).unwrap();
        let told: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
        assert!(told.join("; ").starts_with(expected), "{scrutiny:?}: {told:?}");
        let whole = if expected.is_empty() { (3, 9) } else { (1, 4) };
        assert_eq!((found.whole, found.strategies), whole, "{scrutiny:?}: {told:?}");
    }
}

fn both(damage: impl Fn(&Path), expected: &str) {
    check(damage, expected, expected);
}

#[test]
fn parts_in_order_are_counted() {
    both(|_| {}, "");
    // What a killed process leaves.
    both(|part| fs::write(part.join(".trades.parquet.7.tmp"), "x").unwrap(), "");
}

#[test]
fn a_part_that_is_gone_or_lacks_a_file_is_named() {
    both(|part| fs::remove_dir_all(part).unwrap(), "checkpoint/000002 is missing");
    for file in ["strategies.parquet", "trades.parquet", "signals/momentum.parquet", "part.json"] {
        both(
            |part| fs::remove_file(part.join(file)).unwrap(),
            &format!("checkpoint/000002/{file} is missing"),
        );
    }
}

#[test]
fn a_file_that_was_changed_is_named() {
    let flip = |part: &Path| {
        let path = part.join("trades.parquet");
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 0x55;
        fs::write(path, bytes).unwrap();
    };
    check(flip, "", "checkpoint/000002/trades.parquet was changed: its checksum");
    both(
        |part| fs::write(part.join("trades.parquet"), "").unwrap(),
        "checkpoint/000002/trades.parquet is empty",
    );
    both(|part| fs::write(part.join("part.json"), "{").unwrap(), "checkpoint/000002/part.json is not JSON");
}

#[test]
fn files_of_elsewhere_are_named() {
    both(
        |part| {
            let signals = part.join("signals");
            fs::copy(signals.join("momentum.parquet"), signals.join("other.parquet")).unwrap();
        },
        "checkpoint/000002/signals/other.parquet was not written by the run",
    );
    // A part in another's place.
    both(
        |part| {
            fs::remove_dir_all(part).unwrap();
            fs::rename(part.with_file_name("000003"), part).unwrap();
        },
        "checkpoint/000002/part.json cannot be read: it describes part 3",
    );
}
