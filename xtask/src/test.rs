//! `cargo xtask test`: sets up what the tests need and runs them all.

use anyhow::Result;

use crate::stage::{Counting, Stages};
use crate::workspace::Workspace;
use crate::{journeys, needs, no_more};

/// Runs every test; `--list-needs` only prints the packages they need.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    if let [flag] = arguments
        && flag == "--list-needs"
    {
        needs::list(workspace)?;
        return Ok(true);
    }
    no_more(arguments)?;
    let mut stages = Stages::default();
    add(workspace, &mut stages)?;
    stages.close()
}

/// Adds set-up, tests, documentation tests and, where there are any, browser journeys.
pub(crate) fn add(workspace: &Workspace, stages: &mut Stages) -> Result<()> {
    stages.check("set-up", 300, || needs::set_up(workspace))?;
    let nextest = workspace.cargo().args(["nextest", "--version"]).output();
    let mut tests = workspace.cargo();
    tests.env("REDRESS_TEST_VENV", needs::venv(workspace)?);
    if nextest.is_ok_and(|output| output.status.success()) {
        tests.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]);
        stages.run("tests", 1500, Counting::Stderr, &mut tests)?;
    } else {
        tests.args(["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]);
        stages.run("tests", 1500, Counting::Stdout, &mut tests)?;
    }
    let mut examples = workspace.cargo();
    examples.args(["test", "--workspace", "--doc"]);
    stages.run("documentation tests", 300, Counting::Stdout, &mut examples)?;
    if journeys::exist(workspace) {
        journeys::run(workspace, stages, &[])?;
    }
    Ok(())
}

/// Runs the tests in modules called `long`, which run short among all others, at their whole length:
/// all, or those named; `full` is `long::full`. Some need root, and say so by failing.
pub(crate) fn long(workspace: &Workspace, wanted: &[String]) -> Result<bool> {
    let mut stages = Stages::default();
    stages.check("set-up", 300, || needs::set_up(workspace))?;
    let mut tests = workspace.cargo();
    tests.env("REDRESS_LONG", "1").env("REDRESS_TEST_VENV", needs::venv(workspace)?);
    tests.args(["test", "--workspace", "--tests", "--no-fail-fast", "--", "--nocapture"]);
    let wanted = if wanted.is_empty() { &[String::new()] } else { wanted };
    tests.args(wanted.iter().map(|name| format!("long::{name}")));
    stages.run("long tests", 18_000, Counting::Stdout, &mut tests)?;
    stages.close()
}
