//! `docs/spec.md` is the reference of specs: its tables are those of the reader, and its examples are specs.

use super::*;
use crate::spec::{Source, Spec};
use admf_rules::definition::keys::{CLASSIFIER, NAMING, OTHER, PARAMETER, SAMPLE, STRATEGY, SUGGESTION};
use admf_rules::yaml::{parse, table};

const PAGE: &str = include_str!("../../../../../docs/spec.md");

#[test]
fn the_reference_has_every_key_with_its_default_and_meaning() {
    let tables: [&[&'static [Key]]; 14] = [
        &[&SPEC],
        &[&DATA],
        &[&EXECUTION],
        &[&COSTS],
        &[&SLIPPAGE],
        &[&METRICS],
        &[&KEEP],
        &[&LIBRARY_STRATEGY, &ENTRY],
        &[&NAMING, &SUGGESTION, &STRATEGY],
        &[&PARAMETER],
        &[&OTHER],
        &[&SAMPLE],
        &[&LIBRARY_CLASSIFIER],
        &[&CLASSIFIER],
    ];
    let missing: Vec<String> =
        tables.iter().map(|groups| table(groups)).filter(|table| !PAGE.contains(table.as_str())).collect();
    assert!(missing.is_empty(), "docs/spec.md should have\n\n{}", missing.join("\n"));
}

/// The examples of the page as specs: some show a part of one.
pub(in crate::spec) fn examples() -> impl Iterator<Item = String> {
    let blocks = PAGE.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(|block| {
        let root = parse(block).unwrap_or_else(|e| panic!("{e} in\n{block}"));
        let own = block.lines().filter(|line| !line.starts_with("include"));
        let mut text: String = own.map(|line| format!("{line}\n")).collect();
        // The dataset of this one is in the file that it includes.
        text = text.replace("data: {symbols", "data: {dataset: stocks, symbols");
        if root.get("data").is_none() {
            text += "data: stocks\n";
        }
        if root.get("strategies").is_none() {
            text += "strategies: [buy_and_hold]\n";
        }
        text
    })
}

#[test]
fn the_examples_of_the_reference_are_specs() {
    assert!(examples().count() >= 4);
    for text in examples() {
        Spec::parse(&Source::new("docs/spec.md", &text)).unwrap_or_else(|e| panic!("{e} in\n{text}"));
    }
}
