//! What can be named where somebody types: names with a few words on each. Nothing here fails; what cannot be read has
//! no names.

use crate::config::SETTINGS;
use crate::example::EXAMPLES;
use crate::words::counted;
use admf_rules::{functions, library};
use admf_store::run::{self, RunEntry, RunState};
use admf_store::{Workspace, market};

/// A name and what it is.
pub type Named = (String, String);

/// Runs, the newest first, and `@last`.
pub fn runs(workspace: Option<&Workspace>) -> Vec<Named> {
    let last = ("@last".to_owned(), "the finished run that began last".to_owned());
    std::iter::once(last).chain(entries(workspace, |_| true)).collect()
}

/// Runs that can be resumed, the newest first.
pub fn incomplete_runs(workspace: Option<&Workspace>) -> Vec<Named> {
    let entries = entries(workspace, |entry| entry.state == RunState::Incomplete);
    let last = ("@last".to_owned(), "the incomplete run that began last".to_owned());
    (!entries.is_empty()).then_some(last).into_iter().chain(entries).collect()
}

fn entries(workspace: Option<&Workspace>, wanted: impl Fn(&RunEntry) -> bool) -> Vec<Named> {
    let listing = workspace.and_then(|workspace| run::list(workspace).ok());
    let runs = listing.map(|listing| listing.runs).unwrap_or_default();
    runs.into_iter()
        .filter(|entry| wanted(entry))
        .map(|entry| {
            let strategies =
                counted(usize::try_from(entry.strategies).unwrap_or(0), "strategy", "strategies");
            let about = format!("{}, {}, {strategies}", entry.name, entry.state.name());
            (entry.run_id.to_string()[..8].to_owned(), about)
        })
        .collect()
}

/// Imported datasets.
pub fn datasets(workspace: Option<&Workspace>) -> Vec<Named> {
    let inventory = workspace.and_then(|workspace| market::list(&workspace.market()).ok());
    let datasets = inventory.map(|inventory| inventory.datasets).unwrap_or_default();
    datasets.into_iter().map(|listing| (listing.current.name, "dataset".to_owned())).collect()
}

/// Strategies of the library.
pub fn strategies() -> Vec<Named> {
    library::strategies().iter().map(|d| (d.name.clone(), d.title.clone())).collect()
}

/// Strategies and classifiers of the library.
pub fn definitions() -> Vec<Named> {
    let classifiers = library::classifiers().iter().map(|d| (d.name.clone(), d.title.clone()));
    strategies().into_iter().chain(classifiers).collect()
}

/// Examples that come with the program.
pub fn examples() -> Vec<Named> {
    EXAMPLES.iter().map(|example| (example.name().to_owned(), example.title().to_owned())).collect()
}

/// Functions of the rule language.
pub fn functions() -> Vec<Named> {
    functions::entries().map(|e| (e.name.to_owned(), e.summary.to_owned())).collect()
}

/// Settings.
pub fn settings() -> Vec<Named> {
    SETTINGS.iter().map(|setting| (setting.key.to_owned(), setting.doc.to_owned())).collect()
}
