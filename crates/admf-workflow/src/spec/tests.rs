use super::{Source, Spec};
use crate::WorkflowError;
use admf_engine::Metrics;
use admf_model::{Costs, Execution, Fill, Prices, Slippage};

const MINIMAL: &str = "data: stocks\nstrategies: [buy_and_hold]\n";

fn parse(text: &str) -> Result<Spec, WorkflowError> {
    Spec::parse(&Source::new("spec.yaml", text))
}

/// The message, the offending text and the help of an error.
fn wrong(text: &str) -> (String, String, String) {
    match parse(text).unwrap_err() {
        WorkflowError::Input { message, snippet, help } => {
            assert_eq!(snippet.name, "spec.yaml");
            (message, text[snippet.start..snippet.end].to_owned(), help.unwrap_or_default())
        }
        other => panic!("{other}"),
    }
}

#[test]
fn what_a_spec_leaves_out_has_its_default() {
    let spec = parse(MINIMAL).unwrap();
    assert_eq!((spec.name.as_str(), spec.data.dataset.0.as_str()), ("spec", "stocks"));
    assert_eq!((spec.data.symbols, spec.data.staleness), (None, 5));
    assert_eq!((spec.execution, spec.bars_per_year), (Execution::DEFAULT, None));
    assert_eq!(spec.strategies[0].chosen.definition.name, "buy_and_hold");
    assert!(spec.classifiers.is_empty());
}

