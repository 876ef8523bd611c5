//! The import of a file of minutes against DuckDB's reader of CSV.

use super::sample::{Sample, digits, megabytes};
use super::section::{Must, Row, Section};
use super::worker::{Turn, Worker, alternate};
use super::{Scale, agreement, environment, ours, places, prices};
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;

/// Minutes that fill about 100 MB.
const BARS: usize = 1_500_000;

/// Compares the import with DuckDB's.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let mut section = Section::default();
    let bars = if scale == Scale::Tiny { 5_000 } else { BARS };
    let file = prices::minutes(bars)?;
    let bytes = fs::metadata(&file).context("the file of minutes")?.len();
    let mut admf = ours::start(scale, ours::IMPORTS, "import", &file)?;
    section.hears(&admf.hello);
    let Scale::Whole { rounds } = scale else {
        let samples = alternate(&mut [Turn::new(&mut admf, "check", 1)], 1)?;
        section.rows.push(row(&samples[0], bytes));
        return Ok(section);
    };
    let python = environment::python("duckdb")?;
    let script = places::scripts().join("tables.py");
    let mut peer = Worker::start("DuckDB", Command::new(python).arg(script).arg("import").arg(&file))?;
    section.hears(&peer.hello);
    let scratch = places::scratch("import")?;
    let (found, theirs) = (admf.results("check", &scratch)?, peer.results("table", &scratch)?);
    fs::remove_dir_all(&scratch)?;
    if !agreement::compare(&found, &theirs, 0)?.differing.is_empty() {
        bail!("ADMF and DuckDB do not find the same number of bars");
    }
    for (ours, theirs, work) in [("import", "file", "to a Parquet file"), ("check", "table", "to memory")] {
        let samples =
            alternate(&mut [Turn::new(&mut admf, ours, 1), Turn::new(&mut peer, theirs, 1)], rounds)?;
        let mut told = row(&samples[0], bytes).theirs(speed(&samples[1], bytes));
        told.work = format!("{}, {work}", told.work);
        section.rows.push(told);
        section.samples.insert(format!("admf {ours}"), samples[0].json());
        section.samples.insert(format!("duckdb {theirs}"), samples[1].json());
    }
    section.notes.push(format!(
        "{bars} minutes of one symbol, {}. ADMF decides dialect, dates and interval over the file and checks every row \
         and the series of bars (see the page on price files); DuckDB's `read_csv` finds out dialect and types and \
         checks nothing of the prices. It uses all cores, as ADMF does where it can.",
        megabytes(bytes)
    ));
    Ok(section)
}

fn row(sample: &Sample, bytes: u64) -> Row {
    let rate = bytes as f64 / sample.median();
    Row::bounded(
        "CSV with all checks",
        (Must::AtLeast(150e6), "≥ 150 MB/s"),
        (rate, format!("{} MB/s", digits(rate / 1e6))),
    )
    .ours(speed(sample, bytes))
}

/// `250 MB/s, 400 ms (390 ms to 420 ms, 3 times), 120 MB above the start`.
fn speed(sample: &Sample, bytes: u64) -> String {
    let rate = bytes as f64 / sample.median() / 1e6;
    let peak =
        sample.peak_bytes().map(|peak| format!(", {} at the peak", megabytes(peak))).unwrap_or_default();
    format!("{} MB/s, {}{peak}", digits(rate), sample.shown())
}
