//! Versions of datasets: what repeated, extended, reordered and faulty imports leave behind.

mod bounds;

use crate::market::{
    BarTime, MarketError, Outcome, Progress, Reading, Receipt, Request, Source, check_files, import, list,
    load, load_verified, show,
};
use admf_model::{Bars, Series};
use std::cell::Cell;
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

const PRICES: &str = "Ticker,Date,Open,High,Low,Close,Adj Close,Volume
A,2000-03-01,10,12,9,11,5.5,100
A,2000-03-02,11,13,10,12,6,.
B,2000-03-01,20,22,19,21,21,7
B,2000-03-02,21,23,20,22,22,8
";
const MORE: &str = "Ticker,Date,Open,High,Low,Close,Adj Close,Volume
A,2000-03-03,12,14,11,13,6.5,300
";

fn source(name: &'static str, text: &str) -> Source {
    Source::bytes(name, text.as_bytes().to_vec())
}

fn request(name: &str, sources: Vec<Source>) -> Request {
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    Request {
        sources,
        name: name.to_owned(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now,
    }
}

fn run(root: &TempDir, request: &Request) -> Result<Receipt, MarketError> {
    import(root.path(), request, &|_| {})
}

fn import_texts(root: &TempDir, name: &str, texts: &[&str]) -> Receipt {
    let sources = texts.iter().map(|text| source("prices.csv", text)).collect();
    let list = tempdir().unwrap();
    let rejects = Some(list.path().join("rejects.csv"));
    run(root, &Request { rejects, ..request(name, sources) }).unwrap()
}

fn failure(text: &str) -> String {
    let root = tempdir().unwrap();
    let error = run(&root, &request("x", vec![source("prices.csv", text)])).unwrap_err();
    assert!(list(root.path()).unwrap().datasets.is_empty());
    error.to_string()
}

/// All files under a folder with their contents.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn series(values: &[Option<f64>]) -> Series {
    values.iter().copied().collect()
}

#[test]
fn what_was_imported_is_what_is_loaded() {
    let root = tempdir().unwrap();
    let receipt = import_texts(&root, "x", &[PRICES]);
    let dataset = load_verified(root.path(), "x").unwrap();
    assert_eq!(dataset.content_hash, receipt.description.content_hash);
    assert_eq!((dataset.name.as_str(), dataset.family.as_str()), ("x", "x"));
    let times = vec!["2000-03-01".parse().unwrap(), "2000-03-02".parse().unwrap()];
    let column = |a, b| series(&[Some(a), Some(b)]);
    let columns = [column(10.0, 11.0), column(12.0, 13.0), column(9.0, 10.0), column(11.0, 12.0)];
    let [open, high, low, close] = columns;
    let mut bars = Bars::new("A", times, [open, high, low, close, series(&[Some(100.0), None])]).unwrap();
    bars.adjustment = Some(column(0.5, 0.5));
    assert_eq!(dataset.symbol("A"), Some(&bars));
    assert_eq!(receipt.description.bar_time, BarTime::SessionDate);
    assert_eq!(receipt.folder, root.path().join("x").join(dataset.content_hash.to_string()));
}

#[test]
fn the_same_import_again_changes_nothing() {
    let root = tempdir().unwrap();
    let first = import_texts(&root, "x", &[PRICES]);
    let before = files(root.path());
    let later =
        Request { now: "2027-01-01".parse().unwrap(), ..request("x", vec![source("prices.csv", PRICES)]) };
    let second = run(&root, &later).unwrap();
    assert_eq!((first.outcome, second.outcome), (Outcome::New, Outcome::AlreadyThere));
    assert_eq!(first.description.content_hash, second.description.content_hash);
    assert_eq!(files(root.path()), before);
}

#[test]
fn what_killed_imports_left_half_written_is_removed_by_the_next_one() {
    let root = tempdir().unwrap();
    let version = import_texts(&root, "x", &[PRICES]).folder;
    let before = files(root.path());
    for left in [".dataset.json.77.tmp", ".bars.parquet.77.tmp", ".rejected.csv.78.tmp"] {
        fs::write(version.join(left), "half").unwrap();
    }
    fs::write(root.path().join(".bars.77.tmp"), "half").unwrap();
    // Of a version that was never complete.
    let never = root.path().join("y").join("0123456789abcdef");
    fs::create_dir_all(&never).unwrap();
    fs::write(never.join(".bars.parquet.77.tmp"), "half").unwrap();
    import_texts(&root, "x", &[PRICES]);
    assert_eq!(files(root.path()), before);
}

