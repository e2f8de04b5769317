//! Every source file says what it is for, and stays short.

use super::SourceFile;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const BROWSER_SCRIPT_LINES_MAX: usize = 100;
const XTASK_LINES_MAX: usize = 1_000;

/// Crates that compute and nothing else, and what they would need to do more.
const PURE: &[&str] =
    &["crates/calendar/src/", "crates/core/src/", "crates/proof/src/", "crates/text/src/"];
const IMPURE: &[&str] =
    &["std::fs", "std::net", "std::env", "std::process", "Instant::now", "async fn"];

/// Lints that only some crates take on, in their `lib.rs`.
const STRICTER: &[(&str, &[&str])] = &[
    (
        "crates/core/src/lib.rs",
        &["wildcard_enum_match_arm", "indexing_slicing", "float_arithmetic"],
    ),
    ("crates/store/src/lib.rs", &["wildcard_enum_match_arm"]),
    ("crates/app/src/lib.rs", &["wildcard_enum_match_arm"]),
];

/// Checks header and length of one Rust file or script.
pub(super) fn check(file: &SourceFile, found: &mut Vec<String>) {
    let path = &file.path;
    if is_script(file) {
        let mut lines = file.text.lines().skip_while(|line| line.starts_with("#!"));
        let first = lines.next().unwrap_or_default();
        if !["#", "//", "/*", "\"\"\""].iter().any(|comment| first.starts_with(comment)) {
            found.push(format!("{path}:1: starts without a comment that says what it is for"));
        }
    }
    if path.starts_with("crates/web/assets/") && path.ends_with("js") {
        at_most(path, "lines", code_lines(&file.text), BROWSER_SCRIPT_LINES_MAX, found);
    }
    for (_, lints) in STRICTER.iter().filter(|(lib, _)| lib == path) {
        for lint in lints.iter().filter(|lint| !file.text.contains(&format!("clippy::{lint}"))) {
            found.push(format!("{path}: must deny `clippy::{lint}`"));
        }
    }
    if file.has_extension("rs") {
        check_purity(file, found);
        if !file.text.starts_with("//!") {
            found.push(format!("{path}:1: starts without `//!` and what the file is for"));
        }
        at_most(path, "lines of code", code_lines(&file.text), FILE_LINES_MAX, found);
        for (line, length) in functions(&file.text) {
            let place = format!("{path}:{line}");
            at_most(&place, "lines in one function", length, FUNCTION_LINES_MAX, found);
        }
    }
}

/// A pure crate does no input or output, also in its tests beside the code.
fn check_purity(file: &SourceFile, found: &mut Vec<String>) {
    if !PURE.iter().any(|place| file.path.starts_with(place)) {
        return;
    }
    for (number, line) in file.text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for impure in IMPURE.iter().filter(|impure| code.contains(**impure)) {
            found.push(format!("{}:{}: `{impure}` in a pure crate", file.path, number + 1));
        }
    }
}

/// xtask must stay small enough to be read in one sitting; its tests do not count.
pub(super) fn check_xtask_size(files: &[SourceFile], found: &mut Vec<String>) {
    let ours = files.iter().filter(|file| file.path.starts_with("xtask/src/"));
    let without_tests = |text: &str| {
        let (code, _) = text.split_once("\n#[cfg(test)]\nmod ").unwrap_or((text, ""));
        code_lines(code)
    };
    let lines = ours.map(|file| without_tests(&file.text)).sum();
    at_most("xtask/src", "lines of code", lines, XTASK_LINES_MAX, found);
}

fn at_most(place: &str, what: &str, count: usize, max: usize, found: &mut Vec<String>) {
    if count > max {
        found.push(format!("{place}: {count} {what}, at most {max}"));
    }
}

fn is_script(file: &SourceFile) -> bool {
    file.path == ".ci/run" || ["sh", "py", "mjs", "js"].iter().any(|end| file.has_extension(end))
}

/// Lines that are neither empty nor a comment.
fn code_lines(text: &str) -> usize {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// Line number and length in lines of code of every function. Relies on rustfmt: a function ends
/// with a `}` that stands alone, as deep as its `fn`.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut functions = Vec::new();
    for (start, line) in lines.iter().enumerate().filter(|(_, line)| starts_function(line)) {
        let depth = line.len() - line.trim_start().len();
        let indent = line.get(..depth).unwrap_or_default();
        let rest = lines.get(start..).unwrap_or_default();
        let end = rest.iter().position(|line| {
            line.strip_prefix(indent).is_some_and(|line| line == "}" || is_end_without_body(line))
        });
        let body = rest.get(..=end.unwrap_or(0)).unwrap_or_default();
        functions.push((start + 1, code_lines(&body.join("\n"))));
    }
    functions
}

fn starts_function(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let qualifiers = ["pub", "const", "async", "unsafe", "extern"];
    let first = words.find(|word| {
        !qualifiers.contains(word) && !word.starts_with("pub(") && !word.starts_with('"')
    });
    first == Some("fn")
}

/// A declaration without a body, or a function on one line.
fn is_end_without_body(line: &str) -> bool {
    let closes = !line.starts_with(char::is_whitespace);
    closes && (line.ends_with(';') || (starts_function(line) && line.ends_with('}')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_function_is_its_lines_of_code() {
        let text = "\
//! Words.
trait Count {
    fn short(&self) -> u8;
    fn long(
        &self,
    ) -> u8;
}
pub(crate) async fn three() {
    // Not a line of code.

    one();
}
const fn one() {}
impl X {
    fn four(&self) -> String {
        let text = \"}\";
        text.into()
    }
}
";
        assert_eq!(functions(text), [(3, 1), (4, 3), (8, 3), (13, 1), (15, 4)]);
    }

    #[test]
    fn a_file_says_what_it_is_for_and_keeps_to_it() {
        for (path, text, good) in [
            ("crates/core/src/id.rs", "//! The process.\n", true),
            ("crates/core/src/id.rs", "use std::fmt;\n", false),
            ("crates/app/src/lib.rs", "//! Use cases.\n", false),
            (".ci/run", "#!/usr/bin/env bash\n# What CI runs.\n", true),
            (".ci/run", "#!/usr/bin/env bash\nset -e\n", false),
            ("crates/core/src/x.rs", "//! X.\nuse std::fs;\n", false),
            ("crates/core/src/x.rs", "//! X, not std::fs.\n", true),
            ("crates/store/src/x.rs", "//! X.\nuse std::fs;\n", true),
        ] {
            let mut found = Vec::new();
            check(&SourceFile { path: path.into(), text: text.into() }, &mut found);
            assert_eq!(found.is_empty(), good, "{text}");
        }
    }
}
