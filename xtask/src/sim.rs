//! `cargo xtask sim`: the simulation by seeds, which is a test of `redress-app`.

use anyhow::Result;

use crate::workspace::Workspace;

/// Hands `--seed N`, `--seeds A..B` and `--steps N` on.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--package", "redress-app", "--test", "it", "--"]);
    cargo.args(["--exact", "sim::the_seeds_hold", "--nocapture"]);
    Ok(cargo.env("REDRESS_SIM", arguments.join(" ")).status()?.success())
}