#[test]
fn a_name_stands_for_the_version_imported_last() {
    let root = tempdir().unwrap();
    let old = import_texts(&root, "x", &[PRICES]).description.content_hash;
    let longer = import_texts(&root, "x", &[PRICES, MORE]);
    let new = longer.description.content_hash;
    assert_eq!(longer.outcome, Outcome::NewVersion { previous: old });
    assert_eq!(load(root.path(), "x").unwrap().content_hash, new);
    assert_eq!(load_verified(root.path(), &format!("x@{old}")).unwrap().content_hash, old);
    assert_eq!(load(root.path(), &format!("x@{}", &old.to_string()[..6])).unwrap().content_hash, old);

    let again = import_texts(&root, "x", &[PRICES]);
    assert_eq!(again.outcome, Outcome::MadeCurrent { previous: new });
    assert_eq!(load(root.path(), "x").unwrap().content_hash, old);
    let details = show(root.path(), "x").unwrap();
    let versions: Vec<_> = details.versions.iter().map(|v| (v.content_hash, v.wall_clock.ordinal)).collect();
    assert_eq!(versions, [(old, 3), (new, 2)]);
    let inventory = list(root.path()).unwrap();
    assert_eq!((inventory.datasets.len(), inventory.datasets[0].versions), (1, 2));
    assert_eq!(inventory.datasets[0].current.content_hash, old);
}

#[test]
fn one_content_under_two_names_has_one_hash() {
    let root = tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| import_texts(&root, name, &[PRICES]));
    assert_eq!(a.description.content_hash, b.description.content_hash);
    assert_eq!(b.outcome, Outcome::New);
    let bars = |receipt: &Receipt| fs::read(receipt.folder.join("bars.parquet")).unwrap();
    assert_eq!(bars(&a), bars(&b));
}

#[test]
fn the_order_of_files_and_rows_does_not_matter() {
    let reversed: String = {
        let mut lines: Vec<&str> = PRICES.lines().collect();
        lines[1..].reverse();
        lines.iter().map(|line| format!("{line}\n")).collect()
    };
    // A repeated row that agrees, and rows that contradict each other.
    let clash = "Ticker,Date,Open,High,Low,Close,Adj Close,Volume
A,2000-03-01,10,12,9,11,5.5,100
B,2000-03-02,21,23,20,22.5,22,8
B,2000-03-03,21,23,20,22.5,22,8
";
    let orders: [[&str; 3]; 4] =
        [[PRICES, MORE, clash], [clash, MORE, PRICES], [MORE, clash, &reversed], [clash, &reversed, MORE]];
    let hashes = orders.map(|texts| {
        let root = tempdir().unwrap();
        let receipt = import_texts(&root, "x", &texts);
        // The repeated row is stored once and flagged; of the two that contradict each other none is taken.
        assert_eq!((receipt.bars(), receipt.rejected), (5, 2));
        assert!(receipt.findings.counts().iter().any(|flag| flag.rule == "repeated_row"));
        receipt.description.content_hash
    });
    assert!(hashes.iter().all(|hash| *hash == hashes[0]), "{hashes:?}");
}

#[test]
fn repeated_and_contradicting_rows_are_rejected() {
    let root = tempdir().unwrap();
    let text =
        "Date,Close\n2000-03-01,1\n2000-03-02,2\n2000-03-02,2\n2000-03-03,3\n2000-03-03,4\n2000-03-04,5\n";
    let receipt = import_texts(&root, "x", &[text]);
    let rejects: Vec<_> = receipt.rejects.iter().map(ToString::to_string).collect();
    let contradicted = "PRICES at 2000-03-03 is given by 2 rows with different values: none is taken";
    assert_eq!(rejects, [5, 6].map(|line| format!("prices.csv:{line}: {contradicted}")));
    let flagged: Vec<_> = receipt.findings.listed().iter().map(|f| (f.rule.name, f.what.clone())).collect();
    assert_eq!(
        flagged,
        [("repeated_row", "is there already with the same values (prices.csv:3)".to_owned())]
    );
    let listed = fs::read_to_string(receipt.reject_file.unwrap()).unwrap();
    assert_eq!(
        listed,
        format!(
            "file,line,rule,reason,row\n\
             prices.csv,5,contradicting_rows,{contradicted},\"2000-03-03,3\"\n\
             prices.csv,6,contradicting_rows,{contradicted},\"2000-03-03,4\"\n"
        )
    );
    assert_eq!(receipt.description.sources[0].rejected, 2);

    // The same bars from a clean file: nothing is rejected any more.
    let clean = "Date,Close\n2000-03-01,1\n2000-03-02,2\n2000-03-04,5\n";
    let receipt = import_texts(&root, "x", &[clean]);
    assert_eq!((receipt.outcome, receipt.reject_file), (Outcome::AlreadyThere, None));
    assert!(!receipt.folder.join("rejected.csv").exists());
}

