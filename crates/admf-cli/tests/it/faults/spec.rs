//! Faults of a spec: what is wrong with it, the exit code, what is said of it, and that it is said at once.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Exit code of a spec that is wrong.
const BAD_INPUT: i32 = 3;
/// Seconds of a processor that a command has, however large the file is. It needs one; wall time would measure what else
/// the machine does.
const CPU_SECONDS: u32 = 5;
/// Address space of the process: DuckDB's library, stacks of threads, and little besides.
const MEMORY_KB: u32 = 1_500_000;

/// A folder with prices of one symbol.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let prices = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/arch_sp500.csv.gz");
    let data = format!("SP500={prices}");
    for arguments in [&["init", "."][..], &["data", "import", &data, "--as", "sp500"]] {
        assert_eq!(admf(folder.path(), &arguments.join(" ")).0, 0);
    }
    folder
}

/// Exit code and message of a command with bounded memory and time; -1 when it exceeded its time.
fn admf(folder: &Path, arguments: &str) -> (i32, String) {
    let program = env!("CARGO_BIN_EXE_admf");
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -v {MEMORY_KB}; ulimit -t {CPU_SECONDS}; exec {program} {arguments}")]);
    command.current_dir(folder).stdin(Stdio::null()).env("ADMF_CONFIG", "none").env("ADMF_PROGRAM", "admf");
    let output = command.output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

/// What `rules check` and `run` say of a spec; both say the same, at once, and in a message that can be read.
fn refused(folder: &Path, spec: &str) -> String {
    fs::write(folder.join("spec.yaml"), spec).unwrap();
    let (code, said) = admf(folder, "rules check spec.yaml");
    assert_eq!(code, BAD_INPUT, "{said}");
    let (code, again) = admf(folder, "run spec.yaml");
    assert_eq!((code, again.as_str()), (BAD_INPUT, said.as_str()));
    assert!(said.len() < 4_000, "the message has {} bytes", said.len());
    said
}

/// One fault: the rule of an own strategy, and parts of what is said.
fn rule_is_refused(rule: &str, said: &[&str]) {
    let folder = workspace();
    let spec = format!("data: sp500\nstrategies:\n  - name: a\n    long: {rule}\n");
    let message = refused(folder.path(), &spec);
    assert!(said.iter().all(|part| message.contains(part)), "{rule}: {message}");
}

/// One fault of a spec as a whole.
fn spec_is_refused(spec: &str, said: &[&str]) {
    let folder = workspace();
    let message = refused(folder.path(), spec);
    assert!(said.iter().all(|part| message.contains(part)), "{message}");
}

#[test]
fn an_unknown_function() {
    rule_is_refused(
        "smaa(close, 20) > 1",
        &["unknown function `smaa`", "did you mean `sma`?", "spec.yaml:4:11"],
    );
}

#[test]
fn a_misspelt_parameter() {
    spec_is_refused(
        "data: sp500\nstrategies:\n  - {type: ma_crossover, grid: {fst: [5, 10]}}\n",
        &["ma_crossover has no parameter `fst`", "did you mean `fast`?", "spec.yaml:3:33"],
    );
}

#[test]
fn an_empty_grid() {
    spec_is_refused(
        "data: sp500\nstrategies:\n  - {type: ma_crossover, grid: {fast: [5, 10]}, where: fast > 20}\n",
        &["no combination of parameters satisfies `where`", "widen the grid or relax `where`"],
    );
}

#[test]
fn a_grid_of_a_million_millions() {
    spec_is_refused(
        "data: sp500\nstrategies:\n  - name: a\n    parameters: {a: 1..1000, b: 1..1000, c: 1..1000, d: 1..1000}\n    long: \
         close > $a + $b + $c + $d\n",
        &["the grid has 1,000,000,000,000 combinations, allowed are 100,000,000", "sample: 10000"],
    );
}

#[test]
fn grids_that_are_too_many_together() {
    let grid = "n: 2..100, low: 1..45 step 0.1, high: 50..99 step 0.1";
    let entry = format!("  - {{type: rsi_reversion, grid: {{{grid}}}}}\n");
    let message = "with this grid the spec has more than 100,000,000 combinations, the most allowed";
    spec_is_refused(&format!("data: sp500\nstrategies:\n{}", entry.repeat(12)), &[message, "sample: 10000"]);
}

#[test]
fn what_never_ends_or_is_no_text() {
    let folder = workspace();
    fs::write(folder.path().join("latin.yaml"), b"name: x\ndata: \xe9\n").unwrap();
    for (spec, code, said) in [
        ("/dev/zero", BAD_INPUT, "/dev/zero is longer than 64 MiB: that is no text to be read"),
        (
            "latin.yaml",
            BAD_INPUT,
            "latin.yaml, line 2: this is no text in UTF-8\n  help: save the file as UTF-8",
        ),
        (".", 2, ". is a folder\n  help: name the file in it"),
    ] {
        let (found, message) = admf(folder.path(), &format!("run {spec}"));
        assert_eq!(found, code, "{message}");
        assert!(message.contains(said), "{message}");
    }
}

#[test]
fn a_number_where_a_truth_belongs() {
    rule_is_refused("close + 1", &["expected true or false in `long`, found a number"]);
}

#[test]
fn a_look_ahead() {
    rule_is_refused("lag(close, -1) > close", &["`bars` of lag is -1: a rule cannot see the future"]);
    rule_is_refused(
        "close.shift(-1) > close",
        &["`.shift(-1)` asks for a later bar: a rule cannot see the future"],
    );
    rule_is_refused("close[-1] > close", &["unexpected `[`", "write lag(close, 1) for the bar before"]);
}

#[test]
fn a_file_that_includes_itself() {
    let folder = workspace();
    fs::write(folder.path().join("a.yaml"), "include: b.yaml\n").unwrap();
    fs::write(folder.path().join("b.yaml"), "include: a.yaml\n").unwrap();
    let said = refused(folder.path(), "include: a.yaml\ndata: sp500\nstrategies: [buy_and_hold]\n");
    assert!(said.contains("a.yaml includes itself by way of spec.yaml:1 → a.yaml:1 → b.yaml:1"), "{said}");
}

#[test]
fn an_included_file_that_is_none_of_the_users_specs() {
    let folder = workspace();
    let at = folder.path();
    fs::write(at.join("secret.txt"), "user: root\n").unwrap();
    std::os::unix::fs::symlink(at.join("secret.txt"), at.join("link.yaml")).unwrap();
    for (path, message) in [
        ("../../../../../../../../etc/passwd", "/etc/passwd is not a YAML file"),
        ("/etc/passwd", "`/etc/passwd` is not a path relative to this file"),
        ("~/secret.yaml", "`~/secret.yaml` is not a path relative to this file"),
        ("secret.txt", "secret.txt is not a YAML file"),
        ("link.yaml", "link.yaml, which leads to"),
    ] {
        let said = refused(at, &format!("include: {path}\ndata: sp500\nstrategies: [buy_and_hold]\n"));
        assert!(said.contains(message) && !said.contains("root"), "{path}: {said}");
    }
    // What a message shows of a file that turns out to be no spec is its first line, and the lines around it.
    let prose = "one\n".repeat(2_000);
    fs::write(at.join("prose.yaml"), &prose).unwrap();
    let said = refused(at, "include: prose.yaml\ndata: sp500\nstrategies: [buy_and_hold]\n");
    assert!(said.contains("expected a spec: a map with some of its keys"), "{said}");
}

#[test]
fn a_rule_of_ten_megabytes() {
    let endless = |bytes: usize| "close > 1 and ".repeat(bytes / 14) + "close > 1";
    rule_is_refused(&endless(10_000_000), &["bytes long, allowed are 4,194,304"]);
    rule_is_refused(&endless(4_000_000), &["bytes long, allowed are 16,384"]);
}

#[test]
fn a_rule_of_escapes() {
    rule_is_refused(&format!("\"{}\"", "x\\n".repeat(1_000_000)), &["bytes long, allowed are 16,384"]);
}

#[test]
fn a_hundred_thousand_parentheses() {
    rule_is_refused(&("(".repeat(100_000) + "close > 1" + &")".repeat(100_000)), &["allowed are 16,384"]);
    rule_is_refused(&("(".repeat(8_000) + "close > 1" + &")".repeat(8_000)), &["nested more than 128 deep"]);
    rule_is_refused(&("not ".repeat(4_000) + "close > 1"), &["nested more than 128 deep"]);
    rule_is_refused(&("-".repeat(8_000) + "1 > 2"), &["nested more than 128 deep"]);
}

#[test]
fn a_hundred_thousand_lists_in_each_other() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    spec_is_refused(&format!("data: sp500\nstrategies: {open}{close}\n"), &["nested more than 32 deep"]);
    let (open, close) = ("{a: ".repeat(100_000), "}".repeat(100_000));
    spec_is_refused(&format!("data: sp500\nstrategies: {open}{close}\n"), &["nested"]);
    let steps: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    spec_is_refused(&steps, &["nested more than 32 deep"]);
}

