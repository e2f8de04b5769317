//! Words both ways: repeated notices, ways back, evidence, what providers answer.

use redress_core::{
    complaint::{Refusal, RefusalCode, command::DeliveryOutcome, vocabulary::FailureCode},
    kinds::ChannelKind,
};
use redress_testkit::{CUSTOMER, people::*};
use serde_json::json;

use crate::history::*;

fn accepted() -> DeliveryOutcome {
    DeliveryOutcome::Accepted { provider_id: None }
}

fn refused() -> DeliveryOutcome {
    DeliveryOutcome::Failed { code: FailureCode::Refused, detail: Some("550".to_owned()) }
}

#[test]
fn a_further_notice_before_our_answer_is_counted() {
    let mut case = handed_over();
    let words = json!({"text": "Bao giờ tới?"});
    let done = case.does(CUSTOMER, "messages", &words);
    assert_eq!(done, ["message.received", "complaint.contacted_again"]);
    let zalo = json!({"direction": "in", "channel": "zalo", "text": "Alo", "received_at": "2026-11-23T08:20:00+07:00"});
    case.does(MAI, "messages", &zalo);
    assert_eq!(case.complaint.contacted_again, 2);
    case.does(MAI, "messages", &json!({"direction": "out", "text": "Mai tới", "by_hand": {}}));
    assert_eq!(case.does(CUSTOMER, "messages", &words), ["message.received"]);
}

#[test]
fn words_that_are_sent_keep_the_first_reply_when_the_provider_takes_them() {
    let mut case = received_with(&json!({"reply_by": "email"}));
    let body = json!({"direction": "out", "text": "Đã nhận"});
    assert_eq!(case.does(MAI, "messages", &body), ["message.queued"]);
    assert_eq!(word(&case, "first-reply"), "running");
    assert_eq!(case.provider("att_1", DeliveryOutcome::Attempted), ["message.attempted"]);
    assert_eq!(case.provider("att_1", accepted()), ["message.sent", "promise.kept"]);
    assert_eq!(case.provider("att_1", refused()), ["message.failed", "promise.revived"]);
    assert_eq!(word(&case, "first-reply"), "running");
    assert!(case.provider("att_1", accepted()).is_empty(), "a failed attempt stays failed");
}

#[test]
fn a_reply_that_fails_gives_the_promise_to_the_next_one_that_arrived() {
    let mut case = received_with(&json!({"reply_by": "email"}));
    case.does(MAI, "messages", &json!({"direction": "out", "text": "Đã nhận"}));
    case.at("2026-11-23 09:00").provider("att_1", accepted());
    let call = json!({"direction": "out", "channel": "phone", "because": "Gấp", "text": "Đã gọi", "by_hand": {}});
    assert_eq!(case.at("2026-11-23 12:00").does(MAI, "messages", &call), ["message.told"]);
    let done = case.provider("att_1", refused());
    assert_eq!(done, ["message.failed", "promise.revived", "promise.kept"]);
    assert_eq!(word(&case, "first-reply"), "missed", "the call came after three hours");
}

#[test]
fn the_way_back_is_the_wish_then_the_next_that_has_not_failed() {
    let mut case = received_with(&json!({"reply_by": "email"}));
    case.does(MAI, "messages", &json!({"direction": "out", "text": "Đã nhận"}));
    case.provider("att_1", refused());
    let told = json!({"direction": "out", "text": "Đã gọi", "by_hand": {}});
    case.does(MAI, "messages", &told);
    let channels: Vec<_> = case.complaint.attempts.iter().map(|a| a.channel).collect();
    assert_eq!(channels, [ChannelKind::Email, ChannelKind::Phone]);
}

#[test]
fn what_the_file_holds_is_not_asked_again_and_the_refusal_names_the_event() {
    let mut case = verifying_with(&json!({"attachments": ["upl_1"], "asset": "LIFT-0042"}));
    for ask in ["Ảnh", "hình ảnh", "Số điện thoại", "lift code", "ຮູບພາບ"] {
        let body = json!({"asks": [ask], "text": "Xin gửi giúp", "by_hand": {}});
        let refused = case.run(TUNG, "evidence-request", &body).expect_err("the file holds it");
        let expected = Refusal::new(RefusalCode::AlreadyHeld, "notices.ask_again")
            .with("ask", ask)
            .with("event", 1);
        assert_eq!(refused, expected, "{ask}");
    }
    let other = json!({"asks": ["Ảnh khe hở"], "text": "Xin gửi giúp", "by_hand": {}});
    let done = case.does(TUNG, "evidence-request", &other);
    assert_eq!(done, ["message.told", "promise.kept", "evidence.requested"]);
    let answer = json!({"text": "Đây ạ", "files": ["upl_2"]});
    assert_eq!(case.does(CUSTOMER, "messages", &answer), ["message.received", "evidence.added"]);
    let version = case.complaint.version;
    let refused = case.run(TUNG, "evidence-request", &other).expect_err("it was answered");
    assert_eq!(refused.args, [("ask", "Ảnh khe hở".to_owned()), ("event", version.to_string())]);
}

#[test]
fn words_that_came_before_the_request_do_not_answer_it() {
    let mut case = verifying();
    let ask = json!({"asks": ["Ảnh khe hở"], "text": "Xin gửi giúp", "by_hand": {}});
    case.does(TUNG, "evidence-request", &ask);
    let older = json!({"direction": "in", "channel": "zalo", "text": "Alo", "received_at": "2026-11-23T08:50:00+07:00"});
    assert_eq!(case.does(MAI, "messages", &older), ["message.received"]);
}

#[test]
fn notes_keep_their_files_for_the_seal() {
    let mut case = verifying();
    let body = json!({"text": "Xem lại", "files": ["upl_9"], "mentions": [HUY]});
    assert_eq!(case.does(MAI, "notes", &body), ["note.added"]);
    assert_eq!(case.complaint.files.len(), 1);
}