#[test]
fn all_rejects_are_counted_and_listed_but_twenty_shown() {
    let root = tempdir().unwrap();
    let mut text = "Date,Close\n2000-03-01,1\n2000-03-02,1\n".to_owned();
    for _ in 0..30 {
        text += "2000-03-03,\"a \"\"b\"\"\"\n";
    }
    let receipt = import_texts(&root, "x", &[&text]);
    assert_eq!((receipt.rejected, receipt.rejects.len()), (30, 20));
    let listed = fs::read_to_string(receipt.reject_file.unwrap()).unwrap();
    assert_eq!(listed.lines().count(), 31);
    assert_eq!(
        listed.lines().last(),
        Some(
            "prices.csv,33,not_a_number,\"`Close` is `a \"\"b\"\"`, not a number\",\"2000-03-03,\"\"a \"\"\"\"b\"\"\"\"\"\"\""
        )
    );
}

#[test]
fn the_family_survives_new_versions() {
    let root = tempdir().unwrap();
    let named =
        Request { family: Some("us stocks".to_owned()), ..request("x", vec![source("p.csv", PRICES)]) };
    assert_eq!(run(&root, &named).unwrap().description.family, "us stocks");
    assert_eq!(import_texts(&root, "x", &[PRICES, MORE]).description.family, "us stocks");
    let renamed = Request { family: Some("other".to_owned()), ..request("x", vec![source("p.csv", PRICES)]) };
    run(&root, &renamed).unwrap();
    assert_eq!(load(root.path(), "x").unwrap().family, "other");
    for family in ["", " ", "a\nb"] {
        let bad = Request { family: Some(family.to_owned()), ..request("x", vec![source("p.csv", PRICES)]) };
        assert!(matches!(run(&root, &bad), Err(MarketError::Family { .. })), "{family:?}");
    }
}

#[test]
fn bars_per_year_can_be_given() {
    let root = tempdir().unwrap();
    let given = |value| Request { bars_per_year: Some(value), ..request("x", vec![source("p.csv", PRICES)]) };
    let receipt = run(&root, &given(260.0)).unwrap();
    assert!(receipt.description.calendar.overridden);
    assert_eq!(load(root.path(), "x").unwrap().calendar.bars_per_year, 260.0);
    for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(run(&root, &given(value)), Err(MarketError::BarsPerYear { .. })), "{value}");
    }
}

#[test]
fn an_import_restores_damaged_files() {
    let root = tempdir().unwrap();
    let folder = import_texts(&root, "x", &[PRICES]).folder;
    let before = files(root.path());
    fs::write(folder.join("bars.parquet"), "gone").unwrap();
    assert!(matches!(load(root.path(), "x"), Err(MarketError::Corrupt { .. })));
    assert_eq!(import_texts(&root, "x", &[PRICES]).outcome, Outcome::Repaired);
    assert_eq!(files(root.path()), before);

    fs::write(folder.join("dataset.json"), "{").unwrap();
    assert!(matches!(load(root.path(), "x"), Err(MarketError::Corrupt { .. })));
    import_texts(&root, "x", &[PRICES]);
    assert_eq!(files(root.path()), before);
}

#[test]
fn a_killed_import_leaves_no_version() {
    let root = tempdir().unwrap();
    let folder = import_texts(&root, "x", &[PRICES]).folder;
    // Killed before the description was written.
    fs::remove_file(folder.join("dataset.json")).unwrap();
    assert!(list(root.path()).unwrap().datasets.is_empty());
    assert!(matches!(load(root.path(), "x"), Err(MarketError::NotFound { .. })));
    assert_eq!(import_texts(&root, "x", &[PRICES]).outcome, Outcome::New);
}

