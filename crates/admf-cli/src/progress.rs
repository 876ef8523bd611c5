//! How far a run is: a bar on a terminal, a line per tenth with `--verbose`, nothing otherwise.

use crate::args::run::ProgressKind;
use crate::interrupt::Interrupt;
use crate::printer::Messages;
use admf_workflow::run::{PlanSummary, RunObserver};
pub(crate) use admf_workflow::words::counted;
use admf_workflow::words::grouped;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// How long combinations are checked before that is worth a bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// Observes a run on behalf of the user.
pub(crate) struct Progress {
    messages: Messages,
    interrupt: Interrupt,
    style: ProgressKind,
    bar: ProgressBar,
    begun: Instant,
    total: usize,
    /// Tenths already told.
    tenths: usize,
    told_of_interrupt: bool,
}

impl Progress {
    /// Nothing is planned yet.
    pub(crate) fn new(messages: Messages, interrupt: Interrupt, style: ProgressKind) -> Self {
        // Nothing is drawn before there is something to count.
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let begun = Instant::now();
        Self { messages, interrupt, style, bar, begun, total: 0, tenths: 0, told_of_interrupt: false }
    }

    fn draws(&self) -> bool {
        self.style == ProgressKind::Auto && self.messages.draws_progress()
    }

    /// Says how far it is, in a line.
    fn tell(&self, evaluated: usize) {
        let percent = self.tenths * 10;
        let (evaluated, total) = (grouped(evaluated as u64), counted(self.total, "strategy", "strategies"));
        let line = format!("{percent} % ({evaluated} of {total})");
        match self.style {
            ProgressKind::Lines => self.messages.note(&line),
            ProgressKind::Auto if !self.draws() => self.messages.detail(&line),
            ProgressKind::Auto | ProgressKind::None => {}
        }
    }

    /// Prints above the bar.
    fn say(&self, text: &str) {
        self.bar.suspend(|| self.messages.note(text));
    }
}

impl RunObserver for Progress {
    fn expanded(&mut self, looked: u64, of: u64) {
        if !self.draws() || self.begun.elapsed() < PATIENCE {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_style(style(
                "{bar:32.dim} {percent:>3}%  checking {human_pos} of {human_len} combinations",
            ));
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(of);
        self.bar.set_position(looked);
    }

    fn planned(&mut self, plan: &PlanSummary) {
        self.interrupt.keep();
        self.say(&describe(plan));
        self.total = plan.strategies;
        self.bar.set_length(plan.strategies as u64);
        self.bar.set_style(style(
            "{bar:32.cyan/dim} {percent:>3}%  {human_pos} of {human_len} strategies, {eta} left",
        ));
        self.bar.set_position(plan.stored as u64);
        // What an earlier process did says nothing about how long the rest takes.
        self.bar.reset_eta();
        self.tenths = tenths(plan.stored, self.total);
        if self.draws() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn progressed(&mut self, evaluated: usize) {
        self.bar.set_position(evaluated as u64);
        let tenths = tenths(evaluated, self.total);
        if tenths > self.tenths {
            self.tenths = tenths;
            self.tell(evaluated);
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

fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template);
    style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━━─")
}

fn tenths(evaluated: usize, total: usize) -> usize {
    evaluated * 10 / total.max(1)
}

fn describe(plan: &PlanSummary) -> String {
    let PlanSummary { run_id, strategies, symbols, bars, classifiers, stored } = plan;
    let run = run_id.to_string();
    let resumed = match stored {
        0 => String::new(),
        n => format!("; {} already evaluated", grouped(*n as u64)),
    };
    format!(
        "run {}: {} on {}, {}, {}{resumed}",
        &run[..8],
        counted(*strategies, "strategy", "strategies"),
        counted(*symbols, "symbol", "symbols"),
        counted(*bars, "bar", "bars"),
        counted(*classifiers, "classifier", "classifiers")
    )
}
