//! `redress policy test`: the rows of the pack's own `tests/`, and every message rendered with
//! samples in every language; exit 1 if one fails.
//! Must not know what a row means.

use std::path::PathBuf;

use redress_app::render_samples;
use redress_core::policy::{MESSAGES, Pack, TestOutcome, message_path, run_tests};
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
        let mut outcomes = run_tests(&pack, &pack.files);
        outcomes.extend(messages(&pack));
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
            output.line(format_args!("{policy}: {passed} passed, {failed} failed"))?;
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

/// One outcome for each message: it renders with full and with bare samples in every language.
fn messages(pack: &Pack) -> Vec<TestOutcome> {
    let (_, faults) = render_samples(pack);
    let outcome = |message: &str| {
        let fault = faults.iter().find(|fault| fault.message == message);
        let lang =
            fault.map_or_else(|| pack.policy.languages.first().copied(), |fault| Some(fault.lang));
        TestOutcome {
            file: lang.map(|lang| message_path(message, lang)).unwrap_or_default(),
            line: 1,
            name: format!("message `{message}` renders in every language"),
            failure: fault.map(|fault| fault.fault.clone()),
        }
    };
    MESSAGES.iter().map(|message| outcome(message)).collect()
}

fn row(outcome: &TestOutcome) -> Row<'_> {
    let TestOutcome { file, line, name, failure } = outcome;
    let passed = outcome.passed();
    Row { file, line: *line, name, passed, failure: failure.as_deref() }
}
