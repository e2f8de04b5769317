//! The public pages as HTML: complete, accessible by construction, in three languages.
//! Must not look at pixels: that is for browser tests.

#[path = "../examples/portal_preview/sample/mod.rs"]
mod sample;

use std::collections::BTreeSet;

use askama::Template;
use redress_core::kinds::Lang;
use redress_web::components::STYLESHEET;

/// Words of the samples that stay Latin in any language: names, codes, addresses, marks, units.
const DATA: &[&str] = &[
    "Alphatech",
    "Việt",
    "Nam",
    "Tiếng",
    "English",
    "Redress",
    "sha",
    "Zalo",
    "Viber",
    "SMS",
    "MB",
    "kB",
    "KN",
    "KB",
    "PDF",
    "Lê",
    "Quang",
    "Huy",
    "Phạm",
    "Ngọc",
    "Anh",
    "Trần",
    "Minh",
    "Đức",
    "vn",
];

fn pages(lang: Lang) -> Vec<(String, String)> {
    let mut pages = vec![
        ("home", sample::home(lang).render()),
        ("form", sample::form(lang).render()),
        ("form with errors", sample::form_with_errors(lang).render()),
        ("form without room", sample::form_without_room(lang).render()),
        ("receipt", sample::receipt(lang).render()),
        ("lookup", sample::lookup(lang).render()),
        ("verifying", sample::verifying(lang).render()),
        ("answered", sample::answered(lang).render()),
        ("again", sample::again(lang).render()),
        ("check", sample::verify(lang).render()),
        ("check without a file", sample::verify_missing(lang).render()),
        ("check, valid", sample::verify_valid(lang).render()),
        ("check, refused", sample::verify_refused(lang).render()),
    ];
    pages.extend(sample::problems(lang).into_iter().map(|page| ("problem", page.render())));
    pages
        .into_iter()
        .map(|(name, html)| (format!("{name} in {lang}"), html.expect("a page renders")))
        .collect()
}

fn all() -> Vec<(String, String)> {
    Lang::ALL.iter().flat_map(|lang| pages(*lang)).collect()
}

/// Values of an attribute, in order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The text nodes of a page, without head, icons and machine-readable addresses.
fn text_nodes(html: &str) -> Vec<&str> {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    body.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .filter(|(tag, _)| !tag.starts_with("a class=\"long\"") && !tag.contains("lang=\"vi\""))
        .filter(|(tag, _)| !tag.starts_with("code"))
        .map(|(_, text)| text.trim())
        .filter(|text| !text.is_empty())
        .collect()
}

#[test]
fn every_page_has_one_title_one_heading_and_a_language() {
    for (name, html) in all() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<title>").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert!(html.contains("<html lang=\""), "{name}");
    }
}

