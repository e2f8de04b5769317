//! Finding: each case of the testkit against the tokens themselves, without any engine.

use std::collections::BTreeSet;

use redress_core::search::{Needle, Query, Term, excerpt, tokens};
use redress_testkit::search::{LAO, MIXED, SearchCase, VIETNAMESE};

fn meets(tokens: &BTreeSet<&str>, term: &Term) -> bool {
    if term.prefix {
        tokens.range(term.token.as_str()..).next().is_some_and(|t| t.starts_with(&term.token))
    } else {
        tokens.contains(term.token.as_str())
    }
}

/// 0: found as asked for; 1: found otherwise; `None`: not found.
fn rank(text: &str, typed: &str) -> Option<u8> {
    let tokens = tokens([text]);
    let tokens: BTreeSet<&str> = tokens.split(' ').collect();
    let query = Query::read(typed);
    let best = |needle: &Needle| needle.best.iter().any(|term| meets(&tokens, term));
    let also = |needle: &Needle| needle.also.iter().any(|term| meets(&tokens, term));
    if query.is_empty() || !query.needles.iter().all(|needle| best(needle) || also(needle)) {
        return None;
    }
    Some(u8::from(!query.needles.iter().all(best)))
}

fn hold(cases: &[SearchCase]) {
    for case in cases {
        for typed in case.found_by {
            assert!(rank(case.text, typed).is_some(), "{typed} finds {}", case.text);
            let shown = excerpt(case.text, &Query::read(typed));
            let shown = shown.unwrap_or_else(|| unreachable!("{typed} shows in {}", case.text));
            assert!(!shown.marks.is_empty());
            for mark in shown.marks {
                assert!(shown.text.get(mark).is_some_and(|part| !part.trim().is_empty()));
            }
        }
        for typed in case.not_by {
            assert_eq!(rank(case.text, typed), None, "{typed} does not find {}", case.text);
        }
    }
}

#[test]
fn twenty_vietnamese_texts_are_found_with_and_without_marks_and_nothing_else_is() {
    assert_eq!(VIETNAMESE.len(), 20);
    hold(VIETNAMESE);
}

#[test]
fn ten_lao_texts_are_found_by_their_words() {
    assert_eq!(LAO.len(), 10);
    hold(LAO);
}

#[test]
fn ten_mixed_texts_are_found_by_codes_telephones_and_words() {
    assert_eq!(MIXED.len(), 10);
    hold(MIXED);
}

#[test]
fn the_spelling_that_was_asked_for_ranks_before_the_others() {
    assert_eq!(rank("đường Láng", "đường"), Some(0));
    assert_eq!(rank("duong Lang", "đường"), Some(1), "typed without marks");
    assert_eq!(rank("Duong Lang", "duong"), Some(0));
    assert_eq!(rank("đường Láng", "duong"), Some(1));
    assert_eq!(rank("LIFT-0042", "lift-0042"), Some(0));
    assert_eq!(rank("LIFT-0042", "lift-0043"), Some(1));
}

#[test]
fn every_token_is_letters_and_digits_so_that_no_engine_cuts_it() {
    let texts = VIETNAMESE.iter().chain(MIXED).map(|case| case.text);
    for token in tokens(texts).split(' ') {
        assert!(token.chars().all(char::is_alphanumeric) || !token.is_ascii(), "{token}");
    }
}

#[test]
fn an_excerpt_shows_the_place_that_met_the_question_within_its_bounds() {
    let long = format!("{} mùi khét từ buồng máy {}", "chữ ".repeat(200), "khác ".repeat(200));
    let shown = excerpt(&long, &Query::read("mui khet")).expect("it is there");
    assert_eq!(shown.needles, 2);
    let marked: Vec<&str> = shown.marks.iter().filter_map(|m| shown.text.get(m.clone())).collect();
    assert_eq!(marked, ["mùi", "khét"]);
    assert!(shown.text.chars().count() < 180 && shown.text.starts_with('…'));
    assert_eq!(excerpt(&long, &Query::read("thang")), None);
}

#[test]
fn a_question_of_nothing_finds_nothing_and_a_long_one_is_bounded() {
    assert!(Query::read("  —,. ").is_empty());
    assert!(Query::read(&"từ ".repeat(10_000)).needles.len() <= 12);
    assert_eq!(tokens([]), "");
}
