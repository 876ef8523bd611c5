//! Functions of the rule language against those of TA-Lib.

use super::agreement::{self, Agreement};
use super::sample::{Sample, digits};
use super::section::{Row, Section};
use super::worker::{Turn, Worker, alternate};
use super::{Scale, environment, ours, places, prices};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Bars until which starts that differ have worn off.
const WARM_UP: usize = 1_000;
/// Bars of the long column; the short one is the sample.
const BARS: usize = 200_000;

/// A function as both write it.
#[derive(Clone, Copy)]
struct Shared {
    /// In the rule language.
    rule: &'static str,
    function: &'static str,
    inputs: &'static [&'static str],
    /// TA-Lib's names and values.
    parameters: &'static [(&'static str, f64)],
    /// Which of several results.
    output: usize,
    /// By what TA-Lib's is multiplied to be in the same unit.
    factor: f64,
}

const CLOSE: &[&str] = &["close"];
const BARS_HLC: &[&str] = &["high", "low", "close"];

/// One with one result in the same unit.
const fn shared(
    rule: &'static str,
    function: &'static str,
    inputs: &'static [&'static str],
    parameters: &'static [(&'static str, f64)],
) -> Shared {
    Shared { rule, function, inputs, parameters, output: 0, factor: 1.0 }
}

const fn output(output: usize, shared: Shared) -> Shared {
    Shared { output, ..shared }
}

const SHARED: [Shared; 37] = [
    shared("sma(close, 20)", "SMA", CLOSE, &[("timeperiod", 20.0)]),
    shared("sma(close, 200)", "SMA", CLOSE, &[("timeperiod", 200.0)]),
    shared("ema(close, 20)", "EMA", CLOSE, &[("timeperiod", 20.0)]),
    shared("wma(close, 20)", "WMA", CLOSE, &[("timeperiod", 20.0)]),
    shared("dema(close, 20)", "DEMA", CLOSE, &[("timeperiod", 20.0)]),
    shared("tema(close, 20)", "TEMA", CLOSE, &[("timeperiod", 20.0)]),
    shared("kama(close, 10)", "KAMA", CLOSE, &[("timeperiod", 10.0)]),
    shared("rsi(close, 14)", "RSI", CLOSE, &[("timeperiod", 14.0)]),
    output(0, shared("macd(close)", "MACD", CLOSE, &[])),
    output(1, shared("macd_signal(close)", "MACD", CLOSE, &[])),
    output(2, shared("macd_histogram(close)", "MACD", CLOSE, &[])),
    output(0, shared("stochastic_k(14, 3)", "STOCH", BARS_HLC, STOCHASTIC)),
    output(1, shared("stochastic_d(14, 3, 3)", "STOCH", BARS_HLC, STOCHASTIC)),
    shared("roc(close, 10)", "ROCP", CLOSE, &[("timeperiod", 10.0)]),
    shared("cci(20)", "CCI", BARS_HLC, &[("timeperiod", 20.0)]),
    shared("williams_r(14)", "WILLR", BARS_HLC, &[("timeperiod", 14.0)]),
    shared("adx(14)", "ADX", BARS_HLC, &[("timeperiod", 14.0)]),
    shared("plus_di(14)", "PLUS_DI", BARS_HLC, &[("timeperiod", 14.0)]),
    shared("minus_di(14)", "MINUS_DI", BARS_HLC, &[("timeperiod", 14.0)]),
    output(1, shared("aroon_up(14)", "AROON", &["high", "low"], &[("timeperiod", 14.0)])),
    output(0, shared("aroon_down(14)", "AROON", &["high", "low"], &[("timeperiod", 14.0)])),
    shared("aroon_oscillator(14)", "AROONOSC", &["high", "low"], &[("timeperiod", 14.0)]),
    shared("trix(close, 15)", "TRIX", CLOSE, &[("timeperiod", 15.0)]),
    shared("atr(14)", "ATR", BARS_HLC, &[("timeperiod", 14.0)]),
    shared("true_range", "TRANGE", BARS_HLC, &[]),
    shared("stdev(close, 20)", "STDDEV", CLOSE, &[("timeperiod", 20.0)]),
    shared("variance(close, 20)", "VAR", CLOSE, &[("timeperiod", 20.0)]),
    output(0, shared("bollinger_upper(close, 20, 2)", "BBANDS", CLOSE, &[("timeperiod", 20.0)])),
    shared("obv", "OBV", &["close", "volume"], &[]),
    shared("mfi(14)", "MFI", &["high", "low", "close", "volume"], &[("timeperiod", 14.0)]),
    shared("highest(close, 20)", "MAX", CLOSE, &[("timeperiod", 20.0)]),
    shared("lowest(close, 20)", "MIN", CLOSE, &[("timeperiod", 20.0)]),
    shared("sum(close, 20)", "SUM", CLOSE, &[("timeperiod", 20.0)]),
    shared("corr(high, low, 20)", "CORREL", &["high", "low"], &[("timeperiod", 20.0)]),
    shared("slope(close, 20)", "LINEARREG_SLOPE", CLOSE, &[("timeperiod", 20.0)]),
    shared("linear_regression(close, 20)", "LINEARREG", CLOSE, &[("timeperiod", 20.0)]),
    shared("change(close, 5)", "MOM", CLOSE, &[("timeperiod", 5.0)]),
];