#[test]
fn aliases_that_stand_for_billions() {
    let lines = (1..10).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1));
    let bomb = "a0: &a0 [x, x, x]\n".to_owned() + &lines.collect::<String>();
    spec_is_refused(&bomb, &["anchors are not supported: write the value itself", "spec.yaml:1:5"]);
}

#[test]
fn everything_at_once() {
    let folder = workspace();
    let spec = "\
data: {dataset: sp500, symbols: SP50, staleness: 0, auxiliary: [vxi]}
strategies:
  - name: a
    long: clse > opn
    size: 2
    stop_loss: -5%
    max_bars: 0
  - name: b
    long: sma(close, 0) > regime(trend)
  - {type: ma_crossover, grid: {fast: [1, 5000], slwo: 5}}
  - name: c
    parameters: {n: [1, 5]}
    long: rsi(close, $n) > 5
    exit: regime(trend) == UP
costs: {commission: -1}
execution: {capital: 0}
";
    fs::write(folder.path().join("spec.yaml"), spec).unwrap();
    let (code, said) = admf(folder.path(), "rules check spec.yaml");
    assert_eq!(code, BAD_INPUT);
    for part in [
        "has no symbol `SP50`",
        "`staleness` is 0",
        "there is no dataset `vxi`",
        "unknown name `clse`",
        "unknown name `opn`",
        "`size` is 2",
        "`stop_loss` is -0.05",
        "`max_bars` is 0",
        "parameter `fast` is 1, allowed 2..400",
        "parameter `fast` is 5000, allowed 2..400",
        "no parameter `slwo`",
        "`n` of rsi is 1",
        "`commission` is -1",
        "`capital` is 0",
        "problems in spec.yaml",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
}

/// No fault that stops a run: it is told before the run, with the place, and after it, with what was seen.
#[test]
fn entries_that_are_never_true() {
    let folder = workspace();
    let spec = "\
data: {dataset: sp500, from: 2005-01-01, to: 2010-12-31}
strategies:
  - {name: below_nothing, long: close < 0}
  - {name: no_month, long: close > open and month == 13}
  - {name: constant, long: 'rsi(close, 14) < 120'}
  - {name: daily, long: hour == 10}
  - {name: apart, long: 'close > 1.5 * sma(close, 20) and close < open'}
  - {name: some, parameters: {n: [10, 100000]}, long: 'close > sma(close, $n)'}
";
    fs::write(folder.path().join("spec.yaml"), spec).unwrap();
    let before = [
        "spec.yaml:3:33: `close < 0` is never true: `close` is from ",
        "spec.yaml:4:45: `month == 13` is never true: `month` is from 1 to 12; no_month never trades",
        "spec.yaml:5:29: `rsi(close, 14) < 120` is true wherever it is defined: `rsi(close, 14)` is from 0 to 100",
        "spec.yaml:6:25: `hour` has no value on any bar; daily never trades",
        "some: 1 of 2 strategies never trade",
    ];
    let after = [
        "warning: below_nothing made no trade: `close < 0` was never true: `close` was from ",
        "warning: no_month made no trade: `month == 13` was never true: `month` was from 1 to 12",
        "warning: daily made no trade: `hour` is undefined on every bar",
        "warning: apart made no trade: `close > 1.5 * sma(close, 20)` was never true: `close` was from ",
        "strategies without a trade: 1 of 2 some",
    ];
    let (code, checked) = admf(folder.path(), "rules check spec.yaml");
    assert!(code == 0 && before.iter().all(|part| checked.contains(part)), "{checked}");
    assert!(!checked.contains("apart"), "only the bars can tell: {checked}");
    let (code, ran) = admf(folder.path(), "run spec.yaml");
    assert!(code == 0 && before.iter().chain(&after).all(|part| ran.contains(part)), "{ran}");
    let (code, said) = admf(folder.path(), "rules check 'close < 0'");
    assert!(code == 0 && said.contains("warning: `close < 0` is never true: `close` is above 0"), "{said}");
}

#[test]
fn strategies_that_differ_in_the_other_symbol_only() {
    let folder = workspace();
    let prices = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/arch_sp500.csv.gz");
    let (code, said) = admf(folder.path(), &format!("data import A={prices} B={prices} --as pair"));
    assert_eq!(code, 0, "{said}");
    let spec = "\
data: {dataset: sp500, auxiliary: pair}
strategies:
  - {type: dual_momentum, others: {other: A}}
  - {type: dual_momentum, others: {other: B}}
";
    fs::write(folder.path().join("spec.yaml"), spec).unwrap();
    assert_eq!(admf(folder.path(), "run spec.yaml -o best.csv").0, 0);
    let best = fs::read_to_string(folder.path().join("best.csv")).unwrap();
    for other in ["A", "B"] {
        assert!(best.contains(&format!("\"\"other\"\":\"\"{other}\"\"")), "{best}");
        let (code, said) =
            admf(folder.path(), &format!("runs show @last other={other} -o one.json --format json"));
        let one = fs::read_to_string(folder.path().join("one.json")).unwrap();
        assert!(code == 0 && one.contains(&format!("other={other}")), "{said}{one}");
    }
    let (code, said) = admf(folder.path(), "runs show @last other=C");
    assert!(code == 2 && said.contains("`other` is `C` in no strategy of the run"), "{said}");
}

#[test]
fn no_threads() {
    let folder = workspace();
    fs::write(folder.path().join("spec.yaml"), "data: sp500\nstrategies: [buy_and_hold]\n").unwrap();
    let (code, said) = admf(folder.path(), "run spec.yaml --threads 0");
    assert!(code == 2 && said.contains("write 1 or more, or leave it out for one per processor"), "{said}");
}
