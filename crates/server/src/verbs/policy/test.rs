//! `redress policy test`: the rows of the pack's own `tests/`; exit 1 if one fails.
//! Must not know what a row means.

use std::path::PathBuf;

use redress_core::policy::{TestOutcome, run_tests};
use serde::Serialize;

use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;
use crate::pack;

/// Arguments of `policy test`.
#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// The folder of the policy.
    dir: PathBuf,
}

#[derive(Serialize)]
struct Row<'o> {
    file: &'o str,
    line: usize,
    name: &'o str,
    passed: bool,
    failure: Option<&'o str>,
}

#[derive(Serialize)]
struct Answer<'o> {
    policy: String,
    passed: usize,
    failed: usize,
    tests: Vec<Row<'o>>,
}

impl Test {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let pack = pack::checked(&self.dir, SystemClock.today())?;
        let outcomes = run_tests(&pack, &pack.files);
        let failed = outcomes.iter().filter(|outcome| !outcome.passed()).count();
        let passed = outcomes.len() - failed;
        let policy = pack.policy.name();
        if output.is_json() {
            let tests = outcomes.iter().map(row).collect();
            output.json(&Answer { policy, passed, failed, tests })?;
        } else {
            for outcome in &outcomes {
                self.say(outcome, output)?;
            }
            if outcomes.is_empty() {
                output.line(format_args!("{policy} has no tests; add rows to tests/*.toml"))?;
            } else {
                output.line(format_args!("{policy}: {passed} passed, {failed} failed"))?;
            }
        }
        Ok(if failed == 0 { Exit::Done } else { Exit::No })
    }

    fn say(&self, outcome: &TestOutcome, output: &mut Output) -> Result<(), Fault> {
        let TestOutcome { file, line, name, failure } = outcome;
        let file = self.dir.join(file);
        let place = file.display();
        match failure {
            None => output.line(format_args!("ok      {place}:{line}: {name}")),
            Some(failure) => {
                output.line(format_args!("FAILED  {place}:{line}: {name}\n        {failure}"))
            }
        }
    }
}

fn row(outcome: &TestOutcome) -> Row<'_> {
    let TestOutcome { file, line, name, failure } = outcome;
    let passed = outcome.passed();
    Row { file, line: *line, name, passed, failure: failure.as_deref() }
}
