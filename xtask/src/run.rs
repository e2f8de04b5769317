//! `cargo xtask run`: the server from this tree, in the development profile; `cargo xtask sim`: the
//! simulation by seeds, which is a test of `redress-app`.

use anyhow::Result;

use crate::workspace::Workspace;

/// Passes every argument to `redress`; without any, runs `redress demo`.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    let mut command = workspace.cargo();
    command.args(["run", "--package", "redress", "--"]);
    if arguments.is_empty() {
        command.arg("demo");
    }
    Ok(command.args(arguments).status()?.success())
}

/// Hands `--seed N`, `--seeds A..B` and `--steps N` on.
pub(crate) fn simulation(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--package", "redress-app", "--test", "it", "--"]);
    cargo.args(["--exact", "sim::the_seeds_hold", "--nocapture"]);
    Ok(cargo.env("REDRESS_SIM", arguments.join(" ")).status()?.success())
}