#[test]
fn ids_are_unique_and_every_reference_to_one_holds() {
    for (name, html) in all() {
        let ids = attributes(&html, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id twice on {name}: {ids:?}");
        let mut wanted: Vec<&str> = attributes(&html, "for");
        wanted.extend(attributes(&html, "aria-labelledby"));
        wanted.extend(
            attributes(&html, "aria-describedby").into_iter().flat_map(str::split_whitespace),
        );
        wanted.extend(
            attributes(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')),
        );
        for id in wanted.into_iter().filter(|id| !id.is_empty()) {
            assert!(unique.contains(id), "`{id}` is referred to but missing on {name}");
        }
    }
}

#[test]
fn pages_need_neither_script_nor_inline_style() {
    for (name, html) in all() {
        for banned in [" style=", " onclick=", "target=\"_blank\""] {
            assert!(!html.contains(banned), "{banned} on {name}");
        }
        // One page may do its work in the browser, by modules of ours, and does it without them too.
        let ours = "<script type=\"module\" src=\"/assets/verify-";
        let scripts = html.matches("<script").count();
        assert_eq!((scripts, html.matches(ours).count()), (scripts, scripts), "{name}");
        assert_eq!(scripts, usize::from(name.starts_with("check")), "{name}");
    }
}

#[test]
fn errors_come_first_in_main_and_link_to_their_fields() {
    for lang in Lang::ALL.iter().copied() {
        let html = sample::form_with_errors(lang).render().expect("the form renders");
        let main = html.split_once("<main").expect("the page has a main part").1;
        let first = main.split('<').nth(1).expect("main is not empty");
        assert!(first.contains("class=\"errsum\" role=\"alert\" tabindex=\"-1\""), "{first}");
        for field in ["text", "phone"] {
            assert!(main.contains(&format!("<a href=\"#{field}\">")), "{field} in {lang}");
            assert!(main.contains(&format!("id=\"{field}-e\"")), "{field} in {lang}");
        }
        let prefix = redress_text::t(lang, "errors-prefix");
        assert!(html.contains(&format!("<title>{prefix} ")), "{lang}");
    }
}

#[test]
fn what_was_typed_comes_back() {
    let html = sample::form_with_errors(Lang::Vi).render().expect("the form renders");
    for kept in ["value=\"AT-HN-2147\"", "value=\"Trần Minh Đức\"", "value=\"091 234 567\""] {
        assert!(html.contains(kept), "{kept}");
    }
    assert!(html.contains("name=\"about\" value=\"service\" checked"));
    assert!(html.contains("name=\"reply_by\" value=\"zalo\" checked"));
    assert!(html.contains("name=\"upload\" value=\"IMG_0742.jpg\" checked"));
    assert!(html.contains("<option value=\"LEVELLING\" selected>"));
}

#[test]
fn what_people_type_cannot_become_markup() {
    let mut form = sample::form_with_errors(Lang::Vi);
    form.values.text = "</textarea><script>alert(1)</script>".to_owned();
    form.values.name = "\"><img src=x>".to_owned();
    let html = form.render().expect("the form renders");
    assert!(!html.contains("<script") && !html.contains("<img"), "markup got through");
}

#[test]
fn the_hotline_tops_every_page_as_a_telephone_link() {
    for (name, html) in all() {
        let before_header = html.split("<header").next().expect("a page starts somewhere");
        assert!(before_header.contains("href=\"tel:+84933269898\""), "{name}");
    }
}

#[test]
fn the_language_links_keep_the_page() {
    let html = sample::form(Lang::Vi).render().expect("the form renders");
    for lang in Lang::ALL {
        assert!(html.contains(&format!("href=\"/{lang}/complaints/new\" lang=\"{lang}\"")));
    }
}

#[test]
fn promises_read_as_clock_times() {
    let html = sample::form(Lang::Vi).render().expect("the form renders").replace('\u{a0}', " ");
    assert!(html.contains("13:24 hôm nay"));
    assert!(html.contains("hết ngày thứ Bảy 28/11 (24:00)"));
    assert!(html.contains("datetime=\"2026-11-29T00:00:00+07:00\""));
}

#[test]
fn every_way_in_leads_somewhere_and_narrow_tables_name_their_columns() {
    for lang in Lang::ALL.iter().copied() {
        let home = sample::home(lang);
        assert!(home.channels.iter().all(|card| !card.at.is_empty()), "{:?}", home.channels);
        let html = home.render().expect("the page renders");
        let rows = html.split("facts--cards").nth(1).expect("the promises are a table");
        let first = rows.split("<td").nth(1).expect("a row has cells");
        assert!(first.contains("data-label=\""), "{first}");
    }
}

#[test]
fn lao_pages_hold_no_latin_words_but_data() {
    let mut found = BTreeSet::new();
    for (name, html) in pages(Lang::Lo) {
        for node in text_nodes(&html) {
            let digest = node.len() == 64 && node.bytes().all(|byte| byte.is_ascii_hexdigit());
            if digest || node.contains("://") || node.contains(['_', '@']) || node.contains(".pdf")
            {
                continue;
            }
            let node = node.replace("atvin.com.vn", " ");
            // Names of logs, the ending of a file, and the places that a script fills.
            let is_data =
                |word: &&str| [".example.", ".tlog-", "{"].iter().any(|it| word.contains(it));
            let node: Vec<&str> = node.split_whitespace().filter(|word| !is_data(word)).collect();
            let node = node.join(" ");
            for word in node.split(|letter: char| !letter.is_alphabetic()) {
                let latin =
                    word.chars().any(|letter| letter < '\u{0E80}' && letter.is_alphabetic());
                if latin && word.chars().count() > 1 && !DATA.contains(&word) {
                    found.insert(format!("`{word}` on {name}: {node}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_stylesheet_stays_small_and_plain() {
    assert!(STYLESHEET.len() < 60_000, "{} bytes", STYLESHEET.len());
    assert!(!STYLESHEET.contains("url("), "nothing is loaded from the stylesheet");
}
