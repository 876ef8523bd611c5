//! What a command has to say, independent of the format: facts, tables and texts in order.

use admf_model::{Cell, CellKind, Sheet};

/// Named values of one thing.
pub(crate) type Facts = Vec<(&'static str, Cell)>;

/// What a section holds.
pub(crate) enum Body {
    /// Named values of one thing.
    Facts(Facts),
    /// Rows.
    Table(Sheet),
    /// Text as it is.
    Text(String),
}

/// One part of a result.
pub(crate) struct Section {
    /// Name in JSON.
    pub key: &'static str,
    /// Heading of a table that people read.
    pub title: Option<String>,
    /// The contents.
    pub body: Body,
    /// Left out where people read: it repeats in another form what other sections say.
    pub export_only: bool,
}

/// A result. Formats that hold one table write the main section; tables for people and JSON hold everything.
pub(crate) struct Document {
    /// The parts, in reading order.
    pub sections: Vec<Section>,
    main: usize,
}

impl Document {
    /// A result that is one table.
    pub(crate) fn table(sheet: Sheet) -> Self {
        Self::of("rows", Body::Table(sheet))
    }

    /// A result that is one text.
    pub(crate) fn text(text: String) -> Self {
        Self::of("text", Body::Text(text))
    }

    /// A result whose rows are sentences, too long for columns; `window` is how wide lines may be, if there is a limit.
    pub(crate) fn blocks(sheet: &Sheet, window: Option<usize>) -> Self {
        Self::text(super::blocks::blocks(sheet, window))
    }

    fn of(key: &'static str, body: Body) -> Self {
        Self { sections: vec![Section { key, title: None, body, export_only: false }], main: 0 }
    }

    /// A result that begins with facts and is about them, unless a main table follows.
    pub(crate) fn facts(key: &'static str, title: impl Into<String>, facts: Facts) -> Self {
        let mut document = Self::of(key, Body::Facts(facts));
        document.sections[0].title = Some(title.into());
        document
    }

    /// Adds a table beside the main section.
    pub(crate) fn with_table(mut self, key: &'static str, title: impl Into<String>, sheet: Sheet) -> Self {
        self.push(key, Some(title.into()), Body::Table(sheet), false);
        self
    }

    /// Adds named values beside the main section.
    pub(crate) fn with_facts(mut self, key: &'static str, title: impl Into<String>, facts: Facts) -> Self {
        self.push(key, Some(title.into()), Body::Facts(facts), false);
        self
    }

    /// Adds the table that this result is about.
    pub(crate) fn with_main_table(self, key: &'static str, title: impl Into<String>, sheet: Sheet) -> Self {
        let main = self.sections.len();
        Self { main, ..self.with_table(key, title, sheet) }
    }

    /// Adds a text beside the main section.
    pub(crate) fn with_text(mut self, key: &'static str, text: String) -> Self {
        self.push(key, None, Body::Text(text), false);
        self
    }

    /// Adds the text that is written where nobody reads along, such as to a file.
    pub(crate) fn with_exported_text(mut self, key: &'static str, text: String) -> Self {
        self.main = self.sections.len();
        self.push(key, None, Body::Text(text), true);
        self
    }

    fn push(&mut self, key: &'static str, title: Option<String>, body: Body, export_only: bool) {
        self.sections.push(Section { key, title, body, export_only });
    }

    /// The section that formats with one table write.
    pub(crate) fn main(&self) -> &Section {
        &self.sections[self.main]
    }

    /// The main section as a table: facts are rows of name and value, a text is none.
    pub(crate) fn sheet(&self) -> Option<std::borrow::Cow<'_, Sheet>> {
        match &self.main().body {
            Body::Table(sheet) => Some(std::borrow::Cow::Borrowed(sheet)),
            Body::Facts(facts) => {
                let mut sheet = Sheet::new([("name", CellKind::Text), ("value", CellKind::Text)]);
                for (name, value) in facts {
                    sheet.push(vec![(*name).into(), super::csv::field(value).map_or(Cell::Null, Cell::Text)]);
                }
                Some(std::borrow::Cow::Owned(sheet))
            }
            Body::Text(_) => None,
        }
    }
}
