//! `cargo xtask ci`: exactly what CI runs. Every stage runs even after one failed, so that one run
//! tells everything.

use anyhow::Result;

use crate::stage::{Counting, Stages};
use crate::workspace::Workspace;
use crate::{no_more, test, tidy};

/// Format, lints, tests, documentation, tidy; the budgets sum to less than an hour.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    no_more(arguments)?;
    let workspace = &workspace.for_ci();
    let mut stages = Stages::default();
    let cargo = |arguments: &[&str]| {
        let mut command = workspace.cargo();
        command.args(arguments);
        command
    };
    let whole = Counting::Whole;
    stages.run("format", 20, whole, &mut cargo(&["fmt", "--all", "--", "--check"]))?;
    stages.check("tidy", 60, || tidy::verb(workspace, &[]))?;
    // Warnings are denied here and not by RUSTFLAGS, which would rebuild every dependency.
    let mut lints =
        cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    stages.run("lints", 600, whole, &mut lints)?;
    test::add(workspace, &mut stages)?;
    let mut pages = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    stages.run("documentation", 300, whole, pages.env("RUSTDOCFLAGS", "-D warnings"))?;
    stages.close()
}
