//! Why a command ends without its result, and with which exit code.

use admf_workflow::{ErrorKind, Snippet, WorkflowError, remedy};
use std::error::Error;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How a command that did its work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is done.
    Done,
    /// It is done and found something wrong.
    CheckFailed,
    /// It is done and found rows that are no bars.
    BadData,
    /// Nothing matched, and that was asked to be an error.
    NothingMatched,
    /// What was computed again is not what is stored.
    Differs,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::CheckFailed => 1,
            Outcome::BadData => 3,
            Outcome::NothingMatched => 4,
            Outcome::Differs => 5,
        })
    }
}

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Decides the exit code.
    pub kind: ErrorKind,
    /// What happened.
    pub message: String,
    /// Why, the nearest reason first.
    pub causes: Vec<String>,
    /// Where.
    pub snippet: Option<Box<Snippet>>,
    /// What to do.
    pub help: Option<String>,
    /// Several problems of one input, which are told before the message, their sum.
    pub parts: Vec<Failure>,
}

impl Failure {
    /// Something failed.
    pub(crate) fn failed(message: &str) -> Self {
        Self::new(ErrorKind::Failure, message)
    }

    /// The request makes no sense.
    pub(crate) fn usage(message: &str) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// What is read is not what it should be.
    pub(crate) fn data(message: &str) -> Self {
        Self::new(ErrorKind::BadInput, message)
    }

    /// A file could not be read or written.
    pub(crate) fn file(action: &str, path: &Path, error: &io::Error) -> Self {
        let mut failure = Self::failed(&format!("cannot {action} {}", path.display()));
        failure.causes.push(error.to_string());
        failure.help = remedy(error.kind()).map(str::to_owned);
        failure
    }

    fn new(kind: ErrorKind, message: &str) -> Self {
        let message = message.to_owned();
        Self { kind, message, causes: Vec::new(), snippet: None, help: None, parts: Vec::new() }
    }

    /// The same, with a remedy.
    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The process's exit code.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            ErrorKind::Failure => 1,
            ErrorKind::Usage => 2,
            ErrorKind::BadInput => 3,
            ErrorKind::Interrupted => 130,
        })
    }
}

impl From<WorkflowError> for Failure {
    fn from(error: WorkflowError) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        Self {
            kind: error.kind(),
            message: error.to_string(),
            causes,
            snippet: error.snippet().cloned().map(Box::new),
            help: error.help(),
            parts: match error {
                WorkflowError::Inputs { errors, .. } => errors.into_iter().map(Self::from).collect(),
                _ => Vec::new(),
            },
        }
    }
}
