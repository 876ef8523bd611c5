//! Jobs that are killed at any moment, and what is there afterwards: everything that was there before, nothing half
//! made, and the job again ends as if it had not been killed.

use super::subject::{
    ADOPT, CATALOGUE, IMPORT, Job, LARGE_RUN, REMOVE, RUN, Trial, quiet, states, subject, succeeds, times,
    told,
};
use std::fs;
use std::process::Command;

/// `timeout` ends as its command would have: 128 and the number of the signal.
const KILLED: i32 = 137;

/// Kills of each job in the long form: three hundred are the least that was planned.
const KILLS: [usize; 6] = [80, 60, 60, 60, 60, 60];
const _: () = assert!(KILLS[0] + KILLS[1] + KILLS[2] + KILLS[3] + KILLS[4] + KILLS[5] >= 300);

/// Numbers that look like chance and are the same in every test.
struct Chance(u64);

impl Chance {
    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn killed_at_any_moment(job: &Job, count: usize) {
    let trial = Trial::new(job);
    let mut chance = Chance(count as u64);
    let (mut killed, mut tried) = (0, 0);
    let mut longest = trial.took.as_secs_f64();
    // Some are done before they are killed: those do not count, and the next ones are killed sooner.
    while killed < count {
        tried += 1;
        let folder = trial.copy();
        let at = folder.path().join("w");
        let seconds = longest * chance.next();
        let mut command = Command::new("timeout");
        command.args(["-s", "KILL", &format!("{seconds:.4}"), env!("CARGO_BIN_EXE_admf")]);
        let output = quiet(command.args(trial.job.arguments), &at).output().unwrap();
        let code = output.status.code().unwrap_or(KILLED);
        let place = format!("{}, killed after {seconds:.4} s: {}", job.name, told(&output));
        assert!([0, KILLED].contains(&code), "{code}: {place}");
        if code == KILLED {
            killed += 1;
        } else {
            longest *= 0.95;
        }
        trial.recovers(&at, code == 0, &place);
        assert!(tried < 20 * count, "{} was too fast to be killed: {killed} of {tried}", job.name);
    }
    println!("{}: killed {killed} times of {tried}", job.name);
    assert_eq!(killed, count, "{}", job.name);
}

#[test]
fn while_a_run_is_stored() {
    killed_at_any_moment(&RUN, times(6, KILLS[0]));
}

#[test]
fn while_a_run_of_several_checkpoints_is_stored() {
    killed_at_any_moment(&LARGE_RUN, times(4, KILLS[1]));
}

#[test]
fn while_the_database_is_brought_up_to_date() {
    killed_at_any_moment(&CATALOGUE, times(6, KILLS[2]));
}

#[test]
fn while_prices_are_imported() {
    killed_at_any_moment(&IMPORT, times(6, KILLS[3]));
}

#[test]
fn while_a_run_is_removed() {
    killed_at_any_moment(&REMOVE, times(6, KILLS[4]));
}

#[test]
fn while_results_are_adopted() {
    killed_at_any_moment(&ADOPT, times(5, KILLS[5]));
}

/// The process that imported results was killed when they were complete, before it removed their parts.
#[test]
fn parts_of_imported_results_are_removed_by_the_next_import() {
    let folder = subject();
    let at = folder.path();
    let before = states(at);
    succeeds(at, ADOPT.arguments);
    let adopted = states(at).into_keys().find(|run| !before.contains_key(run)).unwrap();
    let left = at.join("runs").join(adopted).join("checkpoint");
    fs::create_dir_all(left.join("000001")).unwrap();
    succeeds(at, ADOPT.arguments);
    assert!(!left.exists());
}
