//! Results of another program become runs of a workspace.

use crate::foreign_folder::{DAYS, Layout, sharpe, write_run, write_signals, write_table};
use crate::support::clock;
use admf_model::{Cell, Performance, Sheet};
use admf_store::run::{self, RunState};
use admf_store::{Workspace, trials};
use admf_workflow::WorkflowError;
use admf_workflow::correlations::{CorrelationsRequest, Of, correlations};
use admf_workflow::run::{ResumeRequest, resume};
use admf_workflow::runs_diff::{RunsDiffRequest, runs_diff};
use admf_workflow::runs_show::{StrategyShowRequest, show_stored, show_strategy};
use admf_workflow::sql::{SqlRequest, sql};
use admf_workflow::workspace_import::{
    TermsAsked, WorkspaceImportReport, WorkspaceImportRequest, workspace_import,
};
use admf_workflow::workspace_scan::{Scanned, WorkspaceScanRequest, workspace_scan};
use arrow::array::{ArrayRef, Int8Array, StringArray, TimestampNanosecondArray};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A workspace and a folder beside it.
struct Place {
    _folder: TempDir,
    workspace: Workspace,
    foreign: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(&folder.path().join("here")).unwrap();
    let foreign = folder.path().join("there");
    fs::create_dir(&foreign).unwrap();
    Place { _folder: folder, workspace, foreign }
}

impl Place {
    fn request(&self) -> WorkspaceImportRequest<'_> {
        WorkspaceImportRequest {
            workspace: &self.workspace,
            folders: vec![self.foreign.clone()],
            name: "us-1d/old".to_owned(),
            terms: TermsAsked { bars_per_year: Some(252.0), ..TermsAsked::default() },
            skip_broken: false,
            clock: &clock,
        }
    }

    fn import(&self) -> WorkspaceImportReport {
        workspace_import(&self.request()).unwrap()
    }

    fn ask(&self, statement: &str) -> Vec<Vec<Cell>> {
        let request = SqlRequest { workspace: self.workspace.clone(), statement: statement.to_owned() };
        sql(&request).unwrap().rows.rows
    }

    /// What an import is refused with, all problems in one text.
    fn refusal(&self) -> String {
        let error = workspace_import(&self.request()).unwrap_err();
        assert!(run::list(&self.workspace).unwrap().runs.is_empty(), "nothing is written");
        match error {
            WorkflowError::Inputs { errors, .. } => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
            }
            error => error.to_string(),
        }
    }
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/foreign/run_17")
}

