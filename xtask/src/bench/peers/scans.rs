//! A scan of a million strategies in process, against DuckDB's Python with the same statements on a copy of the tables.

use super::sample::{Sample, digits, seconds};
use super::section::{Must, Row, Section};
use super::worker::{Turn, Worker, alternate};
use super::{Scale, agreement, environment, ours, places};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Compares the question that the benchmark `catalogue` asks; a tiny comparison asks a thousand strategies, without a
/// peer.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let mut section = Section::default();
    let folder = places::scratch("million")?;
    let outcome = measure(&mut section, scale, &folder);
    fs::remove_dir_all(&folder)?;
    outcome.map(|()| section)
}

fn measure(section: &mut Section, scale: Scale, folder: &Path) -> Result<()> {
    let (topic, rounds, times) = match scale {
        Scale::Tiny => ("few", 1, 1),
        Scale::Whole { rounds } => ("scan", rounds, 3),
    };
    eprintln!("making a workspace");
    let mut admf = ours::start(scale, ours::SCANS, topic, folder)?;
    section.hears(&admf.hello);
    let mut warm = match scale {
        Scale::Tiny => alternate(&mut [Turn::new(&mut admf, "warm", times)], rounds)?,
        Scale::Whole { rounds } => against(section, &mut admf, folder, rounds)?,
    };
    let opened = alternate(&mut [Turn::new(&mut admf, "opened", times)], rounds)?.remove(0);
    let caught_up = alternate(&mut [Turn::new(&mut admf, "caught_up", 1)], rounds)?.remove(0);
    let theirs = (warm.len() > 1).then(|| warm.remove(1));
    let warm = warm.remove(0);
    let told = |work: &str, sample: &Sample, (bound, must): (f64, &str)| {
        let reached = seconds(sample.median());
        Row::bounded(work, (Must::AtMost(bound), must), (sample.median(), reached)).ours(sample.shown())
    };
    let work = "`analytics scan`, three filters, 1,000,000 strategies of 200 runs, in process, warm";
    let mut row = told(work, &warm, (0.05, "≤ 50 ms"));
    section.samples.insert("admf warm".to_owned(), warm.json());
    if let Some(theirs) = theirs {
        row = row.theirs(theirs.shown());
        section.samples.insert("duckdb warm".to_owned(), theirs.json());
        section.notes.push(format!(
            "DuckDB's Python package asks a copy of the same tables the same statements with the same values and finds \
             the same strategies; its time is {} of ADMF's. It is the same engine: what this shows is what ADMF adds.",
            digits(theirs.median() / warm.median())
        ));
    }
    section.rows.push(row);
    let work = "the same with opening the tables, as a command does";
    section.rows.push(told(work, &opened, (0.3, "≤ 300 ms as a command")));
    section.samples.insert("admf opened".to_owned(), opened.json());
    let work = "opening the tables when 100 runs of 50 strategies are new";
    section.rows.push(told(work, &caught_up, (1.0, "≤ 1 s")));
    section.samples.insert("admf caught up".to_owned(), caught_up.json());
    Ok(())
}

/// Both sides in turn, once they have found the same.
fn against(section: &mut Section, admf: &mut Worker, folder: &Path, rounds: usize) -> Result<Vec<Sample>> {
    let python = environment::python("duckdb")?;
    let script = places::scripts().join("tables.py");
    let mut peer = Worker::start("DuckDB", Command::new(python).arg(script).arg("scan").arg(folder))?;
    section.hears(&peer.hello);
    let (found, theirs) = (admf.results("warm", folder)?, peer.results("warm", folder)?);
    if !agreement::compare(&found, &theirs, 0)?.differing.is_empty() {
        bail!("ADMF and DuckDB do not find the same strategies");
    }
    alternate(&mut [Turn::new(admf, "warm", 3), Turn::new(&mut peer, "warm", 3)], rounds)
}
