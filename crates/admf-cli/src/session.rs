//! What every command needs: the printer, the workspace, the time.

use crate::args::{Format, Global};
use crate::failure::Failure;
use crate::hint;
use crate::preferences::Preferences;
use crate::printer::{Document, Messages, Printer, RowStream};
use admf_model::Timestamp;
use admf_workflow::{WorkflowError, Workspace};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// One invocation.
pub(crate) struct Session {
    printer: Printer,
    workspace: Option<PathBuf>,
    preferences: Preferences,
}

impl Session {
    /// From the options; an error when they contradict each other.
    pub(crate) fn new(
        messages: Messages,
        global: &Global,
        preferences: Preferences,
    ) -> Result<Self, Failure> {
        let printer = Printer::new(messages, global)?;
        Ok(Self { printer, workspace: global.workspace.clone(), preferences })
    }

    /// The user's settings.
    pub(crate) fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// A folder inside the workspace: the one that was named, else the current one.
    pub(crate) fn folder(&self) -> PathBuf {
        self.workspace.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// By what the workspace was named, where it was.
    pub(crate) fn names_workspace(&self) -> Option<&'static str> {
        let variable = std::env::var_os("ADMF_WORKSPACE").map(PathBuf::from);
        let named = self.workspace.as_ref()?;
        Some(if variable.as_ref() == Some(named) { "ADMF_WORKSPACE" } else { "--workspace" })
    }

    /// Messages on standard error.
    pub(crate) fn messages(&self) -> Messages {
        self.printer.messages
    }

    /// True when results are tables on a terminal: somebody reads along.
    pub(crate) fn is_read(&self) -> bool {
        self.printer.is_read()
    }

    /// How results are written.
    pub(crate) fn format(&self) -> Format {
        self.printer.format()
    }

    /// Columns of the window that results are written to; `None` where they are not read on a terminal.
    pub(crate) fn width(&self) -> Option<usize> {
        self.printer.width()
    }

    /// True when the format holds all parts of a result, not only its main table.
    pub(crate) fn writes_all_parts(&self) -> bool {
        self.printer.writes_all_parts()
    }

    /// A command of this program that works from where the user stands; `words` is what follows its name.
    pub(crate) fn command(&self, words: &str) -> String {
        hint::command(self.workspace.as_deref(), words)
    }

    /// Commands that make sense next, each without the program's name; they name the workspace where the user did.
    pub(crate) fn next(&self, commands: &[&str]) {
        self.messages().next(&commands.iter().map(|words| self.command(words)).collect::<Vec<_>>());
    }

    /// Begins a result whose rows are written as they come.
    pub(crate) fn stream(&self) -> Result<RowStream<'_>, Failure> {
        self.printer.stream()
    }

    /// Writes the result.
    pub(crate) fn print(&self, document: &Document) -> Result<(), Failure> {
        self.printer.print(document)
    }

    /// Writes a text that is not a result but made for another program, whatever the format.
    pub(crate) fn print_verbatim(&self, text: &str) -> Result<(), Failure> {
        self.printer.print_verbatim(text)
    }

    /// The workspace that the options or the current folder say.
    pub(crate) fn workspace(&self) -> Result<Workspace, Failure> {
        Ok(self.find_workspace()?)
    }

    /// The same, for commands that can do without one.
    pub(crate) fn find_workspace(&self) -> Result<Workspace, WorkflowError> {
        let found = match &self.workspace {
            Some(folder) => Workspace::open(folder),
            None => Workspace::find(Path::new(".")),
        };
        Ok(found?)
    }
}

/// The wall clock, UTC.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
