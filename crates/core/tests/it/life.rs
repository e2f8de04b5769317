//! One whole life: two rounds, six people, every promise kept.

use redress_core::complaint::{Effect, RefusalCode, Stage};
use redress_testkit::{CUSTOMER, people::*};
use serde_json::json;

use crate::history::*;

#[test]
fn a_complaint_lives_its_whole_life() {
    let mut case = received();
    assert_eq!(case.effects(1), [Effect::Inform, Effect::Acknowledge]);
    assert_eq!(due(&case, "first-reply"), "2026-11-23 11:17");
    assert_eq!(due(&case, "resolution"), "2026-11-27 00:00");

    case.at("2026-11-23 08:25");
    assert_eq!(case.does(DIRECTOR, "sighting", &json!({})), ["director.saw"]);
    assert_eq!(case.does(DIRECTOR, "handover", &json!({})), ["complaint.handed_over"]);
    assert_eq!(case.complaint.department, Some(department("technical")));

    let called = json!({"direction": "out", "channel": "phone", "text": "Đã nhận, mai tới đo",
        "by_hand": {"at": "2026-11-23T08:38:00+07:00", "with": "bà Hà", "proof": ["upl_2"]}});
    case.at("2026-11-23 08:40");
    assert_eq!(case.does(MAI, "messages", &called), ["message.told", "promise.kept"]);
    assert_eq!((word(&case, "first-reply"), word(&case, "resolution")), ("kept", "running"));

    let accept = json!({"accept": true, "verifier": TUNG});
    assert_eq!(case.does(HUY, "acceptance", &accept), ["handover.accepted"]);
    let finding =
        json!({"check": "levelling", "side": "company", "text": "38 mm", "files": ["upl_3"]});
    case.at("2026-11-24 14:20");
    assert_eq!(case.does(TUNG, "findings", &finding), ["finding.recorded"]);

    let own = (RefusalCode::OwnProposal, "decision.approval");
    let mut body = decision();
    body["remedies"] =
        json!([{"what": "Thay cáp", "owner": TUNG, "due": "2026-11-27T16:00:00+07:00"}]);
    assert_eq!(case.does(TUNG, "decision", &body), ["decision.proposed"]);
    assert_eq!(case.refuses(TUNG, "approval", &approve("pro_1")), own);
    let early = (RefusalCode::NoResponse, "promises.resolution.kept_by");
    assert_eq!(case.refuses(MAI, "closure", &json!({"as": "agreed"})), early);
    let approved = case.does(HUY, "approval", &approve("pro_1"));
    assert_eq!(approved, ["proposal.approved", "undertaking.made"]);

    case.at("2026-11-25 16:40");
    assert_eq!(case.does(TUNG, "response", &told("pro_1")), ["response.told", "promise.kept"]);
    assert_eq!(word(&case, "resolution"), "kept");
    let until = case.complaint.round().objection_until.expect("answered");
    assert_eq!(local(&case, until), "2026-12-11 00:00");
    let kept = json!({"id": "und_1", "outcome": "kept", "proof": ["upl_4"]});
    assert_eq!(case.does(TUNG, "undertakings", &kept), ["undertaking.kept"]);

    second_life(case);
}

/// From the disagreement on: everything again from the start, by other people.
fn second_life(mut case: redress_testkit::Case) {
    case.at("2026-11-26 09:00");
    let body = json!({"text": "Thang vẫn lệch", "files": ["upl_6"]});
    assert_eq!(case.does(CUSTOMER, "disagreement", &body), ["complaint.disagreed", "round.opened"]);
    assert_eq!(case.effects(2), [Effect::Inform]);
    assert_eq!(case.complaint.stage, Stage::Received);
    assert_eq!(case.complaint.department, None);
    assert_eq!(due(&case, "first-reply"), "2026-11-26 12:00");
    assert_eq!(due(&case, "resolution"), "2026-12-08 00:00");

    case.does(DIRECTOR, "handover", &json!({"to": "technical"}));
    let again = (RefusalCode::Independence, "rounds.other_people");
    assert_eq!(case.refuses(TUNG, "acceptance", &json!({"accept": true})), again);
    let named = json!({"accept": true, "verifier": TUNG});
    assert_eq!(case.refuses(HUY, "acceptance", &named), again);
    case.does(SON, "acceptance", &json!({"accept": true}));
    let finding = json!({"check": "levelling", "side": "measurement", "text": "12 mm"});
    assert_eq!(case.refuses(TUNG, "findings", &finding), again);
    case.at("2026-11-30 10:00").does(SON, "findings", &finding);
    assert_eq!(case.refuses(HUY, "decision", &decision()), again);
    case.does(SON, "decision", &decision());
    let own = (RefusalCode::OwnProposal, "decision.approval");
    assert_eq!(case.refuses(SON, "approval", &approve("pro_2")), own);
    assert_eq!(case.refuses(HUY, "approval", &approve("pro_2")), again);
    assert_eq!(case.does(DIRECTOR, "approval", &approve("pro_2")), ["proposal.approved"]);

    case.at("2026-12-01 15:00");
    let answered = case.does(SON, "response", &told("pro_2"));
    assert_eq!(answered, ["response.told", "promise.kept", "promise.kept"]);
    assert_eq!(word(&case, "first-reply"), "missed");
    assert_eq!(case.does(CUSTOMER, "agreement", &json!({"text": "Cảm ơn"})), ["complaint.agreed"]);
    let sealed = case.does(MAI, "closure", &json!({"as": "agreed"}));
    assert_eq!(sealed, ["complaint.closed", "complaint.archived"]);
    assert_eq!(case.complaint.stage, Stage::Archived);
    assert_eq!(
        case.does(CUSTOMER, "rating", &json!({"round": 2, "result": 5, "handling": 4})),
        ["rating.given"]
    );
    assert_eq!(case.replayed(true), Some(case.complaint.clone()));
}

#[test]
fn whoever_proposed_takes_it_back_and_proposes_anew() {
    let mut case = found();
    case.does(TUNG, "decision", &decision());
    let back = json!({"proposal": "pro_1", "approve": false, "reason": "Thiếu ảnh"});
    assert_eq!(case.does(TUNG, "approval", &back), ["proposal.returned"]);
    assert_eq!(case.does(TUNG, "decision", &decision()), ["decision.proposed"]);
    assert_eq!(case.does(HUY, "approval", &approve("pro_2")), ["proposal.approved"]);
}
