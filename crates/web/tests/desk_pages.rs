//! Every page of the desk in every language: it renders, names its fields, shows no text id.
//! Must not test how pages look.

#[path = "../examples/desk_preview/sample/mod.rs"]
mod sample;

use std::collections::BTreeSet;

use redress_core::kinds::Lang;
use redress_web::desk::render;

fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let pages = [
        ("sign-in", render(&sample::sign_in(lang))),
        ("set-up", render(&sample::set_up(lang))),
        ("queue", render(&sample::queue(lang))),
        ("queue-empty", render(&sample::queue_empty(lang))),
        ("case", render(&sample::case(lang))),
        ("case-refused", render(&sample::case_refused(lang))),
        ("director", render(&sample::director(lang))),
        ("entry", render(&sample::entry(lang))),
        ("entered", render(&sample::entered(lang))),
        ("duty", render(&sample::duty_page(lang))),
        ("accounts", render(&sample::accounts(lang))),
        ("refused", render(&sample::refused(lang))),
        ("not-found", render(&sample::not_found(lang))),
    ];
    pages.into_iter().map(|(name, page)| (name, page.expect("the page is written"))).collect()
}

/// The values of `attribute` on the page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The text between tags.
fn words(page: &str) -> String {
    let mut words = String::new();
    for piece in page.split('<') {
        words.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        words.push(' ');
    }
    words
}

#[track_caller]
fn check(problem: impl Fn(&str) -> Vec<String>) {
    let mut problems = vec![];
    for lang in Lang::ALL.iter().copied() {
        for (name, page) in pages(lang) {
            problems
                .extend(problem(&page).into_iter().map(|what| format!("{name} {lang}: {what}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_page_has_one_heading_of_the_first_rank() {
    check(|page| match page.matches("<h1").count() {
        1 => vec![],
        count => vec![format!("{count} headings")],
    });
}

#[test]
fn no_id_stands_twice_and_every_label_has_its_field() {
    check(|page| {
        let ids = values(page, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        let mut problems: Vec<String> = unique
            .iter()
            .filter(|id| ids.iter().filter(|other| other == id).count() > 1)
            .map(|id| format!("`{id}` stands twice"))
            .collect();
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            let named = values(page, attribute).into_iter().flat_map(str::split_whitespace);
            problems.extend(
                named
                    .filter(|id| !unique.contains(id))
                    .map(|id| format!("{attribute} `{id}` is nowhere")),
            );
        }
        for href in values(page, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            let icon = format!("id=\"{href}\"");
            if !href.is_empty() && !page.contains(&icon) {
                problems.push(format!("`#{href}` leads nowhere"));
            }
        }
        problems
    });
}

#[test]
fn no_page_shows_the_id_of_a_text_or_a_missing_value() {
    let ids: BTreeSet<String> = redress_text::ids(Lang::Vi).into_iter().map(|(id, _)| id).collect();
    check(|page| {
        let text = words(page);
        let mut problems: Vec<String> = text
            .split_whitespace()
            .filter(|word| word.contains('-') && ids.contains(*word))
            .filter(|word| !["no-basis", "no-evidence"].contains(word))
            .map(|word| format!("text id `{word}`"))
            .collect();
        if text.contains("{$") {
            problems.push("a text misses a value".to_owned());
        }
        problems
    });
}

#[test]
fn every_form_that_changes_something_is_posted_with_the_key() {
    check(|page| {
        let forms = page.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next());
        forms
            .filter(|form| form.contains("method=\"post\"") && !form.contains("name=\"key\""))
            .map(|form| form.chars().take(80).collect())
            .collect()
    });
}

#[test]
fn every_page_has_at_most_one_filled_button_outside_of_lists() {
    check(|page| match page.matches("btn--go").count() {
        0 | 1 => vec![],
        count => vec![format!("{count} filled buttons")],
    });
}
