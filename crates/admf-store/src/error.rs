//! What can go wrong with a workspace and the files in it.

use std::path::{Path, PathBuf};

/// A failure of the store. Messages name the file or the run and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried, such as `read`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// A Parquet file could not be written or read.
    #[error("cannot {action} Parquet file {}", path.display())]
    Parquet {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        source: parquet::errors::ParquetError,
    },
    /// Rows of a file are not rows of the table.
    #[error("{} does not hold rows of table `{table}`", path.display())]
    Rows {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The first difference.
        source: crate::record::RecordError,
    },
    /// A file cannot be what it should be. The rest of the workspace is not affected.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A part of a trial ledger is damaged or gone.
    #[error(
        "trial ledger of family {family}: {fault}; restore it from a copy, or `admf doctor --repair` puts in its place \
         what complete runs hold"
    )]
    Ledger {
        /// The family.
        family: String,
        /// What is wrong.
        fault: crate::trials::LedgerFault,
    },
    /// A run was begun by an ADMF that did not record what its parts hold.
    #[error(
        "run {} was begun by an earlier build of ADMF ({made_by}), which did not record what its checkpoints hold: it \
         cannot go on; copy {}, remove the run with `admf runs rm {}`, and run the copy",
        beginning(folder),
        folder.join("spec.yaml").display(),
        beginning(folder)
    )]
    OlderRun {
        /// Its folder.
        folder: PathBuf,
        /// The version of ADMF that began it.
        made_by: String,
    },
    /// The parts of a run are not what this process wrote or found.
    #[error(
        "run {run_id} cannot be completed: {fault}; `admf run --resume {run_id}` evaluates what is damaged again"
    )]
    Parts {
        /// The run.
        run_id: String,
        /// What is wrong.
        fault: String,
    },
    /// A run that finished does not say any more what it is.
    #[error(
        "{} is missing, and what the run stored is still there ({})",
        path.display(),
        found.file_name().unwrap_or_default().display()
    )]
    LostMetadata {
        /// Where it was.
        path: PathBuf,
        /// A file that the run stored.
        found: PathBuf,
    },
    /// No workspace here.
    #[error("no workspace in {} or above it: create one with `admf init`", path.display())]
    NoWorkspace {
        /// Where the search began.
        path: PathBuf,
    },
    /// There already is one.
    #[error("{} is a workspace already", path.display())]
    WorkspaceExists {
        /// The folder.
        path: PathBuf,
    },
    /// `admf.toml` has a line that cannot be read.
    #[error("{}, line {line}: {reason}", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The workspace was made by a newer ADMF.
    #[error(
        "{} has format {found}, made by ADMF {made_by}; this is ADMF {here}, which reads up to format {supported}: \
         install ADMF {made_by} or newer",
        path.display()
    )]
    NewerFormat {
        /// The workspace.
        path: PathBuf,
        /// Its format version.
        found: u32,
        /// The version of ADMF that made it.
        made_by: String,
        /// The version of this ADMF.
        here: &'static str,
        /// The newest format it reads.
        supported: u32,
    },
    /// A run was stored by a newer ADMF.
    #[error(
        "{} has format {found}, stored by ADMF {made_by}; this ADMF reads runs up to format {supported}: install ADMF \
         {made_by} or newer",
        path.display()
    )]
    NewerRun {
        /// The run's metadata.
        path: PathBuf,
        /// Its format version.
        found: u32,
        /// The version of ADMF that stored it.
        made_by: String,
        /// The newest format that is read.
        supported: u32,
    },
    /// A name cannot be used as a file name.
    #[error(transparent)]
    Name(#[from] crate::name::NameError),
    /// No run fits the reference.
    #[error("no run `{reference}`{}", existing(.known))]
    UnknownRun {
        /// What was asked for.
        reference: String,
        /// Runs that exist, newest first.
        known: Vec<String>,
    },
    /// Several runs fit the reference.
    #[error("`{reference}` fits {} runs: {}; write more digits", candidates.len(), candidates.join(", "))]
    AmbiguousRun {
        /// What was asked for.
        reference: String,
        /// What it fits.
        candidates: Vec<String>,
    },
    /// The run has finished.
    #[error("run {run_id} is complete: there is nothing to resume")]
    AlreadyComplete {
        /// The run.
        run_id: String,
    },
    /// No run is incomplete.
    #[error("no run of this workspace is incomplete: there is nothing to resume")]
    NothingToResume,
    /// The run has not finished.
    #[error("run {run_id} is {state}: {remedy}")]
    NotComplete {
        /// The run.
        run_id: String,
        /// `running` or `incomplete`.
        state: &'static str,
        /// What to do.
        remedy: String,
    },
}

/// The digits by which people name a run.
fn beginning(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().chars().take(8).collect()
}

fn existing(runs: &[String]) -> String {
    match runs {
        [] => ": no run has finished in this workspace".to_owned(),
        runs => format!(": there are {}", runs.join(", ")),
    }
}

/// Result of a store function.
pub type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// What it says, and why.
    pub fn with_causes(&self) -> String {
        let causes = std::iter::successors(std::error::Error::source(self), |error| error.source());
        causes.fold(self.to_string(), |text, cause| format!("{text}: {cause}"))
    }

    /// For `map_err` on an operation of the file system.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }

    /// For `map_err` on reading or writing Parquet.
    pub(crate) fn parquet(
        action: &'static str,
        path: &Path,
    ) -> impl Fn(parquet::errors::ParquetError) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Parquet { action, path: path.clone(), source }
    }
}
