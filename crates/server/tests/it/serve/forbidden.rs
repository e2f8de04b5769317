//! Moves the rules forbid: 409 with the rule, and nothing changed.
//! Must not test who may see a complaint.

use serde_json::json;

use super::house::{A, AUDITOR, B, CARE, DIRECTOR, HEAD, House, noise, with};
use super::life::{Life, finding, told};

/// Checks that a move is refused as `code` by `rule`, in words, and changes nothing.
#[track_caller]
fn refused(
    life: &Life<'_>,
    who: &str,
    (command, body): (&str, &serde_json::Value),
    says: [&str; 2],
) {
    let before = life.house.show(DIRECTOR, &life.case.reference);
    let refusal = life.tried(who, command, body).refusal();
    assert_eq!(refusal, (format!("/refusals/{}", says[0]), says[1].to_owned()), "{command}");
    assert_eq!(life.house.show(DIRECTOR, &life.case.reference)["version"], before["version"]);
}

#[test]
fn nobody_of_the_first_round_verifies_or_decides_the_second() {
    let house = House::open();
    let life = Life::begin(&house);
    let says = ["independence", "rounds.other_people"];
    life.answered();
    life.step(life.me(), "disagreement", &json!({"text": "Vẫn lệch."}), "received");
    life.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
    for body in [json!({"accept": true}), json!({"accept": true, "verifier": A})] {
        refused(&life, A, ("acceptance", &body), says);
    }
    refused(&life, B, ("acceptance", &json!({"accept": true, "verifier": HEAD})), says);
    refused(&life, HEAD, ("assignment", &json!({"verifier": A})), says);
    refused(&life, DIRECTOR, ("assignment", &json!({"decider": HEAD})), says);
    life.step(B, "acceptance", &json!({"accept": true}), "verifying");
    refused(&life, A, ("findings", &finding()), says);
    life.step(B, "findings", &finding(), "verifying");
    refused(&life, A, ("decision", &json!({"outcome": "upheld", "reasons": "Như cũ."})), says);
    let proposal = life.proposed_by(B);
    refused(&life, HEAD, ("approval", &json!({"proposal": proposal, "approve": true})), says);
    let give_back = json!({"proposal": proposal, "approve": false, "reason": "Xem lại."});
    refused(&life, HEAD, ("approval", &give_back), says);
    let first = json!({"proposal": "pro_1", "approve": true});
    refused(&life, DIRECTOR, ("approval", &first), ["wrong-step", "steps"]);
}

#[test]
fn nobody_approves_their_own_proposal_and_nobody_without_authority_approves() {
    let house = House::open();
    let life = Life::begin(&house);
    life.verified_by(A);
    let proposal = life.proposed_by(HEAD);
    let approve = json!({"proposal": proposal, "approve": true});
    refused(&life, HEAD, ("approval", &approve), ["own-proposal", "decision.approval"]);
    refused(&life, A, ("approval", &approve), ["no-authority", "decision.authority"]);
    let unknown = json!({"proposal": "pro_9", "approve": true});
    refused(&life, DIRECTOR, ("approval", &unknown), ["unknown-proposal", "decision"]);
    refused(&life, A, ("response", &told(&proposal)), ["wrong-step", "steps"]);
    life.step(DIRECTOR, "approval", &approve, "responding");
}

