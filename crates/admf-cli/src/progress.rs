//! How far a run is: a bar on a terminal, a line per tenth with `--verbose`, nothing otherwise.

use crate::interrupt::Interrupt;
use crate::printer::Messages;
use admf_workflow::run::{PlanSummary, RunObserver};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Observes a run on behalf of the user.
pub(crate) struct Progress {
    messages: Messages,
    interrupt: Interrupt,
    bar: ProgressBar,
    total: usize,
    /// Tenths already told.
    tenths: usize,
    told_of_interrupt: bool,
}

impl Progress {
    /// Nothing is planned yet.
    pub(crate) fn new(messages: Messages, interrupt: Interrupt) -> Self {
        // Nothing is drawn before there is something to count.
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        Self { messages, interrupt, bar, total: 0, tenths: 0, told_of_interrupt: false }
    }

    /// Prints above the bar.
    fn say(&self, text: &str) {
        self.bar.suspend(|| self.messages.note(text));
    }
}

impl RunObserver for Progress {
    fn planned(&mut self, plan: &PlanSummary) {
        self.say(&describe(plan));
        self.total = plan.strategies;
        self.bar.set_length(plan.strategies as u64);
        let style = ProgressStyle::with_template(
            "{bar:32.cyan/dim} {percent:>3}%  {pos} of {len} strategies, {eta} left",
        );
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━━─"));
        if self.messages.draws_progress() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn progressed(&mut self, evaluated: usize) {
        self.bar.set_position(evaluated as u64);
        let tenths = evaluated * 10 / self.total.max(1);
        if tenths > self.tenths {
            self.tenths = tenths;
            if !self.messages.draws_progress() {
                self.messages.detail(&format!(
                    "{} % ({evaluated} of {} strategies)",
                    tenths * 10,
                    self.total
                ));
            }
        }
        if self.interrupt.is_asked() && !self.told_of_interrupt {
            self.told_of_interrupt = true;
            self.say("stopping: what is finished will be kept (Ctrl-C again ends at once)");
        }
    }

    fn noted(&mut self, note: &str) {
        self.say(note);
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.is_asked()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn describe(plan: &PlanSummary) -> String {
    let PlanSummary { run_id, strategies, symbols, bars, classifiers } = plan;
    let run = run_id.to_string();
    format!(
        "run {}: {} on {}, {bars} bars, {}",
        &run[..8],
        counted(*strategies, "strategy", "strategies"),
        counted(*symbols, "symbol", "symbols"),
        counted(*classifiers, "classifier", "classifiers")
    )
}

/// `1 run`, `2 runs`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
