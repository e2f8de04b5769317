//! `cargo xtask e2e`: browser journeys, the files `e2e/journeys/*.test.mjs`, by Node's own runner.
//! Without a journey the verb is not offered, and `test` needs neither Node nor a browser.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::stage::{Counting, Stages};
use crate::workspace::Workspace;
use crate::{needs, test};

const JOURNEYS: &str = "e2e/journeys";
const BUDGET_SECONDS: u64 = 900;

/// Whether there is a journey to run.
pub(crate) fn exist(workspace: &Workspace) -> bool {
    !journeys(workspace).is_empty()
}

/// Runs all journeys, or those named by the start of their file name.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    if arguments.first().is_some_and(|flag| flag == "--long") {
        return test::long(workspace, &arguments[1..]);
    }
    let mut stages = Stages::default();
    stages.check("set-up", 300, || needs::set_up(workspace))?;
    run(workspace, &mut stages, arguments)?;
    stages.close()
}

/// Builds the server and adds the journeys as a stage.
pub(crate) fn run(workspace: &Workspace, stages: &mut Stages, wanted: &[String]) -> Result<()> {
    let mut all = journeys(workspace);
    all.retain(|path| wanted.is_empty() || wanted.iter().any(|name| starts_with(path, name)));
    ensure!(!all.is_empty(), "no journey of that name in {JOURNEYS}");
    let mut build = workspace.cargo();
    stages.run("server", 300, Counting::Whole, build.args(["build", "--package", "redress"]))?;
    let server = workspace.target_directory()?.join("debug/redress");
    let mut node: Command = workspace.command("node");
    node.args(["--test", "--test-reporter=tap"]).args(all).env("REDRESS_BIN", server);
    stages.run("journeys", BUDGET_SECONDS, Counting::Stdout, &mut node)
}

fn starts_with(path: &str, name: &str) -> bool {
    path.rsplit('/').next().is_some_and(|file| file.starts_with(name))
}

fn journeys(workspace: &Workspace) -> Vec<String> {
    let Ok(entries) = workspace.path(JOURNEYS).read_dir() else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut journeys: Vec<String> = names
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("{JOURNEYS}/{name}"))
        .collect();
    journeys.sort();
    journeys
}