#[test]
fn a_folder_written_by_pyarrow_becomes_a_run() {
    let place = place();
    let request = WorkspaceImportRequest { folders: vec![fixture()], ..place.request() };
    let report = workspace_import(&request).unwrap();
    let run_id = report.run_ids[0];
    let metadata = run::load(&place.workspace, run_id).unwrap();
    assert_eq!(metadata.facts.name, "old/4f1c2d2e-17aa-4c6e-9a55-3f0f5c1d7e10");
    assert_eq!(
        (metadata.facts.engine_version.as_str(), metadata.facts.family.as_str()),
        ("imported", "us-1d")
    );
    assert_eq!((metadata.total_strategies, metadata.total_classifiers, metadata.trials), (3, 1, 3));
    assert_eq!(metadata.best_sharpe, Some(1.42), "after costs, where that is told");
    let notes = report.notes.join("\n");
    for part in
        ["events (1 file)", "summary (1 file)", "no performance.json for 1 strategy", "net_sharpe is taken"]
    {
        assert!(notes.contains(part), "{notes}");
    }
    let strategies = run::strategies(&place.workspace, run_id).unwrap();
    let sma = strategies.iter().find(|s| s.rule == "imported: sma_10_50").unwrap();
    assert_eq!(sma.parameters.0, r#"{"fast":10,"slow":50,"level":0.5}"#);
    assert_eq!((sma.symbol.as_str(), sma.evaluated_bars, sma.signal_changes), ("SPY", 86, 4));
    let Performance {
        max_drawdown, total_return, avg_loss, profit_factor, sortino_ratio, total_trades, ..
    } = sma.performance;
    assert_eq!((max_drawdown, total_return, avg_loss), (Some(0.081), Some(0.125), Some(-120.5)));
    assert_eq!((profit_factor, sortino_ratio, total_trades), (None, None, Some(4.0)));
    assert_eq!(sma.performance.sharpe_per_bar, Some(1.42 / 252f64.sqrt()));
    assert_eq!(sma.performance.deflated_sharpe, None);
    let signals = run::signals(&place.workspace, sma).unwrap().unwrap();
    let told: Vec<_> = signals.iter().map(|s| (s.ts.to_string(), s.signal, s.confidence, s.bar)).collect();
    let expected = [
        ("2021-01-07", 1, Some(0.75)),
        ("2021-02-01", 0, Some(0.5)),
        ("2021-03-02", -1, Some(1.0)),
        ("2021-03-29", 1, None),
    ];
    assert_eq!(told, expected.map(|(ts, signal, sure)| (ts.to_owned(), signal, sure, None)));
    let regimes = run::regimes(&place.workspace, run_id, sma.strategy_id).unwrap();
    let told: Vec<_> = regimes.iter().map(|r| (r.regime.as_str(), r.sharpe_ratio, r.trade_count)).collect();
    assert_eq!(told, [("DOWN", None, 0), ("UP", Some(2.1), 3)]);
    let rsi = strategies.iter().find(|s| s.rule == "imported: rsi 2").unwrap();
    assert!(rsi.strategy_type.starts_with("RSI__fast_"), "{}", rsi.strategy_type);
    let of_rsi = run::signals(&place.workspace, rsi).unwrap().unwrap();
    assert!(of_rsi.windows(2).all(|pair| pair[0].signal != pair[1].signal), "repeated rows are left out");
    assert_eq!(of_rsi[0].ts.to_string(), "2021-01-04", "a zone is only how a time is shown");
    let labels = place.ask("SELECT CAST(ts AS VARCHAR), regime FROM labels ORDER BY ts");
    assert_eq!(labels.len(), 3);
    let asked = place.ask("SELECT avg_regime_duration, regime_changes, role FROM classifiers");
    // 60 bars in stays of 30 and 20 in stays of 20 are 80 bars in 3 stays.
    assert_eq!(asked, [vec![Cell::Number(80.0 / 3.0), Cell::Integer(2), Cell::from("trend")]]);
}

#[test]
fn both_layouts_give_the_same_strategies_and_are_recognised_when_they_come_again() {
    let place = place();
    write_run(&place.foreign.join("a"), "run-a", 40, Layout::Folders, 7);
    write_run(&place.foreign.join("b"), "run-b", 40, Layout::Files, 7);
    let report = place.import();
    assert_eq!(report.run_ids.len(), 2);
    let [first, second] = [0, 1].map(|at| run::strategies(&place.workspace, report.run_ids[at]).unwrap());
    assert_eq!(first.len(), 40);
    for (n, (a, b)) in first.iter().zip(&second).enumerate() {
        assert_eq!((a.strategy_id, a.trial_id), (b.strategy_id, b.trial_id));
        assert_eq!(
            (a.performance.sharpe_ratio, b.performance.sharpe_ratio),
            (Some(sharpe(n)), Some(sharpe(n)))
        );
        assert_eq!(a.evaluated_bars, DAYS as i64);
        let signals = [a, b].map(|s| run::signals(&place.workspace, s).unwrap());
        assert_eq!(signals[0], signals[1]);
    }
    assert_eq!(
        trials::summary(&place.workspace, "us-1d").unwrap().trials,
        40,
        "the same trials, counted once"
    );
    let again = WorkspaceImportRequest { name: "us-1d/name".to_owned(), ..place.request() };
    let again = workspace_import(&again).unwrap();
    assert_eq!(again.run_ids, report.run_ids);
    assert!(again.runs.rows.iter().all(|row| row[3] == Cell::from("already there")));
    let other = WorkspaceImportRequest { name: "other/name".to_owned(), ..place.request() };
    let error = workspace_import(&other).unwrap_err();
    let (id, help) = (&report.run_ids[0].to_string()[..8], error.help().unwrap());
    let message = format!("is there already as run {id} (old/run-a) of the family `us-1d`, not `other`");
    assert!(error.to_string().ends_with(&message), "{error}");
    assert!(help.contains(&format!("`admf runs rm {id}` and import it again")), "{help}");
    assert_eq!(trials::summary(&place.workspace, "other").unwrap().trials, 0);
    for (name, part) in [("a b/c", "`a b` cannot be the name of a family"), ("../x/c", "`../x` cannot be")] {
        let request = WorkspaceImportRequest { name: name.to_owned(), ..place.request() };
        let error = workspace_import(&request).unwrap_err().to_string();
        assert!(error.starts_with(part), "{error}");
    }
    let diff = RunsDiffRequest {
        workspace: place.workspace.clone(),
        first: report.run_ids[0].to_string(),
        second: report.run_ids[1].to_string(),
        limit: 5,
    };
    assert_eq!(runs_diff(&diff).unwrap().common, 40);
}

#[test]
fn an_adopted_run_is_searched_and_correlated_and_not_evaluated_again() {
    let place = place();
    write_run(&place.foreign, "run-a", 30, Layout::Folders, 3);
    let run_id = place.import().run_ids[0];
    let best = (0..30).map(sharpe).fold(f64::MIN, f64::max);
    assert_eq!(place.ask("SELECT max(sharpe_ratio) FROM optimization_runs"), [vec![Cell::Number(best)]]);
    assert_eq!(place.ask("SELECT count(*) FROM signals WHERE confidence = 0.75 AND bar IS NULL").len(), 1);
    assert_eq!(place.ask("SELECT DISTINCT parameter_name FROM parameter_analysis ORDER BY 1").len(), 2);
    let show = StrategyShowRequest {
        workspace: place.workspace.clone(),
        run: run_id.to_string(),
        strategy: vec!["@best".to_owned()],
    };
    let stored = show_stored(&show).unwrap().unwrap();
    assert_eq!(stored.strategy.performance.sharpe_ratio, Some(best));
    assert_eq!(stored.regimes.rows.len(), 2);
    assert!(show_strategy(&show).unwrap_err().to_string().contains("imported from another program"));
    let request = CorrelationsRequest {
        workspace: place.workspace.clone(),
        run: run_id.to_string(),
        of: Of::Signals,
        strategy: None,
        min_correlation: -1.0,
        limit: Some(1000),
        strategies: 100,
        threads: None,
        memory: None,
    };
    let mut pairs = Sheet::new([]);
    let report = correlations(&request, &mut pairs).unwrap();
    assert_eq!((report.strategies, pairs.rows.len()), (30, 30 * 29 / 2));
    assert!(report.notes.iter().any(|note| note.contains("every 1d")), "{:?}", report.notes);
    let returns = CorrelationsRequest { of: Of::Returns, ..request };
    assert!(correlations(&returns, &mut Sheet::new([])).is_err());
}

#[test]
fn whatever_is_broken_refuses_the_import_or_is_left_out() {
    let place = place();
    let run = place.foreign.join("run");
    write_run(&run, "run", 12, Layout::Folders, 5);
    let signals = run.join("signals");
    let day = 86_400_000_000_000;
    let file = |n: usize, name: &str| signals.join(format!("s{n:05}")).join(name);
    fs::remove_file(file(0, "signals.parquet")).unwrap();
    fs::write(file(1, "signals.parquet"), "no parquet").unwrap();
    fs::write(file(2, "metadata.json"), "{\n\"a\": 1,\n}").unwrap();
    write_signals(&file(3, "signals.parquet"), &[(day, 1), (3 * day, 0), (2 * day, 1)], &[]);
    write_signals(&file(4, "signals.parquet"), &[(day, 1), (day, 0)], &[]);
    write_signals(&file(5, "signals.parquet"), &[(day, 1), (2 * day, 2)], &[]);
    let times: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![day]));
    let text: ArrayRef = Arc::new(StringArray::from(vec!["1"]));
    write_table(&file(6, "signals.parquet"), [("timestamp", times.clone()), ("signal", text)], &[]);
    let one: ArrayRef = Arc::new(Int8Array::from(vec![1]));
    write_table(&file(7, "signals.parquet"), [("when", times), ("signal", one)], &[]);
    let eighth = fs::read_to_string(file(8, "metadata.json")).unwrap();
    fs::write(file(8, "metadata.json"), eighth.replace("\"s00008\"", "\"s00009\"")).unwrap();
    fs::remove_dir_all(signals.join("s00009")).unwrap();
    write_run(&place.foreign.join("other"), "other", 10, Layout::Folders, 5);
    fs::rename(place.foreign.join("other/signals/s00009"), signals.join("s00009")).unwrap();
    fs::remove_dir_all(place.foreign.join("other")).unwrap();
    let tenth = fs::read_to_string(file(10, "metadata.json")).unwrap();
    fs::write(file(10, "metadata.json"), tenth.replace("\"0.5\"", "\"50\"")).unwrap();
    let refusal = place.refusal();
    for part in [
        "s00000/signals.parquet: it is missing",
        "s00001/signals.parquet: it cannot be read as Parquet",
        "s00002/metadata.json, line 3",
        "s00003/signals.parquet, row 3: 1970-01-03 comes after 1970-01-04: times must ascend",
        "s00004/signals.parquet, row 2: the time 1970-01-02 is there twice",
        "s00005/signals.parquet, row 2: `signal` is 2",
        "s00006/signals.parquet: `signal` is of type Utf8, not a number",
        "s00007/signals.parquet: it has no column `timestamp` or `ts`; it has when, signal",
        "its id `s00009` is also that of",
        "`win_rate` is 50, which is no fraction",
    ] {
        assert!(refusal.contains(part), "{part} is not in\n{refusal}");
    }
    let report = workspace_import(&WorkspaceImportRequest { skip_broken: true, ..place.request() }).unwrap();
    assert_eq!(report.skipped.rows.len(), 10);
    let run_id = report.run_ids[0];
    assert_eq!(run::load(&place.workspace, run_id).unwrap().total_strategies, 2);
}

