//! Stations of one life, each built on the one before: Monday 2026-11-23, 08:17, a lift that
//! stops too low; Tùng verifies, Huy approves, Mai of Customer Care answers the telephone.

use redress_testkit::{CUSTOMER, Case, people::*};
use serde_json::{Value, json};

pub(crate) fn web() -> Value {
    json!({
        "language": "vi", "about": "service", "category": "LEVELLING",
        "text": "Thang dừng lệch tầng 4, chênh khoảng 4 cm.",
        "complainant": {"name": "Trần Thị Hà", "phone": "0912 345 678", "email": "ha@example.vn"},
        "reply_by": "phone",
    })
}

/// The notice of [`web`] with other values for some fields.
pub(crate) fn web_with(changes: &Value) -> Value {
    let mut body = web();
    for (name, value) in changes.as_object().expect("an object") {
        body[name] = value.clone();
    }
    body
}

pub(crate) fn received() -> Case {
    Case::received("2026-11-23 08:17", &web())
}

pub(crate) fn received_with(changes: &Value) -> Case {
    Case::received("2026-11-23 08:17", &web_with(changes))
}

pub(crate) fn handed_over() -> Case {
    hand_over(received())
}

fn hand_over(mut case: Case) -> Case {
    case.at("2026-11-23 08:30").does(DIRECTOR, "handover", &json!({}));
    case
}

pub(crate) fn verifying() -> Case {
    accept(handed_over())
}

/// Verifying a notice with other values for some fields; about a service.
pub(crate) fn verifying_with(changes: &Value) -> Case {
    accept(hand_over(received_with(changes)))
}

fn accept(mut case: Case) -> Case {
    case.at("2026-11-23 09:10").does(TUNG, "acceptance", &json!({"accept": true}));
    case
}

pub(crate) fn found() -> Case {
    find(verifying())
}

pub(crate) fn find(mut case: Case) -> Case {
    let finding = json!({"check": "levelling", "side": "measurement", "text": "38 mm"});
    case.at("2026-11-24 14:20").does(TUNG, "findings", &finding);
    case
}

pub(crate) fn decision() -> Value {
    json!({"outcome": "upheld", "reasons": "Cáp dãn quá mức cho phép"})
}

pub(crate) fn deciding() -> Case {
    let mut case = found();
    case.at("2026-11-24 15:00").does(TUNG, "decision", &decision());
    case
}

pub(crate) fn approve(proposal: &str) -> Value {
    json!({"proposal": proposal, "approve": true})
}

pub(crate) fn responding() -> Case {
    let mut case = deciding();
    case.at("2026-11-24 15:30").does(HUY, "approval", &approve("pro_1"));
    case
}

pub(crate) fn told(proposal: &str) -> Value {
    json!({"proposal": proposal, "told": {"by": "phone", "to": "bà Hà", "words": "Đã thay cáp"}})
}

pub(crate) fn answered() -> Case {
    answer(responding())
}

pub(crate) fn answer(mut case: Case) -> Case {
    case.at("2026-11-25 16:40").does(TUNG, "response", &told("pro_1"));
    case
}

/// A complaint with danger to people, answered.
pub(crate) fn answered_danger() -> Case {
    let mut case = find(verifying_with(&json!({"danger": true})));
    case.does(TUNG, "decision", &decision());
    case.does(HUY, "approval", &approve("pro_1"));
    answer(case)
}

pub(crate) fn disagreed() -> Case {
    let mut case = answered();
    case.at("2026-11-26 09:00").does(CUSTOMER, "disagreement", &json!({"text": "Vẫn lệch"}));
    case
}

pub(crate) fn second_round() -> Case {
    let mut case = disagreed();
    case.at("2026-11-26 09:30").does(DIRECTOR, "handover", &json!({}));
    case.does(SON, "acceptance", &json!({"accept": true}));
    case
}

pub(crate) fn second_found() -> Case {
    let mut case = second_round();
    let finding = json!({"check": "levelling", "side": "measurement", "text": "12 mm"});
    case.at("2026-11-27 10:00").does(SON, "findings", &finding);
    case
}

pub(crate) fn second_answered() -> Case {
    let mut case = second_found();
    case.does(SON, "decision", &decision());
    case.does(DIRECTOR, "approval", &approve("pro_2"));
    case.at("2026-11-27 16:00").does(SON, "response", &told("pro_2"));
    case
}

pub(crate) fn archived() -> Case {
    let mut case = answered();
    case.at("2026-11-26 08:00").does(CUSTOMER, "agreement", &json!({}));
    case.does(MAI, "closure", &json!({"as": "agreed"}));
    case
}

/// Answered, and closed while an undertaking still runs.
pub(crate) fn closed() -> Case {
    let mut case = found();
    let due = "2026-12-04T16:00:00+07:00";
    let mut body = decision();
    body["remedies"] = json!([{"what": "Thay cáp", "owner": TUNG, "due": due}]);
    case.does(TUNG, "decision", &body);
    case.does(HUY, "approval", &approve("pro_1"));
    let mut case = answer(case);
    case.at("2026-11-26 08:00").does(CUSTOMER, "agreement", &json!({}));
    case.does(MAI, "closure", &json!({"as": "agreed"}));
    case
}

/// A due instant of the running round, in local time.
pub(crate) fn due(case: &Case, promise: &str) -> String {
    let round = case.complaint.round().number;
    let found =
        case.complaint.promises.iter().find(|p| p.set.promise == promise && p.set.round == round);
    local(case, found.expect("the pack makes it").set.due)
}

pub(crate) fn local(case: &Case, at: jiff::Timestamp) -> String {
    at.to_zoned(case.policy.calendar.zone().clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `kept`, `missed`, `late`, `soon` or `running`, of the running round.
pub(crate) fn word(case: &Case, promise: &str) -> &'static str {
    let round = case.complaint.round().number;
    let found =
        case.complaint.promises.iter().find(|p| p.set.promise == promise && p.set.round == round);
    found.expect("the pack makes it").word(case.now)
}
