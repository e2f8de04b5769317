//! Stages: run one command, take its time against a budget, count what passed and failed.
//! Must not decide what is run.

use std::io::{BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::say;

/// Tests that passed and failed; a stage that fails without a failed test counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// How a stage's output tells its count.
#[derive(Clone, Copy)]
pub(crate) enum Counting {
    /// It has no tests: it passes or fails as a whole.
    Whole,
    /// Lines on standard output: `cargo test`, or the TAP of `node --test`.
    Stdout,
    /// Lines on standard error: `cargo nextest`.
    Stderr,
}

/// Stages of one run, in order, with their times.
#[derive(Default)]
pub(crate) struct Stages {
    rows: Vec<(String, Duration, Duration, bool)>,
    count: Count,
}

impl Stages {
    /// Runs one command as a stage with a budget in seconds; its output passes through.
    pub(crate) fn run(
        &mut self,
        name: &str,
        budget_seconds: u64,
        counting: Counting,
        command: &mut Command,
    ) -> Result<()> {
        say(&format!("── {name}"))?;
        let start = Instant::now();
        let (good, count) = run_counting(command, counting)?;
        self.note(name, start.elapsed(), budget_seconds, good, count);
        Ok(())
    }

    /// Runs a check of our own as a stage.
    pub(crate) fn check(
        &mut self,
        name: &str,
        budget_seconds: u64,
        check: impl FnOnce() -> Result<bool>,
    ) -> Result<()> {
        say(&format!("── {name}"))?;
        let start = Instant::now();
        let good = check()?;
        self.note(name, start.elapsed(), budget_seconds, good, Count::default());
        Ok(())
    }

    fn note(&mut self, name: &str, used: Duration, budget: u64, good: bool, mut count: Count) {
        if !good && count.failed == 0 {
            count.failed = 1; // It did not compile, or broke before it could tell.
        }
        self.count.add(count);
        self.rows.push((name.to_owned(), used, Duration::from_secs(budget), good));
    }

    /// Prints the table of budgets and the closing line; true if everything passed.
    pub(crate) fn close(self) -> Result<bool> {
        say("── seconds used / budget")?;
        for (name, used, budget, good) in &self.rows {
            let over = if used > budget { "  over budget" } else { "" };
            let word = if *good { "ok" } else { "FAILED" };
            let (used, budget) = (used.as_secs_f64(), budget.as_secs());
            say(&format!("{name:28} {used:7.1} / {budget:4}  {word}{over}"))?;
        }
        say(&format!("{} passed, {} failed", self.count.passed, self.count.failed))?;
        Ok(self.count.failed == 0)
    }
}

fn run_counting(command: &mut Command, counting: Counting) -> Result<(bool, Count)> {
    command.stdin(Stdio::null()).env("CARGO_TERM_COLOR", "never");
    let program = format!("cannot run {}", command.get_program().display());
    let mut count = Count::default();
    let mut child = match counting {
        Counting::Whole => command,
        Counting::Stdout => command.stdout(Stdio::piped()),
        Counting::Stderr => command.stderr(Stdio::piped()),
    }
    .spawn()
    .context(program)?;
    if let Some(stdout) = child.stdout.take() {
        follow(BufReader::new(stdout), &mut count)?;
    }
    if let Some(stderr) = child.stderr.take() {
        follow(BufReader::new(stderr), &mut count)?;
    }
    Ok((child.wait()?.success(), count))
}

/// Passes every line on and adds up those that tell a count.
fn follow(reader: impl std::io::BufRead, count: &mut Count) -> Result<()> {
    for line in reader.split(b'\n') {
        let line = line?;
        count.add(count_in(&String::from_utf8_lossy(&line)));
        let mut out = std::io::stdout().lock();
        out.write_all(&line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The count one line of a test runner's output tells, if it tells any.
fn count_in(line: &str) -> Count {
    let line = line.trim();
    let number_before = |word: &str| {
        let before = line.split(word).next().filter(|before| before.len() < line.len())?;
        before.split_whitespace().next_back()?.parse::<u64>().ok()
    };
    let number_after = |word: &str| line.strip_prefix(word)?.trim().parse::<u64>().ok();
    if line.starts_with("test result:") || line.starts_with("Summary [") {
        let timed_out = number_before(" timed out").unwrap_or(0);
        let failed = number_before(" failed").unwrap_or(0) + timed_out;
        Count { passed: number_before(" passed").unwrap_or(0), failed }
    } else {
        let passed = number_after("# pass ").unwrap_or(0);
        Count { passed, failed: number_after("# fail ").unwrap_or(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runner_tells_its_count_in_one_line() {
        for (line, passed, failed) in [
            ("test result: ok. 3 passed; 0 failed; 1 ignored; finished in 0.1s", 3, 0),
            ("test result: FAILED. 2 passed; 1 failed; 0 ignored", 2, 1),
            ("     Summary [   0.005s] 5 tests run: 5 passed, 0 skipped", 5, 0),
            ("     Summary [   1.2s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out", 6, 3),
            ("# pass 12", 12, 0),
            ("# fail 2", 0, 2),
            ("a page says that 7 passed, 1 failed", 0, 0),
        ] {
            assert_eq!(count_in(line), Count { passed, failed }, "{line}");
        }
    }

    #[test]
    fn a_stage_that_did_not_compile_is_one_failure() {
        let mut stages = Stages::default();
        stages.note("unit tests", Duration::ZERO, 1, false, Count::default());
        stages.note("journeys", Duration::ZERO, 1, false, Count { passed: 4, failed: 0 });
        stages.note("format", Duration::ZERO, 1, true, Count::default());
        assert_eq!(stages.count, Count { passed: 4, failed: 2 });
    }
}