#[test]
fn a_run_without_metadata_is_refused_and_an_empty_folder_is_none() {
    let place = place();
    assert!(workspace_import(&place.request()).unwrap_err().to_string().contains("there is no run in"));
    write_run(&place.foreign, "run", 2, Layout::Files, 1);
    fs::write(place.foreign.join("metadata.json"), "{\"symbols\": 5}").unwrap();
    assert!(place.refusal().contains("metadata.json"));
    fs::remove_file(place.foreign.join("metadata.json")).unwrap();
    assert!(place.refusal().contains("metadata.json: it is missing"));
    let named = WorkspaceImportRequest { name: "old".to_owned(), ..place.request() };
    assert!(workspace_import(&named).unwrap_err().to_string().contains("`old` names no family"));
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_folder_is_read_or_written() {
    let place = place();
    write_run(&place.foreign, "../../run", 3, Layout::Folders, 1);
    let secret = place.foreign.with_file_name("secret");
    write_run(&secret, "secret", 1, Layout::Folders, 2);
    std::os::unix::fs::symlink(secret.join("signals/s00000"), place.foreign.join("signals/link")).unwrap();
    assert!(place.refusal().contains("link: it is a link"));
    fs::remove_file(place.foreign.join("signals/link")).unwrap();
    let signals = place.foreign.join("signals/s00001/signals.parquet");
    fs::remove_file(&signals).unwrap();
    std::os::unix::fs::symlink(secret.join("signals/s00000/signals.parquet"), &signals).unwrap();
    assert!(place.refusal().contains("links are not followed"));
    fs::remove_dir_all(place.foreign.join("signals/s00001")).unwrap();
    let first = place.foreign.join("signals/s00000/metadata.json");
    let text = fs::read_to_string(&first).unwrap();
    let text = text.replace("\"s00000\"", "\"../../../up\"").replace("\"crossover\"", "\"../up\"");
    fs::write(&first, text).unwrap();
    let run_id = place.import().run_ids[0];
    let strategies = run::strategies(&place.workspace, run_id).unwrap();
    assert_eq!(strategies[0].rule, "imported: ../../../up");
    assert!(strategies[0].strategy_type.starts_with("up_"), "{}", strategies[0].strategy_type);
    let folder = place.workspace.run(run_id).join("signals");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
}

#[test]
fn percent_becomes_fractions_and_unknown_years_are_not_counted() {
    let place = place();
    write_run(&place.foreign, "run", 2, Layout::Folders, 1);
    for n in 0..2 {
        let path = place.foreign.join(format!("signals/s{n:05}/metadata.json"));
        let text =
            fs::read_to_string(&path).unwrap().replace("\"-0.125\"", "\"-12.5\"").replace("\"0.5\"", "50");
        fs::write(path, text).unwrap();
    }
    let terms = TermsAsked { in_percent: true, ..TermsAsked::default() };
    let report = workspace_import(&WorkspaceImportRequest { terms, ..place.request() }).unwrap();
    let strategies = run::strategies(&place.workspace, report.run_ids[0]).unwrap();
    let performance = strategies[0].performance;
    assert_eq!((performance.max_drawdown, performance.win_rate), (Some(0.125), Some(0.5)));
    assert_eq!(performance.total_return, Some(0.0025));
    assert_eq!((performance.sharpe_ratio, performance.sharpe_per_bar), (Some(sharpe(0)), None));
    assert!(report.notes.iter().any(|note| note.contains("--bars-per-year")), "{:?}", report.notes);
    assert_eq!(run::load(&place.workspace, report.run_ids[0]).unwrap().trials, 0);
}

#[test]
fn a_scan_opens_no_data() {
    let place = place();
    write_run(&place.foreign, "run", 300, Layout::Folders, 1);
    for n in 0..300 {
        fs::write(place.foreign.join(format!("signals/s{n:05}/signals.parquet")), "").unwrap();
    }
    let scan = |scanned| WorkspaceScanRequest { scanned, limit: 3, min_sharpe: Some(1.0) };
    let report = workspace_scan(&scan(Scanned::Folders(vec![place.foreign.clone()]))).unwrap();
    let mut sharpes: Vec<f64> = (0..300).map(sharpe).filter(|sharpe| *sharpe >= 1.0).collect();
    sharpes.sort_by(|a, b| b.total_cmp(a));
    assert_eq!((report.seen, report.matching), (300, sharpes.len()));
    let shown: Vec<Cell> = report.strategies.rows.iter().map(|row| row[4].clone()).collect();
    assert_eq!(shown, sharpes[..3].iter().map(|s| Cell::Number(*s)).collect::<Vec<_>>());
    let other = place.foreign.with_file_name("other");
    write_run(&other, "other", 40, Layout::Files, 1);
    workspace_import(&WorkspaceImportRequest { folders: vec![other], ..place.request() }).unwrap();
    let report = workspace_scan(&scan(Scanned::Workspace(place.workspace.clone()))).unwrap();
    assert_eq!((report.seen, report.runs.rows.len()), (40, 1));
}

#[test]
fn an_import_that_was_killed_is_taken_up_by_importing_again() {
    let place = place();
    write_run(&place.foreign, "run", 5, Layout::Files, 1);
    let run_id = place.import().run_ids[0];
    // What a process that dies before the last step leaves: everything but the files of a complete run.
    let folder = place.workspace.run(run_id);
    let metadata = run::load(&place.workspace, run_id).unwrap();
    let spec = fs::read_to_string(folder.join("spec.yaml")).unwrap();
    let strategies = run::strategies(&place.workspace, run_id).unwrap();
    run::remove(&place.workspace, run_id).unwrap();
    let mut writer = run::RunWriter::begin(&place.workspace, &spec, metadata.facts, clock()).unwrap();
    assert_eq!(writer.run_id(), run_id);
    writer.checkpoint(&run::Rows { strategies, ..run::Rows::default() }).unwrap();
    drop(writer);
    let request =
        ResumeRequest { workspace: &place.workspace, run: run_id.to_string(), threads: None, clock: &clock };
    let error = resume(&request, &mut crate::support::Observer::default()).unwrap_err();
    assert!(error.to_string().contains("is an import that was interrupted"), "{error}");
    assert_eq!(place.import().run_ids, [run_id]);
    let runs = run::list(&place.workspace).unwrap().runs;
    assert!(matches!(runs.as_slice(), [only] if matches!(only.state, RunState::Complete(_))));
}

/// `ADMF_MEASURE=1 cargo nextest run -p admf-workflow measure --no-capture` tells how long scans of 5,000 take.
#[test]
fn measure_scans_of_five_thousand() {
    if std::env::var_os("ADMF_MEASURE").is_none() {
        return;
    }
    let place = place();
    for (name, layout) in [("folders", Layout::Folders), ("files", Layout::Files)] {
        write_run(&place.foreign.join(name), name, 5000, layout, 1);
        let folder = Scanned::Folders(vec![place.foreign.join(name)]);
        measure(name, &WorkspaceScanRequest { scanned: folder, limit: 20, min_sharpe: None });
    }
    place.import();
    let here = Scanned::Workspace(place.workspace.clone());
    measure("own runs", &WorkspaceScanRequest { scanned: here, limit: 20, min_sharpe: None });
}

#[allow(clippy::print_stderr, reason = "it is run to be read")]
fn measure(name: &str, request: &WorkspaceScanRequest) {
    let mut times: Vec<_> = (0..9)
        .map(|_| {
            let begin = std::time::Instant::now();
            workspace_scan(request).unwrap();
            begin.elapsed()
        })
        .collect();
    times.sort();
    eprintln!("{name}: median {:?}, fastest {:?}", times[4], times[0]);
}
