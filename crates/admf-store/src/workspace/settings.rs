//! `admf.toml`: flat `key = value` lines, the part of TOML that settings need.

use super::FORMAT;
use crate::error::{Result, StoreError};
use std::path::Path;

/// Name of the file that makes a folder a workspace.
pub(super) const FILE: &str = "admf.toml";

/// The settings of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Version of the layout of files.
    pub format: u32,
    /// The version of ADMF that made the workspace.
    pub made_by: String,
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
        let (mut format, mut made_by, mut unknown) = (None, None, None);
        for (index, line) in text.lines().enumerate() {
            let wrong =
                |reason: String| StoreError::Settings { path: path.to_owned(), line: index + 1, reason };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, value) = line
                .split_once('=')
                .ok_or_else(|| wrong(format!("expected `key = value`, found `{line}`")))?;
            match key.trim() {
                "format" => {
                    let number = value.trim().parse::<u32>();
                    format = Some(
                        number.map_err(|_| wrong(format!("`format` is `{}`, not a number", value.trim())))?,
                    );
                }
                "made_by" => made_by = Some(value.trim().trim_matches('"').to_owned()),
                key => {
                    let reason = format!("unknown setting `{key}`: the settings are `format` and `made_by`");
                    unknown.get_or_insert_with(|| wrong(reason));
                }
            }
        }
        let format = format.ok_or_else(|| StoreError::Settings {
            path: path.to_owned(),
            line: 1,
            reason: format!("`format` is missing: add the line `format = {FORMAT}`"),
        })?;
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
