//! The shipped pack: passes every check, is embedded whole, keeps its own tests, has its page.

use super::*;
use redress_core::kinds::{About, ChannelKind, Lang};

#[test]
fn the_shipped_pack_passes_every_check() {
    let found = parse_today(&shipped_files()).map(|pack| pack.warnings).map_err(|problems| {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    });
    assert_eq!(found, Ok(Vec::new()));
}

#[test]
fn every_file_of_the_shipped_pack_is_embedded_as_it_stands() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/alphatech");
    let mut folders = vec![root.clone()];
    let mut on_disk = PackFiles::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("it lies below the pack");
                let name = name.to_str().expect("names are UTF-8").replace('\\', "/");
                on_disk.insert(name, std::fs::read(&path).expect("the file is readable"));
            }
        }
    }
    let names = |files: &PackFiles| -> Vec<String> {
        files.iter().map(|(path, _)| path.to_owned()).collect()
    };
    assert_eq!(names(&shipped_files()), names(&on_disk));
    assert!(shipped_files() == on_disk, "an embedded file differs from the folder: build again");
}

#[test]
fn the_pack_keeps_its_own_tests() {
    let pack = shipped();
    let outcomes = run_tests(&pack, &shipped_files());
    let failed: Vec<&TestOutcome> = outcomes.iter().filter(|outcome| !outcome.passed()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(outcomes.len() >= 20, "only {} rows", outcomes.len());
}

#[test]
fn a_row_that_does_not_hold_or_cannot_be_read_fails_with_its_line() {
    let mut files = shipped_files();
    files.insert(
        "tests/wrong.toml",
        "[[route]]\nabout = \"product\"\nto = \"technical\"\n\n[[deadline]]\npromise = \"tea\"\n\
         received = 2026-11-24T09:00:00+07:00\n\n[[route]]\nabut = \"both\"\n\n\
         [[deadline]]\npromise = \"first-reply\"\nreceived = 2026-11-24T09:00:00+07:00\n\
         due = 2026-11-24T17:00:00+07:00\n",
    );
    let outcomes = run_tests(&shipped(), &files);
    let failed: Vec<(usize, &str)> = outcomes
        .iter()
        .filter(|outcome| outcome.file == "tests/wrong.toml")
        .map(|outcome| (outcome.line, outcome.failure.as_deref().unwrap_or("passed")))
        .collect();
    assert_eq!(failed.len(), 6, "{failed:#?}");
    let zoned = |(_, text): &(usize, &str)| {
        text.starts_with("due: wanted 2026-11-24T17:00:00+07:00, found ")
    };
    assert!(failed.iter().any(zoned), "{failed:#?}");
    assert_eq!(failed[0].0, 5);
    assert!(failed[0].1.contains("has no promise `tea`"), "{}", failed[0].1);
    assert_eq!(failed[2], (1, "to: wanted \"technical\", found \"care\""));
}

#[test]
fn all_statements_and_all_readings_stand_on_the_page() {
    let pack = shipped();
    let sentences = &pack.policy.sentences;
    let stands = |mark: &String| {
        sentences.iter().any(|s| s.source.contains(mark) || s.choice.contains(mark))
    };
    let statements = (1..=32).filter(|number| ![1, 3, 4].contains(number));
    let missing: Vec<String> = statements
        .map(|number| format!("S{number}"))
        .chain((1..=35).map(|number| format!("A{number}")))
        .filter(|mark| !stands(mark))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "S1 is `languages`, S3 no policy, S4 a table");
}

#[test]
fn the_page_says_the_rules_in_every_language() {
    let pack = shipped();
    let rows = [
        (Lang::Vi, ["3 giờ", "3 ngày", "7 ngày làm việc", "0933.26.98.98", "Tết"]),
        (Lang::En, ["3 hours", "3 days", "7 working days", "0933.26.98.98", "25 MB"]),
        (Lang::Lo, ["3 ຊົ່ວໂມງ", "3 ມື້", "7 ມື້ເຮັດວຽກ", "0933.26.98.98", "25 ເມກາໄບ"]),
    ];
    for (lang, words) in rows {
        let page = show(&pack, lang).expect("a checked pack has every text");
        let markdown = to_markdown(&page);
        for word in words {
            assert!(markdown.contains(word), "{lang}: {word} is missing in\n{markdown}");
        }
        assert!(!markdown.contains('{'), "{lang}: a placeholder is left");
        let steps: Vec<usize> = page.sections.iter().filter_map(|section| section.step).collect();
        assert_eq!(steps, [1, 2, 3, 4, 5]);
    }
}

