//! Settings: how results look and how much of the machine is used, and where each value comes from.
//!
//! A flag beats a variable of the environment, that beats the workspace's `admf.toml`, that the user's own file, and
//! that the default. No setting changes a result: what a run computes stands in its spec and in nothing else.

mod declared;

pub use declared::{SETTINGS, Setting, SettingKind, bytes};

use crate::{Snippet, WorkflowError};
use admf_model::{CellKind, Sheet};
use admf_store::workspace::{SettingEntry, SettingsFile, change_setting, file_of_workspace, read_settings};
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

/// Names of settings, for messages.
fn names() -> String {
    SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>().join(", ")
}

/// Where to look for values.
pub struct ConfigRequest<'a> {
    /// What was typed for a setting, by its name.
    pub flag: &'a dyn Fn(&str) -> Option<String>,
    /// A variable of the environment; empty ones count as unset.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// A folder inside the workspace.
    pub folder: PathBuf,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was typed.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A line of a file.
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Nobody said anything.
    Default,
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A setting with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The setting.
    pub setting: &'static Setting,
    /// Its value, which the setting allows.
    pub value: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// One entry per setting, in the order of [`SETTINGS`].
    pub chosen: Vec<Chosen>,
    /// Files that were looked for, the stronger first, and whether they are there.
    pub files: Vec<(PathBuf, bool)>,
}

impl Configuration {
    /// The defaults.
    pub fn defaults() -> Self {
        let default = |setting: &'static Setting| Chosen {
            setting,
            value: setting.default.to_owned(),
            origin: Origin::Default,
        };
        Self { chosen: SETTINGS.iter().map(default).collect(), files: Vec::new() }
    }

    /// The value of a setting and where it comes from.
    ///
    /// # Panics
    /// For a name that is not in [`SETTINGS`].
    pub fn get(&self, key: &str) -> &Chosen {
        let found = self.chosen.iter().find(|chosen| chosen.setting.key == key);
        found.expect("every setting has a value: made in Configuration::defaults")
    }

    /// A row per setting: `key`, `value`, `origin`, `variable`, `meaning`.
    pub fn sheet(&self) -> Sheet {
        let columns = ["key", "value", "origin", "variable", "meaning"];
        let mut sheet = Sheet::new(columns.map(|name| (name, CellKind::Text)));
        for Chosen { setting, value, origin } in &self.chosen {
            sheet.push(vec![
                setting.key.into(),
                value.as_str().into(),
                origin.to_string().into(),
                setting.variable.into(),
                setting.doc.into(),
            ]);
        }
        sheet
    }
}

/// Finds the value of every setting.
///
/// # Errors
/// [`WorkflowError::Input`] at the place of a file that has an unknown name or a wrong value, [`WorkflowError::Usage`]
/// for a variable.
pub fn configuration(request: &ConfigRequest<'_>) -> Result<Configuration, WorkflowError> {
    let mut configuration = Configuration::defaults();
    // The weaker first, so that the stronger replaces it.
    let user = user_file(request.variable).map(|path| (path, true));
    let workspace = file_of_workspace(&request.folder).map(|path| (path, false));
    for (path, is_users) in user.into_iter().chain(workspace) {
        let file = read_settings(&path)?;
        configuration.files.insert(0, (path, file.is_some()));
        if let Some(file) = file {
            apply(&mut configuration, &file, is_users)?;
        }
    }
    for chosen in &mut configuration.chosen {
        let setting = chosen.setting;
        if let Some((name, value)) = from_environment(setting, request.variable) {
            setting.check(&value).map_err(|(message, help)| WorkflowError::Usage {
                message: format!("the variable {name} is wrong: {message}"),
                help: Some(help),
            })?;
            (chosen.value, chosen.origin) = (value, Origin::Variable(name));
        }
        if let Some(value) = (request.flag)(setting.key) {
            (chosen.value, chosen.origin) = (value, Origin::Flag(setting.flag));
        }
    }
    Ok(configuration)
}

