//! `redress policy`: check, test, show.

use std::path::Path;

use crate::kit::{Ran, alphatech, copy_of_alphatech, run, spoil};

fn policy(verb: &str, dir: &Path, rest: &[&str]) -> Ran {
    let dir = dir.display().to_string();
    run(&[&["policy", verb, &dir], rest].concat())
}

#[test]
fn the_shipped_policy_is_valid_and_passes_its_own_tests() {
    let ran = policy("check", &alphatech(), &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("alphatech@1 is valid"), "{}", ran.out);
    let ran = policy("test", &alphatech(), &["--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer = ran.json();
    assert_eq!(answer["failed"], 0);
    assert!(answer["passed"].as_u64() > Some(0));
}

#[test]
fn a_bad_policy_shows_each_place_with_a_hint_and_exits_1() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "prefix = ", "prefx = ");
    let ran = policy("check", pack.path(), &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let file = pack.path().join("policy.toml").display().to_string();
    let text = std::fs::read_to_string(pack.path().join("policy.toml")).expect("readable");
    let line = text.lines().position(|line| line.starts_with("prefx")).expect("there") + 1;
    assert!(ran.out.contains(&format!("{file}:{line}:1: ")), "{}", ran.out);
    assert!(ran.out.contains("hint: "), "{}", ran.out);
    let answer = policy("check", pack.path(), &["--json"]).json();
    assert_eq!(answer["valid"], false);
    let problems = answer["problems"].as_array().expect("a list");
    let found = problems.iter().find(|problem| problem["line"] == line).expect("the place");
    assert_eq!((&found["file"], &found["column"]), (&"policy.toml".into(), &1.into()));
    assert!(found["hint"].is_string());
}

#[test]
fn a_bad_policy_is_an_error_for_those_who_need_a_good_one() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "prefix = ", "prefx = ");
    let ran = policy("show", pack.path(), &["--lang", "vi", "--json"]);
    assert_eq!((ran.code, ran.error_kind().as_str()), (1, "invalid-policy"));
    let ran = policy("test", pack.path(), &[]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("policy.toml:"), "{}", ran.err);
}

#[test]
fn a_failing_test_of_the_policy_exits_1_and_names_its_row() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "within = \"7wd\"", "within = \"8wd\"");
    let ran = policy("test", pack.path(), &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("FAILED") && ran.out.contains("deadlines.toml:"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_exits_3() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("written");
    for dir in [folder.path().join("missing"), file] {
        let ran = policy("check", &dir, &["--json"]);
        assert_eq!((ran.code, ran.error_kind().as_str()), (3, "unreadable"), "{}", dir.display());
    }
}

#[test]
fn an_empty_folder_is_an_invalid_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = policy("check", folder.path(), &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("policy.toml:1:1: "), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_pack_is_refused_and_one_inside_is_followed() {
    let pack = copy_of_alphatech();
    let other = tempfile::tempdir().expect("a folder");
    let secret = other.path().join("secret.toml");
    std::fs::write(&secret, "x = 1").expect("written");
    let moved = pack.path().join("moved.csv");
    std::fs::rename(pack.path().join("offices.csv"), &moved).expect("moved");
    std::os::unix::fs::symlink(&moved, pack.path().join("offices.csv")).expect("linked");
    let ran = policy("check", pack.path(), &[]);
    assert!(!ran.err.contains("leads out"), "{ran:?}");
    std::os::unix::fs::symlink(&secret, pack.path().join("tests/secret.toml")).expect("linked");
    let ran = policy("check", pack.path(), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("leads out of the pack"), "{ran:?}");
}

#[test]
fn the_published_text_comes_in_every_language_and_form() {
    for lang in ["vi", "en", "lo"] {
        let ran = policy("show", &alphatech(), &["--lang", lang]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.starts_with("# "), "{lang}");
        let ran = policy("show", &alphatech(), &["--lang", lang, "--format", "html"]);
        assert!(ran.out.starts_with("<!doctype html>"), "{lang}");
        assert!(ran.out.contains(&format!("<html lang=\"{lang}\">")), "{lang}");
        let answer = policy("show", &alphatech(), &["--lang", lang, "--json"]).json();
        assert_eq!(answer["lang"], lang);
        assert!(answer["sections"].as_array().is_some_and(|sections| !sections.is_empty()));
    }
}

#[test]
fn pdf_is_refused_with_the_reason_and_a_way_out() {
    let ran = policy("show", &alphatech(), &["--lang", "vi", "--format", "pdf"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("--format html"), "{}", ran.err);
}

#[test]
fn a_template_that_cannot_be_written_is_found_by_check_and_test_and_stops_serve() {
    for (bad, place) in [("{{ foo }}", "vi.txt:2:4: `foo`"), ("{% if %}", "vi.txt:2:1: ")] {
        let pack = copy_of_alphatech();
        spoil(pack.path(), "messages/response/vi.txt", "\n", &format!("\n{bad}\n"));
        let ran = policy("check", pack.path(), &[]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.out.contains(place), "{bad}: {}", ran.out);
        let ran = policy("test", pack.path(), &[]);
        assert!(ran.code == 1 && ran.err.contains(place), "{bad}: {ran:?}");
        let dir = pack.path().display().to_string();
        let ran = run(&["serve", "--listen", "127.0.0.1:0", "--data", "d", "--policy", &dir]);
        assert!(ran.code == 1 && ran.err.contains(place), "{bad}: {ran:?}");
    }
}
