//! Tests of the registry: every example of the published interface is read, every fault is named.

use serde_json::{Value, json};

use super::*;
use crate::field::FieldErrors;

fn faults(name: &str, body: &Value) -> Vec<(String, &'static str)> {
    match parse(name, body, false) {
        Ok(_) => vec![],
        Err(ParseError::NoSuchCommand) => vec![(String::new(), "no-such-command")],
        Err(ParseError::Fields(errors)) => pairs(&errors),
    }
}

fn pairs(errors: &FieldErrors) -> Vec<(String, &'static str)> {
    errors.iter().map(|error| (error.pointer.clone(), error.code)).collect()
}

/// Command, body, shape: the examples of the published interface.
const EXAMPLES: &str = r#"
sighting | {} | sighting
classification | {"kind":"complaint","about":"service","category":"LEVELLING","severity":"high","safety":false,"reason":"x"} | classification
handover | {"to":"technical","join":["care"],"note":"x"} | handover
acceptance | {"accept":true,"verifier":"tung@x.vn"} | acceptance
acceptance | {"accept":false,"reason":"x"} | return
assignment | {"verifier":"tung@x.vn","decider":"huy@x.vn","reason":"x"} | assignment
mandate | {"document":"upl_1","scope":["receive","decide"],"until":"2027-01-01","verified":true} | mandate
mandate | {"verified":true} | mandate-check
notes | {"text":"x","files":[],"mentions":["huy@x.vn"]} | notes
messages | {"direction":"in","channel":"zalo","received_at":"2026-11-23T08:17:00+07:00","text":"x","files":[]} | enter
messages | {"direction":"out","channel":"email","text":"x","files":[],"because":"x"} | send
messages | {"direction":"out","channel":"phone","by_hand":{"at":"2026-11-23T09:05:00+07:00","with":"bà Hà","proof":["upl_2"]},"text":"x"} | tell-words
evidence-request | {"asks":["photo"],"answer_by":"2026-11-24T17:00:00+07:00","channel":"zalo","text":"x"} | evidence-request
findings | {"check":"levelling","side":"company","text":"38 mm","at":"2026-11-24T14:20:00+07:00","files":["upl_3"]} | findings
undertakings | {"kind":"visit","what":"x","owner":"tung@x.vn","due":"2026-11-24T14:00:00+07:00"} | undertaking
undertakings | {"id":"und_1","outcome":"kept","at":"2026-11-24T13:52:00+07:00","proof":["upl_4"]} | undertaking-settled
undertakings | {"id":"und_1","outcome":"moved","due":"2026-11-27T16:00:00+07:00","reason":"x"} | undertaking-moved
decision | {"outcome":"upheld","reasons":"x","remedies":[{"what":"x","owner":"tung@x.vn","due":"2026-11-27T16:00:00+07:00"}]} | decision
refusal | {"ground":"no-evidence","reasons":"x","checked":"x","who_can_help":"x"} | refusal
approval | {"proposal":"pro_1","approve":true} | approval
approval | {"proposal":"pro_1","approve":false,"reason":"x"} | give-back
response | {"proposal":"pro_1","channel":"email","text":"x","files":[],"because":"x"} | response
response | {"proposal":"pro_1","told":{"by":"visit","at":"2026-11-25T16:40:00+07:00","to":"bà Hà","words":"x","proof":["upl_5"]}} | response-told
response | {"attempt":"att_1","failed":"returned letter"} | response-failed
agreement | {"text":"x"} | agreement
disagreement | {"text":"x","files":[]} | disagreement-entered
disagreement | {"text":"x","files":[],"channel":"letter","received_at":"2026-11-25T16:40:00+07:00"} | disagreement-entered
withdrawal | {"reason":"x"} | withdrawal
rating | {"round":1,"result":2,"handling":4,"text":"x"} | rating
closure | {"as":"agreed","reason":"x"} | closure
reopening | {"reason":"x","round":2} | reopening
reopening | {"reason":"x","round":null} | reopening
joining | {"into":"KN-26-000384-KB","reason":"x"} | joining
joining | {"undo":true,"reason":"x"} | unjoining
redaction | {"event":57,"fields":["text"],"ground":"third-party-data"} | redaction
hold | {"ground":"court","reason":"x"} | hold
hold | {"lift":true,"reason":"x"} | hold-lifting
"#;

#[test]
fn every_example_of_the_published_interface_is_a_command() {
    for row in EXAMPLES.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [name, body, shape] = cells[..] else { panic!("three cells: {row}") };
        let body: Value = serde_json::from_str(body).expect(row);
        assert_eq!(parse(name, &body, false).map(|(found, _)| found.id), Ok(shape), "{row}");
    }
}

#[test]
fn the_complainant_has_shapes_of_their_own() {
    for (name, body, shape) in [
        ("messages", json!({"text":"x","files":[]}), "write"),
        ("messages", json!({"direction":"in","text":"x"}), "write"),
        ("disagreement", json!({"text":"x","files":["upl_1"]}), "disagreement"),
        ("agreement", json!({}), "agreement"),
    ] {
        assert_eq!(parse(name, &body, true).map(|(found, _)| found.id), Ok(shape), "{body}");
    }
    let stated = json!({"text":"x","channel":"zalo"});
    assert!(parse("disagreement", &stated, true).is_err(), "only staff state a channel");
}

#[test]
fn a_list_that_must_be_there_must_hold_something() {
    let body = json!({"asks": ["", null], "text": "x"});
    assert_eq!(faults("evidence-request", &body), [("/asks".to_owned(), "missing")]);
    let body = json!({"text": "x", "direction": "in"});
    assert_eq!(faults("notes", &body), [("/direction".to_owned(), "unknown-field")]);
}

#[test]
fn every_fault_of_every_field_is_told_at_once() {
    let body =
        json!({"check":"","side":"left","text":7,"at":"yesterday","files":"upl_1","extra":1});
    let expected = [
        ("/check", "missing"),
        ("/side", "not-a-choice"),
        ("/text", "not-a-text"),
        ("/at", "not-an-instant"),
        ("/files", "not-a-list"),
        ("/extra", "unknown-field"),
    ];
    let expected: Vec<_> = expected.iter().map(|(at, code)| ((*at).to_owned(), *code)).collect();
    assert_eq!(faults("findings", &body), expected);
}

#[test]
fn nested_faults_point_into_their_group() {
    let body = json!({"proposal":"und_1","told":{"by":"pigeon","to":"bà Hà","words":"a\u{0}b"}});
    let expected = [
        ("/proposal", "not-an-id"),
        ("/told/by", "not-a-choice"),
        ("/told/words", "control-character"),
    ];
    let expected: Vec<_> = expected.iter().map(|(at, code)| ((*at).to_owned(), *code)).collect();
    assert_eq!(faults("response", &body), expected);
}

#[test]
fn a_body_that_fits_no_shape_says_what_is_missing() {
    assert_eq!(faults("acceptance", &json!({})), [("/accept".to_owned(), "missing")]);
    assert_eq!(faults("messages", &json!({"text":"x"})), [("/direction".to_owned(), "missing")]);
    assert_eq!(faults("nothing", &json!({})), [(String::new(), "no-such-command")]);
    assert_eq!(faults("sighting", &json!([])), [(String::new(), "not-an-object")]);
}

#[test]
fn every_shape_has_an_id_of_its_own_and_somebody_who_may() {
    let mut ids: Vec<_> = COMMANDS.iter().flat_map(|c| c.shapes).map(|shape| shape.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(COMMANDS.iter().flat_map(|c| c.shapes).all(|shape| !shape.who.is_empty()));
}