#[test]
fn two_workspaces_get_the_same_files() {
    let [a, b] = ["2026-01-01", "2027-01-01"].map(|now| {
        let root = tempdir().unwrap();
        run(&root, &Request { now: now.parse().unwrap(), ..request("x", vec![source("p.csv", PRICES)]) })
            .unwrap();
        files(root.path())
    });
    for ((name, a), (_, b)) in a.iter().zip(&b) {
        if name.ends_with(".json") {
            let text = String::from_utf8(a.clone()).unwrap().replace("\"2026-01-01\"", "\"2027-01-01\"");
            assert_eq!(text.as_bytes(), b);
        } else {
            assert_eq!(a, b, "{name}");
        }
    }
}

#[test]
fn imports_at_the_same_time_get_different_ordinals() {
    let root = tempdir().unwrap();
    std::thread::scope(|scope| {
        for version in 1..=8 {
            let root = &root;
            scope.spawn(move || {
                let text = format!("Date,Close\n2000-03-01,{version}\n2000-03-02,1\n");
                import_texts(root, "x", &[&text]);
            });
        }
    });
    let versions = show(root.path(), "x").unwrap().versions;
    let ordinals: Vec<_> = versions.iter().map(|version| version.wall_clock.ordinal).collect();
    assert_eq!(ordinals, [8, 7, 6, 5, 4, 3, 2, 1]);
}

#[test]
fn imports_that_make_no_dataset_say_why() {
    assert_eq!(
        failure("Date,Close\n2000-03-01,.\nx,1\n"),
        "no bar is left to import; rows without a value: 1; rows rejected: 1\n  \
         prices.csv:3: `x` is not a date: write 2000-03-01, 2000-03-01T14:30:00Z or 3/1/2000"
    );
    assert_eq!(failure("Date,Close\n"), "no bar is left to import");
    assert_eq!(
        failure("Date,Close\n2000-03-01,1\n"),
        "PRICES has a single bar: at least two are needed to tell the bar interval"
    );
    assert_eq!(
        failure("Ticker,Date,Close\nA B,2000-03-01,1\n"),
        "`A B` cannot be a symbol: it needs 1 to 64 characters without spaces, quotes, commas or `@`"
    );
    let root = tempdir().unwrap();
    assert_eq!(
        run(&root, &request("x", Vec::new())).unwrap_err().to_string(),
        "no file to import: name at least one CSV or Parquet file"
    );
    for name in ["", "../x", "a/b", ".x"] {
        assert!(
            matches!(run(&root, &request(name, vec![source("p", PRICES)])), Err(MarketError::Name(_))),
            "{name}"
        );
    }
    let mixed = vec![source("a.csv", PRICES), source("b.csv", "Ticker,Date,Close\nA,2000-03-03,1\n")];
    assert_eq!(
        run(&root, &request("x", mixed)).unwrap_err().to_string(),
        "A has other columns in a.csv than in b.csv: \
         give both files the same columns, or different symbols (SYMBOL=FILE)"
    );
    assert!(files(root.path()).is_empty());
}

#[test]
fn rows_that_were_rejected_are_told_and_listed_when_too_few_bars_are_left() {
    let text = "Date,Close\n2000-03-01,1\nx,1\ny,1\n2000-03-02,0\n";
    let said = "PRICES has a single bar: at least two are needed to tell the bar interval; rows rejected: 3\n  \
                prices.csv:3: `x` is not a date: write 2000-03-01, 2000-03-01T14:30:00Z or 3/1/2000 (and 1 more like it)\n  \
                prices.csv:5: `Close` is 0, a price must be positive";
    assert_eq!(failure(text), said);
    // Also when nothing is left, and in a check.
    for text in [text, &text.replace("2000-03-01,1", "z,1")] {
        let (root, list) = (tempdir().unwrap(), tempdir().unwrap());
        let path = list.path().join("rejects.csv");
        let request =
            Request { rejects: Some(path.clone()), ..request("x", vec![source("prices.csv", text)]) };
        let error = run(&root, &request).unwrap_err().to_string();
        assert!(error.ends_with(&format!("\nall are listed in {}", path.display())), "{error}");
        let listed = fs::read_to_string(&path).unwrap();
        assert!(listed.contains("prices.csv,4,not_a_date,"), "{listed}");
        fs::remove_file(&path).unwrap();
        assert_eq!(check_files(&request, &|_| {}).unwrap_err().to_string(), error);
        assert!(path.exists());
    }
}

