//! Every value of `policy.toml` matters: changed, the pack fails its check or does something else.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::*;
use crate::kinds::Lang;

/// A change of the file: bytes `start..end` become `text`.
struct Change {
    path: String,
    start: usize,
    end: usize,
    text: String,
}

/// Words that may stand where another word stands; the first other one is tried.
const VOCABULARIES: &[&[&str]] = &[
    &["suggest", "never"],
    &["refuse", "allow"],
    &["danger", "never", "always"],
    &["director", "receiving"],
    &["route", "stay"],
    &["person-reply", "any-reply"],
    &["result-sent", "person-reply"],
    &["at-once", "working-time"],
    &["duty", "holder"],
    &["head", "director"],
    &["other-person", "authority"],
    &["handover", "verification"],
    &["close", "stay"],
    &["care", "technical"],
    &["holder", "technical"],
    &["mon", "sat"],
    &["phone", "visit"],
    &["vi", "en"],
    &["product", "service"],
];

fn changes_of(source: &str) -> Vec<Change> {
    let document = DeTable::parse(source).expect("the shipped policy is TOML");
    let mut changes = Vec::new();
    walk_table(source, document.get_ref(), "", &mut changes);
    changes
}

fn walk_table(source: &str, table: &DeTable<'_>, path: &str, changes: &mut Vec<Change>) {
    for (key, value) in table {
        walk(source, value, &format!("{path}.{}", key.get_ref()), changes);
    }
}

fn walk(source: &str, value: &Spanned<DeValue<'_>>, path: &str, changes: &mut Vec<Change>) {
    let (start, end) = (value.span().start, value.span().end);
    let mut change = |text: String| {
        changes.push(Change { path: path.to_owned(), start, end, text });
    };
    match value.get_ref() {
        DeValue::String(text) => {
            for word in words_for(text) {
                change(format!("{word:?}"));
            }
        }
        DeValue::Integer(number) => {
            change((number.as_str().parse::<i64>().expect("small") + 1).to_string());
        }
        DeValue::Float(share) if share.as_str() == "1.0" => change("0.9".to_owned()),
        DeValue::Float(share) => change(format!("{}1", share.as_str())),
        DeValue::Boolean(flag) => change((!flag).to_string()),
        DeValue::Datetime(date) => change(date.to_string().replace("-01-01T", "-02-01T")),
        DeValue::Array(items) => {
            for (nth, item) in items.iter().enumerate() {
                walk(source, item, &format!("{path}[{nth}]"), changes);
                changes.extend(without_item(source, items, nth, path));
            }
        }
        DeValue::Table(table) => walk_table(source, table, path, changes),
    }
}

/// Other texts to try: another amount, another word of its vocabulary, and the text altered.
fn words_for(text: &str) -> Vec<String> {
    let mut words = vec![format!("{text}x")];
    for list in VOCABULARIES.iter().filter(|list| list.contains(&text)) {
        words.extend(list.iter().filter(|word| **word != text).map(|word| (*word).to_owned()));
    }
    for (digit, next) in
        [("1", "2"), ("3", "4"), ("7", "8"), ("8", "9"), ("24", "25"), ("60", "61")]
    {
        if text.contains(digit) {
            words.push(text.replacen(digit, next, 1));
        }
    }
    if text == "3d" {
        words.extend(["3d roll", "3wd", "PT72H"].map(str::to_owned));
    }
    if text == "PT3H" {
        words.push("PT3H working".to_owned());
    }
    if text.contains('/') {
        words.push("Asia/Vientiane".to_owned());
    }
    words
}

/// The list without item `nth`. Entries of an array of tables with headers are left to their values.
fn without_item(
    source: &str,
    items: &toml::de::DeArray<'_>,
    nth: usize,
    path: &str,
) -> Option<Change> {
    let item = items.get(nth)?;
    let (start, mut end) = (item.span().start, item.span().end);
    if source[start..].starts_with("[[") {
        return None;
    }
    let after = source[end..].trim_start();
    if after.starts_with(',') {
        end = source.len() - after.len() + 1;
    } else if !after.starts_with(']') {
        return None;
    }
    let path = format!("{path} without {nth}");
    Some(Change { path, start, end, text: String::new() })
}

/// The pack with the days off of the years that matter here; reading fifteen years takes long.
fn with_short_calendar(mut files: PackFiles) -> PackFiles {
    let calendar = files.text("calendar/vn.csv").expect("the pack has a calendar");
    let kept: String = calendar
        .split_inclusive('\n')
        .filter(|line| ["#", "date", "2026"].iter().any(|start| line.starts_with(start)))
        .collect();
    files.insert("calendar/vn.csv", kept.into_bytes());
    files
}

#[test]
fn every_value_of_the_policy_changes_the_page_a_deadline_a_route_a_refusal_or_the_form() {
    let files = shipped_files();
    let files = with_short_calendar(files);
    let source = files.text("policy.toml").expect("the pack has a policy").to_owned();
    let before = projection(&parse_stored(&files).expect("it is the shipped pack"), Lang::Vi);
    let changes = changes_of(&source);
    let (texts, places) = texts::read(&files, &mut Problems::default());
    let today = Occasion::On(jiff::civil::date(2026, 11, 24));
    assert!(changes.len() > 300, "only {} changes were tried", changes.len());
    let try_one = |change: &Change| -> Option<bool> {
        let mut text = source.clone();
        text.replace_range(change.start..change.end, &change.text);
        let mut changed = files.clone();
        changed.insert("policy.toml", text.into_bytes());
        let pack = assemble(&changed, (texts.clone(), &places), today, Problems::default()).ok()?;
        Some(projection(&pack, Lang::Vi) != before)
    };
    let try_some =
        |changes: &[Change]| -> Vec<Option<bool>> { changes.iter().map(try_one).collect() };
    let (first, second) = changes.split_at(changes.len() / 2);
    let outcomes = std::thread::scope(|scope| {
        let first = scope.spawn(|| try_some(first));
        let second = try_some(second);
        [first.join().expect("the first half runs"), second].concat()
    });
    let accepted = outcomes.iter().flatten().count();
    let without_effect: Vec<String> = changes
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| **outcome == Some(false))
        .map(|(change, _)| {
            format!("{}: {} -> {}", change.path, &source[change.start..change.end], change.text)
        })
        .collect();
    println!("{} changes, {accepted} accepted", changes.len());
    assert!(without_effect.is_empty(), "without effect:\n{}", without_effect.join("\n"));
    assert!(accepted > 60, "only {accepted} of {} changes passed the check", changes.len());
}
