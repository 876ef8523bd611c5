//! Every input that fuzzing kept, on the toolchain of the project.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says what it tried"
)]

use std::fs;
use std::path::Path;

fn replay(target: &str) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<_> = fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", corpus.display());
    for file in files {
        // Shown when the test fails: the input that was tried last.
        println!("{}", file.display());
        admf_fuzz::try_on(target, folder.path(), &fs::read(&file).unwrap());
    }
}

#[test]
fn metadata() {
    replay("metadata");
}

#[test]
fn prices() {
    replay("prices");
}

#[test]
fn rules() {
    replay("rules");
}

#[test]
fn spec() {
    replay("spec");
}

#[test]
fn workspace() {
    replay("workspace");
}

#[test]
fn every_target_has_a_corpus_and_a_program() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for (target, _) in admf_fuzz::TARGETS {
        assert!(fuzz.join("targets").join(format!("{target}.rs")).is_file(), "{target}");
        assert!(fuzz.join("corpus").join(target).is_dir(), "{target}");
    }
}
