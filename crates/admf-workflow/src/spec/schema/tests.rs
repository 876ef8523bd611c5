//! The schema accepts what the reader accepts, and refuses with it what is wrong in form.

use super::schema;
use crate::spec::keys::tests::examples;
use crate::spec::{Source, Spec};
use admf_rules::yaml::{Node, Value as Yaml, parse};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

mod validator;

/// A YAML tree as editors understand it: plain text is typed by the rules of YAML 1.2's core schema.
fn to_json(node: &Node) -> Value {
    match &node.value {
        Yaml::Mapping(entries) => entries.iter().map(|e| (e.key.clone(), to_json(&e.value))).collect(),
        Yaml::Sequence(nodes) => nodes.iter().map(to_json).collect(),
        Yaml::Scalar(scalar) if scalar.is_quoted() => json!(scalar.text()),
        Yaml::Scalar(scalar) => match scalar.text() {
            "" | "~" | "null" => Value::Null,
            "true" => json!(true),
            "false" => json!(false),
            text => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(whole), _) => json!(whole),
                (_, Ok(number)) if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                    json!(number)
                }
                _ => json!(text),
            },
        },
    }
}

struct Schema(Value);

impl Schema {
    fn new() -> Self {
        Self(schema())
    }

    fn check(&self, text: &str) -> Result<(), String> {
        validator::check(&self.0, &self.0, &to_json(&parse(text).unwrap()), "$")
    }
}

fn reads(text: &str) -> bool {
    Spec::parse(&Source::new("spec.yaml", text)).is_ok()
}

/// YAML files below a folder of the project.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
            found.push(path);
        }
    }
}

