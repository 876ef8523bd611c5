//! `admf.toml` and the user's own file of settings: TOML, read with the place of every value and changed without
//! losing a comment.

use super::FORMAT;
use crate::durable;
use crate::error::{Result, StoreError};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml_edit::{Document, DocumentMut, Item, Table, Value};

/// Name of the file that makes a folder a workspace.
pub(super) const FILE: &str = "admf.toml";

/// The table of a file in which settings stand.
pub const SETTINGS: &str = "settings";

/// What `admf.toml` says of the workspace itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Version of the layout of files.
    pub format: u32,
    /// The version of ADMF that made the workspace.
    pub made_by: String,
}

/// A setting as it stands in a file, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingEntry {
    /// Its name.
    pub key: String,
    /// Its value as text; `None` for what is neither text nor a number nor true nor false.
    pub value: Option<String>,
    /// Bytes of the name in the text of the file.
    pub key_span: Range<usize>,
    /// Bytes of the value.
    pub value_span: Range<usize>,
}

/// A file with settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What stands under `[settings]`, in order.
    pub entries: Vec<SettingEntry>,
}

impl Settings {
    /// What a workspace made now has.
    pub fn current() -> Self {
        Self { format: FORMAT, made_by: env!("CARGO_PKG_VERSION").to_owned() }
    }

    /// The text of the file.
    pub fn to_toml(&self) -> String {
        let Self { format, made_by } = self;
        format!("# This folder is an ADMF workspace.\nformat = {format}\nmade_by = \"{made_by}\"\n")
    }

    /// Reads the text of the file. Unknown keys are an error in a known format and ignored in a newer one, which is
    /// refused with the version that reads it.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self> {
        let document = parse(path, text)?;
        let (mut format, mut made_by, mut unknown) = (None, None, None);
        for (name, item) in document.iter() {
            let wrong = |reason: String| wrong_at(path, text, key_start(&document, name), reason);
            match name {
                "format" => {
                    let number = item.as_integer().and_then(|number| u32::try_from(number).ok());
                    let found = item.to_string();
                    format = Some(number.ok_or_else(|| {
                        wrong(format!("`format` is `{}`, not a whole number", found.trim()))
                    })?);
                }
                "made_by" => made_by = Some(item.as_str().unwrap_or("an unknown version").to_owned()),
                SETTINGS => {}
                name => {
                    let reason = format!("unknown key `{name}`: write settings below a line `[{SETTINGS}]`");
                    unknown.get_or_insert_with(|| wrong(reason));
                }
            }
        }
        let missing = || format!("`format` is missing: add the line `format = {FORMAT}`");
        let format = format.ok_or_else(|| wrong_at(path, text, 0, missing()))?;
        let made_by = made_by.unwrap_or_else(|| "of an unknown version".to_owned());
        if format > FORMAT {
            let path = path.parent().unwrap_or(path).to_owned();
            let here = env!("CARGO_PKG_VERSION");
            return Err(StoreError::NewerFormat { path, found: format, made_by, here, supported: FORMAT });
        }
        match unknown {
            Some(error) => Err(error),
            None => Ok(Self { format, made_by }),
        }
    }
}

/// The `admf.toml` of the workspace that contains a folder.
pub fn file_of_workspace(inside: &Path) -> Option<PathBuf> {
    let from = inside.canonicalize().ok()?;
    from.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
}

/// Reads the settings in a file; `None` where there is no file.
///
/// # Errors
/// [`StoreError::Settings`] with the line that is no TOML.
pub fn read_settings(path: &Path) -> Result<Option<SettingsFile>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io("read", path)(error)),
    };
    let document = parse(path, &text)?;
    let entries = match document.get(SETTINGS) {
        Some(Item::Table(table)) => entries(table),
        None => Vec::new(),
        Some(_) => {
            let at = key_start(&document, SETTINGS);
            let reason = format!("`{SETTINGS}` is not a table: write settings below a line `[{SETTINGS}]`");
            return Err(wrong_at(path, &text, at, reason));
        }
    };
    Ok(Some(SettingsFile { path: path.to_owned(), entries, text }))
}

/// Sets a value in a file, or takes it out. Everything else stays as it is written; a missing file is made. Says
/// whether anything was changed.
pub fn change_setting(path: &Path, key: &str, value: Option<&str>) -> Result<bool> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(StoreError::io("read", path)(error)),
    };
    let mut document: DocumentMut = text.parse().map_err(|error| not_toml(path, &text, &error))?;
    let table = document.entry(SETTINGS).or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = table.as_table_like_mut() else {
        return Err(wrong_at(path, &text, 0, format!("`{SETTINGS}` is not a table")));
    };
    match value {
        Some(value) => set(table, key, value),
        None => {
            table.remove(key);
            if table.is_empty() {
                document.remove(SETTINGS);
            }
        }
    }
    let changed = document.to_string();
    if changed == text {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        durable::create_folders(folder)?;
    }
    durable::write(path, changed.as_bytes())?;
    Ok(true)
}

/// Numbers stand as such, all else in quotes; the comment behind a value stays.
fn set(table: &mut dyn toml_edit::TableLike, key: &str, value: &str) {
    let mut new: Value = match value.parse::<i64>() {
        Ok(number) => number.into(),
        Err(_) => value.into(),
    };
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        _ => {
            table.insert(key, Item::Value(new));
        }
    }
}

fn entries(table: &Table) -> Vec<SettingEntry> {
    let entry = |(name, item): (&str, &Item)| {
        let value = match item {
            Item::Value(Value::String(text)) => Some(text.value().clone()),
            Item::Value(Value::Integer(number)) => Some(number.value().to_string()),
            Item::Value(Value::Float(number)) => Some(number.value().to_string()),
            Item::Value(Value::Boolean(truth)) => Some(truth.value().to_string()),
            _ => None,
        };
        let key_span = table.key(name).and_then(toml_edit::Key::span).unwrap_or_default();
        let value_span = item.span().unwrap_or_else(|| key_span.clone());
        SettingEntry { key: name.to_owned(), value, key_span, value_span }
    };
    table.iter().map(entry).collect()
}

fn parse(path: &Path, text: &str) -> Result<Document<String>> {
    Document::parse(text.to_owned()).map_err(|error| not_toml(path, text, &error))
}

fn not_toml(path: &Path, text: &str, error: &toml_edit::TomlError) -> StoreError {
    let at = error.span().map_or(0, |span| span.start);
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    wrong_at(path, text, at, format!("this is not TOML: {message}"))
}

fn key_start(document: &Document<String>, name: &str) -> usize {
    document.as_table().key(name).and_then(toml_edit::Key::span).map_or(0, |span| span.start)
}

fn wrong_at(path: &Path, text: &str, at: usize, reason: String) -> StoreError {
    let line = text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
    StoreError::Settings { path: path.to_owned(), line, reason }
}