#[test]
fn files_of_binance_are_one_symbol_unless_their_bars_differ() {
    let bars = |from: i64, count: i64, minutes: i64| {
        (from..from + count).fold(String::new(), |text, bar| {
            let open = 1_704_067_200_000 + bar * minutes * 60_000;
            text + &format!("{open},1,2,1,2,9,{},1,1,1,1,0\n", open + minutes * 60_000 - 1)
        })
    };
    let root = tempdir().unwrap();
    // The second file repeats the last hour of the first.
    let hours = [
        ("BTCUSDT-1h-2024-01.csv", bars(0, 24, 60)),
        ("BTCUSDT-1h-2024-02-01.csv", bars(23, 24, 60)),
        ("ETHUSDT-1h-2024-01.csv", bars(0, 24, 60)),
    ];
    let receipt = run(&root, &request("x", hours.map(|(name, text)| source(name, &text)).to_vec())).unwrap();
    let symbols: Vec<_> = receipt.description.symbols.iter().map(|s| (s.symbol.as_str(), s.bars)).collect();
    assert_eq!(symbols, [("BTCUSDT", 47), ("ETHUSDT", 24)]);
    assert_eq!(receipt.findings.total(), 1);
    assert_eq!(receipt.description.calendar.bars_per_year, 8760.0);

    let mixed = [("BTCUSDT-1h-2024-01.csv", bars(0, 24, 60)), ("BTCUSDT-1d-2024-02.csv", bars(10, 22, 1440))];
    assert_eq!(
        run(&root, &request("y", mixed.map(|(name, text)| source(name, &text)).to_vec()))
            .unwrap_err()
            .to_string(),
        "BTCUSDT has bars of 1h in BTCUSDT-1h-2024-01.csv, of 1d in BTCUSDT-1d-2024-02.csv: a dataset has one \
         interval; import them under two names, or tell them apart with SYMBOL=FILE"
    );
}

#[test]
fn months_and_quarters_of_fred_are_known_when_they_are_over() {
    let months = |column: &str| {
        (0..30).fold(format!("observation_date,{column}\n"), |text, month| {
            text + &format!("{}-{:02}-01,{}\n", 2020 + month / 12, month % 12 + 1, month + 1)
        })
    };
    let ends = |text: &str| {
        let receipt = import_texts(&tempdir().unwrap(), "x", &[text]);
        let symbol = &receipt.description.symbols[0];
        let notes: Vec<_> = receipt.notes().iter().map(ToString::to_string).collect();
        let year = receipt.description.calendar.bars_per_year;
        (symbol.first.to_string(), symbol.last.to_string(), year, notes)
    };
    let lag = "prices.csv: values dated with the first day of a month, quarter or year are stamped with its last day; how \
               much later they were published the file does not tell: let rules wait, as lag(close@CPIAUCSL, 15) does \
               for 15 bars";
    let (first, last, year, notes) = ends(&months("CPIAUCSL"));
    assert_eq!((first.as_str(), last.as_str(), year), ("2020-01-31", "2022-06-30", 12.0));
    assert_eq!(notes[..2], ["prices.csv: read as fred", lag]);
    let quarters: String = months("CPIAUCSL")
        .split_inclusive('\n')
        .enumerate()
        .filter(|(row, _)| *row == 0 || row % 3 == 1)
        .map(|(_, row)| row)
        .collect();
    let (first, last, year, notes) = ends(&quarters);
    assert_eq!((first.as_str(), last.as_str(), year), ("2020-03-31", "2022-06-30", 4.0));
    assert_eq!(notes[1], lag);
    // Days stay what they are, without a word.
    let (first, _, _, notes) = ends("observation_date,DGS10\n2020-01-01,1\n2020-01-02,1\n2020-01-03,1\n");
    assert_eq!(
        (first.as_str(), notes[1].as_str()),
        ("2020-01-01", "not tradable, but usable in rules as close@DGS10")
    );
    // Other files say nothing of it: the user is asked.
    let (first, _, _, notes) = ends(&months("Close").replace("observation_date", "Day"));
    assert_eq!(
        (first.as_str(), notes[0].as_str()),
        (
            "2020-01-01",
            "prices.csv: bars are dated with the first day of a month and taken as known on it; if the month, quarter or \
             year only begins there, say --stamps period-start"
        )
    );
}

