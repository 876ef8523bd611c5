//! The keys of two specs that have different values. Layout, comments, quotes and the order of keys make no difference.

use admf_model::{Cell, CellKind, Sheet};
use admf_rules::yaml::{self, Node, Value};
use std::collections::{BTreeMap, btree_map};

/// Longest value that is shown whole.
const LONGEST: usize = 120;

/// A row per key of which the value differs or that only one spec has: `key`, `first`, `second`.
pub(super) fn differences(first: &str, second: &str) -> Sheet {
    let mut sheet = Sheet::new(["key", "first", "second"].map(|name| (name, CellKind::Text)));
    let (Some(first), Some(second)) = (leaves(first), leaves(second)) else {
        // Only a spec that was changed by hand is no YAML.
        if first != second {
            sheet.push(vec!["spec.yaml".into(), "differs".into(), "differs".into()]);
        }
        return sheet;
    };
    let mut keys: Vec<&String> = first.order.iter().collect();
    keys.extend(second.order.iter().filter(|key| !first.values.contains_key(*key)));
    for key in keys {
        let (one, other) = (first.values.get(key), second.values.get(key));
        if one != other {
            sheet.push(vec![key.as_str().into(), shown(one), shown(other)]);
        }
    }
    sheet
}

fn shown(value: Option<&String>) -> Cell {
    let Some(value) = value else { return Cell::Null };
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &value[..end]).into(),
        None => value.as_str().into(),
    }
}

/// What stands at the ends of a spec's branches, by path, and the paths in the order of the text.
#[derive(Default)]
struct Leaves {
    values: BTreeMap<String, String>,
    order: Vec<String>,
}

fn leaves(text: &str) -> Option<Leaves> {
    let mut leaves = Leaves::default();
    leaves.add("", &yaml::parse(text).ok()?);
    Some(leaves)
}

impl Leaves {
    fn add(&mut self, path: &str, node: &Node) {
        match &node.value {
            Value::Mapping(entries) if !entries.is_empty() => {
                for entry in entries {
                    let key =
                        if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
                    self.add(&key, &entry.value);
                }
            }
            Value::Sequence(items) if items.iter().any(|item| named(item).is_some()) => {
                for (at, item) in items.iter().enumerate() {
                    let name = named(item).unwrap_or_else(|| (at + 1).to_string());
                    self.add(&format!("{path}[{name}]"), item);
                }
            }
            _ => self.put(path, text(node)),
        }
    }

    /// Two items of a list may have one name: the later ones are numbered.
    fn put(&mut self, path: &str, value: String) {
        let mut number = 1;
        loop {
            let key = if number == 1 { path.to_owned() } else { format!("{path} ({number})") };
            match self.values.entry(key.clone()) {
                btree_map::Entry::Vacant(place) => {
                    place.insert(value);
                    return self.order.push(key);
                }
                btree_map::Entry::Occupied(_) => number += 1,
            }
        }
    }
}

/// What an item of a list is known by: `ma_crossover`, `{type: ma_crossover}`, `{name: mine}`.
fn named(item: &Node) -> Option<String> {
    match &item.value {
        Value::Mapping(_) => {
            let name = item.get("name").or_else(|| item.get("type"))?;
            name.text().ok().map(str::to_owned)
        }
        _ => None,
    }
}

/// A value in one line, the same for every way of writing it.
fn text(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) if scalar.is_quoted() => {
            scalar.text().split_whitespace().collect::<Vec<_>>().join(" ")
        }
        // 5 and 5.0 are the same number.
        Value::Scalar(scalar) => scalar
            .text()
            .parse::<f64>()
            .map_or_else(|_| scalar.text().to_owned(), |number| number.to_string()),
        Value::Sequence(items) => format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let entry = |entry: &yaml::Entry| format!("{}: {}", entry.key, text(&entry.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}
