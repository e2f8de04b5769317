//! `cargo xtask bench`: the figures. A figure is a file or a folder in the `benches` of a crate that
//! has any, measured in the release profile; without one the verb is not offered.

use anyhow::{Result, ensure};

use crate::say;
use crate::workspace::Workspace;

/// The crates with figures.
const CRATES: [&str; 3] = ["crates/calendar", "crates/proof", "crates/server"];

/// Whether there is a figure to measure.
pub(crate) fn exists(workspace: &Workspace) -> bool {
    !figures(workspace).is_empty()
}

/// Lists the figures, or measures those named; `--all` measures each in turn. What stands after
/// `--` is for the figure itself.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    let found = figures(workspace);
    let known: Vec<String> = found.iter().map(|(_, figure)| figure.clone()).collect();
    let mut parts = arguments.splitn(2, |argument| argument == "--");
    let (arguments, own) = (parts.next().unwrap_or(&[]), parts.next().unwrap_or(&[]));
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
    for (of, figure) in found.iter().filter(|(_, figure)| wanted.contains(figure)) {
        let of = format!("{of}/Cargo.toml");
        let measure = ["bench", "--manifest-path", &of, "--bench", figure, "--"];
        good &= workspace.cargo().args(measure).args(own).status()?.success();
    }
    Ok(good)
}

fn figures(workspace: &Workspace) -> Vec<(&'static str, String)> {
    let named = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let folder = entry.path().join("main.rs").is_file().then(|| name.clone());
        folder.or_else(|| Some(name.strip_suffix(".rs")?.to_owned()))
    };
    let mut figures = Vec::new();
    for of in CRATES {
        let Ok(entries) = workspace.path(of).join("benches").read_dir() else { continue };
        figures.extend(entries.flatten().filter_map(named).map(|figure| (of, figure)));
    }
    figures.sort();
    figures
}
