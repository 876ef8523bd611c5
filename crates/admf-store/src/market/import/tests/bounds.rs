//! Imports of more rows than are held in memory end as all others.

use super::{files, request, source};
use crate::market::import::import_within;
use crate::market::spool::Bounds;
use crate::market::spooled_bars::SpooledBars;
use crate::market::{MarketError, Receipt, Request, Source};
use proptest::prelude::*;
use std::fmt::Write;
use tempfile::tempdir;

/// What an import gives and leaves behind, as far as its place does not show.
fn outcome(request: &Request, bounds: Bounds) -> (String, Vec<(String, Vec<u8>)>) {
    let root = tempdir().unwrap();
    let rejects = root.path().join("rejects.csv");
    let request = Request { rejects: Some(rejects), ..request.clone() };
    let imported: Result<Receipt, MarketError> =
        import_within(&root.path().join("market"), &request, bounds, &|_| {});
    let told = match imported {
        Err(error) => error.to_string().replace(&root.path().display().to_string(), ""),
        Ok(Receipt { description, outcome, rejected, rejects, findings, .. }) => {
            format!("{description:?} {outcome:?} {rejected} {rejects:?} {:?}", findings.listed())
        }
    };
    let mut left = files(root.path());
    left.retain(|(name, _)| !name.ends_with(".lock"));
    (told, left)
}

fn assert_bounds_do_not_show(request: &Request, bounds: &[Bounds]) {
    let expected = outcome(request, Bounds::default());
    for bounds in bounds {
        let found = outcome(request, *bounds);
        assert_eq!(found.0, expected.0, "{bounds:?}");
        let names =
            |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&found.1), names(&expected.1), "{bounds:?}");
        for (found, expected) in found.1.iter().zip(&expected.1) {
            assert!(found == expected, "{} differs with {bounds:?}", found.0);
        }
    }
}

/// Rows of hours around the days on which clocks are put forward and back, of few symbols; in order, newest first, or
/// in no order, now and then twice, contradicting each other, on no day, or without prices.
fn rows(seed: u64, count: usize, disorder: u64, adjusted: bool) -> String {
    let mut state = seed | 1;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut lines = Vec::new();
    let mut hour = 0;
    while lines.len() < count {
        hour += 1 + u64::from(random(20) == 0);
        // Each with a night on which clocks are put back or forward.
        let days = ["2020-10-31", "2020-11-01", "2020-11-02", "2021-03-13", "2021-03-14", "2021-03-15"];
        let Some(date) = days.get((hour / 24) as usize) else { break };
        let time = format!("{date} {:02}:30:00", hour % 24);
        for symbol in 0..1 + seed % 3 {
            let close = 100 + random(9) + if random(40) == 0 { 90 } else { 0 };
            let price = match random(60) {
                0 => String::new(),
                1 => "x".to_owned(),
                _ => close.to_string(),
            };
            let beside = if adjusted { format!(",{}", close * 2) } else { String::new() };
            let volume = if random(3) == 0 { 0 } else { random(50) };
            let row =
                format!("{time},S{symbol},{close},{},{},{price}{beside},{volume}", close + 1, close - 1);
            if random(30) == 0 {
                lines.push(row.clone());
            }
            if random(30) == 0 {
                lines.push(format!("{row}7"));
            }
            lines.push(row);
        }
    }
    match disorder {
        0 => {}
        1 => lines.reverse(),
        2 => {
            let from = random(lines.len() as u64) as usize;
            let line = lines.remove(from);
            lines.insert(random(lines.len() as u64) as usize, line);
        }
        _ => (1..lines.len()).rev().for_each(|at| lines.swap(at, random(at as u64 + 1) as usize)),
    }
    let mut text =
        format!("Datetime,Symbol,Open,High,Low,Close{},Volume\n", if adjusted { ",Adj Close" } else { "" });
    lines.iter().for_each(|line| writeln!(text, "{line}").unwrap());
    text
}

fn small() -> [Bounds; 4] {
    [(0, 1), (0, 7), (20, 5), (60, 64)].map(|(held, segment)| Bounds { held, segment })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_rows(
        seeds in proptest::collection::vec((any::<u64>(), 1..90_usize, 0..4_u64), 1..4),
        adjusted: bool,
        zoned: bool,
    ) {
        let sources: Vec<Source> = seeds
            .iter()
            .map(|(seed, count, disorder)| {
                Source::bytes("prices.csv", rows(*seed, *count, *disorder, adjusted).into_bytes())
            })
            .collect();
        let mut request = request("x", sources);
        request.reading.zone = zoned.then(|| "America/New_York".parse().unwrap());
        assert_bounds_do_not_show(&request, &small());
    }
}

