//! A scan of a million strategies in process, against DuckDB's Python with the same statements on a copy of the tables.

use super::sample::{Sample, digits, seconds};
use super::section::{Must, Row, Section};
use super::worker::{Turn, Worker, alternate};
use super::{Scale, agreement, environment, ours, places};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Compares the question that the benchmark `catalogue` asks; a tiny comparison has nothing small to ask.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let mut section = Section::default();
    let Scale::Whole { rounds } = scale else { return Ok(section) };
    let folder = places::scratch("million")?;
    let outcome = measure(&mut section, rounds, &folder);
    fs::remove_dir_all(&folder)?;
    outcome.map(|()| section)
}

fn measure(section: &mut Section, rounds: usize, folder: &Path) -> Result<()> {
    eprintln!("making a workspace of a million strategies");
    let mut admf = ours::start(Scale::Whole { rounds }, ours::SCANS, "scan", folder)?;
    section.hears(&admf.hello);
    let python = environment::python("duckdb")?;
    let script = places::scripts().join("tables.py");
    let mut peer = Worker::start("DuckDB", Command::new(python).arg(script).arg("scan").arg(folder))?;
    section.hears(&peer.hello);
    let (found, theirs) = (admf.results("warm", folder)?, peer.results("warm", folder)?);
    if !agreement::compare(&found, &theirs, 0)?.differing.is_empty() {
        bail!("ADMF and DuckDB do not find the same strategies");
    }
    let warm = alternate(&mut [Turn::new(&mut admf, "warm", 3), Turn::new(&mut peer, "warm", 3)], rounds)?;
    let opened = alternate(&mut [Turn::new(&mut admf, "opened", 3)], rounds)?;
    let told = |work: &str, sample: &Sample, (bound, must): (f64, &str)| {
        let reached = seconds(sample.median());
        Row::bounded(work, (Must::AtMost(bound), must), (sample.median(), reached)).ours(sample.shown())
    };
    let work = "`analytics scan`, three filters, 1,000,000 strategies of 200 runs, in process, warm";
    section.rows.push(told(work, &warm[0], (0.05, "≤ 50 ms")).theirs(warm[1].shown()));
    let work = "the same with opening the tables, as a command does";
    section.rows.push(told(work, &opened[0], (0.3, "≤ 300 ms as a command")));
    section.samples.insert("admf warm".to_owned(), warm[0].json());
    section.samples.insert("duckdb warm".to_owned(), warm[1].json());
    section.samples.insert("admf opened".to_owned(), opened[0].json());
    section.notes.push(format!(
        "DuckDB's Python package asks a copy of the same tables the same statements with the same values and finds the \
         same strategies; its time is {} of ADMF's. It is the same engine: what this shows is what ADMF adds.",
        digits(warm[1].median() / warm[0].median())
    ));
    Ok(())
}
