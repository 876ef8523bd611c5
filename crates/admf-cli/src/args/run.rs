//! The arguments of `admf run`, and those of every command that evaluates.

use clap::{Args, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Evaluate a spec: every strategy of its grids on every symbol
#[derive(Args, Debug)]
#[command(after_help = "\
Ctrl-C stops after what is being evaluated and keeps what is finished; a second
Ctrl-C ends at once. --resume goes on with a run that was stopped or killed: what
is missing is evaluated, and the result is that of a run that was never stopped.
--dry-run writes nothing: it counts strategies and trials, and estimates time,
disk and memory from a small sample.

Examples:
  admf rules check sweep.yaml     first, without evaluating anything
  admf run sweep.yaml --dry-run
  admf run sweep.yaml
  admf run --resume @last
  admf run sweep.yaml --threads 1 --format json -o best.json")]
pub(crate) struct RunArguments {
    /// The spec, a YAML file; - reads standard input
    #[arg(value_name = "SPEC", required_unless_present = "resume")]
    pub spec: Option<PathBuf>,
    /// Say what would be evaluated, how long it would take and how much it would store
    #[arg(long)]
    pub dry_run: bool,
    /// Go on with an incomplete run: the first digits of its id, or @last
    #[arg(long, value_name = "RUN", conflicts_with_all = ["spec", "dry_run"])]
    pub resume: Option<String>,
    #[command(flatten)]
    pub evaluation: Evaluation,
}

/// How strategies are evaluated, whatever they are.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Evaluation {
    #[command(flatten)]
    pub threads: Threads,
    /// How far it is: a bar on a terminal, a line per tenth, or nothing
    #[arg(long, value_enum, value_name = "HOW", default_value = "auto")]
    pub progress: ProgressKind,
}

/// How much of the machine to use.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Threads {
    /// Threads to evaluate with; results do not depend on it [default: one per processor]
    #[arg(long, value_name = "N", value_parser = super::values::threads)]
    pub threads: Option<NonZeroUsize>,
}

/// How far a run is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressKind {
    /// A bar on a terminal
    Auto,
    /// A line per tenth
    Lines,
    /// Nothing
    None,
}
