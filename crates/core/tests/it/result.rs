//! Results: refused with a ground, sent, failed and revived, told at once, undertakings.

use redress_core::{
    complaint::{Effect, RefusalCode, Stage, command::DeliveryOutcome, vocabulary::FailureCode},
    id::UndertakingId,
};
use redress_testkit::{CUSTOMER, Case, people::*};
use serde_json::{Value, json};

use crate::history::*;

fn accepted() -> DeliveryOutcome {
    DeliveryOutcome::Accepted { provider_id: Some("4Z1".to_owned()) }
}

fn refused() -> DeliveryOutcome {
    DeliveryOutcome::Failed { code: FailureCode::Refused, detail: None }
}

fn refusal(ground: &str) -> Value {
    json!({"ground": ground, "reasons": "Không đủ căn cứ", "checked": "Hồ sơ, hiện trường"})
}

#[test]
fn no_evidence_needs_a_request_and_its_wait() {
    let mut case = verifying();
    let ask_first = (RefusalCode::AskFirst, "refusal.grounds.ask_first");
    assert_eq!(case.refuses(TUNG, "refusal", &refusal("no-evidence")), ask_first);
    let ask = json!({"asks": ["Ảnh khe hở"], "text": "Xin gửi giúp", "by_hand": {}});
    case.at("2026-11-23 10:00").does(TUNG, "evidence-request", &ask);
    let awaited = (RefusalCode::EvidenceAwaited, "refusal.grounds.wait");
    case.at("2026-11-24 09:59");
    assert_eq!(case.refuses(TUNG, "refusal", &refusal("no-evidence")), awaited);
    case.at("2026-11-24 10:00");
    assert_eq!(case.does(TUNG, "refusal", &refusal("no-evidence")), ["refusal.proposed"]);
    case.does(HUY, "approval", &approve("pro_1"));
    case.does(TUNG, "response", &told("pro_1"));
    let result = case.complaint.round().result.clone().expect("answered");
    assert_eq!(result.outcome(), "refused");
}

#[test]
fn a_request_that_never_left_is_no_request() {
    let mut case = verifying();
    let ask =
        json!({"asks": ["Ảnh"], "text": "Xin gửi", "channel": "email", "because": "Dễ gửi ảnh"});
    assert_eq!(case.does(TUNG, "evidence-request", &ask), ["message.queued", "evidence.requested"]);
    case.at("2026-11-25 09:00");
    let ask_first = (RefusalCode::AskFirst, "refusal.grounds.ask_first");
    assert_eq!(case.refuses(TUNG, "refusal", &refusal("no-evidence")), ask_first);
    case.provider("att_1", accepted());
    case.at("2026-11-26 08:59");
    let awaited = (RefusalCode::EvidenceAwaited, "refusal.grounds.wait");
    assert_eq!(case.refuses(TUNG, "refusal", &refusal("no-evidence")), awaited);
    case.does(CUSTOMER, "messages", &json!({"text": "Không có ảnh"}));
    assert_eq!(case.does(TUNG, "refusal", &refusal("no-evidence")), ["refusal.proposed"]);
}

#[test]
fn a_refusal_dies_when_danger_is_found_before_it_reached_the_person() {
    let never = (RefusalCode::SafetyNotRefused, "safety.refuse");
    let danger = json!({"safety": true});
    let mut case = verifying();
    case.does(TUNG, "refusal", &refusal("no-basis"));
    case.does(MAI, "classification", &danger);
    assert_eq!(case.refuses(HUY, "approval", &approve("pro_1")), never);
    let back = json!({"proposal": "pro_1", "approve": false, "reason": "Có nguy hiểm"});
    assert_eq!(case.does(HUY, "approval", &back), ["proposal.returned"]);

    let mut case = verifying();
    case.does(TUNG, "refusal", &refusal("no-basis"));
    case.does(HUY, "approval", &approve("pro_1"));
    case.does(MAI, "classification", &danger);
    assert_eq!(case.refuses(TUNG, "response", &told("pro_1")), never);
    assert_eq!(case.does(HUY, "approval", &back), ["proposal.returned"]);
    assert_eq!(case.complaint.stage, Stage::Verifying);
}

