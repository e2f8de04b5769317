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

#[test]
fn every_example_of_the_published_interface_is_a_command() {
    let at = "2026-11-24T17:00:00+07:00";
    let examples = [
        ("sighting", json!({}), "sighting"),
        (
            "classification",
            json!({"kind":"complaint","about":"service","category":"LEVELLING","severity":"high","safety":false,"reason":"x"}),
            "classification",
        ),
        ("handover", json!({"to":"technical","join":["care"],"note":"x"}), "handover"),
        ("acceptance", json!({"accept":true,"verifier":"tung@x.vn"}), "acceptance"),
        ("acceptance", json!({"accept":false,"reason":"x"}), "return"),
        (
            "assignment",
            json!({"verifier":"tung@x.vn","decider":"huy@x.vn","reason":"x"}),
            "assignment",
        ),
        (
            "mandate",
            json!({"document":"upl_1","scope":["receive","decide"],"until":"2027-01-01","verified":true}),
            "mandate",
        ),
        ("notes", json!({"text":"x","files":[],"mentions":["huy@x.vn"]}), "notes"),
        (
            "messages",
            json!({"direction":"in","channel":"zalo","received_at":at,"text":"x","files":[]}),
            "enter",
        ),
        (
            "messages",
            json!({"direction":"out","channel":"email","text":"x","files":[],"because":"x"}),
            "send",
        ),
        (
            "messages",
            json!({"direction":"out","channel":"phone","by_hand":{"at":at,"with":"bà Hà","proof":["upl_2"]},"text":"x"}),
            "tell-words",
        ),
        (
            "evidence-request",
            json!({"asks":["photo"],"answer_by":at,"channel":"zalo","text":"x"}),
            "evidence-request",
        ),
        (
            "findings",
            json!({"check":"levelling","side":"company","text":"38 mm","at":at,"files":["upl_3"]}),
            "findings",
        ),
        (
            "undertakings",
            json!({"kind":"visit","what":"x","owner":"tung@x.vn","due":at}),
            "undertaking",
        ),
        (
            "undertakings",
            json!({"id":"und_1","outcome":"kept","at":at,"proof":["upl_4"]}),
            "undertaking-settled",
        ),
        (
            "undertakings",
            json!({"id":"und_1","outcome":"moved","due":at,"reason":"x"}),
            "undertaking-moved",
        ),
        (
            "decision",
            json!({"outcome":"upheld","reasons":"x","remedies":[{"what":"x","owner":"tung@x.vn","due":at}]}),
            "decision",
        ),
        (
            "refusal",
            json!({"ground":"no-evidence","reasons":"x","checked":"x","who_can_help":"x"}),
            "refusal",
        ),
        ("approval", json!({"proposal":"pro_1","approve":true}), "approval"),
        ("approval", json!({"proposal":"pro_1","approve":false,"reason":"x"}), "give-back"),
        (
            "response",
            json!({"proposal":"pro_1","channel":"email","text":"x","files":[],"because":"x"}),
            "response",
        ),
        (
            "response",
            json!({"proposal":"pro_1","told":{"by":"visit","at":at,"to":"bà Hà","words":"x","proof":["upl_5"]}}),
            "response-told",
        ),
        ("response", json!({"attempt":"att_1","failed":"returned letter"}), "response-failed"),
        ("agreement", json!({"text":"x"}), "agreement"),
        ("disagreement", json!({"text":"x","files":[]}), "disagreement-entered"),
        ("withdrawal", json!({"reason":"x"}), "withdrawal"),
        ("rating", json!({"round":1,"result":2,"handling":4,"text":"x"}), "rating"),
        ("closure", json!({"as":"agreed","reason":"x"}), "closure"),
        ("reopening", json!({"reason":"x","round":2}), "reopening"),
        ("reopening", json!({"reason":"x","round":null}), "reopening"),
        ("joining", json!({"into":"KN-26-000384-KB","reason":"x"}), "joining"),
        ("joining", json!({"undo":true,"reason":"x"}), "unjoining"),
        (
            "redaction",
            json!({"event":57,"fields":["text"],"ground":"third-party-data"}),
            "redaction",
        ),
    ];
    for (name, body, shape) in examples {
        match parse(name, &body, false) {
            Ok((found, _)) => assert_eq!(found.id, shape, "{name} {body}"),
            Err(error) => panic!("{name} {body}: {error:?}"),
        }
    }
    let words = parse("messages", &json!({"text":"x","files":[]}), true);
    assert_eq!(words.map(|(shape, _)| shape.id), Ok("write"));
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
    assert_eq!(faults("messages", &json!({"text":"x"})), [("/text".to_owned(), "missing")]);
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
