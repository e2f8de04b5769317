//! `cargo xtask run`: the server from this tree, in the development profile.

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
