//! Where the tree is and what cargo knows about it. Must not judge anything: that is `tidy`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// Folders that hold nothing written by us.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "redress-data", "test-results"];

/// The tree this xtask was compiled from.
pub(crate) struct Workspace {
    root: PathBuf,
    /// CI builds once in a fresh tree: traces for the next build would only fill the disk.
    incremental: bool,
}

impl Workspace {
    /// Finds the tree by the place of xtask's own source.
    pub(crate) fn of_this_source() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let root = root.expect("xtask lies in a folder of the workspace").to_path_buf();
        Self { root, incremental: true }
    }

    /// The same tree, built as CI builds it.
    pub(crate) fn for_ci(&self) -> Self {
        Self { root: self.root.clone(), incremental: false }
    }

    /// The path of something in the tree, given relative to its root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A command that runs at the root of the tree.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The cargo that runs us.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        if !self.incremental {
            cargo.env("CARGO_INCREMENTAL", "0");
        }
        cargo
    }

    /// What `cargo metadata` says of every package, dependencies included.
    pub(crate) fn metadata(&self) -> Result<Value> {
        let output = self.cargo().args(["metadata", "--format-version", "1"]).output()?;
        ensure!(
            output.status.success(),
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).context("cargo metadata wrote no JSON")
    }

    /// Where cargo builds; honours `CARGO_TARGET_DIR`.
    pub(crate) fn target_directory(&self) -> Result<PathBuf> {
        let output =
            self.cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let target = metadata["target_directory"].as_str();
        Ok(PathBuf::from(target.context("cargo metadata names no target directory")?))
    }

    /// Every file of the tree, as sorted paths relative to its root with `/` between the parts.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut files = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let entries =
                folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
            for entry in entries {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    if !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                        folders.push(entry.path());
                    }
                } else if let Some(path) = entry.path().strip_prefix(&self.root)?.to_str() {
                    files.push(path.to_owned());
                }
            }
        }
        files.sort();
        Ok(files)
    }
}
