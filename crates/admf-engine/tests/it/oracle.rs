//! The 131 cases of the reference simulation in `fixtures/oracle`: 11 computed by hand, 120 random. Its decision
//! columns are fed as auxiliary series, so that rules, graph, columns and kernels are all on the way.

use admf_engine::{Candidate, Evaluation, Market, Mode, Path, Sweep, SymbolData, Terms, Workers, sweep};
use admf_model::{
    AlignedBars, Bars, Bits, Costs, Execution, Fill, Interval, Parameters, Prices, Series, Slippage,
    Timestamp, TradeStatus,
};
use admf_rules::{Columns, Definition, Graph, yaml};
use serde_json::Value;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

const DAY: i64 = 86_400_000_000;

struct Case {
    name: String,
    json: Value,
}

fn cases(folder: &str) -> Vec<Case> {
    let folder = format!("{}/../../fixtures/oracle/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut cases: Vec<Case> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            Case { name, json: serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap() }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The reference's settings over its defaults.
fn terms(settings: &Value) -> Terms {
    let number = |key: &str, default: f64| settings.get(key).and_then(Value::as_f64).unwrap_or(default);
    let same_close = settings.get("fill").and_then(Value::as_str) == Some("same_close");
    Terms {
        execution: Execution {
            fill: if same_close { Fill::SameClose } else { Fill::NextOpen },
            capital: number("capital", 100_000.0),
            costs: Costs {
                commission: number("commission", 0.001),
                slippage: Slippage::Linear(number("slippage", 0.0005)),
                ..Costs::NONE
            },
            close_at_end: settings.get("close_at_end").and_then(Value::as_bool).unwrap_or(false),
            ..Execution::DEFAULT
        },
        bars_per_year: number("bars_per_year", 252.0),
    }
}

fn bars(case: &Value) -> Bars {
    let rows = case["bars"].as_array().unwrap();
    let column = |i: usize| -> Series { rows.iter().map(|row| row[i].as_f64()).collect() };
    let timestamps = (0..rows.len() as i64).map(|d| Timestamp::from_micros(d * DAY)).collect();
    Bars::new("X", timestamps, [column(0), column(1), column(2), column(3), Series::undefined(rows.len())])
        .unwrap()
}

/// A three-valued or numeric column as the close of an auxiliary symbol.
fn auxiliary(column: &Value) -> AlignedBars {
    let values = column.as_array().unwrap();
    let close: Series =
        values.iter().map(|v| v.as_f64().or(v.as_bool().map(|b| f64::from(u8::from(b))))).collect();
    let fresh = Bits::ones(close.len());
    let none = Series::undefined(close.len());
    AlignedBars { open: none.clone(), high: none.clone(), low: none.clone(), volume: none, close, fresh }
}

/// The case's settings and columns as a definition in the rule language.
fn definition(case: &Value) -> String {
    let mut text = "name: case\n".to_owned();
    for rule in RULES {
        if case[rule].is_array() {
            text += &format!(
                "{rule}: close@{} > 0.5{}\n",
                rule.to_uppercase(),
                held(&case[format!("{rule}_held")])
            );
        }
    }
    for key in ["size", "stop_loss", "take_profit", "trailing_stop", "max_bars"] {
        if let Some(value) = case["settings"].get(key).filter(|v| !v.is_null()) {
            text += &format!("{key}: {value}\n");
        }
    }
    text
}

/// What an exit adds to its column: `or bars_held >= 5`.
fn held(rule: &Value) -> String {
    match (rule["operator"].as_str(), rule["bars"].as_u64()) {
        (Some(operator), Some(bars)) => format!(" {operator} bars_held >= {bars}"),
        _ => String::new(),
    }
}

const RULES: [&str; 4] = ["long", "short", "exit_long", "exit_short"];

fn evaluate(case: &Value, path: Path) -> Evaluation {
    let bars = bars(case);
    let terms = terms(&case["settings"]);
    let mut graph = Graph::new();
    let definition = Definition::strategy(&yaml::parse(&definition(case)).unwrap()).unwrap();
    let rule = definition.bind_strategy(&Parameters::default(), &mut graph).unwrap();
    let auxiliary = RULES
        .into_iter()
        .filter(|rule| case[*rule].is_array())
        .map(|rule| (rule.to_uppercase(), auxiliary(&case[rule])))
        .collect();
    let window = (bars.timestamps()[0], bars.timestamps()[bars.len() - 1]);
    let market = Market::new(&bars, Prices::Raw, terms.bars_per_year, 0.0, window).unwrap();
    let columns = Columns::new(bars.len());
    let (labels, interval) = (BTreeMap::new(), Interval::DAY);
    let mut data = SymbolData { market, auxiliary, labels, columns, regimes: Vec::new(), terms, interval };
    data.extend(&graph).unwrap();
    let workers = Workers::new(NonZeroUsize::MIN).unwrap();
    let plan = Sweep { graph: &graph, symbols: &[data], mode: Mode::full(path) };
    sweep(&workers, &plan, &[Candidate { symbol: 0, rule }]).pop().unwrap()
}

fn close(got: Option<f64>, want: &Value, what: &str) {
    let Some(want) = want.as_f64() else {
        assert!(want.is_null() && got.is_none(), "{what}: got {got:?}, reference {want}");
        return;
    };
    let got = got.unwrap_or_else(|| panic!("{what}: undefined, reference {want}"));
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{what}: got {got}, reference {want}");
}

fn check_trades(name: &str, got: &Evaluation, want: &Value) {
    let closed: Vec<_> = got.trades.iter().filter(|t| t.status == TradeStatus::Closed).collect();
    let expected = want["trades"].as_array().unwrap();
    assert_eq!(closed.len(), expected.len(), "{name}: number of trades");
    for (i, (t, w)) in closed.iter().zip(expected).enumerate() {
        let exact = [
            ("entry_price", t.entry_price),
            ("exit_price", t.exit_price),
            ("entry_raw", t.entry_raw),
            ("exit_raw", t.exit_raw),
            ("units", t.units),
            ("commission", t.commission),
            ("pnl", t.pnl),
            ("ret", t.return_fraction),
            ("mfe", t.favourable_excursion),
            ("mae", t.adverse_excursion),
            ("side", t.side.sign()),
            ("entry_bar", t.entry_bar as f64),
            ("exit_bar", t.exit_bar as f64),
            ("bars", t.duration_bars() as f64),
        ];
        for (field, value) in exact {
            assert_eq!(value, w[field].as_f64().unwrap(), "{name}: trade {i}: {field}");
        }
        assert_eq!(t.reason.unwrap().name(), w["reason"].as_str().unwrap(), "{name}: trade {i}: reason");
        assert_eq!(t.ambiguous, w["ambiguous"].as_bool().unwrap(), "{name}: trade {i}: ambiguous");
    }
    let open = got.trades.iter().find(|t| t.status == TradeStatus::Open);
    assert_eq!(open.is_some(), want["open_trade"].is_object(), "{name}: open trade");
    if let Some(open) = open {
        assert_eq!(open.units, want["open_trade"]["units"].as_f64().unwrap(), "{name}: open units");
        assert_eq!(
            open.entry_price,
            want["open_trade"]["entry_price"].as_f64().unwrap(),
            "{name}: open entry"
        );
    }
}

fn check(case: &Case, path: Path) {
    let (name, want) = (&case.name, &case.json["expected"]);
    let got = evaluate(&case.json, path);
    check_trades(name, &got, want);
    assert_eq!(got.conflicts as u64, want["conflicts"].as_u64().unwrap(), "{name}: conflicts");
    assert_eq!(got.ruined, want["ruined"].as_bool().unwrap(), "{name}: ruined");
    let p = &got.performance;
    let metrics = want["metrics"].as_object().unwrap();
    let by_name: BTreeMap<&str, Option<f64>> =
        admf_model::METRICS.iter().map(|m| m.name).zip(p.values()).collect();
    for (metric, value) in metrics {
        close(by_name[metric.as_str()], value, &format!("{name}: {metric}"));
    }
    close(p.gross_return, &want["gross"]["total_return"], &format!("{name}: gross_return"));
    close(p.gross_sharpe, &want["gross"]["sharpe_ratio"], &format!("{name}: gross_sharpe"));
}

#[test]
fn the_bar_by_bar_kernel_reproduces_every_case() {
    let cases = cases("cases");
    assert_eq!(cases.len(), 131);
    cases.iter().for_each(|case| check(case, Path::BarByBar));
}

#[test]
fn the_fastest_path_reproduces_every_case() {
    cases("cases").iter().for_each(|case| check(case, Path::Fastest));
}

#[test]
fn exits_that_count_the_closes_held_reproduce_every_case() {
    // fixtures/oracle/bars_held.py says how these came about.
    let cases = cases("bars_held");
    assert_eq!(cases.len(), 40);
    for case in &cases {
        check(case, Path::Fastest);
        check(case, Path::BarByBar);
    }
}
