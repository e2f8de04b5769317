//! Stored forms: one file for each event and schema ever released, written by hand and never
//! changed. A new event or schema needs a new file `tests/golden/<name>.v<schema>.json`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use redress_core::complaint::Event;
use serde_json::value::RawValue;

#[derive(serde::Deserialize)]
struct Stored {
    facts: Box<RawValue>,
    words: Option<Box<RawValue>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn read(name: &str, schema: u32) -> (Stored, String) {
    let file = format!("{name}.v{schema}.json");
    let text = fs::read_to_string(folder().join(&file)).expect(&file);
    (serde_json::from_str(&text).expect(&file), file)
}

/// Events that state when they happened, each with the fact that says so (A5).
const STATED: &[(&str, &str)] = &[
    ("notice.received", "received_at"),
    ("complaint.opened", "received_at"),
    ("message.received", "received_at"),
    ("complaint.disagreed", "received_at"),
    ("message.told", "told_at"),
    ("response.told", "told_at"),
    ("finding.recorded", "at"),
    ("undertaking.kept", "at"),
    ("promise.kept", "kept_at"),
    ("promise.paused", "at"),
    ("promise.resumed", "at"),
];

#[test]
fn what_somebody_states_is_when_it_happened() {
    let now = "2030-01-01T00:00:00Z".parse().expect("an instant");
    for (name, schema) in Event::NAMES {
        let (stored, file) = read(name, *schema);
        let event = Event::decode(name, *schema, stored.facts.get(), None).expect(&file);
        let facts: serde_json::Value = serde_json::from_str(stored.facts.get()).expect(&file);
        let stated = STATED.iter().find(|(stated, _)| stated == name);
        let expected = stated.map_or(now, |(_, fact)| {
            facts[fact].as_str().expect(&file).parse().expect("an instant")
        });
        assert_eq!(event.happened_at(now), expected, "{file}");
    }
}

#[test]
fn every_stored_event_is_read_and_written_as_it_was() {
    for (name, schema) in Event::NAMES {
        let (stored, file) = read(name, *schema);
        let words = stored.words.as_ref().map(|words| words.get());
        let event = Event::decode(name, *schema, stored.facts.get(), words).expect(&file);
        let again = event.encode();
        assert_eq!((again.name, again.schema), (*name, *schema));
        assert_eq!(again.facts, stored.facts.get(), "{file}");
        assert_eq!(again.words.as_deref(), words, "{file}");
        let erased = Event::decode(name, *schema, stored.facts.get(), None).expect(&file);
        assert_eq!(erased.encode().facts, again.facts, "{file}");
    }
}

#[test]
fn no_two_events_share_a_name() {
    let names: BTreeSet<_> = Event::NAMES.iter().collect();
    assert_eq!(names.len(), Event::NAMES.len());
}

#[test]
fn no_golden_file_is_left_without_an_event() {
    let known: BTreeSet<String> =
        Event::NAMES.iter().map(|(name, schema)| format!("{name}.v{schema}.json")).collect();
    let files = fs::read_dir(folder()).expect("the folder is there");
    for file in files {
        let name = file.expect("readable").file_name().into_string().expect("UTF-8");
        assert!(known.contains(&name), "{name} belongs to no event: old ones must stay readable");
    }
}

#[test]
fn an_event_of_a_newer_program_is_named() {
    let error = Event::decode("complaint.teleported", 3, "{}", None).expect_err("unknown");
    assert!(error.to_string().contains("`complaint.teleported` with schema 3"), "{error}");
    let error = Event::decode("director.saw", 1, "{}", None).expect_err("a fact is missing");
    assert!(error.to_string().contains("`director.saw` (schema 1)"), "{error}");
}