#[test]
fn a_refusal_that_waits_for_its_channel_is_recalled_when_danger_is_found() {
    let mut case = verifying();
    case.does(TUNG, "refusal", &refusal("no-basis"));
    case.does(HUY, "approval", &approve("pro_1"));
    case.does(TUNG, "response", &by_mail());
    let done = case.does(MAI, "classification", &json!({"safety": true}));
    assert_eq!(done, ["complaint.classified", "danger.confirmed", "response.failed"]);
    assert!(case.provider("att_1", accepted()).is_empty());
}

#[test]
fn a_result_that_waits_for_its_channel_is_recalled_by_a_new_round() {
    let mut case = responding();
    case.does(TUNG, "response", &by_mail());
    let mut case = answer(case);
    let done = case.does(CUSTOMER, "disagreement", &json!({"text": "Chưa"}));
    assert_eq!(done, ["complaint.disagreed", "response.failed", "round.opened"]);
}

#[test]
fn a_proposal_may_be_given_back_and_made_again() {
    let mut case = deciding();
    let back = json!({"proposal": "pro_1", "approve": false, "reason": "Thiếu số đo"});
    assert_eq!(case.does(HUY, "approval", &back), ["proposal.returned"]);
    assert_eq!(case.does(TUNG, "decision", &decision()), ["decision.proposed"]);
    let wrong = (RefusalCode::WrongStep, "steps");
    assert_eq!(case.refuses(HUY, "approval", &approve("pro_1")), wrong);
    case.does(HUY, "approval", &approve("pro_2"));
    assert!(case.does(HUY, "approval", &approve("pro_2")).is_empty());
    assert_eq!(case.refuses(HUY, "approval", &back), wrong);
}

#[test]
fn a_result_told_within_three_hours_keeps_both_promises() {
    let mut case = handed_over();
    case.at("2026-11-23 09:00").does(TUNG, "acceptance", &json!({"accept": true}));
    case.does(TUNG, "findings", &json!({"check": "x", "side": "company", "text": "y"}));
    case.does(TUNG, "decision", &decision());
    case.does(HUY, "approval", &approve("pro_1"));
    let done = case.at("2026-11-23 10:30").does(TUNG, "response", &told("pro_1"));
    assert_eq!(done, ["response.told", "promise.kept", "promise.kept"]);
    assert_eq!((word(&case, "first-reply"), word(&case, "resolution")), ("kept", "kept"));
}

#[test]
fn a_result_may_be_told_on_any_way_back_or_in_person_without_a_reason() {
    for by in ["phone", "email", "sms", "visit", "office"] {
        let mut body = told("pro_1");
        body["told"]["by"] = json!(by);
        let mut case = responding();
        case.at("2026-11-25 16:40");
        assert_eq!(case.does(TUNG, "response", &body)[0], "response.told", "{by}");
    }
}

fn by_mail() -> Value {
    json!({"proposal": "pro_1", "channel": "email", "text": "Kết quả", "because": "Khách muốn"})
}

/// The result went by e-mail and was taken by the provider on Wednesday.
fn mailed() -> Case {
    let mut case = responding();
    case.at("2026-11-25 09:00");
    assert_eq!(case.does(TUNG, "response", &by_mail()), ["message.queued"]);
    assert_eq!(case.complaint.stage, Stage::Responding);
    let done = case.provider("att_1", accepted());
    assert_eq!(done, ["response.sent", "promise.kept", "promise.kept"]);
    assert_eq!(case.complaint.stage, Stage::Answered);
    case
}

