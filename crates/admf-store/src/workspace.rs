//! A workspace: the folder that holds everything of a project, and where in it things are.

use crate::durable;
use crate::error::{Result, StoreError};
use crate::name::{self, NameKind};
use admf_model::RunId;
use std::path::{Path, PathBuf};

mod settings;
pub use settings::{
    SETTINGS, SettingEntry, Settings, SettingsFile, change_setting, file_of_workspace, read_settings,
};

/// The newest layout of files that this version reads and writes.
pub const FORMAT: u32 = 1;

/// An existing workspace of a known format.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
    settings: Settings,
}

impl Workspace {
    /// Makes a folder a workspace; the folder is created if need be.
    pub fn init(root: &Path) -> Result<Self> {
        if root.join(settings::FILE).exists() {
            return Err(StoreError::WorkspaceExists { path: root.to_owned() });
        }
        for folder in ["market", "runs", "library"] {
            durable::create_folders(&root.join(folder))?;
        }
        let settings = Settings::current();
        // The settings come last: a folder without them is not a workspace.
        durable::write(&root.join(settings::FILE), settings.to_toml().as_bytes())?;
        Self::open(root)
    }

    /// Opens the workspace in exactly this folder.
    pub fn open(root: &Path) -> Result<Self> {
        let file = root.join(settings::FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NoWorkspace { path: root.to_owned() });
            }
            Err(e) => return Err(StoreError::io("read", &file)(e)),
        };
        let settings = Settings::parse(&file, &text)?;
        let root = root.canonicalize().map_err(StoreError::io("open", root))?;
        Ok(Self { root, settings })
    }

    /// Opens the workspace that contains a folder: the folder itself or the nearest one above it.
    pub fn find(start: &Path) -> Result<Self> {
        let from = start.canonicalize().map_err(StoreError::io("open", start))?;
        match from.ancestors().find(|folder| folder.join(settings::FILE).is_file()) {
            Some(root) => Self::open(root),
            None => Err(StoreError::NoWorkspace { path: from }),
        }
    }

    /// The folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What `admf.toml` says.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All datasets: `market/`.
    pub fn market(&self) -> PathBuf {
        self.root.join("market")
    }

    /// All versions of one dataset: `market/<name>/`.
    pub fn dataset(&self, name: &str) -> Result<PathBuf> {
        Ok(self.market().join(name::check(NameKind::Dataset, name)?))
    }

    /// All runs: `runs/`.
    pub fn runs(&self) -> PathBuf {
        self.root.join("runs")
    }

    /// What was computed from a finished run and can be computed again: `analytics/<run_id>/`.
    pub fn analytics(&self, run: RunId) -> PathBuf {
        self.root.join("analytics").join(run.to_string())
    }

    /// One run: `runs/<run_id>/`.
    pub fn run(&self, run: RunId) -> PathBuf {
        self.runs().join(run.to_string())
    }

    /// What was learned and is never rebuilt: `library/`.
    pub fn library(&self) -> PathBuf {
        self.root.join("library")
    }

    /// The trial ledger of a family: `library/trials/<family>/`.
    pub fn trials(&self, family: &str) -> PathBuf {
        self.library().join("trials").join(name::folder(family))
    }

    /// The derived database: `analytics.duckdb`.
    pub fn database(&self) -> PathBuf {
        self.root.join("analytics.duckdb")
    }
}

#[cfg(test)]
mod tests;
