//! Packages: licences, sources, the lock file's size, lints inherited, reasons written down.

use serde_json::Value;

use super::{SourceFile, required};

/// Licences that ask for no more than a notice. Another one needs a decision record.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Every package more is built by everybody, for ever.
const LOCKED_PACKAGES_MAX: usize = 420;
/// C libraries that take minutes and tools to build; `ring` does their work.
const UNWANTED: &[&str] = &["aws-lc-sys", "aws-lc-rs", "openssl", "openssl-sys", "native-tls"];

const REASONS: &str = "docs/decisions/0007-dependencies.md";

/// Every package has a permissive licence and comes from crates.io or from this tree.
pub(super) fn check_licences(metadata: &Value, found: &mut Vec<String>) {
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_permissive(licence) {
            found.push(format!("Cargo.lock: `{name}` has licence `{licence}`"));
        }
        match package["source"].as_str() {
            None | Some(CRATES_IO) => {}
            Some(source) => found.push(format!("Cargo.lock: `{name}` comes from {source}")),
        }
    }
}

/// The lock file stays under its ceiling and free of what must not come back.
pub(super) fn check_lock(files: &[SourceFile], found: &mut Vec<String>) {
    let lock = required(files, "Cargo.lock", found);
    let packages = lock.lines().filter(|line| *line == "[[package]]").count();
    if packages > LOCKED_PACKAGES_MAX {
        found.push(format!("Cargo.lock: {packages} packages, at most {LOCKED_PACKAGES_MAX}"));
    }
    for name in UNWANTED.iter().filter(|name| lock.contains(&format!("name = \"{name}\""))) {
        found.push(format!("Cargo.lock: `{name}` must not be used"));
    }
}

/// Every crate inherits the lints; every dependency of the workspace has its reason.
pub(super) fn check_manifests(files: &[SourceFile], found: &mut Vec<String>) {
    for file in files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        if !file.text.contains("[lints]\nworkspace = true") {
            found.push(format!("{}: does not inherit the workspace's lints", file.path));
        }
    }
    let reasons = required(files, REASONS, found);
    for name in dependencies(required(files, "Cargo.toml", found)) {
        if !reasons.contains(&format!("`{name}`")) {
            found.push(format!("{REASONS}: no reason for `{name}`"));
        }
    }
}

/// A crate's own `clippy.toml` hides the root's, so it must repeat all of it.
pub(super) fn check_lint_copies(files: &[SourceFile], found: &mut Vec<String>) {
    let root = required(files, "clippy.toml", found);
    for file in files.iter().filter(|file| file.path.ends_with("/clippy.toml")) {
        let missing = root.lines().filter(|line| !line.starts_with('#'));
        for line in missing.filter(|line| !file.text.lines().any(|copy| copy == *line)) {
            found.push(format!("{}: lacks the root's line `{line}`", file.path));
        }
    }
}

/// Names in `[workspace.dependencies]` that are not our own crates.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.lines().skip_while(|line| *line != "[workspace.dependencies]").skip(1);
    section
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| Some(line.split_once(" = ")?.0.trim()))
        .filter(|name| !name.starts_with("redress-") && !name.starts_with('#'))
}

/// Whether an SPDX expression (or its old form with `/`) offers a choice we accept.
fn is_permissive(expression: &str) -> bool {
    let alternatives = split_outside_brackets(&expression.replace('/', " OR "), " OR ");
    alternatives.iter().any(|alternative| {
        let parts = split_outside_brackets(alternative, " AND ");
        parts.iter().all(|part| match part.trim().strip_prefix('(') {
            Some(inner) => is_permissive(inner.trim_end_matches(')')),
            None => LICENCES.contains(&part.trim()),
        })
    })
}

/// Splits at a separator, but not inside brackets.
fn split_outside_brackets(expression: &str, separator: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open = 0;
    for piece in expression.split(separator) {
        match parts.last_mut() {
            Some(last) if open > 0 => *last = format!("{last}{separator}{piece}"),
            _ => parts.push(piece.to_owned()),
        }
        open += piece.matches('(').count();
        open -= piece.matches(')').count().min(open);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_good_if_one_choice_is_wholly_permissive() {
        for (expression, good) in [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 WITH LLVM-exception OR MIT", true),
            ("MIT OR Apache-2.0 OR LGPL-2.1-or-later", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR GPL-3.0-only) AND GPL-2.0-only", false),
            ("Apache-2.0 AND GPL-2.0-only", false),
            ("GPL-3.0-only", false),
            ("", false),
        ] {
            assert_eq!(is_permissive(expression), good, "{expression}");
        }
    }

    #[test]
    fn a_copy_of_the_lints_repeats_every_line() {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let mut found = Vec::new();
        let files =
            [file("clippy.toml", "# why\na = 1\nb = 2\n"), file("x/clippy.toml", "a = 1\n")];
        check_lint_copies(&files, &mut found);
        assert_eq!(found, ["x/clippy.toml: lacks the root's line `b = 2`"]);
    }

    #[test]
    fn dependencies_are_read_from_their_section_only() {
        let manifest = "[package]\nname = \"x\"\n[workspace.dependencies]\nredress-a = { path = \"a\" }\n\ncsv = \"1\"\n[profile.dev]\ndebug = 1\n";
        assert_eq!(dependencies(manifest).collect::<Vec<_>>(), ["csv"]);
    }
}