const STOCHASTIC: &[(&str, f64)] = &[("fastk_period", 14.0), ("slowk_period", 3.0), ("slowd_period", 3.0)];

impl Shared {
    /// What the peer is asked.
    fn task(&self) -> String {
        let parameters: serde_json::Map<String, Value> =
            self.parameters.iter().map(|(name, value)| ((*name).to_owned(), json!(*value as i64))).collect();
        let Self { function, inputs, output, factor, .. } = self;
        json!({
            "function": function, "inputs": inputs, "parameters": parameters, "output": output, "factor": factor
        })
        .to_string()
    }
}

/// The two programs on one file.
struct Sides {
    admf: Worker,
    peer: Option<Worker>,
}

/// Compares every shared function on a short and a long column.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let mut section = Section::default();
    let files = match scale {
        Scale::Tiny => vec![prices::sample()],
        Scale::Whole { .. } => vec![prices::sample(), prices::minutes(BARS)?],
    };
    let mut sides = files.iter().map(|file| start(scale, &mut section, file)).collect::<Result<Vec<_>>>()?;
    let functions = if scale == Scale::Tiny { &SHARED[..2] } else { &SHARED[..] };
    let scratch = places::scratch("indicators")?;
    let mut ratios = Vec::new();
    for shared in functions {
        let row =
            row(scale, shared, &mut sides, &scratch, &mut ratios).with_context(|| shared.rule.to_owned())?;
        section.rows.push(row);
    }
    std::fs::remove_dir_all(&scratch)?;
    section.notes.push(format!(
        "Each line has first the sample of the S&P 500, 5,031 days, then {BARS} minutes of a random walk; one thread. \
         TA-Lib computes all results of MACD, STOCH, BBANDS and AROON at once, ADMF the one that is asked for; ADMF \
         also keeps which values are defined. Values were equal to {:.0e} of the larger of 1 and the value from bar \
         {WARM_UP} on unless a line says how far apart they are.",
        agreement::TOLERANCE
    ));
    ratios.sort_by(f64::total_cmp);
    if let [lowest, .., highest] = ratios.as_slice() {
        section.notes.push(format!(
            "Of {} comparisons ADMF was faster in {}: TA-Lib's time was {} to {} of ADMF's, {} in the middle.",
            ratios.len(),
            ratios.iter().filter(|ratio| **ratio > 1.0).count(),
            digits(*lowest),
            digits(*highest),
            digits(ratios[ratios.len() / 2]),
        ));
    }
    Ok(section)
}

fn start(scale: Scale, section: &mut Section, file: &PathBuf) -> Result<Sides> {
    let admf = ours::start(scale, ours::SWEEPS, "indicators", file)?;
    section.hears(&admf.hello);
    if scale == Scale::Tiny {
        return Ok(Sides { admf, peer: None });
    }
    let python = environment::python("ta-lib")?;
    let script = places::scripts().join("indicators.py");
    let peer = Worker::start("TA-Lib", Command::new(python).arg(script).arg(file))?;
    section.hears(&peer.hello);
    Ok(Sides { admf, peer: Some(peer) })
}

fn row(
    scale: Scale,
    shared: &Shared,
    sides: &mut [Sides],
    scratch: &Path,
    ratios: &mut Vec<f64>,
) -> Result<Row> {
    let rounds = if let Scale::Whole { rounds } = scale { rounds } else { 1 };
    let (mut ours, mut theirs, mut reached) = (Vec::new(), Vec::new(), Vec::new());
    for Sides { admf, peer } in sides {
        let results = admf.results(shared.rule, scratch)?;
        let mut turns = vec![Turn::new(admf, shared.rule, 1)];
        let mut differ = String::new();
        if let Some(peer) = peer {
            let agreement = agreement::compare(&results, &peer.results(&shared.task(), scratch)?, WARM_UP)?;
            differ = differing(&agreement);
            turns.push(Turn::new(peer, shared.task(), 1));
        }
        let samples = alternate(&mut turns, rounds)?;
        let median = |sample: &Sample| super::sample::seconds(sample.median());
        ours.push(median(&samples[0]));
        if let Some(sample) = samples.get(1) {
            let ratio = sample.median() / samples[0].median();
            ratios.push(ratio);
            theirs.push(median(sample));
            reached.push(format!("{} ×{differ}", digits(ratio)));
        }
    }
    let work = format!("`{}`, TA-Lib `{}`", shared.rule, shared.function);
    Ok(Row {
        work,
        reached: reached.join("; "),
        ours: ours.join("; "),
        theirs: theirs.join("; "),
        ..Row::default()
    })
}

/// Empty where all agree.
fn differing(agreement: &Agreement) -> String {
    let Agreement { agreeing, rows, differing, .. } = agreement;
    match differing.is_empty() {
        true => String::new(),
        false => {
            format!(" (equal in {agreeing} of {rows} bars, else {:.0e} apart at most)", agreement.farthest)
        }
    }
}
