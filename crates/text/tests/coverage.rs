//! The texts are complete: every id in every language, every id that a page uses, no stray Latin.
//! Must not test how pages look.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use redress_core::kinds::{About, As, ChannelKind, Kind, Lang, Relation, Role, Severity};
use redress_text::{ComplaintState, PromiseState, Spoken, Step, ids, say, t};

/// Words that Lao keeps in Latin letters: marks, units, codes and names of languages.
const LATIN_IN_LAO: &[&str] = &[
    "English", "Viber", "Zalo", "SMS", "kB", "MB", "KN", "PDF", "QR", "Tiếng", "Việt", "Redress",
    "JPEG", "PNG",
];

fn known(lang: Lang) -> BTreeMap<String, Vec<String>> {
    ids(lang).into_iter().collect()
}

#[test]
fn every_text_stands_in_all_three_languages_with_the_same_variables() {
    let vi = known(Lang::Vi);
    let mut problems = vec![];
    for lang in [Lang::En, Lang::Lo] {
        let other = known(lang);
        for (id, variables) in &vi {
            match other.get(id) {
                None => problems.push(format!("`{id}` is missing in {lang}")),
                Some(found) if found != variables => {
                    problems.push(format!("`{id}` has {found:?} in {lang}, {variables:?} in vi"));
                }
                Some(_) => {}
            }
        }
        problems.extend(
            other.keys().filter(|id| !vi.contains_key(*id)).map(|id| format!("`{id}` only {lang}")),
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_text_stands_twice_and_every_file_parses() {
    for lang in Lang::ALL.iter().copied() {
        let all = ids(lang);
        let unique: BTreeSet<_> = all.iter().map(|(id, _)| id).collect();
        assert_eq!(unique.len(), all.len(), "an id stands twice in {lang}");
        for (id, _) in &all {
            assert_ne!(&t(lang, id), id, "`{id}` does not parse in {lang}");
        }
    }
}

#[test]
fn every_value_of_a_vocabulary_has_a_word() {
    fn check<W: Spoken>() {
        for lang in Lang::ALL.iter().copied() {
            for value in W::VALUES.iter().copied() {
                let word = say(lang, value);
                assert!(!word.starts_with(W::GROUP) || !word.contains('-'), "{word} in {lang}");
            }
        }
    }
    check::<Lang>();
    check::<Kind>();
    check::<About>();
    check::<Severity>();
    check::<ChannelKind>();
    check::<As>();
    check::<Relation>();
    check::<Role>();
    check::<ComplaintState>();
    check::<PromiseState>();
    check::<Step>();
}

#[test]
fn every_text_that_a_page_names_exists() {
    let known = known(Lang::Vi);
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web");
    let mut files = vec![];
    for folder in ["src", "templates", "examples"] {
        collect(&web.join(folder), &mut files);
    }
    let mut problems = vec![];
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a source file is readable text");
        for id in used_ids(&source) {
            if !known.contains_key(id) {
                problems.push(format!("`{id}` in {}", file.display()));
            }
        }
    }
    assert!(problems.is_empty(), "unknown texts:\n{}", problems.join("\n"));
}

#[test]
fn lao_texts_hold_no_latin_words() {
    let mut problems = vec![];
    for (id, variables) in ids(Lang::Lo) {
        let mut text = t(Lang::Lo, &id);
        for name in variables {
            text = text.replace(&format!("{{${name}}}"), " ");
        }
        for word in text.split(|letter: char| !letter.is_alphabetic()) {
            let latin = word.chars().any(|letter| letter < '\u{0E80}' && letter.is_alphabetic());
            if latin && !LATIN_IN_LAO.contains(&word) {
                problems.push(format!("`{word}` in {id}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_number_never_leaves_its_unit() {
    for lang in Lang::ALL.iter().copied() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang.as_str());
        let source = std::fs::read_to_string(folder.join("format.ftl")).expect("the file is there");
        assert!(!source.contains("{ $n } "), "a breaking space after a number in {lang}");
    }
}

#[test]
fn the_scanner_sees_what_pages_write() {
    let source = r#"{{ w.t("a-b") }} {{ w.t1("c", "n", x) }} t(lang, "d-e"); t_args(lang, "f", &[])
        start("no"); t(lang, &format!("g-{x}")); { t("h") } self.t1(id, "n", x)"#;
    assert_eq!(used_ids(source), ["a-b", "c", "d-e", "f", "h"]);
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "html") {
            files.push(path);
        }
    }
}

/// The literal ids in calls of `t`, `t1`, `t2` and `t_args`; ids put together are not seen.
fn used_ids(source: &str) -> Vec<&str> {
    let mut found = vec![];
    for (start, _) in source.match_indices('(') {
        let (before, after) = (&source[..start], &source[start + 1..]);
        let name_at = before
            .rfind(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let name = &before[name_at..];
        if !["t", "t1", "t2", "t_args"].contains(&name) {
            continue;
        }
        let Some((gap, literal)) = after.split_once('"') else { continue };
        let simple = |letter: char| {
            letter.is_ascii_alphanumeric() || letter.is_whitespace() || "_.&*:,".contains(letter)
        };
        let needs_id_first = name == "t1" || name == "t2";
        if !gap.chars().all(simple) || (needs_id_first && !gap.trim().is_empty()) {
            continue;
        }
        let Some((id, _)) = literal.split_once('"') else { continue };
        found.push(id);
    }
    found
}
