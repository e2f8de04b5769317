//! Three days without the server, by the machine's clock and with a real mailbox: every step that was
//! missed happens once, the most serious first. Must not test the rules of a ladder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::house::{AUDITOR, DIRECTOR, House, noise, with};
use super::mailbox::MailServer;

/// Monday, eleven at night in Việt Nam, as the machine's clock in UTC shows it.
const BEFORE: &str = "@2026-11-23 16:00:00";
/// Friday, five past eight in the morning.
const AFTER: &str = "@2026-11-27 01:05:00";
/// A minute later.
const LATER: &str = "@2026-11-27 01:06:00";
/// What each complaint must have gone through.
const STEPS: [&str; 8] = [
    "first-reply 1",
    "first-reply 2",
    "first-reply 3",
    "first-reply missed",
    "resolution 1",
    "resolution 2",
    "resolution 3",
    "resolution missed",
];

/// The library that sets another clock under a program.
pub(crate) fn library() -> String {
    let found = std::fs::read_dir("/usr/lib").expect("Debian has it").find_map(|entry| {
        let path: PathBuf = entry.expect("listed").path().join("faketime/libfaketimeMT.so.1");
        path.is_file().then_some(path)
    });
    let found = found.expect(
        "libfaketime is missing: run `cargo xtask set-up`, which installs the Debian package \
         `faketime`",
    );
    found.to_str().expect("plain names").to_owned()
}

/// Variables under which only the time of day is another: waits inside the program and times of files
/// are the machine's. A program told a false monotonic time waits for ever where the kernel keeps the time.
pub(crate) fn other_day(library: &str) -> [(&str, &str); 3] {
    [("LD_PRELOAD", library), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("NO_FAKE_STAT", "1")]
}

/// The promises' steps of a complaint as `promise step`, with their places in the log.
fn steps(house: &House, reference: &str) -> Vec<(u64, String)> {
    let path = format!("/api/v1/complaints/{reference}/events");
    let told = house.client.get(&path).token(house.token(AUDITOR)).send().is(200).json();
    let events = told["items"].as_array().expect("a list").iter();
    let steps = events.filter_map(|event| {
        let facts = &event["facts"];
        let promise = facts["promise"].as_str()?;
        let step = match event["type"].as_str()? {
            "promise.warned" => facts["step"].to_string(),
            "promise.missed" => "missed".to_owned(),
            _ => return None,
        };
        Some((event["pos"].as_u64()?, format!("{promise} {step}")))
    });
    steps.collect()
}

fn subject(letter: &Value) -> &str {
    let headers = letter["headers"].as_array().expect("a list");
    let found = headers.iter().find(|header| header[0] == "Subject");
    found.and_then(|header| header[1].as_str()).expect("a letter has a subject")
}

/// References in the order in which `texts` first name them.
fn order<'t>(texts: impl Iterator<Item = &'t str>, known: &[String]) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        let named = known.iter().find(|reference| text.contains(reference.as_str()));
        seen.extend(named.filter(|reference| !seen.contains(reference)).cloned());
    }
    seen
}

/// One product complaint, one about a service, one of danger, in the order of rising seriousness;
/// answers their references the most serious first.
fn three(house: &House, server: &MailServer) -> Vec<String> {
    let bodies = [
        with(noise(), json!({"about": "product", "category": "NOISE"})),
        noise(),
        with(noise(), json!({"danger": true})),
    ];
    let mut references: Vec<String> =
        bodies.iter().map(|body| house.complain(body).reference).collect();
    references.reverse();
    let mut informed = BTreeSet::new();
    while informed.len() < references.len() {
        let letter = server.letter().to_string();
        informed.extend(references.iter().filter(|reference| letter.contains(*reference)));
    }
    references
}

#[test]
fn three_days_of_outage_are_caught_up_once_and_the_most_serious_first() {
    let server = MailServer::start();
    let library = library();
    let mut variables = server.variables();
    variables.extend(other_day(&library));
    variables.push(("FAKETIME", BEFORE));
    let mut house = House::open_all_under(&variables);
    let references = three(&house, &server);
    house.restart_with("FAKETIME", AFTER);

    let mut late: Vec<Value> = Vec::new();
    let to_director =
        |late: &[Value]| late.iter().filter(|letter| letter["to"] == json!([DIRECTOR])).count();
    while to_director(&late) < 2 * references.len() {
        let letter = server.letter();
        if subject(&letter).starts_with("Quá hạn") {
            late.push(letter);
        }
    }
    let mut places = BTreeMap::new();
    for reference in &references {
        let steps = steps(&house, reference);
        let names: Vec<&str> = steps.iter().map(|(_, step)| step.as_str()).collect();
        let once: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!((once, names.len()), (BTreeSet::from(STEPS), STEPS.len()), "{reference}");
        places.extend(steps.into_iter().map(|(pos, _)| (pos, reference.clone())));
    }
    let in_log = order(places.values().map(String::as_str), &references);
    assert_eq!(in_log, references, "in the log");

    // Once more a moment later, with a complaint whose letter comes after all that is left.
    house.restart_with("FAKETIME", LATER);
    let last = house.complain(&with(noise(), json!({"about": "product", "category": "NOISE"})));
    loop {
        let letter = server.letter();
        if letter["to"] == json!([DIRECTOR]) && letter.to_string().contains(&last.reference) {
            break;
        }
        if subject(&letter).starts_with("Quá hạn") {
            late.push(letter);
        }
    }
    let subjects: Vec<String> = late.iter().map(|letter| subject(letter).to_owned()).collect();
    assert_eq!(order(subjects.iter().map(String::as_str), &references), references, "in the post");
    let told: BTreeSet<(String, &str)> =
        late.iter().map(|letter| (letter["to"].to_string(), subject(letter))).collect();
    assert_eq!(told.len(), late.len(), "somebody was written to twice about one promise");
    for reference in &references {
        assert_eq!(steps(&house, reference).len(), STEPS.len(), "{reference}");
    }
    assert!(!house.log().contains("ERROR"), "{}", house.log());
    let log = super::house::verb(house.path(), "log verify --json").json();
    assert_eq!(log["valid"], true, "{log}");
}
