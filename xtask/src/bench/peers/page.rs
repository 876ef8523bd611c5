//! `docs/benchmarks.md`, written from what was measured; what is missed and why is written by hand and kept.

use super::section::Section;
use super::{COMPARISONS, machine};
use crate::project;
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// Between these lines nothing is overwritten.
const BY_HAND: (&str, &str) = ("<!-- by hand -->", "<!-- until here -->");

const TOP: &str = "\
# How fast it is

Whole pieces of work, beside other programs where there are any. This page is written by a command:

```sh
cargo xtask bench --peers            # everything; --only NAME for one comparison, --rounds N for more of it
```

It installs the peers once, each in a virtual environment of its own (Python 3.11, versions pinned in
`xtask/peers/requirements`), lets ADMF and the peer compute the same, compares the results, and only then measures:
each runs once to be warm, then both in turn. A time is the median with the smallest and the largest beside it. Memory
is the peak above what the process held when its data was loaded. `docs/benchmarks.json` has every repetition.
";

const TITLES: [(&str, &str); 5] = [
    ("sweep", "Sweeps"),
    ("indicators", "Indicators"),
    ("import", "Import of prices"),
    ("scan", "Questions to a million strategies"),
    ("commands", "Commands"),
];

/// The table for a terminal.
pub(super) fn plain(section: &Section) -> String {
    let mut text = String::new();
    for row in &section.rows {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{:7} {}: {} (must: {})", row.verdict, row.work, row.reached, row.must);
        let _ = writeln!(text, "        admf {} | peer {}", row.ours, row.theirs);
    }
    for note in &section.notes {
        let _ = writeln!(text, "{note}");
    }
    text
}

/// Replaces what was measured earlier under this name.
pub(super) fn keep(name: &str, section: &Section, load: Option<f64>) -> Result<()> {
    let mut kept = measured()?;
    let mut value = section.json();
    value["load_before"] = json!(load);
    value["machine"] = machine::describe();
    value["commit"] = json!(machine::commit());
    kept.insert(name.to_owned(), value);
    let text = serde_json::to_string_pretty(&Value::Object(kept))? + "\n";
    fs::write(path("benchmarks.json"), text).context("cannot write docs/benchmarks.json")
}

/// Writes the page from all that was ever measured.
pub(super) fn write() -> Result<()> {
    let path = path("benchmarks.md");
    let by_hand = fs::read_to_string(&path).ok().and_then(|text| kept_by_hand(&text)).unwrap_or_default();
    fs::write(&path, page(&measured()?, &by_hand)).context("cannot write docs/benchmarks.md")
}

fn page(measured: &Map<String, Value>, by_hand: &str) -> String {
    let mut text = TOP.to_owned();
    for (name, title) in TITLES {
        let Some(section) =
            measured.get(name).filter(|_| COMPARISONS.iter().any(|(known, _)| *known == name))
        else {
            continue;
        };
        let _ = write!(text, "\n## {title}\n\n{}\n\n", conditions(section));
        text.push_str("| work | must | reached | | ADMF | peer |\n|---|---|---|---|---|---|\n");
        for row in section["rows"].as_array().into_iter().flatten() {
            let cell = |key: &str| row[key].as_str().unwrap_or_default().replace('|', "\\|");
            let cells = ["work", "must", "reached", "verdict", "admf", "peer"].map(cell);
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        for note in section["notes"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let _ = write!(text, "\n{note}\n");
        }
    }
    let (from, to) = BY_HAND;
    let _ = write!(text, "\n## What is missed, and why\n\n{from}\n{by_hand}{to}\n");
    text
}

/// Machine, versions and what else was going on.
fn conditions(section: &Value) -> String {
    let machine = &section["machine"];
    let part = |name: &str| machine[name].as_str().unwrap_or("unknown").to_owned();
    let cores = machine["cores"].as_u64().unwrap_or_default();
    let versions = section["versions"].as_object().into_iter().flatten();
    let versions: Vec<String> =
        versions.map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or_default())).collect();
    let load = section["load_before"].as_f64().map(|load| match load {
        load if load < 0.5 => "nothing else running".to_owned(),
        load => format!("not alone: {load:.1} processes wanted to run in the minute before all measurements"),
    });
    let commit = section["commit"].as_str().map_or_else(String::new, |commit| format!(" at {commit}"));
    format!(
        "Measured{commit} on {} ({cores} cores, {} level 2 cache a core, {} memory, {}, {}), {}. {}.",
        part("processor"),
        part("level_2_cache"),
        part("memory"),
        part("system"),
        part("compiler"),
        load.unwrap_or_else(|| "load unknown".to_owned()),
        versions.join(", "),
    )
}

fn kept_by_hand(text: &str) -> Option<String> {
    let (from, to) = BY_HAND;
    let (_, rest) = text.split_once(&format!("{from}\n"))?;
    Some(rest.split_once(to)?.0.to_owned())
}

fn measured() -> Result<Map<String, Value>> {
    match fs::read(path("benchmarks.json")) {
        Ok(text) => serde_json::from_slice(&text).context("docs/benchmarks.json cannot be read: remove it"),
        Err(_) => Ok(Map::new()),
    }
}

fn path(name: &str) -> PathBuf {
    project::root().join("docs").join(name)
}

#[cfg(test)]
mod tests {
    use super::{kept_by_hand, page};
    use serde_json::json;

    #[test]
    fn the_page_is_written_anew_and_keeps_what_was_written_by_hand() {
        let row =
            json!({"work": "a | b", "must": "≤ 1 s", "reached": "2 s", "verdict": "missed", "admf": "2 s"});
        let measured = json!({
            "sweep": {"rows": [row], "notes": ["It agrees."], "versions": {"vectorbt": "1.2.0"},
                      "machine": {"processor": "P", "cores": 2}, "load_before": 3.25},
        });
        let text = page(measured.as_object().unwrap(), "Because.\n");
        assert!(text.contains("| a \\| b | ≤ 1 s | 2 s | missed | 2 s |  |\n"), "{text}");
        assert!(text.contains("Measured on P (2 cores"), "{text}");
        assert!(text.contains("not alone: 3.2 processes") && text.contains("vectorbt 1.2.0"), "{text}");
        assert!(text.contains("\nIt agrees.\n"), "{text}");
        assert_eq!(kept_by_hand(&text).unwrap(), "Because.\n");
        assert_eq!(page(measured.as_object().unwrap(), &kept_by_hand(&text).unwrap()), text);
        assert_eq!(kept_by_hand("nothing"), None);
    }
}
