use super::{list, load, load_verified, show};
use crate::market::{Request, Source, bars_file, import};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

const PRICES: &str = "Date,Open,High,Low,Close\n2000-03-01,10,12,9,11\n2000-03-02,11,13,10,12\n";

fn add(root: &TempDir, name: &str, text: &str) -> PathBuf {
    let request = Request {
        sources: vec![Source::bytes("prices.csv", text.as_bytes().to_vec())],
        name: name.to_owned(),
        family: None,
        bars_per_year: None,
        reading: crate::market::Reading::default(),
        rejects: None,
        now: "2026-11-20".parse().unwrap(),
    };
    import(root.path(), &request, &|_| {}).unwrap().folder
}

fn failure(root: &Path, reference: &str) -> String {
    load(root, reference).unwrap_err().to_string()
}

#[test]
fn a_missing_dataset_is_answered_with_the_names_there_are() {
    let root = tempdir().unwrap();
    let nowhere = root.path().join("none");
    assert_eq!(failure(&nowhere, "x"), "there is no dataset `x`, nor any other: import one first");
    assert!(list(&nowhere).unwrap().datasets.is_empty());
    for name in ["crypto", "stocks", "stock-index"] {
        add(&root, name, PRICES);
    }
    assert_eq!(
        failure(root.path(), "stoks"),
        "there is no dataset `stoks`: there are stocks, crypto, stock-index"
    );
    assert!(failure(root.path(), "../stocks").starts_with("`../stocks` cannot be the name of a dataset"));
}

#[test]
fn versions_are_found_by_the_beginning_of_their_hash() {
    let root = tempdir().unwrap();
    let folders: Vec<_> =
        (0..20).map(|i| add(&root, "x", &PRICES.replace("13", &format!("13.{i:02}")))).collect();
    let mut hashes: Vec<_> =
        folders.iter().map(|f| f.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(show(root.path(), &format!("x@{}", hashes[3])).unwrap().folder, folders[3]);
    hashes.sort();
    // Among 20 hashes two begin with the same of 16 digits.
    let pair = hashes.windows(2).find(|pair| pair[0][..1] == pair[1][..1]).unwrap();
    let digit = &pair[0][..1];
    assert_eq!(
        failure(root.path(), &format!("x@{digit}")),
        format!("`{digit}` names several of the versions of `x`: {}", hashes.join(", "))
    );
    let none = failure(root.path(), "x@0123456789abcdef");
    assert!(none.starts_with("`0123456789abcdef` names none of the versions of `x`: "), "{none}");
}

#[test]
fn faulty_files_are_named_and_do_not_hide_other_datasets() {
    let root = tempdir().unwrap();
    add(&root, "good", PRICES);
    let json = add(&root, "bad", PRICES).join("dataset.json");
    let text = fs::read_to_string(&json).unwrap();
    let cases = [
        (String::new(), "EOF while parsing"),
        ("[]".to_owned(), "invalid"),
        (text.replace("\"bad\"", "\"good\""), "it describes another dataset, good@"),
        (text.replace("\"interval\": \"1d\"", "\"interval\": \"soon\""), "`soon` is not a bar interval"),
        (text.replace("\"bars\": 2", "\"bars\": 3"), "the bars are not those that dataset.json describes"),
    ];
    for (broken, problem) in cases {
        assert_ne!(broken, text);
        fs::write(&json, broken).unwrap();
        let error = failure(root.path(), "bad");
        assert!(error.contains(problem), "{error}");
        assert!(error.contains(&json.parent().unwrap().display().to_string()), "{error}");
        assert!(error.ends_with("; import the data again to restore it"), "{error}");
    }
    fs::write(&json, "{").unwrap();
    let inventory = list(root.path()).unwrap();
    assert_eq!((inventory.datasets.len(), inventory.faults.len()), (1, 1));
    load(root.path(), "good").unwrap();

    fs::write(&json, text.replace("\"format\": 1", "\"format\": 9").replace("\"bars\"", "\"rows\"")).unwrap();
    assert_eq!(
        failure(root.path(), "bad"),
        format!("{} has format 9, this program knows up to 1: use a newer version of it", json.display())
    );
}

#[test]
fn bars_that_break_a_rule_are_refused() {
    let root = tempdir().unwrap();
    let path = add(&root, "x", PRICES).join("bars.parquet");
    let mut symbols = bars_file::read(&path).unwrap();
    symbols[0].close = [Some(11.0), Some(99.0)].into_iter().collect();
    bars_file::write(&path, &symbols).unwrap();
    assert_eq!(
        failure(root.path(), "x"),
        format!(
            "{}: PRICES at 2000-03-02: `Close` is 99, outside the bar's range 10 to 13; \
             import the data again to restore it",
            path.display()
        )
    );
}

#[test]
fn verification_finds_a_changed_value() {
    let root = tempdir().unwrap();
    let path = add(&root, "x", PRICES).join("bars.parquet");
    let mut symbols = bars_file::read(&path).unwrap();
    symbols[0].close = [Some(11.0), Some(12.25)].into_iter().collect();
    bars_file::write(&path, &symbols).unwrap();
    load(root.path(), "x").unwrap();
    let error = load_verified(root.path(), "x").unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: the bars have the content hash ", path.display())), "{error}");
}