#[test]
fn notes_tell_what_was_decided() {
    let notes = |text: &str| {
        let receipt = import_texts(&tempdir().unwrap(), "x", &[text]);
        receipt.notes().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let ohlc = "Date,Open,High,Low,Close,Remark\n13/2/2000,1,1,1,1,0\n12/2/2000,1,1,1,1,0\n";
    assert_eq!(
        notes(ohlc),
        [
            "prices.csv: rows were newest first and have been sorted by time",
            "prices.csv: columns not read: Remark"
        ]
    );
    let hours = "Date,vix\n2000-03-01 10:00,1\n2000-03-01 11:00,1\n2000-03-02 10:00,1\n2000-03-02 11:00,1\n";
    let found = notes(hours);
    assert_eq!(
        found[..3],
        [
            "prices.csv: times are taken as the closing times of their bars; if not, say --stamps open",
            "prices.csv: times of day name no zone and are taken as UTC; if not, say --zone",
            "not tradable, but usable in rules as close@VIX",
        ]
    );
    assert!(found[3].ends_with("bars per year fit no known calendar; used as counted"), "{}", found[3]);
    let zoned =
        "Date,Open,High,Low,Close\n2024-03-08 00:00:00-05:00,1,1,1,1\n2024-03-11 00:00:00-04:00,1,1,1,1\n";
    assert_eq!(notes(zoned)[0], "prices.csv: all times are midnights of a local zone; read as session dates");
}

#[test]
fn progress_names_the_files_in_turn() {
    let root = tempdir().unwrap();
    let sources = vec![source("a.csv", PRICES), source("b.csv", MORE)];
    let seen = Cell::new(0);
    import(root.path(), &request("x", sources), &|progress: Progress<'_>| {
        assert_eq!((progress.index, progress.files), (seen.get(), 2));
        assert_eq!(progress.file, ["a.csv", "b.csv"][seen.get()]);
        assert_eq!(Some(progress.bytes), progress.total_bytes);
        seen.set(seen.get() + 1);
    })
    .unwrap();
    assert_eq!(seen.get(), 2);
}

#[test]
fn rejected_rows_refuse_the_import_unless_they_are_listed() {
    let root = tempdir().unwrap();
    let text = "Date,Close\n2000-03-01,1\n2000-03-02,0\n2000-03-03,x\n2000-03-04,0\n2000-03-05,2\n";
    let error = run(&root, &request("x", vec![source("prices.csv", text)])).unwrap_err().to_string();
    assert_eq!(
        error,
        "3 of 5 rows cannot be imported; nothing was imported\n  \
         prices.csv:3: `Close` is 0, a price must be positive (and 1 more like it)\n  \
         prices.csv:4: `Close` is `x`, not a number\n\
         to import the others, say --rejects FILE: it lists what is left out, with reasons"
    );
    assert!(files(root.path()).is_empty());
    let list = root.path().join("left_out.csv");
    let listing = Request { rejects: Some(list.clone()), ..request("x", vec![source("prices.csv", text)]) };
    assert_eq!(run(&root, &listing).unwrap().bars(), 2);
    assert_eq!(
        fs::read_to_string(list).unwrap(),
        "file,line,rule,reason,row\n\
         prices.csv,3,zero_price,\"`Close` is 0, a price must be positive\",\"2000-03-02,0\"\n\
         prices.csv,4,not_a_number,\"`Close` is `x`, not a number\",\"2000-03-03,x\"\n\
         prices.csv,5,zero_price,\"`Close` is 0, a price must be positive\",\"2000-03-04,0\"\n"
    );
}

#[test]
fn a_check_keeps_nothing_and_finds_the_same() {
    let root = tempdir().unwrap();
    let text = "Date,Close\n2000-03-01,1\n2000-03-02,0\n2000-03-03,3\n2000-03-03,3\n";
    let checked = check_files(&request("x", vec![source("prices.csv", text)]), &|_| {}).unwrap();
    assert!(files(root.path()).is_empty());
    assert_eq!((checked.rejects.len(), checked.findings.total()), (1, 1));
    let stored = import_texts(&root, "x", &[text]);
    assert_eq!(stored.description.content_hash, checked.description.content_hash);
    assert_eq!(stored.description.flags, checked.findings.counts());
    assert_eq!(show(root.path(), "x").unwrap().description.flags, checked.findings.counts());
}
