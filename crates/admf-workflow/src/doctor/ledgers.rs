//! Are the trial ledgers of a workspace whole, and do they count all that complete runs tried?

use super::Checks;
use crate::words::{counted, grouped};
use admf_store::run::{self, RunState};
use admf_store::trials::{self, LedgerFault, Repair};
use admf_store::{StoreError, Workspace, market};
use std::collections::BTreeMap;

/// Faults of one ledger that are told; the others are counted.
const TOLD: usize = 5;
/// What every line is about.
const CHECK: &str = "trial ledger";
/// What to do about a ledger that lacks something.
const REMEDY: &str =
    "restore it from a copy, or `admf doctor --repair` puts in its place what complete runs hold";

/// The families of all datasets and complete runs, each with the highest number of trials that a run noted.
fn families(workspace: &Workspace) -> BTreeMap<String, u64> {
    let mut families: BTreeMap<String, u64> = BTreeMap::new();
    if let Ok(inventory) = market::list(&workspace.market()) {
        families.extend(inventory.datasets.into_iter().map(|listing| (listing.current.family, 0)));
    }
    let noted = run::list_as(workspace, |entry| match entry.state {
        RunState::Complete(metadata) => Some((metadata.facts.family, metadata.trials)),
        _ => None,
    });
    for (family, trials) in noted.into_iter().flat_map(|listing| listing.runs).flatten() {
        let noted = families.entry(family).or_default();
        *noted = trials.max(*noted);
    }
    families
}

/// Puts every ledger in order that is not.
pub(super) fn repair_ledgers(checks: &mut Checks, workspace: &Workspace) {
    for (family, noted) in families(workspace) {
        let mut found = Vec::new();
        if lacking(workspace, &family, noted, true, &mut found) {
            match trials::repair(workspace, &family, noted) {
                Ok(repair) => checks.ok(CHECK, repaired(&family, &repair)),
                Err(error) => checks.fail(CHECK, error.with_causes()),
            }
        }
    }
}

fn repaired(family: &str, repair: &Repair) -> String {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let aside: Vec<String> = repair.set_aside.iter().map(|path| path.display().to_string()).collect();
    let aside =
        if aside.is_empty() { String::new() } else { format!("; what was damaged is {}", aside.join(", ")) };
    let unreadable: Vec<String> = repair.unreadable.iter().map(|run| super::runs::short(*run)).collect();
    let unreadable = if unreadable.is_empty() {
        String::new()
    } else {
        format!("; restore {}, which cannot be read, and repair again", unreadable.join(", "))
    };
    format!(
        "{family}: repaired: {} of {} put in again{aside}{unreadable}",
        counted(count(repair.restored), "evaluation", "evaluations"),
        counted(repair.runs, "complete run", "complete runs"),
    )
}

/// Looks at every ledger; `full` compares it with every strategy of every complete run.
pub(super) fn check_ledgers(checks: &mut Checks, workspace: &Workspace, full: bool) {
    let mut sound = Vec::new();
    let families = families(workspace);
    for (family, noted) in &families {
        let mut found = Vec::new();
        if lacking(workspace, family, *noted, full, &mut found) {
            found.into_iter().for_each(|finding| checks.fail(CHECK, finding));
            continue;
        }
        match trials::summary(workspace, family) {
            Ok(summary) => {
                sound.push((family, summary.trials));
                if summary.traded() < *noted {
                    checks.warn(CHECK, lost(family, *noted, summary.traded()));
                }
            }
            Err(error) => checks.fail(CHECK, error.with_causes()),
        }
    }
    if sound.is_empty() && !families.is_empty() {
        return;
    }
    ledger_lines(&sound).into_iter().for_each(|line| checks.ok(CHECK, line));
}

/// True when a ledger lacks something that a repair could put in, or accept to be lost; says what.
fn lacking(workspace: &Workspace, family: &str, noted: u64, full: bool, found: &mut Vec<String>) -> bool {
    match look(workspace, family, noted, full) {
        Ok(findings) => found.extend(findings),
        Err(error) => found.push(error.with_causes()),
    }
    !found.is_empty()
}

fn look(workspace: &Workspace, family: &str, noted: u64, full: bool) -> Result<Vec<String>, StoreError> {
    let faults = trials::faults(workspace, family)?;
    if !faults.is_empty() {
        return Ok(vec![faulty(family, &faults)]);
    }
    let mut found = Vec::new();
    let traded = trials::summary(workspace, family)?.traded();
    if traded < noted && !trials::is_restored(workspace, family)? {
        found.push(format!("{}; {REMEDY}", fewer(family, noted, traded)));
    }
    if full {
        let uncounted = trials::uncounted(workspace, family)?;
        let strategies: u64 = uncounted.iter().map(|(_, n)| n).sum();
        if let Some((run, _)) = uncounted.first() {
            found.push(format!(
                "{family}: {} of {}, the first of them {}, are not in it; {REMEDY}",
                counted(usize::try_from(strategies).unwrap_or(usize::MAX), "strategy", "strategies"),
                counted(uncounted.len(), "complete run", "complete runs"),
                super::runs::short(*run),
            ));
        }
    }
    Ok(found)
}

/// `stocks: /w/library/trials/stocks/00000002-….parquet is damaged: it is empty; …`.
fn faulty(family: &str, faults: &[LedgerFault]) -> String {
    let mut told: Vec<String> = faults.iter().take(TOLD).map(ToString::to_string).collect();
    if faults.len() > TOLD {
        told.push(format!("and {} more", counted(faults.len() - TOLD, "fault", "faults")));
    }
    format!("{family}: {}; {REMEDY}", told.join("; "))
}

fn fewer(family: &str, noted: u64, traded: u64) -> String {
    format!("{family}: a run counted {}, and now there are {}", trials_of(noted), grouped(traded))
}

fn lost(family: &str, noted: u64, traded: u64) -> String {
    format!(
        "{}: it was restored from complete runs, and what others tried is lost; deflated_sharpe of new runs is judged by \
         fewer attempts than there were",
        fewer(family, noted, traded)
    )
}

/// A line per family while there are few, else one line.
fn ledger_lines(counted: &[(&String, u64)]) -> Vec<String> {
    const LINES: usize = 5;
    match counted.len() {
        0 => vec!["nothing counted yet".to_owned()],
        1..=LINES => counted.iter().map(|(family, n)| format!("{family}: {}", trials_of(*n))).collect(),
        families => {
            let trials: u64 = counted.iter().map(|(_, n)| n).sum();
            vec![format!("{families} families, {}", trials_of(trials))]
        }
    }
}

fn trials_of(n: u64) -> String {
    counted(usize::try_from(n).unwrap_or(usize::MAX), "trial", "trials")
}

#[cfg(test)]
mod tests {
    use super::ledger_lines;

    #[test]
    fn many_families_are_one_line() {
        let names: Vec<String> = (0..27).map(|n| format!("family{n}")).collect();
        let counted: Vec<(&String, u64)> = names.iter().map(|name| (name, 1200)).collect();
        assert_eq!(ledger_lines(&counted[..2]), ["family0: 1,200 trials", "family1: 1,200 trials"]);
        assert_eq!(ledger_lines(&counted), ["27 families, 32,400 trials"]);
    }
}
