//! A trial ledger of which a part is damaged or gone: nothing is evaluated, the file is named, what the message says to
//! type puts it in order, and results are then what they are in a workspace that was never damaged.

use super::subject::{admf, copy, healthy, scratch, states, subject, succeeds, told};
use std::fs;
use std::path::{Path, PathBuf};

/// The segments of the ledger, in order.
fn segments(at: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(at.join("library/trials/sp500")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    paths.sort();
    paths
}

type Fault = (&'static str, fn(&Path));

/// Each with a word that the message has.
const FAULTS: [Fault; 6] = [
    ("is empty", |at| fs::write(&segments(at)[0], "").unwrap()),
    ("checksum", |at| {
        let segment = &segments(at)[0];
        let bytes = fs::read(segment).unwrap();
        fs::write(segment, &bytes[..bytes.len() / 2]).unwrap();
    }),
    ("checksum", |at| {
        let segment = &segments(at)[0];
        let mut bytes = fs::read(segment).unwrap();
        // In the pages, where a decoder sees other numbers and no damage.
        bytes[16..32].iter_mut().for_each(|byte| *byte ^= 0xff);
        fs::write(segment, bytes).unwrap();
    }),
    ("is gone", |at| fs::remove_file(&segments(at)[0]).unwrap()),
    ("is gone", |at| fs::remove_file(segments(at).last().unwrap()).unwrap()),
    ("is gone", |at| fs::remove_dir_all(at.join("library")).unwrap()),
];

/// A message without the line breaks that fit it to the screen.
fn unbroken(message: &str) -> String {
    message.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}

/// A workspace with two runs.
fn two_runs() -> tempfile::TempDir {
    let folder = subject();
    succeeds(folder.path(), &["run", "second.yaml"]);
    folder
}

/// What the third run makes of it.
fn third(at: &Path) -> String {
    fs::write(
        at.join("third.yaml"),
        "data: sp500\nname: third\nstrategies: [{type: ma_crossover, grid: {fast: 7, slow: [30, 40]}}]\n",
    )
    .unwrap();
    succeeds(at, &["run", "third.yaml"]);
    succeeds(
        at,
        &[
            "sql",
            "SELECT run_id, r.trials, strategy_id, deflated_sharpe FROM strategies JOIN runs r USING (run_id) ORDER BY ALL",
            "--format",
            "csv",
        ],
    )
}

#[test]
fn is_found_before_anything_is_evaluated_and_put_in_order() {
    let before = two_runs();
    let trials = healthy(before.path(), "sp500");
    let undisturbed = scratch();
    copy(before.path(), &undisturbed.path().join("w"));
    let expected = third(&undisturbed.path().join("w"));
    for (at_fault, (word, damage)) in FAULTS.into_iter().enumerate() {
        let folder = scratch();
        let at = folder.path().join("w");
        copy(before.path(), &at);
        let runs = states(&at);
        damage(&at);
        for job in [&["run", "large.yaml"][..], &["run", "large.yaml", "--dry-run"]] {
            let output = admf(&at, job).output().unwrap();
            let said = unbroken(&told(&output));
            assert_eq!(output.status.code(), Some(1), "{at_fault}, {job:?}: {said}");
            for part in
                [word, "library/trials/sp500", "trial ledger of family sp500", "`admf doctor --repair`"]
            {
                assert!(said.contains(part), "{at_fault}, {job:?}: no {part:?}: {said}");
            }
            assert_eq!(states(&at), runs, "{at_fault}: a run was begun");
        }
        let output = admf(&at, &["doctor"]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{at_fault}: {said}");
        assert!(said.contains("fail,trial ledger") && said.contains(word), "{at_fault}: {said}");
        assert!(
            !said.contains("nothing counted yet") && !said.contains("ok,trial ledger"),
            "{at_fault}: {said}"
        );
        let said = succeeds(&at, &["doctor", "--repair"]);
        assert!(said.contains("put in again"), "{at_fault}: {said}");
        succeeds(&at, &["doctor", "--full"]);
        assert_eq!(healthy(&at, "sp500"), trials, "{at_fault}");
        assert_eq!(third(&at), expected, "{at_fault}");
    }
}

/// What a removed run tried is lost with its segment: that is said again and again, and work goes on.
#[test]
fn what_nobody_holds_any_more_is_told() {
    let folder = two_runs();
    let at = folder.path();
    succeeds(at, &["runs", "rm", "@last", "--yes"]);
    succeeds(at, &["run", "first.yaml"]);
    fs::remove_file(&segments(at)[1]).unwrap();
    assert_eq!(admf(at, &["run", "large.yaml"]).output().unwrap().status.code(), Some(1));
    succeeds(at, &["doctor", "--repair"]);
    let said = succeeds(at, &["doctor"]);
    assert!(said.contains("warn,trial ledger") && said.contains("what others tried is lost"), "{said}");
    succeeds(at, &["run", "large.yaml"]);
}

/// A count that is lower than what a run noted is told, also where no file shows it.
#[test]
fn a_ledger_of_an_earlier_day_is_told() {
    let folder = subject();
    let at = folder.path();
    let earlier = scratch();
    copy(&at.join("library"), &earlier.path().join("library"));
    succeeds(at, &["run", "second.yaml"]);
    fs::remove_dir_all(at.join("library")).unwrap();
    copy(&earlier.path().join("library"), &at.join("library"));
    let output = admf(at, &["doctor"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("a run counted 5 trials, and now there are 2"), "{said}");
    succeeds(at, &["doctor", "--repair"]);
    succeeds(at, &["doctor", "--full"]);
}
