//! The rules of the house that no compiler checks. Reads every file once; changes none.

mod documents;
mod edges;
mod names;
mod packages;
mod sources;

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;
use crate::{no_more, say};

/// One text file of the tree; `path` is relative to its root.
struct SourceFile {
    path: String,
    text: String,
}

impl SourceFile {
    /// Whether the file's name ends in a dot and this.
    fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }
}

/// `cargo xtask tidy`: prints each problem as `path:line: what`; false if there is one.
pub(crate) fn verb(workspace: &Workspace, arguments: &[String]) -> Result<bool> {
    no_more(arguments)?;
    let found = problems(workspace)?;
    for problem in &found {
        say(problem)?;
    }
    say(&format!("tidy: {} problems", found.len()))?;
    Ok(found.is_empty())
}

/// Every problem of the tree, in the order of the files.
fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let paths = workspace.files()?;
    let mut found = Vec::new();
    let mut files = Vec::new();
    for path in &paths {
        names::check_name(path, &mut found);
        let bytes = std::fs::read(workspace.path(path)).with_context(|| path.clone())?;
        // Pictures and other bytes have no lines to check.
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(SourceFile { path: path.clone(), text });
        }
    }
    for file in &files {
        names::check_text(file, &mut found);
        sources::check(file, &mut found);
        documents::check(file, &mut found);
    }
    sources::check_xtask_size(&files, &mut found);
    documents::check_numbers(&paths, &mut found);
    documents::check_mentions(&files, &mut found);
    documents::check_code_map(&files, &mut found);
    packages::check_manifests(&files, &mut found);
    packages::check_lint_copies(&files, &mut found);
    packages::check_lock(&files, &mut found);
    let metadata = workspace.metadata()?;
    edges::check(&metadata, &mut found);
    packages::check_licences(&metadata, &mut found);
    Ok(found)
}

/// The text of a file that must exist; its absence is a problem.
fn required<'a>(files: &'a [SourceFile], path: &str, found: &mut Vec<String>) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    if file.is_none() {
        found.push(format!("{path}: is missing"));
    }
    file.map_or("", |file| &file.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let found = problems(&Workspace::of_this_source()).expect("the tree can be read");
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
