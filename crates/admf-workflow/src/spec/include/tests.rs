//! What included files add, how errors point into them, and what a run keeps.

use crate::WorkflowError;
use crate::spec::{Source, Spec};
use std::fs;
use std::path::Path;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn open<T>(folder: &Path, name: &str, use_it: impl FnOnce(Result<Source<'_>, WorkflowError>) -> T) -> T {
    let path = folder.join(name).display().to_string();
    let text = fs::read_to_string(&path).unwrap();
    use_it(Source::open(&path, &text))
}

/// File name, offending text, message and help of each problem.
fn told(error: &WorkflowError) -> Vec<(String, String, String, String)> {
    match error {
        WorkflowError::Input { message, snippet, help } => {
            let file = Path::new(&snippet.name).file_name().unwrap().to_string_lossy().into_owned();
            let at = snippet.text[snippet.start..snippet.end].to_owned();
            vec![(file, at, message.clone(), help.clone().unwrap_or_default())]
        }
        WorkflowError::Inputs { errors, .. } => errors.iter().flat_map(told).collect(),
        other => panic!("{other}"),
    }
}

const BASE: &str = "data: {dataset: stocks, from: 2001-01-01, symbols: [A, B]}
strategies:
  - buy_and_hold
costs: {commission: 0.2%, slippage: {sqrt: 0.1%}}
keep: {trades: none}
";

#[test]
fn what_both_say_counts_as_the_including_file_says_it() {
    let files = folder(&[
        ("base.yaml", BASE),
        ("shared/costs.yaml", "costs: {slippage: 0.3%, borrow_rate: 5%}\nclassifiers: [trend]\n"),
        (
            "specs/sweep.yaml",
            "include: [../base.yaml, ../shared/costs.yaml]\ndata: {symbols: C}\nstrategies:\n  - momentum\n\
             costs: {commission: 0}\nclassifiers: [volatility]\nkeep:\n",
        ),
    ]);
    open(files.path(), "specs/sweep.yaml", |source| {
        let source = source.unwrap();
        let spec = Spec::parse(&source).unwrap();
        assert_eq!(spec.name, "sweep");
        assert_eq!((spec.data.dataset.0.as_str(), spec.data.symbols.unwrap()[0].0.as_str()), ("stocks", "C"));
        assert_eq!(spec.data.from.unwrap().to_string(), "2001-01-01");
        let names: Vec<_> = spec.strategies.iter().map(|s| s.chosen.definition.name.as_str()).collect();
        assert_eq!(names, ["buy_and_hold", "momentum"]);
        let names: Vec<_> = spec.classifiers.iter().map(|c| c.chosen.definition.name.as_str()).collect();
        assert_eq!(names, ["trend", "volatility"]);
        let costs = spec.execution.costs;
        assert_eq!((costs.commission, costs.borrow_rate), (0.0, 0.05));
        assert_eq!(costs.slippage, admf_model::Slippage::Linear(0.003));
        assert_eq!(spec.keep.trades, Some(false), "a key without a value is left out");

        let whole = source.whole().unwrap();
        let again = Spec::parse(&Source::new("sweep.yaml", &whole)).unwrap();
        assert_eq!(format!("{:?}", again.execution), format!("{:?}", spec.execution));
        assert_eq!(again.strategies.len(), 2);
        assert_eq!(Source::new("x", &whole).whole().unwrap(), whole);
    });
}

#[test]
fn a_dataset_alone_leaves_the_period_of_the_included_file() {
    let files = folder(&[("base.yaml", BASE), ("a.yaml", "include: base.yaml\ndata: crypto\n")]);
    open(files.path(), "a.yaml", |source| {
        let spec = Spec::parse(&source.unwrap()).unwrap();
        assert_eq!((spec.data.dataset.0.as_str(), spec.data.from.is_some()), ("crypto", true));
    });
}

#[test]
fn a_spec_that_includes_nothing_is_kept_to_the_last_byte() {
    let text = "# mine\ndata:   stocks\nstrategies: [buy_and_hold]\n\n";
    assert_eq!(Source::open("nowhere/spec.yaml", text).unwrap().whole().unwrap(), text);
}

#[test]
fn a_file_that_is_included_twice_counts_once_and_comments_change_nothing() {
    let whole = |own: &str| {
        let files = folder(&[
            ("own.yaml", own),
            ("a.yaml", "include: own.yaml\nkeep: {trades: all}\n"),
            ("b.yaml", "# b\ninclude: own.yaml\n"),
            ("s.yaml", "include: [a.yaml, b.yaml]\ndata: x\n"),
        ]);
        open(files.path(), "s.yaml", |source| {
            let source = source.unwrap();
            assert_eq!(Spec::parse(&source).unwrap().strategies.len(), 1);
            source.whole().unwrap().into_owned()
        })
    };
    let one = whole("strategies:\n  - {name: mine, long: 'close > 1'}\n");
    assert_eq!(one, whole("# other words\nstrategies: [{name: mine, long: 'close > 1'}]\n"));
    assert_ne!(one, whole("strategies:\n  - {name: mine, long: 'close > 2'}\n"));
}

#[test]
fn errors_point_into_the_file_where_they_are() {
    let files = folder(&[
        ("base.yaml", "costs: {comission: 1}\nstrategies:\n  - {name: own, long: smaa(close) > 1}\n"),
        ("broken.yaml", "costs: [1\n"),
        ("spec.yaml", "include: base.yaml\nstrategies: [momentm]\ndata: x\n"),
        ("second.yaml", "include: broken.yaml\ndata: x\n"),
    ]);
    open(files.path(), "spec.yaml", |source| {
        let told = told(&Spec::parse(&source.unwrap()).unwrap_err());
        let places: Vec<_> = told.iter().map(|(file, at, _, _)| (file.as_str(), at.as_str())).collect();
        assert_eq!(places, [("spec.yaml", "momentm"), ("base.yaml", "comission"), ("base.yaml", "smaa")]);
        assert_eq!(told[2].3, "did you mean `sma`?");
    });
    open(files.path(), "second.yaml", |source| {
        let told = told(&source.unwrap_err());
        assert!(told[0].0 == "broken.yaml" && told[0].2.starts_with("the file is not YAML here"), "{told:?}");
    });
}

#[test]
fn files_that_cannot_be_included_are_named_with_the_way_to_them() {
    let files = folder(&[
        ("a.yaml", "name: a\ninclude: sub/b.yaml\n"),
        ("sub/b.yaml", "include:\n  - ../a.yaml\n"),
        ("self.yaml", "include: self.yaml\n"),
        ("many.yaml", "include: [nosuch.yaml, /etc/hosts, ~/x.yaml, 'https://a.b/c.yaml', sub]\n"),
        ("list.yaml", "include: {a: b}\n"),
        ("twice.yaml", "include: [self.yaml, self.yaml]\n"),
        ("plain.yaml", "include: text.yaml\n"),
        ("text.yaml", "- a\n"),
    ]);
    let problems = |name: &str| open(files.path(), name, |source| told(&source.unwrap_err()));
    let cycle = problems("a.yaml");
    assert_eq!((cycle[0].0.as_str(), cycle[0].1.as_str()), ("b.yaml", "../a.yaml"));
    let way = cycle[0].2.split(" by way of ").nth(1).unwrap();
    let lines: Vec<_> = way.split(" → ").map(|place| place.rsplit('/').next().unwrap()).collect();
    assert_eq!(lines, ["a.yaml:2", "b.yaml:2"]);
    assert!(problems("self.yaml")[0].2.contains("includes itself"));
    let many = problems("many.yaml");
    let starts: Vec<_> = many
        .iter()
        .map(|(_, at, message, _)| (at.as_str(), message.contains(at.trim_matches('\''))))
        .collect();
    assert_eq!(many.len(), 5);
    assert!(starts.iter().all(|(_, named)| *named), "{many:?}");
    assert!(many[0].2.starts_with("there is no file") && many[4].2.ends_with("is not a file"), "{many:?}");
    assert!(problems("list.yaml")[0].2.contains("a name or a list of names"));
    assert!(problems("twice.yaml")[0].2.contains("listed twice"));
    assert_eq!(problems("plain.yaml")[0].2, "expected a spec: a map with some of its keys, found a list");
}

#[test]
fn chains_and_numbers_of_files_are_limited() {
    let names: Vec<String> = (0..20).map(|n| format!("{n}.yaml")).collect();
    let texts: Vec<String> = (0..20).map(|n| format!("include: {}.yaml\n", n + 1)).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let files = folder(&files);
    open(files.path(), "0.yaml", |source| {
        let told = told(&source.unwrap_err());
        assert!(told[0].2.contains("more than 16 deep"), "{told:?}");
    });
}

#[test]
fn text_that_is_no_file_includes_nothing() {
    let error = Spec::parse(&Source::new("text", "include: a.yaml\ndata: x\n")).unwrap_err();
    assert_eq!(told(&error)[0].2, "a text that is no file cannot include one");
}
