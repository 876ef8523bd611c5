//! The values that a definition suggests to try first.

use super::Definition;
use crate::error::RuleError;
use crate::grid::Grid;
use crate::yaml::{Node, Value};

impl Definition {
    /// The grid that the definition itself names; its defaults where it names none.
    pub fn suggested_grid(&self) -> Grid {
        // What is wrong with it was said when the definition was read.
        self.read_suggestion(&mut Vec::new())
    }

    /// The values of that grid as they are written, by parameter; empty where it names none.
    pub fn suggestion(&self) -> Vec<(String, String)> {
        let entries =
            self.suggestion.as_ref().and_then(|node| node.entries("a map").ok()).unwrap_or_default();
        entries.iter().map(|entry| (entry.key.clone(), text(&entry.value))).collect()
    }

    pub(super) fn read_suggestion(&self, errors: &mut Vec<RuleError>) -> Grid {
        self.read_grid(self.suggestion.as_ref(), None, errors)
    }
}

fn text(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) => scalar.text().to_owned(),
        Value::Sequence(nodes) => format!("[{}]", nodes.iter().map(text).collect::<Vec<_>>().join(", ")),
        Value::Mapping(_) => String::new(),
    }
}
