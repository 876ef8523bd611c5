//! The SQL of the design documents that asks these tables, kept in `tests/seeds/`, on a workspace in which every
//! threshold of theirs is met by some rows and missed by others.

use crate::sample::{Line, classifier, facts, regime, strategy, strategy_id};
use admf_duckdb::Catalogue;
use admf_model::{Cell, ClassifierId, RunId, Sheet, Timestamp, TradeId};
use admf_store::Workspace;
use admf_store::database::Database;
use admf_store::record::Json;
use admf_store::run::{Finish, Rows, RunWriter};
use admf_store::tables::{LabelRow, StrategyRow, TradeRow};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400_000_000;

/// Rows that each statement answers with on [`workspace`], counted by hand from its lines.
const ROWS: [(&str, usize); 17] = [
    // Sharpe 1.6 … 2.4: the 18 of `strong`.
    ("000_elevated_volatility", 18),
    ("000_failure_events", 3),
    ("000_high_sharpe_patterns", 18),
    // 2.1, 2.2, 2.3 and 2.4, twice each.
    ("000_high_sharpe_runs", 8),
    ("000_losses_in_transitions", 2),
    // Of the two pairs of periods tried more than five times, one has a mean above 1.5.
    ("000_parameter_sweet_spots", 1),
    // Two transitions, each for the 30 strategies on the labelled symbol.
    ("000_regime_transitions", 60),
    ("000_strategy_summary", 1),
    // Sharpe 1.9 … 2.4, twice each.
    ("000_universal_success", 12),
    ("004_parameter_names", 2),
    ("004_parameter_sensitivity", 2),
    ("004_parameter_sensitivity_on_the_fly", 2),
    ("004_scan", 18),
    ("004_scan_performance", 18),
    ("004_strategy_correlations", 30),
    ("004_strategy_types", 2),
    // One classifier: a row per strategy, at most 20.
    ("004_top_combinations", 20),
];

/// 18 strategies with Sharpe ratios 1.6 to 2.4 (two of each) in elevated volatility, 6 of the same type with 0.3 and 6
/// of another with -0.5.
fn workspace(folder: &Path) -> Workspace {
    let workspace = Workspace::init(folder).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64;
    // One statement asks for the last 30 days.
    let created_at = Timestamp::from_micros(now - DAY);
    let mut writer = RunWriter::begin(&workspace, "seeded", facts("seeded"), created_at).unwrap();
    let run = writer.run_id();
    let mut rows = Rows::default();
    for n in 0..18_u32 {
        let sharpe = 1.6 + f64::from(n / 2) / 10.0;
        let name = ["strong a", "strong b"][n as usize % 2].to_owned() + &n.to_string();
        rows.strategies.push(line(run, &name, "momentum", sharpe, (10, 50), "ELEVATED"));
    }
    for n in 0..6 {
        rows.strategies.push(line(run, &format!("weak {n}"), "momentum", 0.3, (20, 60), "LOW"));
        rows.strategies.push(line(run, &format!("losing {n}"), "mean_reversion", -0.5, (2, 3), "HIGH"));
    }
    for row in &rows.strategies {
        rows.regime_performance.extend(["UP", "DOWN"].map(|label| regime(row, label)));
    }
    let losing = rows.strategies[19].clone();
    assert_eq!(losing.strategy_type, "mean_reversion");
    rows.trades = vec![
        trade(&losing, 0, -6.0, ("UP", "DOWN")),
        trade(&losing, 1, -4.0, ("UP", "RANGE")),
        trade(&losing, 2, -7.0, ("UP", "UP")),
        trade(&losing, 3, 5.0, ("UP", "DOWN")),
        trade(&rows.strategies[0], 0, -8.0, ("UP", "DOWN")),
    ];
    rows.classifiers.push(classifier(run));
    rows.labels.insert("trend".to_owned(), ["UP", "DOWN", "UP"].iter().enumerate().map(label).collect());
    writer.checkpoint(&rows).unwrap();
    writer
        .finish(&Finish {
            elapsed_ms: &|| 1500,
            trials: 30,
            trial_sharpe_variance: Some(0.25),
            expected_maximum_sharpe: Some(1.0),
            deflated_sharpe: &|_| None,
        })
        .unwrap();
    workspace
}

fn line(
    run: RunId,
    name: &str,
    kind: &'static str,
    sharpe: f64,
    periods: (u32, u32),
    v: &'static str,
) -> StrategyRow {
    let drawdown = if sharpe > 1.8 { 0.1 } else { 0.2 };
    let line: Line =
        ("of line", kind, "SPX", 0, Some(sharpe), sharpe / 2.0, drawdown, 120, Some(0.5), Some("UP"), v);
    let row = strategy(run, &line);
    let id = strategy_id(name);
    let (fast, slow) = periods;
    StrategyRow {
        strategy_id: id,
        correlation_id: admf_model::CorrelationId::new(run, id),
        parameters: Json(format!("{{\"fast_period\":{fast},\"slow_period\":{slow}}}")),
        signal_file: None,
        ..row
    }
}