#[test]
fn a_result_that_comes_back_revives_its_promise_with_the_old_due_date() {
    let mut case = mailed();
    let old = due(&case, "resolution");
    case.at("2026-11-25 11:00");
    let body = json!({"attempt": "att_1", "failed": "Thư bị trả lại"});
    let done = case.does(MAI, "response", &body);
    assert_eq!(done, ["response.failed", "promise.revived", "promise.revived"]);
    assert!(case.does(MAI, "response", &body).is_empty());
    assert_eq!((case.complaint.stage, due(&case, "resolution")), (Stage::Responding, old));
    assert_eq!(word(&case, "resolution"), "running");
    assert_eq!(case.complaint.round().objection_until, None);
    let early = (RefusalCode::NoResponse, "promises.resolution.kept_by");
    assert_eq!(case.refuses(MAI, "closure", &json!({"as": "no-objection"})), early);
    case.does(TUNG, "response", &told("pro_1"));
    assert_eq!(case.complaint.stage, Stage::Answered);
}

#[test]
fn a_second_way_that_arrived_still_answers_when_the_first_fails() {
    let mut case = mailed();
    case.at("2026-11-25 10:00").does(TUNG, "response", &told("pro_1"));
    let done = case.provider("att_1", refused());
    assert_eq!(case.complaint.stage, Stage::Answered);
    assert_eq!(done[0], "response.failed");
    let kept: Vec<_> = case.complaint.promises.iter().filter_map(|p| p.kept_at).collect();
    assert_eq!(kept, [case.now, case.now], "kept by the call of ten o'clock");
}

#[test]
fn a_second_telling_never_shortens_the_time_to_object() {
    let mut case = mailed();
    let until = case.complaint.round().objection_until;
    let mut body = told("pro_1");
    body["told"]["at"] = json!("2026-11-24T16:00:00+07:00");
    case.does(TUNG, "response", &body);
    assert_eq!(case.complaint.round().objection_until, until);
}

#[test]
fn an_answer_that_arrived_after_the_end_leaves_nothing_to_run_when_it_is_opened_again() {
    let mut case = responding();
    case.does(TUNG, "response", &by_mail());
    case.provider("att_1", DeliveryOutcome::Attempted);
    case.does(CUSTOMER, "withdrawal", &json!({"reason": "Đã ổn"}));
    case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    assert_eq!(case.provider("att_1", accepted())[0], "response.sent");
    case.does(DIRECTOR, "reopening", &json!({"reason": "Xem lại"}));
    assert_eq!(case.complaint.stage, Stage::Answered);
    assert!(case.complaint.waiting_promises().next().is_none(), "{:?}", case.complaint.promises);
}

#[test]
fn a_letter_of_round_one_answers_no_round_two() {
    let mut case = responding();
    case.does(TUNG, "response", &by_mail());
    case.provider("att_1", DeliveryOutcome::Attempted);
    let mut case = answer(case);
    case.at("2026-11-26 09:00").does(CUSTOMER, "disagreement", &json!({"text": "Chưa"}));
    assert_eq!(case.provider("att_1", accepted()), ["response.sent"]);
    assert_eq!(case.complaint.stage, Stage::Received);
    assert_eq!(case.complaint.round().answered_at, None);
}

#[test]
fn a_result_that_arrives_after_closing_opens_nothing() {
    let mut case = responding();
    case.does(TUNG, "response", &by_mail());
    case.does(CUSTOMER, "withdrawal", &json!({}));
    case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    case.provider("att_1", accepted());
    assert_eq!(case.complaint.stage, Stage::Archived);
}

#[test]
fn a_result_that_comes_back_after_closing_is_told_to_the_director() {
    let mut case = mailed();
    case.at("2026-12-11 00:00");
    assert_eq!(case.tick(), ["complaint.closed", "complaint.archived"]);
    let done = case.provider("att_1", refused());
    assert_eq!(done, ["response.failed", "promise.revived", "promise.revived"]);
    assert_eq!(case.effects(3), [Effect::Inform]);
    case.does(DIRECTOR, "reopening", &json!({"reason": "Thư không tới"}));
    assert_eq!(case.complaint.stage, Stage::Responding);
}

