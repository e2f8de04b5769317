//! Documents: lengths, numbers of decision records, one sentence a line, the code map.

use super::{SourceFile, required};

/// A document or a folder of documents, and its lines at most.
const LENGTHS: &[(&str, usize)] =
    &[("ARCHITECTURE.md", 250), ("docs/decisions/", 40), ("docs/how-to/", 60)];

const DECISIONS: &str = "docs/decisions/";

/// Checks one Markdown file.
pub(super) fn check(file: &SourceFile, found: &mut Vec<String>) {
    let path = &file.path;
    if !file.has_extension("md") {
        return;
    }
    let lines = file.text.lines().count();
    for (_, max) in LENGTHS.iter().filter(|(place, max)| path.starts_with(place) && lines > *max) {
        found.push(format!("{path}: {lines} lines, at most {max}"));
    }
    let mut in_code = false;
    for (number, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code && !line.starts_with('|') && has_second_sentence(line) {
            found.push(format!("{path}:{}: a second sentence on one line", number + 1));
        }
    }
}

/// A document named in backticks, in prose or in a comment, exists.
pub(super) fn check_mentions(files: &[SourceFile], found: &mut Vec<String>) {
    for file in files {
        let (prose, rust) = (file.has_extension("md"), file.has_extension("rs"));
        for (number, line) in file.text.lines().enumerate() {
            if !(prose || rust && line.trim_start().starts_with("//")) {
                continue;
            }
            let quoted = line.split('`').skip(1).step_by(2);
            for name in quoted.filter(|name| is_document(name)) {
                let tail = format!("/{name}");
                if !files.iter().any(|file| file.path == name || file.path.ends_with(&tail)) {
                    let place = format!("{}:{}", file.path, number + 1);
                    found.push(format!("{place}: `{name}` does not exist"));
                }
            }
        }
    }
}

fn is_document(name: &str) -> bool {
    !name.contains(' ') && name.rsplit_once('.').is_some_and(|(_, end)| end == "md")
}

/// Decision records are numbered without gaps from 0001.
pub(super) fn check_numbers(paths: &[String], found: &mut Vec<String>) {
    let records = paths.iter().filter_map(|path| path.strip_prefix(DECISIONS));
    for (index, record) in records.enumerate() {
        let wanted = format!("{:04}-", index + 1);
        if !record.starts_with(&wanted) {
            found.push(format!("{DECISIONS}{record}: the next number is {wanted}"));
        }
    }
}

/// The code map names every crate there is, and no other.
pub(super) fn check_code_map(files: &[SourceFile], found: &mut Vec<String>) {
    let map = required(files, "ARCHITECTURE.md", found);
    let folder = |file: &SourceFile| {
        let rest = file.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        Some(format!("`crates/{rest}`"))
    };
    let crates: Vec<String> = files.iter().filter_map(folder).collect();
    for name in crates.iter().filter(|name| !map.contains(name.as_str())) {
        found.push(format!("ARCHITECTURE.md: the code map does not name {name}"));
    }
    for heading in map.lines().filter_map(|line| line.strip_prefix("### `crates/")) {
        let name = format!("`crates/{}`", heading.split('`').next().unwrap_or_default());
        if !crates.contains(&name) {
            found.push(format!("ARCHITECTURE.md: {name} does not exist"));
        }
    }
}

/// Whether a sentence ends before the end of the line and another begins after it. Inline code and
/// the numbers of lists do not count.
fn has_second_sentence(line: &str) -> bool {
    let words: String =
        line.split('`').enumerate().map(|(i, part)| if i % 2 == 0 { part } else { "x" }).collect();
    let letters: Vec<char> = words.chars().collect();
    letters.windows(4).any(|window| match window {
        [last, mark, ' ', first] => {
            (last.is_lowercase() || ")\"”*".contains(*last))
                && ".!?".contains(*mark)
                && first.is_uppercase()
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_stands_on_one_line() {
        for (line, good) in [
            ("A complaint has a clock.", true),
            ("A complaint has a clock. It never pauses.", false),
            ("Mỗi khiếu nại có thời hạn. Đồng hồ không dừng.", false),
            ("1. Open `event.rs`.", true),
            ("Run `a. B` and look.", true),
            ("See art. 31 of the law.", true),
            ("(It is stored.) Then it is read.", true),
            ("It is stored (with its proof). Then it is read.", false),
        ] {
            assert_eq!(!has_second_sentence(line), good, "{line}");
        }
    }

    #[test]
    fn a_document_that_is_named_exists() {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let mut found = Vec::new();
        let files = [
            file("docs/reference/words.md", "See `words.md`, `docs/reference/words.md`.\n"),
            file("crates/x/src/lib.rs", "//! See\n//! `plan.md`.\n"),
        ];
        check_mentions(&files, &mut found);
        assert_eq!(found, ["crates/x/src/lib.rs:2: `plan.md` does not exist"]);
    }

    #[test]
    fn decision_records_are_numbered_without_gaps() {
        let mut found = Vec::new();
        let paths = ["docs/decisions/0001-a.md", "docs/decisions/0003-c.md"].map(String::from);
        check_numbers(&paths, &mut found);
        assert_eq!(found, ["docs/decisions/0003-c.md: the next number is 0002-"]);
    }
}