fn trade(strategy: &StrategyRow, number: u64, percent: f64, (entry, exit): (&str, &str)) -> TradeRow {
    let at = |days: i64| Timestamp::from_micros(950_000_000_000_000 + days * DAY);
    TradeRow {
        trade_id: TradeId::new(strategy.correlation_id, number),
        run_id: strategy.run_id,
        strategy_id: strategy.strategy_id,
        correlation_id: strategy.correlation_id,
        entry_time: at(number as i64 * 10),
        exit_time: at(number as i64 * 10 + 5),
        symbol: strategy.symbol.clone(),
        direction: "long".to_owned(),
        status: "closed".to_owned(),
        exit_reason: Some("rule".to_owned()),
        entry_price: 100.0,
        exit_price: 100.0 + percent,
        position_size: 1.0,
        pnl: percent,
        pnl_percent: percent,
        return_fraction: percent / 100.0,
        favourable_excursion: 0.0,
        adverse_excursion: 0.1,
        entry_volatility: None,
        exit_volatility: None,
        entry_regime: Some(entry.to_owned()),
        exit_regime: Some(exit.to_owned()),
        entry_volatility_regime: None,
        exit_volatility_regime: None,
        entry_signal_event_id: None,
        exit_signal_event_id: None,
        slippage: 0.0,
        commission: 0.0,
        borrow: 0.0,
        duration_bars: 5,
        ambiguous: false,
    }
}

fn label((at, regime): (usize, &&str)) -> LabelRow {
    LabelRow {
        classifier_id: ClassifierId::of(&[b"trend"]),
        symbol: "SPX".to_owned(),
        ts: Timestamp::from_micros(950_000_000_000_000 + at as i64 * DAY),
        regime: Some((*regime).to_owned()),
    }
}

/// Every file of the folder, by name.
fn statements() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|p| (p.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(p).unwrap()))
        .collect()
}

fn answers() -> BTreeMap<String, Sheet> {
    let folder = tempfile::tempdir().unwrap();
    let mut db = Catalogue::open(&workspace(folder.path())).unwrap();
    let answer = |(name, sql): (String, String)| {
        let found = db.rows(&sql, &[]);
        (name.clone(), found.unwrap_or_else(|error| panic!("{name}: {error}")))
    };
    statements().into_iter().map(answer).collect()
}

#[test]
fn every_statement_of_the_documents_answers() {
    let found: Vec<(String, usize)> = answers().into_iter().map(|(n, sheet)| (n, sheet.rows.len())).collect();
    let expected: Vec<(String, usize)> = ROWS.iter().map(|(n, rows)| ((*n).to_owned(), *rows)).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_statement_says_where_it_is_from_and_whether_it_differs() {
    for (name, sql) in statements() {
        let first = sql.lines().next().unwrap_or_default();
        assert!(first.starts_with(&format!("-- Seed {}", &name[..3])), "{name}: {first}");
        let comment: Vec<&str> = sql.lines().take_while(|line| line.starts_with("--")).collect();
        let comment = comment.join(" ");
        assert!(comment.contains("As written") != comment.contains("Differs:"), "{name}: {comment}");
    }
}

#[test]
fn answers_are_what_the_lines_say() {
    let answers = answers();
    let cell = |name: &str, row: usize, column: &str| {
        let sheet = &answers[name];
        let at = sheet.columns.iter().position(|c| c.name == column).unwrap();
        sheet.rows[row][at].clone()
    };
    let number = |name: &str, row: usize, column: &str| match cell(name, row, column) {
        Cell::Number(x) => x,
        other => panic!("{name} {column}: {other:?}"),
    };
    // Mean of 1.6 … 2.4.
    assert!((number("000_parameter_sweet_spots", 0, "avg_sharpe") - 2.0).abs() < 1e-12);
    assert_eq!(cell("000_parameter_sweet_spots", 0, "fast_period"), "10".into());
    assert_eq!(cell("000_strategy_summary", 0, "run_count"), Cell::Integer(18));
    assert_eq!(number("000_failure_events", 0, "pnl"), -8.0);
    assert_eq!(number("004_scan", 0, "sharpe_ratio"), 1.6 + 8.0 / 10.0);
    // What was stored and what is computed on the fly agree.
    for column in ["parameter_value", "avg_sharpe", "std_sharpe"] {
        for row in 0..2 {
            let stored = number("004_parameter_sensitivity", row, column);
            let computed = number("004_parameter_sensitivity_on_the_fly", row, column);
            assert!((stored - computed).abs() < 1e-12, "{column}: {stored} and {computed}");
        }
    }
}
