//! A disk that fills up at every write of every job: the job says so with the file and a remedy, nothing that was there
//! is lost, and once there is room the same job ends as if nothing had been.
//!
//! The disk is a small volume in memory in a namespace of its own, whose last pages or names are given out one by one.
//! Where nothing may be mounted, and besides, the size of files is limited.

use super::subject::{
    ADOPT, CATALOGUE, CORRELATIONS, EXAMPLE, EXPORT, EXPORT_PARQUET, IMPORT, INIT, Job, REJECTS, REMOVE,
    RESUME, RUN, SAMPLES, SETTING, Trial, admf, assert_swept, copy, quiet, scratch, subject, times, told,
};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What want of room did to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    /// It had enough.
    None,
    /// It was done another way, and said so.
    Evaded,
    /// It failed.
    Failed,
}

/// What there is little of.
#[derive(Clone, Copy, Debug)]
enum Scarce {
    /// Pages of 4 KiB that are free.
    Pages(u64),
    /// Files and folders that can be created.
    Names(u64),
    /// Largest file in bytes.
    FileSize(u64),
}

/// Copies a workspace to a small volume, does a job there, and copies what is there to where there is room.
const ON_A_SMALL_VOLUME: &str = r#"
before=$1 after=$2 pages=$3 names=$4; shift 4
mount -t tmpfs none "$before/disk" && cp -a "$before/w" "$before/disk/w" || exit 99
set -- "$@"
if [ "$pages" != all ]; then
    used=$(stat -f -c '%b %f' "$before/disk" | { read -r all free; echo $((all - free)); })
    mount -o "remount,size=$(( (used + pages) * 4096 ))" "$before/disk" || exit 99
fi
if [ "$names" != all ]; then
    used=$(stat -f -c '%c %d' "$before/disk" | { read -r all free; echo $((all - free)); })
    mount -o "remount,nr_inodes=$((used + names))" "$before/disk" || exit 99
fi
cd "$before/disk/w"
"$@"
code=$?
cd /
cp -a "$before/disk/w" "$after" || exit 99
exit $code
"#;

/// A namespace of one's own in which a volume can be mounted; none where the system does not allow it.
fn namespace() -> Option<&'static [&'static str]> {
    const KINDS: [&[&str]; 2] = [&["--mount"], &["--mount", "--map-root-user"]];
    let folder = tempfile::tempdir().unwrap();
    let mounts = |kind: &&&[&str]| {
        let mut command = Command::new("unshare");
        command.args(**kind).args(["mount", "-t", "tmpfs", "none"]).arg(folder.path());
        command.output().is_ok_and(|output| output.status.success())
    };
    KINDS.iter().find(mounts).copied()
}

impl Trial<'_> {
    fn on_a_small_volume(&self, namespace: &[&str], scarce: Scarce, after: &Path) -> Output {
        let (pages, names) = match scarce {
            Scarce::Pages(pages) => (pages.to_string(), "all".to_owned()),
            Scarce::Names(names) => ("all".to_owned(), names.to_string()),
            Scarce::FileSize(_) => unreachable!("needs no volume"),
        };
        let mut command = Command::new("unshare");
        command.args(namespace).args(["sh", "-c", ON_A_SMALL_VOLUME, "sh"]);
        command.arg(self.before.path()).arg(after).args([&pages, &names]);
        command.arg(env!("CARGO_BIN_EXE_admf")).args(self.job.arguments);
        let output = quiet(&mut command, self.before.path()).output().unwrap();
        assert_ne!(output.status.code(), Some(99), "the volume: {}", told(&output));
        output
    }

    fn with_small_files(&self, bytes: u64, after: &Path) -> Output {
        copy(&self.before.path().join("w"), after);
        let mut command = Command::new("sh");
        let script = format!("trap '' XFSZ; exec prlimit --fsize={bytes} \"$@\"");
        command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_admf")]).args(self.job.arguments);
        quiet(&mut command, after).output().unwrap()
    }

    /// How the job went with little of something; `None` where that cannot be tried.
    fn with(&self, namespace: Option<&[&str]>, scarce: Scarce) -> Option<Want> {
        let folder = scratch();
        let after = folder.path().join("w");
        let output = match (scarce, namespace) {
            (Scarce::FileSize(bytes), _) => self.with_small_files(bytes, &after),
            (_, Some(namespace)) => self.on_a_small_volume(namespace, scarce, &after),
            (_, None) => return None,
        };
        let said = told(&output);
        let place = format!("{} with {scarce:?}: {said}", self.job.name);
        let is_done = output.status.code() == Some(0);
        if !is_done {
            assert_eq!(output.status.code(), Some(1), "{place}");
            let causes = ["No space left on device", "File too large"];
            assert!(causes.iter().any(|cause| said.contains(cause)), "{place}");
            assert!(said.contains("make room and do it again"), "{place}");
            let files = ["/w/", "found.", "folder smp", "smp/", "ex/"];
            assert!(files.iter().any(|file| said.contains(file)), "no file is named: {place}");
        }
        // Nobody was killed: what could not be completed is gone.
        assert_swept(&after, &place);
        self.recovers(&after, is_done, &place);
        Some(match is_done {
            false => Want::Failed,
            true if said.contains("answered from Parquet files, more slowly") => Want::Evaded,
            true => Want::None,
        })
    }
}

