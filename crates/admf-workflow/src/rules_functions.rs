//! `admf rules functions`: what a rule can name.

use crate::WorkflowError;
use admf_model::{CellKind, Sheet};
use admf_rules::{functions, library, nearest};

/// One function or all.
#[derive(Clone, Debug)]
pub struct RulesFunctionsRequest {
    /// A function or price; all when `None`.
    pub name: Option<String>,
}

/// What was asked for.
#[derive(Clone, Debug)]
pub enum RulesFunctionsReport {
    /// A row per name of the language.
    All(Sheet),
    /// One of them.
    One {
        /// The name.
        name: &'static str,
        /// What it is listed under.
        family: &'static str,
        /// How it is written.
        signature: String,
        /// One line.
        summary: &'static str,
        /// *What it does · Parameters · Reference*, in Markdown.
        doc: &'static str,
    },
}

/// Looks them up.
pub fn rules_functions(request: &RulesFunctionsRequest) -> Result<RulesFunctionsReport, WorkflowError> {
    let Some(name) = &request.name else { return Ok(RulesFunctionsReport::All(all())) };
    match functions::entries().find(|entry| entry.name == name) {
        Some(entry) => Ok(RulesFunctionsReport::One {
            name: entry.name,
            family: entry.family.name(),
            signature: entry.signature,
            summary: entry.summary,
            doc: entry.doc,
        }),
        None => Err(unknown(name)),
    }
}

fn all() -> Sheet {
    let mut sheet = Sheet::new(["family", "name", "signature", "summary"].map(|name| (name, CellKind::Text)));
    for entry in functions::entries() {
        let cells = [entry.family.name(), entry.name, &entry.signature, entry.summary];
        sheet.push(cells.map(Into::into).to_vec());
    }
    sheet
}

fn unknown(name: &str) -> WorkflowError {
    let names: Vec<&str> = functions::entries().map(|entry| entry.name).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if library::source(name).is_some() => {
            format!("it is a definition of the library: see `admf rules show {name}`")
        }
        None => format!("there are {}", names.join(", ")),
    };
    WorkflowError::Usage { message: format!("the rule language has no function `{name}`"), help: Some(help) }
}
