//! Words that must not be names, and strings that must not be in the tree.

use super::SourceFile;

/// Says nothing about what is inside; see `STYLE.md`, "Names".
const EMPTY_WORDS: &[&str] = &[
    "manager", "managers", "helper", "helpers", "util", "utils", "service", "services", "data",
    "info",
];

/// Places of one machine, in pieces so that this file does not contain them.
const MACHINE_PLACES: &[&[&str]] =
    &[&["/wo", "rk/"], &["sha", "red/"], &["/ro", "ot/"], &["/tmp/", "bash"]];

/// Checks the names of modules: Rust files and folders under `src`.
pub(super) fn check_name(path: &str, found: &mut Vec<String>) {
    let Some(stem) = path.strip_suffix(".rs") else { return };
    let Some((_, below_src)) = stem.split_once("/src/") else { return };
    for part in below_src.split('/') {
        if part.split(['_', '-']).any(|word| EMPTY_WORDS.contains(&word)) {
            found.push(format!("{path}: `{part}` says nothing; name it by what it holds"));
        }
    }
}

/// Checks that no text names a place of the machine it was written on.
pub(super) fn check_text(file: &SourceFile, found: &mut Vec<String>) {
    for (number, line) in file.text.lines().enumerate() {
        for place in MACHINE_PLACES {
            let place = place.concat();
            if starts_a_path(line, &place) {
                found.push(format!("{}:{}: names `{place}`", file.path, number + 1));
            }
        }
    }
}

/// Whether `place` stands in the line as the start of a path, not as a part of a longer one.
fn starts_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || "}/._-".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_it_holds() {
        for (path, good) in [
            ("crates/core/src/complaint/event.rs", true),
            ("crates/core/src/utils.rs", false),
            ("crates/core/src/mail_service/mod.rs", false),
            ("crates/calendar/data/vn.csv", true),
            ("crates/core/src/database.rs", true),
            ("crates/calendar/tests/shipped_data.rs", true),
        ] {
            let mut found = Vec::new();
            check_name(path, &mut found);
            assert_eq!(found.is_empty(), good, "{path}");
        }
    }

    #[test]
    fn a_place_counts_only_at_the_start_of_a_path() {
        assert!(starts_a_path("see `/srv/x/file`", "/srv/"));
        assert!(starts_a_path("/srv/", "/srv/"));
        assert!(!starts_a_path("GET /desk/srv/1", "/srv/"));
    }
}
