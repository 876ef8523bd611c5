//! A process that waits for work: ADMF's side or a peer's. `xtask/peers/worker.rs` and `xtask/peers/worker.py` are the
//! other end.

use super::sample::Sample;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A process and what it said when it was ready.
pub(super) struct Worker {
    name: String,
    child: Child,
    /// Closed to let the process end.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// `{"versions": {…}, "threads": …}`.
    pub(super) hello: Value,
}

impl Worker {
    /// Starts a process and waits until its data is loaded.
    pub(super) fn start(name: &str, command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut worker = Self { name: name.to_owned(), child, input, output, hello: Value::Null };
        worker.hello = worker.answer()?;
        Ok(worker)
    }

    /// One repetition of a task.
    pub(super) fn run(&mut self, task: &str) -> Result<Value> {
        self.say(&format!("run {task}"))
    }

    /// One repetition of a task, with its results.
    pub(super) fn results(&mut self, task: &str, folder: &Path) -> Result<Vec<(String, Vec<f64>)>> {
        let answer = self.say(&format!("save {} {task}", folder.display()))?;
        let names = answer["columns"].as_array().context("no columns")?;
        names
            .iter()
            .filter_map(Value::as_str)
            .map(|name| Ok((name.to_owned(), read(folder, name)?)))
            .collect()
    }

    fn say(&mut self, line: &str) -> Result<Value> {
        let input = self.input.as_mut().context("the process was told to end")?;
        let said = writeln!(input, "{line}").and_then(|()| input.flush());
        said.with_context(|| format!("{} ended early: what it said stands above", self.name))?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        if line.is_empty() {
            bail!("{} ended early: what it said stands above", self.name);
        }
        serde_json::from_str(&line).with_context(|| format!("{} said: {line}", self.name))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.input = None;
        // It ends with its input; whether it ended well was seen in its answers.
        let _ = self.child.wait();
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<f64>> {
    let path = folder.join(format!("{name}.f64"));
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (numbers, _) = bytes.as_chunks::<8>();
    Ok(numbers.iter().map(|number| f64::from_le_bytes(*number)).collect())
}

/// Who is measured: a worker, its task, and how often it runs each time it is its turn.
pub(super) struct Turn<'a> {
    worker: &'a mut Worker,
    task: String,
    times: usize,
}

impl<'a> Turn<'a> {
    pub(super) fn new(worker: &'a mut Worker, task: impl Into<String>, times: usize) -> Self {
        Self { worker, task: task.into(), times }
    }
}

/// Runs everybody in turn, again and again, so that whatever else the machine does strikes all alike. Each has run
/// once before, for caches and compilers to be warm.
pub(super) fn alternate(turns: &mut [Turn<'_>], rounds: usize) -> Result<Vec<Sample>> {
    for turn in turns.iter_mut() {
        turn.worker.run(&turn.task)?;
    }
    let mut samples: Vec<Sample> = turns.iter().map(|_| Sample::default()).collect();
    for _ in 0..rounds {
        for (turn, sample) in turns.iter_mut().zip(&mut samples) {
            for _ in 0..turn.times {
                sample.push(&turn.worker.run(&turn.task)?)?;
            }
        }
    }
    Ok(samples)
}
