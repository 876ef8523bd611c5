//! Moving-average pairs against vectorbt, and what a sweep reaches without a peer.

use super::agreement::{self, Agreement};
use super::sample::{Sample, digits, megabytes, seconds};
use super::section::{Must, Row, Section};
use super::worker::{Turn, Worker, alternate};
use super::{Scale, environment, ours, places, prices};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// ADMF runs so often for each time that the peer runs.
const TIMES: usize = 5;
/// Windows from 2 bars to so many.
const WIDEST: usize = 102;
/// Bars of the sample of the S&P 500.
const BARS: usize = 5_031;
/// Windows up to so many bars make 10,011 pairs.
const LARGE_WIDEST: usize = 143;
/// Bars for these.
const LARGE_BARS: usize = 200_000;
/// Bytes of two columns that a pair's rule reads, of each bar.
const BYTES_A_BAR: usize = 16;

/// What one run measured, before it is put in rows.
struct Measured {
    same_close: Sample,
    next_open: Sample,
    both_sides: Sample,
    bar_by_bar: Sample,
    bandwidth: Sample,
    threads: f64,
}

/// Compares with vectorbt's two engines, then measures the rows that have no peer.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let widest = if scale == Scale::Tiny { 12 } else { WIDEST };
    let file = prices::sample();
    let mut section = Section::default();
    let mut admf = ours::start(scale, ours::SWEEPS, "sweep", &file)?;
    section.hears(&admf.hello);
    let threads = admf.hello["threads"].as_f64().unwrap_or(1.0);
    let same_close = match scale {
        Scale::Tiny => {
            alternate(&mut [Turn::new(&mut admf, format!("same_close {widest}"), TIMES)], 1)?.remove(0)
        }
        Scale::Whole { rounds } => against(&mut section, &mut admf, &file, (widest, rounds))?,
    };
    let alone = |admf: &mut Worker, task: String| {
        Ok::<_, anyhow::Error>(alternate(&mut [Turn::new(admf, task, TIMES)], 1)?.remove(0))
    };
    let measured = Measured {
        next_open: alone(&mut admf, format!("next_open {widest}"))?,
        both_sides: alone(&mut admf, format!("both_sides {widest}"))?,
        bar_by_bar: alone(&mut admf, format!("bar_by_bar {widest}"))?,
        bandwidth: alone(&mut admf, format!("bandwidth {}", 1 << 20))?,
        same_close,
        threads,
    };
    alone_rows(&mut section, &measured);
    drop(admf);
    if scale != Scale::Tiny {
        large(scale, &mut section)?;
    }
    Ok(section)
}

/// The comparison itself: results first, times then.
fn against(
    section: &mut Section,
    admf: &mut Worker,
    file: &Path,
    (widest, rounds): (usize, usize),
) -> Result<Sample> {
    let python = environment::python("vectorbt")?;
    let scratch = places::scratch("sweep")?;
    let our_task = format!("same_close {widest}");
    let ours = admf.results(&our_task, &scratch)?;
    let mut engines = Vec::new();
    for engine in ["numba", "rust"] {
        let name = format!("vectorbt, {engine} engine");
        eprintln!("{name}: results");
        let script = places::scripts().join("sweep.py");
        let mut worker = Worker::start(&name, Command::new(&python).arg(script).arg(file))?;
        section.hears(&worker.hello);
        let task = format!("{engine} {widest}");
        let theirs = worker.results(&task, &scratch)?;
        let agreement = agreement::compare(&ours, &theirs, 0)?;
        section.notes.push(agreed(&name, &agreement, widest)?);
        engines.push((name, worker, task));
    }
    std::fs::remove_dir_all(&scratch)?;
    eprintln!("times, alternating, {rounds} rounds");
    let mut turns = vec![Turn::new(admf, our_task, TIMES)];
    let theirs = engines.iter_mut();
    turns.extend(theirs.map(|(_, worker, task)| Turn::new(worker, task.clone(), 1)));
    let mut samples = alternate(&mut turns, rounds)?;
    let ours = samples.remove(0);
    peer_rows(
        section,
        &ours,
        &engines.iter().map(|(name, ..)| name.as_str()).zip(samples).collect::<Vec<_>>(),
    );
    Ok(ours)
}

/// Says how results agree; too many that do not are an error, and no time is told.
fn agreed(name: &str, agreement: &Agreement, widest: usize) -> Result<String> {
    let Agreement { agreeing, rows, differing, largest, .. } = agreement;
    if differing.len() * 1000 > *rows {
        bail!("ADMF and {name} agree in {agreeing} of {rows} pairs only: there is nothing to time");
    }
    let windows: Vec<(usize, usize)> =
        (2..widest).flat_map(|f| (f + 1..=widest).map(move |s| (f, s))).collect();
    let others: Vec<String> =
        differing.iter().map(|row| format!("{} and {}", windows[*row].0, windows[*row].1)).collect();
    let others = match others.is_empty() {
        true => String::new(),
        false => format!(
            " The others, of {} bars: averages that are equal, which running sums with rounding carried on take for \
             different.",
            others.join(", ")
        ),
    };
    Ok(format!(
        "{name}: all eight metrics of {agreeing} of {rows} pairs are equal to {:.0e} of the larger of 1 and the \
         value; the largest difference is {largest:.1e}.{others}",
        agreement::TOLERANCE
    ))
}