#[test]
fn every_spec_of_the_project_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in ["crates/admf-cli/tests", "crates/admf-workflow", "docs", "examples"] {
        files(&root.join(folder), &mut paths);
    }
    let read = paths.iter().map(|path| std::fs::read_to_string(path).unwrap());
    let texts: Vec<String> = read.chain(examples()).filter(|text| reads(text)).collect();
    assert!(texts.len() >= 8, "{} of {}", texts.len(), paths.len());
    let schema = Schema::new();
    for text in texts {
        schema.check(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
}

#[test]
fn whatever_the_reader_takes_is_valid() {
    let schema = Schema::new();
    let spec = |more: &str| format!("data: x\nstrategies: [buy_and_hold]\n{more}");
    let own = |more: &str| format!("data: x\nstrategies:\n  - {{name: mine, long: close > 1, {more}}}\n");
    let library = |more: &str| format!("data: x\nstrategies: [{{type: ma_crossover, {more}}}]\n");
    for text in [
        spec("name: 2005\nkeep:\ncosts: {commission: 1e-3, slippage: 5%, commission_per_fill: 1_000}\n"),
        spec("costs: {slippage: {linear: 0.1%}, borrow_rate: }\nclassifiers: []\n"),
        spec("execution: {capital: 100_000, whole_units: true, fill: same_close}\nmetrics: {risk_free: -1%}\n"),
        spec("classifiers: [trend, {type: volatility, parameters: {short: 10}}]\n"),
        spec("classifiers:\n  - {name: mine, role: trend, labels: {UP: close > open}, otherwise: DOWN}\n"),
        "data: {dataset: 1, symbols: [A*, 600], from: 2001-01-01, to: 2001-01-02T14:30:00Z, staleness: 3}\n\
         strategies: [momentum]\n"
            .to_owned(),
        own("size: 50%, stop_loss: 0.05, max_bars: 20, exit: false"),
        own("sample: 1, symbols: A, where: true, title: 5"),
        "data: x\nstrategies:\n  - name: mine\n    parameters: {n: 5..500 log 8, m: {type: number, default: 5%, range: \
         0..1}, k: [1, 2.5, 5%]}\n    long: sma(close, $n) > $m * $k\n    sample: {count: 5, seed: 7}\n"
            .to_owned(),
        library("grid: {fast: 5..60 step 5, slow: [100, 200]}, where: slow > fast, symbols: [A, B], sample: 3"),
        library("grid: {fast: 5..500 log 8, slow: 1_00}"),
        library("grid: , where: "),
    ] {
        if let Err(e) = Spec::parse(&Source::new("spec.yaml", &text)) {
            // Values out of a parameter's range are the library's business.
            assert!(e.to_string().contains("allowed"), "{e}\n{text}");
        }
        schema.check(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
}

#[test]
fn what_is_wrong_in_form_is_refused_by_both() {
    let schema = Schema::new();
    let spec = |more: &str| format!("data: x\nstrategies: [buy_and_hold]\n{more}");
    let entry = |entry: &str| format!("data: x\nstrategies: [{entry}]\n");
    for text in [
        "strategies: [buy_and_hold]\n".to_owned(),
        "data: x\n".to_owned(),
        "- data\n".to_owned(),
        spec("stratgies: []\n"),
        spec("costs: {comission: 0}\n"),
        spec("costs: {commission: 5}\n"),
        spec("costs: {commission: -0.1}\n"),
        spec("costs: {commission: a}\n"),
        spec("costs: {slippage: {cubic: 0.1}}\n"),
        spec("costs: {slippage: [1]}\n"),
        spec("execution: {fill: open}\n"),
        spec("execution: {capital: 0}\n"),
        spec("execution: {whole_units: 'true'}\n"),
        spec("metrics: {risk_free: 1}\n"),
        spec("keep: {trades: some}\n"),
        spec("classifiers: [vol]\n"),
        spec("classifiers: trend\n"),
        spec("classifiers: [{name: a, role: mood, labels: {UP: close > 1}}]\n"),
        spec("classifiers: [{name: a, role: trend, labels: {}}]\n"),
        spec("classifiers: [{type: trend, grid: {n: 5}}]\n"),
        "data: {dataset: x, from: tomorrow}\nstrategies: [buy_and_hold]\n".to_owned(),
        "data: {symbols: A}\nstrategies: [buy_and_hold]\n".to_owned(),
        "data: {dataset: x, staleness: 0}\nstrategies: [buy_and_hold]\n".to_owned(),
        "data: {dataset: x, symbols: []}\nstrategies: [buy_and_hold]\n".to_owned(),
        "data: x\nstrategies: []\n".to_owned(),
        "data: x\nstrategies: buy_and_hold\n".to_owned(),
        entry("ma_crosover"),
        entry("{type: ma_crosover}"),
        entry("{type: ma_crossover, grid: {fst: 5}}"),
        entry("{type: ma_crossover, grid: 5}"),
        entry("{type: ma_crossover, grid: {fast: []}}"),
        entry("{type: ma_crossover, grid: {fast: many}}"),
        entry("{type: ma_crossover, parameters: {fast: 5}}"),
        entry("{type: ma_crossover, sample: many}"),
        entry("{type: ma_crossover, sample: 0}"),
        entry("{type: ma_crossover, sample: {seed: 5}}"),
        entry("{name: momentum, long: close > 1}"),
        entry("{name: Mine, long: close > 1}"),
        entry("{name: mine}"),
        entry("{long: close > 1}"),
        entry("{name: mine, long: [close]}"),
        entry("{name: mine, long: close > 1, stop: 5%}"),
        entry("{name: mine, long: close > $n, parameters: {n: {type: float, default: 1}}}"),
        entry("{name: mine, long: close > $n, parameters: {n: {type: number}}}"),
        entry("5"),
    ] {
        assert!(!reads(&text), "the reader takes\n{text}");
        assert!(schema.check(&text).is_err(), "the schema takes\n{text}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let schema = schema();
    let text = schema.to_string();
    for part in text.split("\"$ref\":\"#/$defs/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schema["$defs"].get(name).is_some(), "{name}");
    }
}
