//! The end: every way to close, the seal, undertakings after it, reopening, joining, redaction.

use redress_core::{
    complaint::{
        Event, RefusalCode, Stage,
        command::DeliveryOutcome,
        decide::{JoinTarget, WordsOf},
        vocabulary::FailureCode,
    },
    reference::Reference,
};
use redress_testkit::{CUSTOMER, Case, people::*};
use serde_json::json;

use crate::history::*;

fn other() -> JoinTarget {
    let reference = Reference::new("KN", 2026, 400).expect("a good number");
    JoinTarget { reference, open: true, joined: false }
}

fn joined() -> Case {
    let mut case = verifying();
    case.target = Some(other());
    let body = json!({"into": other().reference.to_string(), "reason": "Cùng một việc"});
    let done = case.does(MAI, "joining", &body);
    assert_eq!(done, ["complaint.joined", "complaint.closed", "complaint.archived"]);
    case
}

#[test]
fn the_seal_names_all_files_and_how_long_they_are_kept() {
    let case = archived();
    let Event::Archived(sealed) = &case.history.last().expect("sealed").event else {
        panic!("the last event is the seal")
    };
    assert_eq!(sealed.events, case.complaint.version);
    assert_eq!(sealed.files.len(), case.complaint.files.len());
    assert_eq!(
        (sealed.class.as_str(), sealed.keep_until.to_string().as_str()),
        ("standard", "2031-11-26")
    );
    let mut case = answered_danger();
    case.does(CUSTOMER, "agreement", &json!({}));
    case.does(MAI, "closure", &json!({"as": "agreed"}));
    let Event::Archived(sealed) = &case.history.last().expect("sealed").event else {
        panic!("the last event is the seal")
    };
    assert_eq!(
        (sealed.class.as_str(), sealed.keep_until.to_string().as_str()),
        ("safety", "2036-11-25")
    );
}

#[test]
fn archiving_waits_for_the_last_undertaking() {
    let mut case = closed();
    assert_eq!(case.complaint.stage, Stage::Closed);
    let moved = json!({"id": "und_1", "outcome": "moved", "due": "2026-12-08T16:00:00+07:00", "reason": "Thiếu cáp"});
    assert_eq!(case.does(TUNG, "undertakings", &moved), ["undertaking.moved"]);
    let kept = json!({"id": "und_1", "outcome": "kept"});
    case.at("2026-12-07 15:00");
    assert_eq!(case.does(TUNG, "undertakings", &kept), ["undertaking.kept", "complaint.archived"]);
}

#[test]
fn the_last_round_may_be_closed_without_agreement() {
    let mut case = second_answered();
    let done = case.does(MAI, "closure", &json!({"as": "last-round"}));
    assert_eq!(done, ["complaint.closed", "complaint.archived"]);
}

#[test]
fn only_the_director_closes_what_was_tried_on_every_way_back() {
    let mut case = responding();
    let body =
        json!({"proposal": "pro_1", "channel": "email", "text": "Kết quả", "because": "Thử"});
    case.does(TUNG, "response", &body);
    case.provider("att_1", DeliveryOutcome::Failed { code: FailureCode::Refused, detail: None });
    let no_response = (RefusalCode::NoResponse, "promises.resolution.kept_by");
    let close = json!({"as": "no-objection"});
    assert_eq!(case.refuses(DIRECTOR, "closure", &close), no_response);
    for (n, by) in ["phone", "sms"].into_iter().enumerate() {
        let mut body = told("pro_1");
        body["told"]["by"] = json!(by);
        body["because"] = json!("Thử");
        case.does(TUNG, "response", &body);
        let attempt = format!("att_{}", n + 2);
        case.does(MAI, "response", &json!({"attempt": attempt, "failed": "Sai số"}));
    }
    assert_eq!(case.refuses(MAI, "closure", &close), no_response);
    assert_eq!(case.does(DIRECTOR, "closure", &close)[0], "complaint.closed");
}

#[test]
fn a_sealed_file_takes_reopening_and_silence_does_not_close_it_again() {
    let mut case = archived();
    case.at("2027-01-05 09:00");
    assert_eq!(
        case.does(DIRECTOR, "reopening", &json!({"reason": "Có chứng cứ mới"})),
        ["complaint.reopened"]
    );
    assert_eq!(case.complaint.stage, Stage::Answered);
    assert!(case.tick().is_empty(), "a person closes it");
    assert_eq!(case.does(MAI, "closure", &json!({"as": "agreed"}))[0], "complaint.closed");
}