fn peer_rows(section: &mut Section, ours: &Sample, engines: &[(&str, Sample)]) {
    let best = engines.iter().map(|(_, sample)| sample.median()).fold(f64::INFINITY, f64::min);
    for (name, sample) in engines {
        let ratio = sample.median() / ours.median();
        let work = format!("5,050 moving-average pairs × 5,031 bars, same close, {name}");
        let reached = format!("{} × faster", digits(ratio));
        let row = if sample.median() <= best {
            Row::bounded(
                &work,
                (Must::AtLeast(400.0), "≥ 400 × faster than the better engine"),
                (ratio, reached),
            )
        } else {
            Row { work, reached, ..Row::default() }
        };
        section.rows.push(row.ours(ours.shown()).theirs(sample.shown()));
        section.samples.insert((*name).to_owned(), sample.json());
    }
    section.samples.insert("admf".to_owned(), ours.json());
    let peak = ours.peak_bytes().unwrap_or(u64::MAX);
    let theirs: Vec<String> = engines
        .iter()
        .filter_map(|(name, sample)| Some(format!("{} ({name})", megabytes(sample.peak_bytes()?))))
        .collect();
    section.rows.push(
        Row::bounded(
            "its memory above the data, at the peak",
            (Must::AtMost(64e6), "≤ 64 MB"),
            (peak as f64, megabytes(peak)),
        )
        .theirs(theirs.join(", ")),
    );
}

/// Ten thousand pairs on many bars.
fn large(scale: Scale, section: &mut Section) -> Result<()> {
    let mut admf = ours::start(scale, ours::SWEEPS, "sweep", &prices::minutes(LARGE_BARS)?)?;
    let task = format!("same_close {LARGE_WIDEST}");
    let sample = alternate(&mut [Turn::new(&mut admf, task, 3)], 1)?.remove(0);
    let pairs = sample.detail("strategies").unwrap_or(f64::NAN);
    let speed = pairs * LARGE_BARS as f64 / sample.median();
    let peak = sample.peak_bytes().unwrap_or(u64::MAX);
    let work = format!("{pairs} moving-average pairs × 200,000 bars, same close, eight metrics");
    section.rows.push(
        Row::bounded(
            &work,
            (Must::AtLeast(1e9), "≥ 1 G bar-evaluations a second"),
            (speed, format!("{} G/s", digits(speed / 1e9))),
        )
        .ours(sample.shown())
        .theirs("Manifold-BT claims 0.44 to 0.8 G/s on four processors"),
    );
    section.rows.push(
        Row::bounded(
            "its memory above the data, at the peak",
            (Must::AtMost(350e6), "≤ 350 MB"),
            (peak as f64, megabytes(peak)),
        )
        .theirs("Manifold-BT claims 345 MB"),
    );
    section.samples.insert("admf large".to_owned(), sample.json());
    Ok(())
}

/// Rows of ADMF alone.
fn alone_rows(section: &mut Section, measured: &Measured) {
    let Measured { same_close, next_open, both_sides, bar_by_bar, bandwidth, threads } = measured;
    let ratio = next_open.median() / same_close.median();
    section.rows.push(
        Row::bounded(
            "the same pairs with next-open fills and all metrics",
            (Must::AtMost(3.0), "≤ 3 × of that"),
            (ratio, format!("{} ×", digits(ratio))),
        )
        .ours(next_open.shown()),
    );
    let pairs = same_close.detail("strategies").unwrap_or(f64::NAN);
    let bars = pairs * BARS as f64;
    let nanoseconds =
        |sample: &Sample| sample.detail("sweep_seconds").unwrap_or(f64::NAN) * threads / bars * 1e9;
    let told = nanoseconds(both_sides);
    section.rows.push(
        Row::bounded(
            "the same pairs long and short with half of equity, a stop, a target and a trailing stop",
            (Must::AtMost(4.0), "≤ 4 ns a bar and core"),
            (told, format!("{} ns", digits(told))),
        )
        .ours(both_sides.shown()),
    );
    section.rows.push(
        Row {
            work:
                "the same pairs bar by bar, next-open fills: the kernel that rules on one's own position need"
                    .to_owned(),
            reached: format!("{} ns", digits(nanoseconds(bar_by_bar))),
            ..Row::default()
        }
        .ours(bar_by_bar.shown()),
    );
    let bytes_per_second = bandwidth.largest("bytes_per_second").unwrap_or(f64::NAN);
    let limit = bars * BYTES_A_BAR as f64 / (bytes_per_second * threads);
    let sweep = same_close.detail("sweep_seconds").unwrap_or(f64::NAN);
    section.rows.push(
        Row::bounded(
            "distance of the pairs' sweep to the limit of reading two columns from the L2 cache",
            (Must::AtMost(4.0), "≤ 4 × of it"),
            (sweep / limit, format!("{} ×", digits(sweep / limit))),
        )
        .ours(seconds(sweep)),
    );
    section.notes.push(format!(
        "The limit: {pairs} pairs × {BARS} bars × {BYTES_A_BAR} bytes of two columns = {} of reads; one core reads {} \
         a second from a column of 1 MiB, {threads} cores need {} for it. The sweep, without binding rules and \
         computing averages, took {}.",
        megabytes((bars * BYTES_A_BAR as f64) as u64),
        megabytes(bytes_per_second as u64),
        seconds(limit),
        seconds(sweep),
    ));
    let phase = |name| seconds(same_close.detail(name).unwrap_or(f64::NAN));
    section.notes.push(format!(
        "In ADMF's time: binding the rules ({}), preparing the market and computing the averages ({}), the sweep ({}), \
         on {threads} threads. vectorbt's has averages, comparisons, simulation and the same eight metrics; its \
         kernels run on one thread, as its free edition does by default. Compiling of numba is not in it.",
        phase("bind_seconds"),
        phase("prepare_seconds"),
        phase("sweep_seconds"),
    ));
}
