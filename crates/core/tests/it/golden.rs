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

#[test]
fn every_stored_event_is_read_and_written_as_it_was() {
    for (name, schema) in Event::NAMES {
        let file = format!("{name}.v{schema}.json");
        let text = fs::read_to_string(folder().join(&file)).expect(&file);
        let stored: Stored = serde_json::from_str(&text).expect(&file);
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
