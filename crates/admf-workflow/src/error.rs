//! What can go wrong in a job, as every front end sees it.

use crate::words::{counted, grouped};
use admf_duckdb::CatalogueError;
use admf_model::RunId;
use admf_store::StoreError;
use admf_store::market::{MarketError, OpenProblem};
use admf_store::queries::QueryError;
use std::io::ErrorKind as ErrorKindOfSystem;
use std::path::PathBuf;

/// How a front end should end: which exit code, which HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Something failed: a disk, a lock, a corrupt file.
    Failure,
    /// The request makes no sense: an unknown run, an unknown column.
    Usage,
    /// The spec or the data is wrong.
    BadInput,
    /// The user asked to stop.
    Interrupted,
}

/// Where in a text the problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Name of the file, or what the text is.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Byte offsets of the offending part.
    pub start: usize,
    /// End of the offending part.
    pub end: usize,
}

/// Why a job did not finish.
#[derive(Debug, thiserror::Error)]
pub enum WorkflowError {
    /// A spec, an expression or a definition is wrong at a known place.
    #[error("{message}")]
    Input {
        /// What is wrong.
        message: String,
        /// The place.
        snippet: Box<Snippet>,
        /// What to do.
        help: Option<String>,
    },
    /// A spec is wrong at several places.
    #[error("{found} problems in {name}{}", if *found > errors.len() { format!(", the first {} are shown", errors.len()) } else { String::new() })]
    Inputs {
        /// The spec's file.
        name: String,
        /// The first of them, each an [`WorkflowError::Input`], in the order of the text.
        errors: Vec<WorkflowError>,
        /// How many there are.
        found: usize,
    },
    /// The request names something that is not there or not possible.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// The data cannot be used for this.
    #[error("{message}")]
    Data {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// A file could not be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The workspace's files.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Market data could not be imported or loaded.
    #[error(transparent)]
    Market(#[from] MarketError),
    /// The database could not be opened or refused.
    #[error(transparent)]
    Database(#[from] admf_store::database::DatabaseError),
    /// The tables of the finished runs could not be opened.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A question to the database could not be asked or was refused.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A run is stored completely, and could not be shown.
    #[error("run {} is stored and complete, but its best strategies cannot be shown", &run.to_string()[..8])]
    NotShown {
        /// The run.
        run: RunId,
        /// Why.
        source: Box<WorkflowError>,
    },
    /// The system refused something.
    #[error("{0}")]
    System(String),
    /// The user asked to stop; what was evaluated is kept.
    #[error("{}", interrupted(*run, *evaluated, *total))]
    Interrupted {
        /// The run.
        run: RunId,
        /// Strategies evaluated.
        evaluated: usize,
        /// Strategies planned.
        total: usize,
    },
}

impl WorkflowError {
    /// The data cannot be used for this.
    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self::Data { message: message.into(), help: None }
    }

    /// How a front end should end.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Usage { .. } => ErrorKind::Usage,
            Self::Input { .. } | Self::Inputs { .. } | Self::Data { .. } => ErrorKind::BadInput,
            Self::File { .. } | Self::System(_) | Self::Catalogue(_) | Self::Database(_) => {
                ErrorKind::Failure
            }
            Self::Store(error) => store_kind(error),
            Self::Market(error) => market_kind(error),
            Self::Query(QueryError::Database(_)) | Self::NotShown { .. } => ErrorKind::Failure,
            Self::Query(QueryError::Filter(_) | QueryError::UnknownMetric { .. }) => ErrorKind::Usage,
            Self::Interrupted { .. } => ErrorKind::Interrupted,
        }
    }

