//! One comparison with its rows, as it is kept in `docs/benchmarks.json`.

use serde_json::{Map, Value, json};

/// What a row must reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Must {
    AtLeast(f64),
    AtMost(f64),
}

impl Must {
    pub(super) fn verdict(self, value: f64) -> &'static str {
        let reached = match self {
            Self::AtLeast(bound) => value >= bound,
            Self::AtMost(bound) => value <= bound,
        };
        if reached { "ok" } else { "missed" }
    }
}

/// One line of the table; texts as they are shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// What is done.
    pub(super) work: String,
    /// What it must reach; empty for a row that is only told.
    pub(super) must: String,
    /// What was reached, in the unit of `must`.
    pub(super) reached: String,
    /// What ADMF took.
    pub(super) ours: String,
    /// What the peer took.
    pub(super) theirs: String,
    /// `ok`, `missed`, or empty.
    pub(super) verdict: String,
}

impl Row {
    /// A row with a bound.
    pub(super) fn bounded(work: &str, (must, text): (Must, &str), (value, reached): (f64, String)) -> Self {
        Self {
            work: work.to_owned(),
            must: text.to_owned(),
            reached,
            verdict: must.verdict(value).to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn ours(self, ours: impl Into<String>) -> Self {
        Self { ours: ours.into(), ..self }
    }

    pub(super) fn theirs(self, theirs: impl Into<String>) -> Self {
        Self { theirs: theirs.into(), ..self }
    }

    fn json(&self) -> Value {
        let Self { work, must, reached, ours, theirs, verdict } = self;
        json!({
            "work": work, "must": must, "reached": reached, "admf": ours, "peer": theirs, "verdict": verdict
        })
    }
}

/// A comparison that was made.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// Rows of its table.
    pub(super) rows: Vec<Row>,
    /// Paragraphs under the table: how results agree, what is in the time and what is not.
    pub(super) notes: Vec<String>,
    /// Versions by program.
    pub(super) versions: Map<String, Value>,
    /// What was measured, in full.
    pub(super) samples: Map<String, Value>,
}

impl Section {
    /// Takes over what a worker said when it started.
    pub(super) fn hears(&mut self, hello: &Value) {
        for (program, version) in hello["versions"].as_object().into_iter().flatten() {
            self.versions.insert(program.clone(), version.clone());
        }
    }

    pub(super) fn missed(&self) -> usize {
        self.rows.iter().filter(|row| row.verdict == "missed").count()
    }

    pub(super) fn json(&self) -> Value {
        let rows: Vec<Value> = self.rows.iter().map(Row::json).collect();
        json!({"rows": rows, "notes": self.notes, "versions": self.versions, "samples": self.samples})
    }
}

#[cfg(test)]
mod tests {
    use super::{Must, Row, Section};

    #[test]
    fn a_row_that_misses_its_bound_counts() {
        let row =
            |must, value: f64| Row::bounded("work", (must, "bound"), (value, value.to_string())).ours("1 s");
        let rows = vec![
            row(Must::AtLeast(400.0), 400.0),
            row(Must::AtLeast(400.0), 399.0),
            row(Must::AtMost(64.0), 64.0),
            row(Must::AtMost(64.0), f64::NAN),
            Row::default(),
        ];
        let verdicts: Vec<&str> = rows.iter().map(|row| row.verdict.as_str()).collect();
        assert_eq!(verdicts, ["ok", "missed", "ok", "missed", ""]);
        let section = Section { rows, ..Section::default() };
        assert_eq!(section.missed(), 2);
        assert_eq!(section.json()["rows"][0]["admf"], "1 s");
    }
}
