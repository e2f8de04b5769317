//! `cargo xtask bench`: the figures. A figure is a file or a folder in `crates/server/benches`,
//! measured in the release profile; without one the verb is not offered.

use anyhow::{Result, ensure};

use crate::say;
use crate::workspace::Workspace;

const FIGURES: &str = "crates/server/benches";

/// Whether there is a figure to measure.
pub(crate) fn exists(workspace: &Workspace) -> bool {
    !figures(workspace).is_empty()
}

/// Lists the figures, or measures those named; `--all` measures each in turn.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    let known = figures(workspace);
    let wanted = match arguments {
        [all] if all == "--all" => known.clone(),
        named => named.to_vec(),
    };
    for figure in &wanted {
        ensure!(known.contains(figure), "no figure `{figure}`; there are: {}", known.join(", "));
    }
    if wanted.is_empty() {
        say(&format!("figures: {}", known.join(", ")))?;
    }
    let mut good = true;
    for figure in wanted {
        let mut command = workspace.cargo();
        good &= command.args(["bench", "-p", "redress", "--bench", &figure]).status()?.success();
    }
    Ok(good)
}

fn figures(workspace: &Workspace) -> Vec<String> {
    let Ok(entries) = workspace.path(FIGURES).read_dir() else { return Vec::new() };
    let named = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let folder = entry.path().join("main.rs").is_file().then(|| name.clone());
        folder.or_else(|| Some(name.strip_suffix(".rs")?.to_owned()))
    };
    let mut figures: Vec<String> = entries.flatten().filter_map(named).collect();
    figures.sort();
    figures
}