#[test]
fn everything_can_be_said() {
    let spec = parse(
        "name: all of it
data: {dataset: stocks, symbols: [A, B], auxiliary: vix, from: 2001-01-01, to: 2002-01-01, prices: raw, staleness: 3}
strategies:
  - type: ma_crossover
    grid: {fast: [5, 10], slow: 20..40 step 10}
    where: slow - fast > 12
    symbols: [A]
  - name: own
    parameters: {n: 2..4}
    long: rsi(close, $n) < 10
    exit: bars > 3
    symbols: B
classifiers: [volatility, {type: trend, parameters: {n: 50}}]
execution: {fill: same_close, capital: 1000, whole_units: true, close_at_end: true}
costs: {commission: 0.2%, commission_per_fill: 1, commission_per_unit: 0.01, slippage: {sqrt: 0.1%}, borrow_rate: 3%}
metrics: {risk_free: 1%, minimum_acceptable_return: -1%, bars_per_year: 260}
keep: {trades: none, signals: all, metrics: net}
"
        .replace("bars > 3", "rsi(close, $n) > 50")
        .as_str(),
    )
    .unwrap();
    assert_eq!(spec.strategies[0].grid.iter().count(), 5);
    assert_eq!(spec.strategies[1].grid.iter().count(), 3);
    assert_eq!(spec.strategies[1].symbols.as_ref().unwrap()[0].0, "B");
    assert_eq!(spec.classifiers[1].parameters.to_json(), r#"{"n":50,"slope":20}"#);
    let execution = spec.execution;
    assert_eq!((execution.fill, execution.capital, execution.prices), (Fill::SameClose, 1000.0, Prices::Raw));
    assert!(execution.whole_units && execution.close_at_end);
    assert_eq!((execution.risk_free, execution.minimum_acceptable_return), (0.01, -0.01));
    let costs = Costs {
        commission: 0.002,
        commission_per_fill: 1.0,
        commission_per_unit: 0.01,
        slippage: Slippage::Sqrt(0.001),
        borrow_rate: 0.03,
    };
    assert_eq!((execution.costs, spec.bars_per_year), (costs, Some(260.0)));
    assert!(!spec.keep.decide(10).trades && spec.keep.decide(1_000_000).signals);
    assert_eq!(spec.keep.decide(10).metrics, Metrics::Net);
}

#[test]
fn mistakes_are_pointed_at() {
    let with = |more: &str| format!("{MINIMAL}{more}");
    for (text, message, at, help) in [
        (with("stratgies: 1\n"), "unknown key `stratgies`", "stratgies", "did you mean `strategies`?"),
        ("strategies: [buy_and_hold]\n".into(), "`data` is missing", "", ""),
        (
            with("costs: {commission: 5}\n"),
            "`commission` is 5: it is a fraction, 0.001 is 0.1 %",
            "5",
            "0.1%",
        ),
        (with("costs: {slippage: {cubic: 1}}\n"), "unknown key `cubic`", "cubic", ""),
        (with("execution: {fill: open}\n"), "expected next_open or same_close, found `open`", "open", ""),
        (with("execution: {capital: 0}\n"), "`capital` is 0: write a number above 0", "0", ""),
        (with("keep: {trades: some}\n"), "expected all or none, found `some`", "some", ""),
        (with("classifiers: [vol]\n"), "unknown classifier `vol`", "vol", ""),
        (
            with("classifiers: [trend, trend]\n"),
            "there is another classifier named `trend` above",
            "trend",
            "",
        ),
        (
            "data: x\nstrategies: [ma_crosover]\n".into(),
            "unknown strategy `ma_crosover`",
            "ma_crosover",
            "ma_crossover",
        ),
        ("data: x\nstrategies: []\n".into(), "there is no strategy to run", "", "- type: ma_crossover"),
        (
            "data: {dataset: x, from: 2002-01-01, to: 2001-01-01}\nstrategies: [buy_and_hold]\n".into(),
            "the period ends on 2001-01-01, before it begins on 2002-01-01",
            "",
            "swap",
        ),
        (
            "data: {dataset: x, from: tomorrow}\nstrategies: [buy_and_hold]\n".into(),
            "`tomorrow` is not a date",
            "tomorrow",
            "",
        ),
        (
            "data: x\nstrategies: [{type: ma_crossover, grid: {fst: 1}}]\n".into(),
            "ma_crossover has no parameter `fst`",
            "fst",
            "fast",
        ),
        (
            "data: x\nstrategies: [{name: momentum, long: close > 1}]\n".into(),
            "`momentum` is a strategy of the library",
            "momentum",
            "type: momentum",
        ),
        ("data: x\nstrategies: [{name: a, long: clse > 1}]\n".into(), "unknown name `clse`", "clse", "close"),
        (
            "data: x\nstrategies: [buy_and_hold]\nclassifiers: [{type: trend, parameters: {n: [5, 6]}}]\n"
                .into(),
            "a classifier has one value per parameter, `n` has 2",
            "",
            "",
        ),
    ] {
        let (got, place, remedy) = wrong(&text);
        assert!(got.contains(message), "{text}: {got}");
        assert!(place.contains(at), "{text}: points at {place:?}");
        assert!(remedy.contains(help), "{text}: {remedy:?}");
    }
}

/// What the page of the library advises: the definition as `rules show` writes it, under a list of a spec, with a name
/// of its own. Alone it is told where it belongs.
#[test]
fn definitions_of_the_library_can_be_copied_into_a_spec() {
    use admf_rules::library;
    let of = |kind: &'static str, all: &'static [admf_rules::Definition]| all.iter().map(move |d| (kind, d));
    for (list, definition) in
        of("strategies", library::strategies()).chain(of("classifiers", library::classifiers()))
    {
        let text = library::source(&definition.name).unwrap();
        let alone = Spec::parse(&Source::new("mine.yaml", text)).unwrap_err();
        assert!(alone.help().unwrap().starts_with(&format!("write `{list}:` above it")), "{alone}");
        let renamed = text.replacen(&format!("name: {}", definition.name), "name: mine", 1);
        let mut lines = renamed.lines();
        let first = lines.find(|line| line.starts_with("name:")).unwrap();
        let rest: String = lines.map(|line| format!("    {line}\n")).collect();
        let entry = format!("{list}:\n  - {first}\n{rest}");
        let others = if list == "strategies" { "" } else { "strategies: [buy_and_hold]\n" };
        let spec = format!("data: stocks\n{others}{entry}");
        if let Err(error) = Spec::parse(&Source::new("spec.yaml", &spec)) {
            panic!("{error}: {:?}\n{spec}", error.help());
        }
    }
}