#[test]
fn nothing_closes_before_a_result_reached_the_person() {
    let house = House::open();
    let life = Life::begin(&house);
    let no_response = ["no-response", "promises.resolution.kept_by"];
    for r#as in ["agreed", "no-objection", "last-round"] {
        refused(&life, CARE, ("closure", &json!({"as": r#as})), no_response);
    }
    refused(&life, CARE, ("closure", &json!({"as": "withdrawn"})), ["not-withdrawn", "rounds"]);
    refused(&life, life.me(), ("agreement", &json!({})), ["no-result-yet", "rounds"]);
    refused(&life, life.me(), ("disagreement", &json!({"text": "?"})), ["no-result-yet", "rounds"]);
    let rating = json!({"round": 1, "result": 5, "handling": 5});
    refused(&life, life.me(), ("rating", &rating), ["no-result-yet", "rounds"]);
    life.verified_by(A);
    refused(&life, CARE, ("closure", &json!({"as": "agreed"})), no_response);
    let proposal = life.proposed_by(A);
    life.step(HEAD, "approval", &json!({"proposal": proposal, "approve": true}), "responding");
    refused(&life, CARE, ("closure", &json!({"as": "agreed"})), no_response);
    life.told_by(A, &proposal);
    refused(&life, CARE, ("closure", &json!({"as": "agreed"})), ["not-agreed", "rounds"]);
    let silent = json!({"as": "no-objection"});
    refused(&life, CARE, ("closure", &silent), ["objection-open", "rounds.objection.within"]);
    let last = json!({"as": "last-round"});
    refused(&life, CARE, ("closure", &last), ["not-last-round", "rounds.max"]);
    life.step(life.me(), "agreement", &json!({}), "answered");
    let problem = life.tried(A, "closure", &json!({"as": "agreed"})).problem(403);
    assert_eq!(problem["type"], "/refusals/not-permitted");
    assert_eq!(problem["rule"], "departments.closes");
}

#[test]
fn a_case_with_danger_is_never_refused_nor_closed_by_silence() {
    let house = House::open();
    let danger = json!({"category": "ENTRAPMENT", "text": "Kẹt trong thang hai mươi phút"});
    let life = Life::begin_with(&house, &with(noise(), danger));
    let refusal = json!({"ground": "no-basis", "reasons": "Không có.", "checked": "Nhật ký."});
    life.step(DIRECTOR, "handover", &json!({"to": "technical", "note": "gấp"}), "handed-over");
    life.step(A, "acceptance", &json!({"accept": true}), "verifying");
    refused(&life, A, ("refusal", &refusal), ["safety-not-refused", "safety.refuse"]);
    life.step(A, "findings", &finding(), "verifying");
    let proposal = life.proposed_by(A);
    life.step(HEAD, "approval", &json!({"proposal": proposal, "approve": true}), "responding");
    life.told_by(A, &proposal);
    let silent = json!({"as": "no-objection"});
    refused(&life, CARE, ("closure", &silent), ["safety-not-silent", "safety.auto_close"]);
}

#[test]
fn no_evidence_is_said_only_after_asking_and_no_competence_names_who_can_help() {
    let house = House::open();
    let life = Life::begin(&house);
    life.step(DIRECTOR, "handover", &json!({}), "handed-over");
    life.step(A, "acceptance", &json!({"accept": true}), "verifying");
    let ground = |ground: &str| json!({"ground": ground, "reasons": "…", "checked": "…"});
    let no_evidence = ("refusal", &ground("no-evidence"));
    refused(&life, A, no_evidence, ["ask-first", "refusal.grounds.ask_first"]);
    let elsewhere = life.tried(A, "refusal", &ground("outside-competence")).refusal();
    assert_eq!(elsewhere.0, "/refusals/who-can-help");
    let unknown = ("refusal", &ground("tired"));
    refused(&life, A, unknown, ["unknown-ground", "refusal.grounds"]);
    let ask = json!({"asks": ["ảnh khe cửa"], "text": "Xin bà gửi ảnh.", "channel": "phone",
                     "by_hand": {"with": "bà Hà"}});
    life.step(A, "evidence-request", &ask, "verifying");
    refused(&life, A, no_evidence, ["evidence-awaited", "refusal.grounds.wait"]);
    let again = json!({"asks": ["mã thang máy"], "text": "Mã thang?", "channel": "phone",
                       "by_hand": {}});
    refused(&life, A, ("evidence-request", &again), ["already-held", "notices.ask_again"]);
}

#[test]
fn a_sealed_file_refuses_everything_but_reopening() {
    let house = House::open();
    let life = Life::begin(&house);
    life.answered();
    life.step(life.me(), "agreement", &json!({}), "answered");
    life.step(CARE, "closure", &json!({"as": "agreed"}), "archived");
    let sealed = ["closed", "archive"];
    refused(&life, CARE, ("notes", &json!({"text": "Thêm"})), sealed);
    refused(&life, DIRECTOR, ("handover", &json!({"to": "care"})), sealed);
    refused(&life, life.me(), ("messages", &json!({"text": "Còn đó không?"})), sealed);
    refused(&life, A, ("findings", &finding()), sealed);
    assert_eq!(life.tried(CARE, "reopening", &json!({"reason": "Nhầm"})).status, 403);
    let closed = json!({"state": "archived"});
    assert_eq!(house.show(AUDITOR, &life.case.reference)["state"], closed["state"]);
    life.step(DIRECTOR, "reopening", &json!({"reason": "Đóng nhầm"}), "answered");
}

#[test]
fn what_is_stated_lies_neither_in_the_future_nor_before_the_complaint() {
    let house = House::open();
    let life = Life::begin(&house);
    let words = |at: &str| json!({"direction": "out", "channel": "phone", "text": "Đã gọi.", "by_hand": {"at": at}});
    let future = words("2099-01-01T08:00:00+07:00");
    refused(&life, CARE, ("messages", &future), ["in-future", "time"]);
    let past = words("2026-01-01T08:00:00+07:00");
    refused(&life, CARE, ("messages", &past), ["before-receipt", "promises.*.from"]);
    let due = json!({"kind": "visit", "what": "Kiểm tra", "due": "2026-01-01T08:00:00+07:00"});
    refused(&life, CARE, ("undertakings", &due), ["in-past", "time"]);
}

#[test]
fn a_refusal_is_said_in_the_language_asked_for() {
    let house = House::open();
    let life = Life::begin(&house);
    let path = format!("/api/v1/complaints/{}/closure", life.case.reference);
    let said = ["vi", "en", "lo"].map(|lang| {
        let ask = house.client.post(&path).token(house.token(CARE)).header("accept-language", lang);
        let answer = ask.json(&json!({"as": "agreed"})).send();
        assert_eq!(answer.header("content-language"), lang);
        let problem = answer.problem(409);
        format!("{}: {}", problem["title"], problem["detail"])
    });
    assert!(said[0] != said[1] && said[1] != said[2], "{said:?}");
    assert!(!said[2].contains(|c: char| c.is_ascii_alphabetic()), "{}", said[2]);
}
