//! `admf doctor`: is this machine and this workspace in order, and if not, what is to be done?

mod ledgers;
pub(crate) mod runs;

use crate::WorkflowError;
use crate::disk::free_space;
use admf_duckdb::Duckdb;
use admf_model::{Cell, CellKind, Sheet};
use admf_store::database::Database;
use admf_store::{Workspace, market};
use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Free space below which a run may not finish.
const LITTLE_SPACE: u64 = 1 << 30;
/// Free space below which nothing should be started.
const NO_SPACE: u64 = 100 << 20;

/// What to look at.
#[derive(Debug)]
pub struct DoctorRequest {
    /// The workspace, or why there is none.
    pub workspace: Result<Workspace, WorkflowError>,
    /// Read every byte of every run, not only what tells that a file is whole.
    pub full: bool,
    /// Puts in order what can be put in order, before it is looked at: the trial ledgers.
    pub repair: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct DoctorReport {
    /// A row per check: `status` (`ok`, `warn` or `fail`), `check`, `finding`.
    pub checks: Sheet,
    /// Checks that failed.
    pub failed: usize,
    /// Checks that warn.
    pub warned: usize,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Ok,
    Warn,
    Fail,
}

struct Checks(Vec<(Status, &'static str, String)>);

impl Checks {
    fn ok(&mut self, check: &'static str, finding: impl Display) {
        self.0.push((Status::Ok, check, finding.to_string()));
    }

    fn warn(&mut self, check: &'static str, finding: impl Display) {
        self.0.push((Status::Warn, check, finding.to_string()));
    }

    fn fail(&mut self, check: &'static str, finding: impl Display) {
        self.0.push((Status::Fail, check, finding.to_string()));
    }

    fn report(self) -> DoctorReport {
        let mut checks =
            Sheet::new([("status", CellKind::Text), ("check", CellKind::Text), ("finding", CellKind::Text)]);
        let count = |status| self.0.iter().filter(|(s, ..)| *s == status).count();
        let (failed, warned) = (count(Status::Fail), count(Status::Warn));
        for (status, check, finding) in self.0 {
            let status = match status {
                Status::Ok => "ok",
                Status::Warn => "warn",
                Status::Fail => "fail",
            };
            checks.push(vec![status.into(), check.into(), finding.into()]);
        }
        DoctorReport { checks, failed, warned }
    }
}

/// Looks at everything; a check that fails does not keep the others from being made.
pub fn doctor(request: DoctorRequest) -> DoctorReport {
    let DoctorRequest { workspace, full, repair } = request;
    let mut checks = Checks(Vec::new());
    let (version, semantics) = (env!("CARGO_PKG_VERSION"), admf_model::SEMANTICS_VERSION);
    checks.ok("admf", format!("{version}, semantics version {semantics}"));
    match duckdb_version() {
        Ok(version) => checks.ok("DuckDB", version),
        Err(error) => checks.fail("DuckDB", error),
    }
    match workspace {
        Ok(workspace) => {
            let workspace = &workspace;
            check_folder(&mut checks, workspace);
            check_space(&mut checks, workspace.root());
            check_datasets(&mut checks, workspace);
            runs::check_runs(&mut checks, workspace, full);
            runs::check_catalogue(&mut checks, workspace, full);
            if repair {
                ledgers::repair_ledgers(&mut checks, workspace);
            }
            ledgers::check_ledgers(&mut checks, workspace, full);
        }
        Err(WorkflowError::Store(error @ admf_store::StoreError::NoWorkspace { .. })) => {
            checks.warn("workspace", error);
        }
        Err(error) => checks.fail("workspace", error),
    }
    checks.report()
}

fn check_folder(checks: &mut Checks, workspace: &Workspace) {
    let root = workspace.root();
    let settings = workspace.settings();
    let about = format!("{}, format {}, made by ADMF {}", root.display(), settings.format, settings.made_by);
    let probe = root.join(format!(".doctor-{}.tmp", std::process::id()));
    match fs::File::create_new(&probe).and_then(|mut file| file.write_all(b"probe")).and_then(|()| fs::remove_file(&probe)) {
        Ok(()) => checks.ok("workspace", about),
        Err(error) => checks.fail(
            "workspace",
            format!(
                "{about}; nothing can be written: {error}; questions are answered, and runs and imports need the right \
                 to write or a copy of the folder"
            ),
        ),
    }
}

fn check_space(checks: &mut Checks, root: &Path) {
    match free_space(root) {
        Some(free) if free < NO_SPACE => {
            checks.fail("free disk", format!("{}: make room before the next run", size(free)));
        }
        Some(free) if free < LITTLE_SPACE => {
            checks.warn("free disk", format!("{}: a large run may not fit", size(free)));
        }
        Some(free) => checks.ok("free disk", size(free)),
        None => checks.warn("free disk", "this system does not say how much there is"),
    }
}

fn size(bytes: u64) -> String {
    let gibibytes = bytes as f64 / f64::from(1 << 30);
    if gibibytes < 1.0 { format!("{:.0} MiB", gibibytes * 1024.0) } else { format!("{gibibytes:.1} GiB") }
}

fn check_datasets(checks: &mut Checks, workspace: &Workspace) {
    let inventory = match market::list(&workspace.market()) {
        Ok(inventory) => inventory,
        Err(error) => return checks.fail("datasets", error),
    };
    let mut sound = Vec::new();
    for listing in &inventory.datasets {
        let name = &listing.current.name;
        match market::load_verified(&workspace.market(), name) {
            Ok(_) => sound.push(name.as_str()),
            Err(error) => checks.fail("datasets", error),
        }
    }
    for fault in &inventory.faults {
        checks.fail("datasets", fault);
    }
    match sound.len() {
        0 if inventory.datasets.is_empty() => {
            checks.ok("datasets", "none yet: admf data import FILE… --as NAME");
        }
        0 => {}
        n => checks.ok("datasets", format!("{n}, content verified: {}", sound.join(", "))),
    }
}

fn duckdb_version() -> Result<String, WorkflowError> {
    let scratch = std::env::temp_dir().join(format!("admf-doctor-{}", std::process::id()));
    let sheet = Duckdb::in_memory(&scratch)?.rows(include_str!("doctor/duckdb_version.sql"), &[])?;
    match sheet.rows.first().and_then(|row| row.first()) {
        Some(Cell::Text(version)) => Ok(version.clone()),
        _ => Ok("of an unknown version".to_owned()),
    }
}