/// So many amounts from 0, closely at first: most files are small.
fn amounts(most: u64, count: usize) -> impl Iterator<Item = u64> {
    let step = move |n: usize| (most as f64 * (n as f64 / count as f64).powi(3)) as u64 + n as u64;
    (0..count).map(step)
}

fn full_at_every_write(job: &Job, most_pages: u64) {
    let trial = Trial::new(job);
    fs::create_dir(trial.before.path().join("disk")).unwrap();
    let namespace = namespace();
    println!("volume: {namespace:?}, and sizes of files limited");
    assert!(namespace.is_some() || times(0, 1) == 0, "the long form needs the right to mount a volume");
    let pages = amounts(most_pages, times(6, 80)).map(Scarce::Pages);
    let names = amounts(1, times(4, 40)).map(Scarce::Names);
    let sizes = amounts(200_000, times(3, 40)).map(Scarce::FileSize);
    let wants: Vec<Option<Want>> =
        pages.chain(names).chain(sizes).map(|scarce| trial.with(namespace, scarce)).collect();
    let count = |want| wants.iter().filter(|found| **found == want).count();
    let (failed, evaded, untried) = (count(Some(Want::Failed)), count(Some(Want::Evaded)), count(None));
    println!("{}: {failed} times in want of room, {evaded} evaded, {untried} not tried", job.name);
    // A question is answered another way, and a removal needs no room; everything else cannot be done without.
    match job.name {
        name if name == CATALOGUE.name => assert!(failed == 0 && evaded > 0, "{wants:?}"),
        name if name == REMOVE.name => assert!(failed == 0 && evaded == 0, "{wants:?}"),
        _ => assert!(failed > 0, "the disk was never full: {wants:?}"),
    }
}

#[test]
fn full_while_a_workspace_is_made() {
    full_at_every_write(&INIT, 4);
}

#[test]
fn full_while_prices_are_imported() {
    full_at_every_write(&IMPORT, 30);
}

#[test]
fn full_while_a_run_is_stored() {
    full_at_every_write(&RUN, 60);
}

/// The tables are made of files that are there, so that the question is answered without a database.
#[test]
fn full_while_the_database_is_brought_up_to_date() {
    full_at_every_write(&CATALOGUE, 1_200);
}

/// It needs no room.
#[test]
fn full_while_a_run_is_removed() {
    full_at_every_write(&REMOVE, 4);
}

#[test]
fn full_while_results_are_adopted() {
    full_at_every_write(&ADOPT, 40);
}

#[test]
fn full_while_a_run_is_resumed() {
    full_at_every_write(&RESUME, 60);
}

#[test]
fn full_while_rejected_rows_are_listed() {
    full_at_every_write(&REJECTS, 30);
}

#[test]
fn full_while_sample_prices_are_written() {
    full_at_every_write(&SAMPLES, 60);
}

#[test]
fn full_while_an_example_is_written() {
    full_at_every_write(&EXAMPLE, 30);
}

#[test]
fn full_while_a_setting_is_changed() {
    full_at_every_write(&SETTING, 2);
}

#[test]
fn full_while_correlations_are_computed() {
    full_at_every_write(&CORRELATIONS, 4);
}

#[test]
fn full_while_a_table_is_exported() {
    full_at_every_write(&EXPORT, 2);
    full_at_every_write(&EXPORT_PARQUET, 2);
}

/// A file of results that was there stays until the next one is complete.
#[test]
fn full_while_an_earlier_export_is_replaced() {
    let folder = subject();
    let at = folder.path();
    for file in ["found.csv", "found.json", "found.parquet", "chart.svg"] {
        let arguments: &[&str] = match file {
            "chart.svg" => &["runs", "show", "@last", "fast=5", "--chart", "chart.svg"],
            _ => &["sql", "SELECT * FROM trades", "-o", file],
        };
        fs::write(at.join(file), "earlier").unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec prlimit --fsize=200 \"$@\"", "sh"]);
        command.arg(env!("CARGO_BIN_EXE_admf")).args(arguments);
        let output = quiet(&mut command, at).output().unwrap();
        let said = told(&output);
        assert_eq!(output.status.code(), Some(1), "{file}: {said}");
        assert!(said.contains(file) && said.contains("make room and do it again"), "{file}: {said}");
        assert_eq!(fs::read_to_string(at.join(file)).unwrap(), "earlier", "{file}");
        assert!(admf(at, arguments).output().unwrap().status.success(), "{file}");
        assert_ne!(fs::read(at.join(file)).unwrap(), b"earlier", "{file}");
    }
}
