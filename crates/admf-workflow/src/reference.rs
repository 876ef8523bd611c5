//! `admf reference`: the texts that `cargo xtask codegen` writes into the project, from the definitions themselves.

mod data;

use crate::config::{SETTINGS, Setting};
use crate::rules_list;
use crate::rules_show::portrait;
use admf_model::words::grouped;
use admf_model::{Direction, METRICS, Unit};
use admf_rules::functions::{Entry, Family};
use admf_rules::{Definition, StrategyFamily, functions, library};
use std::fmt::Write;

pub use data::market_data;

/// SQL that creates the tables of `analytics.duckdb`.
pub fn schema() -> String {
    admf_store::dialect::duckdb_schema()
}

/// The data dictionary.
pub fn tables() -> String {
    admf_store::dictionary::markdown()
}

/// The JSON Schema of specs.
pub fn spec_schema() -> String {
    format!("{:#}\n", crate::spec::schema::schema())
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
        line(&mut page, &format!("\n## {}", capitalised(family.name())));
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

fn capitalised(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

/// The strategies and classifiers that come with the program.
pub fn rule_library() -> String {
    let mut page = page("Library", "crates/admf-rules/library");
    let (strategies, classifiers) = (library::strategies(), library::classifiers());
    line(
        &mut page,
        &format!(
            "{} strategies and {} classifiers. Every one can be used by its name, or copied into a spec and changed: \
             `admf rules show NAME > mine.yaml` writes its definition, which a spec has under `strategies` or `classifiers` \
             with a name of its own. They are ideas that have been published, not recommendations: most \
             of them lose to buying and holding on most markets after costs.\n",
            strategies.len(),
            classifiers.len()
        ),
    );
    page += "| family | name | |\n|---|---|---|\n";
    for definition in strategies.iter().chain(classifiers) {
        let (name, title) = (&definition.name, &definition.title);
        line(&mut page, &format!("| {} | [`{name}`](#{name}) | {title} |", rules_list::family(definition)));
    }
    for family in StrategyFamily::ALL {
        let mut members = strategies.iter().filter(|d| d.family == Some(family)).peekable();
        if members.peek().is_some() {
            line(&mut page, &format!("\n## {}", capitalised(family.name())));
            members.for_each(|definition| page += &section(definition));
        }
    }
    page += "\n## Classifiers\n";
    classifiers.iter().for_each(|definition| page += &section(definition));
    page
}

/// Settings.
pub fn settings() -> String {
    let mut page = page("Settings", "crates/admf-workflow/src/config/declared.rs");
    page += "Settings say how results look and how much of the machine is used. None of them changes a result: what a run \
             computes stands in its spec.\n\n\
             A flag beats a variable of the environment, that the workspace's `admf.toml`, that your own file, that the \
             default. Your own file is `$XDG_CONFIG_HOME/admf/config.toml`, `~/.config/admf/config.toml` where that \
             variable is not set, `%APPDATA%\\admf\\config.toml` on Windows, or what `ADMF_CONFIG` names. In both files \
             settings stand below a line `[settings]`:\n\n\
             ```toml\n[settings]\nformat = \"table\"\nthreads = 2\n```\n\n\
             `admf config show --origins` says which values hold and where each comes from; `admf config set` and `admf \
             config unset` change a file and keep its comments. `NO_COLOR` counts as `color = \"never\"`, \
             `ADMF_WORKSPACE` as `--workspace`.\n\n\
             | setting | values | default | variable | flag | meaning |\n|---|---|---|---|---|---|\n";
    for setting in &SETTINGS {
        let Setting { key, default, variable, flag, doc, .. } = setting;
        let values = setting.allowed();
        let values = values.trim_start_matches("write ");
        let row = format!("| `{key}` | {values} | `{default}` | `{variable}` | `{flag}` | {doc} |");
        line(&mut page, &row);
    }
    page
}

fn section(definition: &Definition) -> String {
    let mut text = format!("\n<a id=\"{0}\"></a>\n\n### `{0}`: {1}\n", definition.name, definition.title);
    let paragraphs = [
        ("What it does", &definition.what_it_does),
        ("When it fails", &definition.when_it_fails),
        ("Reference", &definition.reference),
    ];
    for (heading, paragraph) in paragraphs.into_iter().filter(|(_, paragraph)| !paragraph.is_empty()) {
        line(&mut text, &format!("\n*{heading}.* {}", paragraph.trim()));
    }
    text += &parameter_table(definition);
    text += "\n```yaml\n";
    for (key, rule) in &definition.rules {
        line(&mut text, &format!("{key}: {rule}"));
    }
    if let Some(condition) = &definition.condition {
        line(&mut text, &format!("where: {condition}"));
    }
    let portrait = portrait(definition);
    let evaluated = match definition.role() {
        Some(_) => String::new(),
        None => format!(" It is evaluated {}.", portrait.pace),
    };
    let sets = match portrait.suggested_sets {
        0 | 1 => String::new(),
        sets => format!(", {} parameter sets", grouped(sets as u128)),
    };
    let bars = grouped(u128::from(portrait.warm_up_bars));
    let line_of_facts =
        format!("```\n\nDefined after {bars} bars at its defaults.{evaluated} In a spec{sets}:\n");
    line(&mut text, &line_of_facts);
    text + "```yaml\n" + &portrait.snippet + "```\n"
}

/// Parameters and other symbols; nothing where there are none.
fn parameter_table(definition: &Definition) -> String {
    let mut rows = String::new();
    for parameter in &definition.parameters {
        let range = parameter.range.map(|(low, high)| format!("{low}..{high}")).unwrap_or_default();
        let (name, kind, default) = (&parameter.name, parameter.kind.name(), parameter.default);
        line(&mut rows, &format!("| `{name}` | {kind} | {default} | {range} | {} |", parameter.doc.trim()));
    }
    for other in &definition.others {
        line(&mut rows, &format!("| `@{}` | symbol | {} | | {} |", other.name, other.symbol, other.doc));
    }
    match rows.is_empty() {
        true => rows,
        false => format!("\n| parameter | type | default | range | meaning |\n|---|---|---|---|---|\n{rows}"),
    }
}

fn page(title: &str, source: &str) -> String {
    format!("# {title}\n\nGenerated from `{source}`: change it there, then run `cargo xtask codegen`.\n\n")
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a String never fails");
}