#[test]
fn the_page_marks_what_the_source_does_not_say() {
    let page = show(&shipped(), Lang::En).expect("a checked pack has every text");
    let added = |id: &str| {
        let mut items = page.sections.iter().flat_map(|section| &section.items);
        items.find(|item| item.id == id).map(|item| item.added)
    };
    assert_eq!(added("first-reply"), Some(None));
    assert_eq!(added("wait"), Some(Some(Added::Reading)));
    assert_eq!(added("limits"), Some(Some(Added::Company)));
}

#[test]
fn the_html_page_escapes_everything() {
    let mut files = shipped_files();
    let policy = files.text("policy.toml").expect("it is there");
    let policy = policy.replace("\"Alphatech Việt Nam\"", "'<b onclick=\"x\">A & B</b>'");
    files.insert("policy.toml", policy.into_bytes());
    let pack = parse_today(&files).expect("a name may hold any letter");
    let page = show(&pack, Lang::En).expect("a checked pack has every text");
    let (html, markdown) = (to_html(&page), to_markdown(&page));
    assert!(html.contains("&lt;b onclick=&quot;x&quot;&gt;A &amp; B&lt;/b&gt;"));
    assert!(!html.contains("<b") && !markdown.contains("<b"));
}

#[test]
fn a_stored_pack_is_the_same_pack() {
    let files = shipped_files();
    let blob = files.to_bytes();
    assert_eq!(PackFiles::from_bytes(&blob).as_ref(), Ok(&files));
    assert_eq!(files.digest().len(), 64);
    assert_eq!(PackFiles::from_bytes(b"tea"), Err(PackBlobError::NotAPack));
    for cut in [blob.len() - 1, 20, blob.len() / 2] {
        assert!(PackFiles::from_bytes(&blob[..cut]).is_err(), "cut at {cut}");
    }
    let mut other = files.clone();
    other.insert("offices.csv", "code,name,province,address,phone\n\n");
    assert_ne!(other.digest(), files.digest());
}

#[test]
fn promises_routes_and_ways_back_are_those_of_the_source() {
    let policy = shipped().policy;
    let received = "2026-02-13T16:00:00+07:00".parse().expect("an instant");
    let due = deadline(&policy, "resolution", 2, received).expect("round 2 is promised");
    assert_eq!(due.due_on.to_string(), "2026-03-03");
    assert!(deadline(&policy, "resolution", 3, received).is_err());
    assert_eq!(policy.route(About::Product).to.as_str(), "care");
    assert_eq!(policy.route(About::Service).to.as_str(), "technical");
    let zalo = policy.channel(ChannelKind::Zalo).expect("Zalo is a channel");
    assert_eq!(ways_back(zalo, Some(ChannelKind::Zalo)).first().copied(), Some(ChannelKind::Zalo));
}

#[test]
fn telephone_numbers_are_shown_as_people_write_them() {
    assert_eq!(telephone("+84933269898"), "0933.26.98.98");
    assert_eq!(telephone("+842838123456"), "028.3812.3456");
    assert_eq!(telephone("+8562055512345"), "+856 20 55 512 345");
}

#[test]
fn hints_name_the_rule_of_the_sentence_the_amount_and_the_language_that_is_not_listed() {
    let hint = |path: &str, old: &str, new: &str, about: &str| {
        let mut files = shipped_files();
        let text = files.text(path).expect("there").to_owned();
        assert!(text.contains(old), "{path} has {old}");
        files.insert(path, text.replacen(old, new, 1));
        let problems = redress_core::policy::parse_undated(&files).expect_err("it is spoilt");
        let found = problems.into_iter().find(|problem| problem.to_string().contains(about));
        found.and_then(|problem| problem.hint).unwrap_or_default()
    };
    let found = hint("policy.toml", "within = \"7wd\"", "within = \"5 working days\"", "amount");
    assert_eq!(found, "write `\"5wd\"`");
    let found = hint("text/en.toml", "{promises.resolution.2.within}", "7 working days", "literal");
    assert!(found.contains("{promises.resolution.2.within}"), "{found}");
    let found = hint("policy.toml", "\"vi\", \"en\", \"lo\"", "\"vi\", \"en\"", "nothing sends");
    assert!(found.contains("`lo` is not in `languages`"), "{found}");
}
