//! `admf reference`: the texts that `cargo xtask codegen` writes into the project, from the definitions themselves.

use admf_model::{Direction, METRICS, Unit};
use admf_rules::functions::{Entry, Family};
use admf_rules::{Definition, functions, library};
use std::fmt::Write;

/// SQL that creates the tables of `analytics.duckdb`.
pub fn schema() -> String {
    admf_store::dialect::duckdb_schema()
}

/// The data dictionary.
pub fn tables() -> String {
    admf_store::dictionary::markdown()
}

/// All metrics.
pub fn metrics() -> String {
    let mut page = page("Metrics", "crates/admf-model/src/performance.rs");
    page += "An undefined metric is NULL. Fractions are stored as such: 0.1 is 10 %.\n\n\
             | metric | unit | better | meaning |\n|---|---|---|---|\n";
    for metric in &METRICS {
        let unit = match metric.unit {
            Unit::Ratio => "ratio",
            Unit::Fraction => "fraction",
            Unit::Money => "money",
            Unit::Count => "count",
            Unit::Bars => "bars",
        };
        let better = match metric.direction {
            Direction::Higher => "higher",
            Direction::Lower => "lower",
            Direction::Neutral => "",
        };
        line(&mut page, &format!("| `{}` | {unit} | {better} | {} |", metric.name, metric.doc.trim()));
    }
    page
}

/// Everything that a rule can name, by family.
pub fn rule_functions() -> String {
    let mut page = page("Names of the rule language", "crates/admf-rules/src/functions");
    page += "| family | name | written | |\n|---|---|---|---|\n";
    for Entry { family, name, signature, summary, .. } in functions::entries() {
        line(&mut page, &format!("| {} | `{name}` | `{signature}` | {summary} |", family.name()));
    }
    for family in families() {
        line(&mut page, &format!("\n## {}", title(family)));
        for entry in functions::entries().filter(|entry| entry.family == family) {
            let doc = entry.doc.trim().replace("## ", "#### ");
            line(&mut page, &format!("\n### `{}`\n\n{doc}", entry.signature));
        }
    }
    page
}

/// The families that have a name of the language.
fn families() -> impl Iterator<Item = Family> {
    Family::ALL.into_iter().filter(|family| functions::entries().any(|entry| entry.family == *family))
}

fn title(family: Family) -> String {
    let name = family.name();
    name[..1].to_uppercase() + &name[1..]
}

/// The strategies and classifiers that come with the program.
pub fn rule_library() -> String {
    let mut page = page("Library", "crates/admf-rules/library");
    page += "Every definition can be used by name, or copied into a spec and changed.\n";
    for (title, definitions) in
        [("Strategies", library::strategies()), ("Classifiers", library::classifiers())]
    {
        line(&mut page, &format!("\n## {title}"));
        for definition in definitions {
            page += &section(definition);
        }
    }
    page
}

fn section(definition: &Definition) -> String {
    let mut text = format!("\n### `{}`: {}\n", definition.name, definition.title);
    let paragraphs = [
        ("What it does", &definition.what_it_does),
        ("When it fails", &definition.when_it_fails),
        ("Reference", &definition.reference),
    ];
    for (heading, paragraph) in paragraphs.into_iter().filter(|(_, paragraph)| !paragraph.is_empty()) {
        line(&mut text, &format!("\n*{heading}.* {}", paragraph.trim()));
    }
    if !definition.parameters.is_empty() {
        text += "\n| parameter | type | default | range | meaning |\n|---|---|---|---|---|\n";
    }
    for parameter in &definition.parameters {
        let range = parameter.range.map(|(low, high)| format!("{low}..{high}")).unwrap_or_default();
        let (name, kind, default) = (&parameter.name, parameter.kind.name(), parameter.default);
        line(&mut text, &format!("| `{name}` | {kind} | {default} | {range} | {} |", parameter.doc.trim()));
    }
    text += "\n```yaml\n";
    for (key, rule) in &definition.rules {
        line(&mut text, &format!("{key}: {rule}"));
    }
    if let Some(condition) = &definition.condition {
        line(&mut text, &format!("where: {condition}"));
    }
    text + "```\n"
}

fn page(title: &str, source: &str) -> String {
    format!("# {title}\n\nGenerated from `{source}`: change it there, then run `cargo xtask codegen`.\n\n")
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a String never fails");
}