#[test]
fn what_was_withdrawn_goes_on_where_it_stood() {
    let mut case = found();
    case.does(CUSTOMER, "withdrawal", &json!({}));
    case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    case.does(DIRECTOR, "reopening", &json!({"reason": "Khách đổi ý"}));
    assert_eq!(case.complaint.stage, Stage::Verifying);
    assert!(!case.complaint.withdrawn);
    case.does(TUNG, "decision", &decision());
}

#[test]
fn a_new_round_after_a_withdrawal_leaves_the_old_promise_behind() {
    let mut case = found();
    case.does(CUSTOMER, "withdrawal", &json!({}));
    case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    case.at("2026-12-01 09:00");
    case.does(DIRECTOR, "reopening", &json!({"reason": "Làm lại", "round": 2}));
    let next = case.complaint.next_promise().expect("running");
    assert_eq!((next.set.promise.as_str(), next.set.round), ("first-reply", 2));
    assert!(case.tick().is_empty(), "nobody is warned of a promise that cannot be kept any more");
}

#[test]
fn joining_is_undone_and_only_by_undoing() {
    let mut case = joined();
    let refused = (RefusalCode::AlreadyJoined, "notices.join");
    assert_eq!(case.refuses(DIRECTOR, "reopening", &json!({"reason": "Nhầm"})), refused);
    let done = case.does(MAI, "joining", &json!({"undo": true, "reason": "Hai việc khác nhau"}));
    assert_eq!(done, ["complaint.unjoined"]);
    assert_eq!((case.complaint.stage, &case.complaint.joined_into), (Stage::Verifying, &None));
}

#[test]
fn nothing_is_joined_to_itself_or_to_what_is_closed_or_joined() {
    for target in [
        None,
        Some(JoinTarget { open: false, ..other() }),
        Some(JoinTarget { joined: true, ..other() }),
        Some(JoinTarget { reference: received().complaint.reference, ..other() }),
    ] {
        let mut case = verifying();
        let into = target.as_ref().map_or(other().reference, |target| target.reference.clone());
        case.target = target;
        let body = json!({"into": into.to_string(), "reason": "Cùng một việc"});
        let refused = (RefusalCode::CannotJoin, "notices.join");
        assert_eq!(case.refuses(MAI, "joining", &body), refused);
    }
}

#[test]
fn words_are_redacted_also_after_the_seal() {
    let mut case = archived();
    case.words_of = Some(words_of("message.received"));
    let body = json!({"event": 1, "fields": ["text"], "ground": "third-party-data"});
    assert_eq!(case.does(MAI, "redaction", &body), ["text.redacted"]);
    assert_eq!(case.complaint.stage, Stage::Archived);
}

#[test]
fn words_an_answer_is_made_of_stay_whole_until_it_is_out() {
    let body = json!({"event": 1, "fields": ["text"], "ground": "third-party-data"});
    for kind in ["finding.recorded", "decision.proposed", "refusal.proposed", "undertaking.made"] {
        let mut case = verifying();
        case.words_of = Some(words_of(kind));
        assert_eq!(case.refuses(MAI, "redaction", &body), (RefusalCode::WrongStep, "steps"));
        let mut case = archived();
        case.words_of = Some(words_of(kind));
        assert_eq!(case.does(MAI, "redaction", &body), ["text.redacted"]);
    }
    let mut case = verifying();
    case.words_of = Some(words_of("note.added"));
    assert_eq!(case.does(MAI, "redaction", &body), ["text.redacted"]);
}

fn words_of(kind: &str) -> WordsOf {
    WordsOf { kind: kind.to_owned(), fields: vec!["text".to_owned(), "place".to_owned()] }
}

#[test]
fn a_new_round_begins_without_the_withdrawal_of_the_old_one() {
    let mut case = found();
    case.does(CUSTOMER, "withdrawal", &json!({}));
    case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    case.does(DIRECTOR, "reopening", &json!({"reason": "Làm lại", "round": 2}));
    assert!(!case.complaint.withdrawn);
}