/// What the environment says of a setting. `NO_COLOR` is what other programs know `color = never` by.
fn from_environment(
    setting: &Setting,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Option<(&'static str, String)> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let own = set(setting.variable).map(|value| (setting.variable, value));
    own.or_else(|| {
        (setting.key == "color").then(|| set("NO_COLOR")).flatten().map(|_| ("NO_COLOR", "never".to_owned()))
    })
}

/// The user's own file: `ADMF_CONFIG`, else `admf/config.toml` where programs of this system keep settings.
pub fn user_file(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(named) = set("ADMF_CONFIG") {
        return Some(named);
    }
    let folder = if cfg!(windows) {
        set("APPDATA")
    } else {
        // A relative path is no answer: it would depend on where one stands.
        let named = set("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
        named.or_else(|| set("HOME").map(|home| home.join(".config")))
    };
    folder.map(|folder| folder.join("admf").join("config.toml"))
}

fn apply(
    configuration: &mut Configuration,
    file: &SettingsFile,
    is_users: bool,
) -> Result<(), WorkflowError> {
    for entry in &file.entries {
        let Some(chosen) = configuration.chosen.iter_mut().find(|c| c.setting.key == entry.key) else {
            let help = unknown_help(&entry.key);
            let message = format!("there is no setting `{}`", entry.key);
            return Err(wrong(file, &entry.key_span, message, help));
        };
        let value = checked(chosen.setting, file, entry)?;
        let line = line_of(&file.text, entry.key_span.start);
        (chosen.value, chosen.origin) = (value, Origin::File { path: file.path.clone(), line });
    }
    // A workspace's file has keys of its own, which are checked when the workspace is opened.
    if is_users && file.entries.is_empty() && SETTINGS.iter().any(|s| starts_a_line(&file.text, s.key)) {
        let message = "settings stand below a line `[settings]`, and this file has none".to_owned();
        return Err(wrong(file, &(0..1), message, "write `[settings]` as its first line".to_owned()));
    }
    Ok(())
}

fn starts_a_line(text: &str, key: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start().strip_prefix(key).is_some_and(|r| r.trim_start().starts_with('=')))
}

fn checked(setting: &Setting, file: &SettingsFile, entry: &SettingEntry) -> Result<String, WorkflowError> {
    let place = &entry.value_span;
    let value = entry.value.clone().ok_or_else(|| {
        let message = format!("the value of `{}` is neither a word nor a number", setting.key);
        wrong(file, place, message, setting.allowed())
    })?;
    setting.check(&value).map_err(|(message, help)| wrong(file, place, message, help))?;
    Ok(value)
}

fn wrong(
    file: &SettingsFile,
    place: &std::ops::Range<usize>,
    message: String,
    help: String,
) -> WorkflowError {
    let snippet = Snippet {
        name: file.path.display().to_string(),
        text: file.text.clone(),
        start: place.start,
        end: place.end,
    };
    WorkflowError::Input { message, snippet: Box::new(snippet), help: Some(help) }
}

fn unknown_help(key: &str) -> String {
    match admf_rules::nearest(key, SETTINGS.iter().map(|setting| setting.key)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the settings are {}", names()),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Which file to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The `admf.toml` of the workspace around this folder.
    Workspace(PathBuf),
    /// The user's own.
    User(PathBuf),
}

/// Sets a value in a file, or with `None` takes it out; comments and everything else stay. Gives the file, and whether
/// it was changed.
///
/// # Errors
/// [`WorkflowError::Usage`] for a name or value that is none, or when there is no workspace.
pub fn config_change(
    target: &Target,
    key: &str,
    value: Option<&str>,
) -> Result<(PathBuf, bool), WorkflowError> {
    let path = match target {
        Target::User(path) => path.clone(),
        Target::Workspace(folder) => workspace_file(folder)?,
    };
    // A name that is none may be taken out: that is how a mistake in the file is undone.
    if let Some(value) = value {
        let setting =
            SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| WorkflowError::Usage {
                message: format!("there is no setting `{key}`"),
                help: Some(unknown_help(key)),
            })?;
        setting.check(value).map_err(|(message, help)| WorkflowError::Usage { message, help: Some(help) })?;
    }
    let changed = change_setting(&path, key, value)?;
    Ok((path, changed))
}

fn workspace_file(folder: &Path) -> Result<PathBuf, WorkflowError> {
    file_of_workspace(folder).ok_or_else(|| WorkflowError::Usage {
        message: "there is no workspace here whose settings could be changed".to_owned(),
        help: Some("add --user to change your own settings".to_owned()),
    })
}

#[cfg(test)]
mod tests;