/// Runs, jumps and gaps over the borders of row groups, whose bars are not in memory together.
#[test]
fn bars_of_several_row_groups() {
    let mut text = "Datetime,Open,High,Low,Close,Volume\n".to_owned();
    let mut close = 10_000_i64;
    for bar in 0..140_000_i64 {
        let (minute, day) = (bar % 390, bar / 390);
        close += (bar * 7919 % 11 - 5) * 2 + if close > 15_000 { -3 } else { 3 };
        let shown = match bar {
            65_530..65_700 => 9_999,
            131_071 => close * 17 / 10,
            _ => close,
        };
        if bar % 40_000 == 39_000 {
            continue;
        }
        let time = admf_model::Timestamp::from_micros(
            1_500_000_000_000_000 + day * 86_400_000_000 + minute * 60_000_000,
        );
        let volume = if (65_530..65_700).contains(&bar) { 0 } else { 100 + bar % 900 };
        let cents = |value: i64| format!("{}.{:02}", value / 100, value % 100);
        let [at, high, low] = [shown, shown + 3, shown - 3].map(cents);
        writeln!(text, "{},{at},{high},{low},{at},{volume}", time.to_string().trim_end_matches('Z')).unwrap();
    }
    let text: &'static str = text.leak();
    let request = request("x", vec![source("minutes.csv", text)]);
    let (told, _) = outcome(&request, Bounds::default());
    for rule in ["stale_run", "outlier", "gap"] {
        assert!(told.contains(&format!("rule: \"{rule}\"")), "{rule} finds nothing");
    }
    assert_bounds_do_not_show(
        &request,
        &[(0, 50_000), (100_000, 1_000)].map(|(held, segment)| Bounds { held, segment }),
    );
}

/// A stored file has the hash of its bars also when they are not all read at once.
#[test]
fn a_stored_file_is_checked_in_pieces() {
    let root = tempdir().unwrap();
    let texts = [rows(5, 80, 0, true), rows(8, 60, 3, true)];
    let sources = texts.map(|text| Source::bytes("prices.csv", text.into_bytes())).to_vec();
    let rejects = Some(root.path().join("rejects.csv"));
    let request = Request { rejects, ..request("x", sources) };
    let receipt = import_within(&root.path().join("market"), &request, Bounds::default(), &|_| {}).unwrap();
    let path = receipt.folder.join("bars.parquet");
    let stored = SpooledBars::open(&path).unwrap();
    assert_eq!(stored.content_hash().unwrap(), receipt.description.content_hash);
    assert!(receipt.description.symbols.len() > 1 && receipt.description.symbols[0].adjusted);
    std::fs::write(&path, "PAR1").unwrap();
    assert!(SpooledBars::open(&path).is_err());
}

/// Set in the process whose memory is looked at.
const INNER: &str = "ADMF_TEST_MEMORY";
/// Bars of that process. In memory they would take 280 MB.
const BARS: usize = 4_000_000;

/// The most that a process may have held, in KiB: a tenth of it is times.
const MOST_KB: u64 = 200_000;

/// Memory of a process of its own, as other tests have theirs.
#[test]
fn memory_does_not_grow_with_rows() {
    if std::env::var_os(INNER).is_some() {
        return import_many_bars();
    }
    let name = std::thread::current().name().unwrap().to_owned();
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let output = command.args(["--exact", &name, "--nocapture"]).env(INNER, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let peak = said.lines().find_map(|line| line.strip_prefix("peak ")).unwrap();
    let peak: u64 = peak.parse().unwrap();
    assert!(peak <= MOST_KB, "{peak} KiB");
}

#[allow(clippy::print_stdout, reason = "the test that started the process reads it")]
fn import_many_bars() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("seconds.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    std::io::Write::write_all(&mut file, b"ts,open,high,low,close,volume\n").unwrap();
    for bar in 0..BARS {
        let close = 100 + bar * 7919 % 13;
        let row =
            format!("{},{close},{},{},{close},{}\n", 1_000_000_000 + bar, close + 1, close - 1, bar % 50);
        std::io::Write::write_all(&mut file, row.as_bytes()).unwrap();
    }
    std::io::Write::flush(&mut file).unwrap();
    let bounds = Bounds { held: 100_000, segment: 50_000 };
    let receipt = import_within(
        &folder.path().join("market"),
        &request("x", vec![Source::path(&path)]),
        bounds,
        &|_| {},
    );
    assert_eq!(receipt.unwrap().bars(), BARS);
    // Other systems do not tell; there the import itself is what is tried.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("peak {}", peak.map_or("0", |peak| peak.trim().trim_end_matches(" kB")));
}