#[test]
fn undertakings_are_made_moved_broken_and_kept() {
    let mut case = verifying();
    let make = json!({"kind": "visit", "what": "Tới đo", "owner": SON, "due": "2026-11-24T14:00:00+07:00"});
    assert_eq!(case.does(MAI, "undertakings", &make), ["undertaking.made"]);
    assert_eq!(case.does(MAI, "undertakings", &make), ["undertaking.made"]);
    assert_eq!(case.does(MAI, "undertakings", &make), ["undertaking.made"]);
    let moved = json!({"id": "und_1", "outcome": "moved", "due": "2026-11-25T14:00:00+07:00", "reason": "Khách bận"});
    assert_eq!(case.does(SON, "undertakings", &moved), ["undertaking.moved"]);
    for (id, outcome, event) in [
        ("und_1", "kept", "undertaking.kept"),
        ("und_2", "broken", "undertaking.broken"),
        ("und_3", "cancelled", "undertaking.cancelled"),
    ] {
        let body = json!({"id": id, "outcome": outcome, "reason": "Xong"});
        assert_eq!(case.does(SON, "undertakings", &body), [event]);
    }
    assert_eq!(case.complaint.running_undertakings().count(), 0);
}

/// A decision with a remedy, approved.
fn remedied() -> Case {
    let mut case = found();
    let mut body = decision();
    body["remedies"] =
        json!([{"what": "Thay cáp", "owner": SON, "due": "2026-12-04T16:00:00+07:00"}]);
    case.does(TUNG, "decision", &body);
    case.does(HUY, "approval", &approve("pro_1"));
    case
}

fn is_announced(case: &Case) -> bool {
    case.complaint.is_announced(&case.complaint.undertakings[0])
}

fn tell(sequence: usize, complainant_only: bool) -> Effect {
    let undertaking = UndertakingId::nth(1);
    Effect::TellUndertaking { undertaking, sequence, complainant_only }
}

#[test]
fn a_remedy_is_announced_with_the_answer_that_reached_the_complainant() {
    let mut case = remedied();
    assert_eq!(case.effects(2), [tell(0, false)], "to its owner");
    assert!(!is_announced(&case));
    case.does(TUNG, "response", &by_mail());
    assert!(!is_announced(&case), "it waits for its channel");
    let done = case.provider("att_1", accepted());
    assert_eq!(case.effects(done.len()), [tell(0, true)]);
    assert!(is_announced(&case));
    case.provider("att_1", refused());
    assert!(!is_announced(&case), "it came back");
    let done = case.does(TUNG, "response", &told("pro_1"));
    assert_eq!(case.effects(done.len()), [tell(0, true)]);
    assert!(is_announced(&case));
    assert_eq!(case.replayed(true), Some(case.complaint.clone()));
}

#[test]
fn an_answer_announces_what_still_runs_as_it_stands() {
    let mut case = remedied();
    let moved = json!({"id": "und_1", "outcome": "moved", "due": "2026-12-05T16:00:00+07:00", "reason": "Chờ cáp"});
    case.does(SON, "undertakings", &moved);
    assert_eq!(case.effects(1), [tell(1, false)]);
    let mut cancelled = case.clone();
    let done = case.does(TUNG, "response", &told("pro_1"));
    assert_eq!(case.effects(done.len()), [tell(1, true)]);
    let body = json!({"id": "und_1", "outcome": "cancelled", "reason": "Không cần"});
    cancelled.does(SON, "undertakings", &body);
    assert_eq!(cancelled.effects(1), [tell(2, false)]);
    let done = cancelled.does(TUNG, "response", &told("pro_1"));
    assert_eq!(cancelled.effects(done.len()), []);
}