    /// What to do, where the message does not say it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Input { help, .. } | Self::Usage { help, .. } | Self::Data { help, .. } => help.clone(),
            Self::NotShown { run, .. } => {
                let run = &run.to_string()[..8];
                Some(format!(
                    "do not run it again: `admf analytics scan --run {run}` shows them once the cause is gone"
                ))
            }
            Self::Interrupted { evaluated: 0, .. } => Some("run the spec again".to_owned()),
            Self::Interrupted { run, .. } => {
                Some(format!("go on with `admf run --resume {}`", &run.to_string()[..8]))
            }
            _ => cause_in_the_system(self).and_then(remedy).map(str::to_owned),
        }
    }

    /// The place in a text, where there is one.
    pub fn snippet(&self) -> Option<&Snippet> {
        match self {
            Self::Input { snippet, .. } => Some(snippet),
            _ => None,
        }
    }
}

/// What the system said, where that is at the bottom of an error.
fn cause_in_the_system(error: &(dyn std::error::Error + 'static)) -> Option<ErrorKindOfSystem> {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let of_file = |error: &(dyn std::error::Error + 'static)| match error.downcast_ref::<WorkflowError>() {
        Some(WorkflowError::File { error, .. }) => Some(error.kind()),
        // One that wraps another library's error is of no kind of its own.
        _ => error
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind)
            .filter(|kind| *kind != ErrorKindOfSystem::Other)
            .or_else(|| numbered(error)),
    };
    causes.filter_map(of_file).last()
}

/// Libraries that write files keep of the system's error its text alone: `… (os error 28)`.
fn numbered(error: &(dyn std::error::Error + 'static)) -> Option<ErrorKindOfSystem> {
    let text = error.to_string();
    let number = text.rsplit_once("(os error ")?.1.split(')').next()?.parse().ok()?;
    Some(std::io::Error::from_raw_os_error(number).kind())
}

/// What to do about a refusal of the system that a user can do something about.
pub fn remedy(kind: ErrorKindOfSystem) -> Option<&'static str> {
    match kind {
        ErrorKindOfSystem::StorageFull
        | ErrorKindOfSystem::QuotaExceeded
        | ErrorKindOfSystem::FileTooLarge => Some(
            "make room and do it again: what was stored before is as it was, and a run that had begun goes on with \
             `admf run --resume @last`",
        ),
        ErrorKindOfSystem::ReadOnlyFilesystem => {
            Some("the volume can only be read: write elsewhere, or mount it for writing")
        }
        _ => None,
    }
}

fn interrupted(run: RunId, evaluated: usize, total: usize) -> String {
    match evaluated {
        0 => format!("interrupted before any of {} was evaluated", counted(total, "strategy", "strategies")),
        _ => format!(
            "interrupted: {} of {} are kept as the incomplete run {}",
            grouped(evaluated as u64),
            counted(total, "strategy", "strategies"),
            &run.to_string()[..8]
        ),
    }
}

fn store_kind(error: &StoreError) -> ErrorKind {
    match error {
        StoreError::NoWorkspace { .. }
        | StoreError::WorkspaceExists { .. }
        | StoreError::Name(_)
        | StoreError::UnknownRun { .. }
        | StoreError::AmbiguousRun { .. }
        | StoreError::AlreadyComplete { .. }
        | StoreError::NothingToResume
        | StoreError::NotComplete { .. } => ErrorKind::Usage,
        StoreError::Settings { .. } => ErrorKind::BadInput,
        _ => ErrorKind::Failure,
    }
}

fn market_kind(error: &MarketError) -> ErrorKind {
    match error {
        MarketError::Name(_)
        | MarketError::Family { .. }
        | MarketError::Symbol { .. }
        | MarketError::NoSources
        | MarketError::BarsPerYear { .. }
        | MarketError::NotFound { .. }
        | MarketError::Version { .. }
        | MarketError::NoVersion { .. }
        | MarketError::Open {
            problem:
                OpenProblem::NotFound | OpenProblem::Directory | OpenProblem::NoMatch | OpenProblem::EmptyFolder,
            ..
        } => ErrorKind::Usage,
        MarketError::Read { .. }
        | MarketError::Changed { .. }
        | MarketError::Corrupt { .. }
        | MarketError::Newer { .. } => ErrorKind::Failure,
        MarketError::Store(error) => store_kind(error),
        _ => ErrorKind::BadInput,
    }
}
