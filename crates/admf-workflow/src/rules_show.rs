//! `admf rules show`: one strategy or classifier of the library.

use crate::{WorkflowError, rules_list};
use admf_model::{CellKind, Sheet};
use admf_rules::{Definition, library, nearest};

mod portrait;

pub use portrait::{Pace, Portrait, portrait};

/// Which definition.
#[derive(Clone, Debug)]
pub struct RulesShowRequest {
    /// Its name.
    pub name: String,
}

/// The definition.
#[derive(Clone, Debug)]
pub struct RulesShowReport {
    /// The name it is used by.
    pub name: String,
    /// `trend strategy`, or `trend classifier` and its kind.
    pub kind: String,
    /// How it is evaluated and how it is written in a spec.
    pub portrait: Portrait,
    /// True for a classifier.
    pub is_classifier: bool,
    /// The name for people.
    pub title: String,
    /// What it does.
    pub what_it_does: String,
    /// When it fails.
    pub when_it_fails: String,
    /// A source to read.
    pub reference: String,
    /// A row per rule: what is decided, and by which expression.
    pub rules: Sheet,
    /// A row per parameter.
    pub parameters: Sheet,
    /// A row per other symbol that it reads.
    pub others: Sheet,
    /// The definition as it was written, in YAML: to copy into a spec and change.
    pub source: &'static str,
}

/// Finds the definition.
pub fn rules_show(request: &RulesShowRequest) -> Result<RulesShowReport, WorkflowError> {
    let name = request.name.as_str();
    let found = library::strategy(name).or_else(|| library::classifier(name));
    let (Some(definition), Some(source)) = (found, library::source(name)) else {
        return Err(unknown(name));
    };
    Ok(RulesShowReport {
        name: definition.name.clone(),
        kind: rules_list::kind(definition),
        is_classifier: definition.role().is_some(),
        title: definition.title.clone(),
        what_it_does: definition.what_it_does.trim().to_owned(),
        when_it_fails: definition.when_it_fails.trim().to_owned(),
        reference: definition.reference.trim().to_owned(),
        rules: rules(definition),
        parameters: parameters(definition),
        others: others(definition),
        portrait: portrait(definition),
        source,
    })
}

/// A row per rule, the condition on parameters last.
fn rules(definition: &Definition) -> Sheet {
    let mut sheet = Sheet::new([("key", CellKind::Text), ("rule", CellKind::Text)]);
    let condition = definition.condition.as_ref().map(|condition| ("where", condition.as_str()));
    for (key, rule) in
        definition.rules.iter().map(|(key, rule)| (key.as_str(), rule.as_str())).chain(condition)
    {
        sheet.push(vec![key.into(), rule.into()]);
    }
    sheet
}

/// A row per other symbol.
fn others(definition: &Definition) -> Sheet {
    let mut sheet = Sheet::new(["symbol", "default", "meaning"].map(|name| (name, CellKind::Text)));
    for other in &definition.others {
        sheet.push([&other.name, &other.symbol, &other.doc].map(|text| text.as_str().into()).to_vec());
    }
    sheet
}

/// A row per parameter; what is suggested only where something is.
fn parameters(definition: &Definition) -> Sheet {
    let suggestion = definition.suggestion();
    let names = ["parameter", "type", "default", "range", "suggested", "meaning"];
    let is_shown = |name: &&str| *name != "suggested" || !suggestion.is_empty();
    let mut sheet =
        Sheet::new(names.iter().filter(|name| is_shown(name)).map(|name| (*name, CellKind::Text)));
    for parameter in &definition.parameters {
        let suggested = suggestion.iter().find(|(name, _)| *name == parameter.name);
        let mut row = vec![
            parameter.name.as_str().into(),
            parameter.kind.name().into(),
            parameter.default.to_string().into(),
            parameter.range.map(|(low, high)| format!("{low}..{high}")).into(),
        ];
        if !suggestion.is_empty() {
            row.push(suggested.map(|(_, values)| values.clone()).into());
        }
        row.push(parameter.doc.trim().into());
        sheet.push(row);
    }
    sheet
}

fn unknown(name: &str) -> WorkflowError {
    let known = || library::strategies().iter().chain(library::classifiers()).map(|d| d.name.as_str());
    let help = match nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if admf_rules::Function::find(name).is_some() => {
            format!("it is a function: see `admf rules functions {name}`")
        }
        None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
    };
    WorkflowError::Usage {
        message: format!("there is no strategy or classifier `{name}` in the library"),
        help: Some(help),
    }
}
