//! What every machine can check of dependencies by `deny.toml`, with Cargo alone: licences, bans and sources.

use crate::project;
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use toml_edit::{DocumentMut, Item};

/// What `deny.toml` allows.
struct Allowed {
    /// Machines that dependencies are looked at for.
    targets: BTreeSet<String>,
    licences: BTreeSet<String>,
    /// Licences that one crate alone may have.
    exceptions: BTreeMap<String, BTreeSet<String>>,
    banned: BTreeSet<String>,
}

/// Checks what is built on the machines that `deny.toml` names, for any purpose.
pub(super) fn check() -> Result<()> {
    let allowed = Allowed::read(&fs::read_to_string(project::root().join("deny.toml"))?)?;
    let mut dependencies = BTreeSet::new();
    for target in &allowed.targets {
        let tree =
            ["tree", "--workspace", "--all-features", "--locked", "--target", target, "--prefix", "none"];
        let said = project::output(project::cargo(tree).args(["--format", "{p}|{l}"]))?;
        dependencies.extend(String::from_utf8(said)?.lines().filter_map(Dependency::read));
    }
    if dependencies.is_empty() {
        bail!("`cargo tree` lists no dependency: nothing was checked");
    }
    let problems: Vec<String> = dependencies.iter().filter_map(|one| allowed.problem(one)).collect();
    if !problems.is_empty() {
        bail!("dependencies are not as deny.toml wants them:\n  {}", problems.join("\n  "));
    }
    println!("licences, bans and sources of {} dependencies are as deny.toml wants them", dependencies.len());
    Ok(())
}

/// A package that is not the project's own.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    name: String,
    version: String,
    /// Where it comes from, if not from crates.io.
    source: Option<String>,
    licence: String,
}

impl Dependency {
    /// Reads `serde v1.0.0|MIT`, `a v1.0.0 (proc-macro)|MIT` or `b v1.0.0 (https://…)|MIT (*)`; `None` for a package of the
    /// project and for an empty line.
    fn read(line: &str) -> Option<Self> {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
        let mut words = package.split(' ');
        let (name, version) = (words.next()?.to_owned(), words.next()?.to_owned());
        let places = words.map(|word| word.trim_matches(['(', ')'])).filter(|word| *word != "proc-macro");
        let source = places.map(str::to_owned).next();
        let own = source.as_ref().is_some_and(|place| Path::new(place).starts_with(project::root()));
        (!own).then(|| Self { name, version, source, licence: licence.trim().to_owned() })
    }
}

impl Allowed {
    fn read(text: &str) -> Result<Self> {
        let file: DocumentMut = text.parse()?;
        let list = |table: &str, key: &str| {
            file.get(table).and_then(|table| table.get(key)).cloned().unwrap_or_default()
        };
        let words = |item: Item| -> BTreeSet<String> {
            let values = item.as_array().into_iter().flatten();
            values.filter_map(|value| value.as_str()).map(str::to_owned).collect()
        };
        let tables = |item: Item| -> Vec<toml_edit::InlineTable> {
            let values = item.as_array().into_iter().flatten();
            values.filter_map(|value| value.as_inline_table()).cloned().collect()
        };
        let name = |table: &toml_edit::InlineTable| {
            table.get("crate").and_then(|name| name.as_str()).unwrap_or_default().to_owned()
        };
        let exception = |table: &toml_edit::InlineTable| {
            let allowed = table.get("allow").and_then(|value| value.as_array()).into_iter().flatten();
            (name(table), allowed.filter_map(|value| value.as_str()).map(str::to_owned).collect())
        };
        let allowed = Self {
            targets: words(list("graph", "targets")),
            licences: words(list("licenses", "allow")),
            exceptions: tables(list("licenses", "exceptions")).iter().map(exception).collect(),
            banned: tables(list("bans", "deny")).iter().map(name).collect(),
        };
        if allowed.targets.is_empty() || allowed.licences.is_empty() || allowed.banned.is_empty() {
            bail!(
                "deny.toml names no machine, allows no licence or bans no crate: it is not read as it is written"
            );
        }
        Ok(allowed)
    }

    /// What is wrong with a dependency.
    fn problem(&self, dependency: &Dependency) -> Option<String> {
        let Dependency { name, version, source, licence } = dependency;
        if self.banned.contains(name) {
            return Some(format!("{name} {version} is banned"));
        }
        if let Some(source) = source {
            return Some(format!("{name} {version} comes from {source}"));
        }
        let may = |one: &str| {
            self.licences.contains(one) || self.exceptions.get(name).is_some_and(|own| own.contains(one))
        };
        (!satisfies(licence, &may)).then(|| format!("{name} {version} has the licence `{licence}`"))
    }
}

/// Whether a licence expression of SPDX can be satisfied by licences that may be used. `/` is the `OR` of old crates.
fn satisfies(expression: &str, may: &impl Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    !rest.is_empty() && any(&mut rest, may) && rest.is_empty()
}

fn any(rest: &mut &[&str], may: &impl Fn(&str) -> bool) -> bool {
    let mut satisfied = all(rest, may);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        satisfied |= all(rest, may);
    }
    satisfied
}

fn all(rest: &mut &[&str], may: &impl Fn(&str) -> bool) -> bool {
    let mut satisfied = one(rest, may);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        satisfied &= one(rest, may);
    }
    satisfied
}

fn one(rest: &mut &[&str], may: &impl Fn(&str) -> bool) -> bool {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let satisfied = any(rest, may);
            let closed = rest.first() == Some(&")");
            *rest = rest.get(1..).unwrap_or_default();
            satisfied && closed
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            may(&format!("{licence} WITH {exception}"))
        }
        [licence, after @ ..] => {
            *rest = after;
            may(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowed, Dependency, satisfies};

    #[test]
    fn expressions_are_satisfied_by_what_may_be_used() {
        let may = |licence: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR GPL-3.0) AND ISC",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(satisfies(good, &may), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR ISC) AND GPL-3.0",
            "Apache-2.0",
            "MIT )",
            "( MIT",
            "OR MIT",
        ] {
            assert!(!satisfies(bad, &may), "{bad}");
        }
    }

    #[test]
    fn what_is_not_allowed_is_told() {
        let allowed = Allowed::read(
            "[graph]\ntargets = [\"x\"]\n[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"roots\", allow = [\"CDLA\"] }]\n[bans]\ndeny = [{ crate = \"hyper\" }]\n",
        )
        .unwrap();
        let problem = |line: &str| allowed.problem(&Dependency::read(line).unwrap());
        assert_eq!(problem("a v1.0.0|MIT"), None);
        assert_eq!(problem("a v1.0.0 (proc-macro)|MIT (*)"), None);
        assert_eq!(problem("roots v1.0.0|CDLA"), None);
        assert_eq!(problem("a v1.0.0|CDLA").unwrap(), "a v1.0.0 has the licence `CDLA`");
        assert_eq!(problem("hyper v1.0.0|MIT").unwrap(), "hyper v1.0.0 is banned");
        let foreign = problem("a v1.0.0 (https://example.org/a#1)|MIT").unwrap();
        assert_eq!(foreign, "a v1.0.0 comes from https://example.org/a#1");
        let own = format!("xtask v0.1.0 ({})|MIT", crate::project::root().join("xtask").display());
        assert_eq!(Dependency::read(&own), None);
        assert!(Allowed::read("[licenses]\n[bans]\n").is_err());
    }
}
