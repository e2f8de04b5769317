//! The gate and the units: hand-over, return, order, danger, assignment, waivers.

use redress_core::{
    complaint::{Effect, Event, RefusalCode, Stage},
    kinds::{Role, Severity},
};
use redress_testkit::{Case, people::*};
use serde_json::json;

use crate::history::*;

#[test]
fn seeing_or_handing_over_twice_is_no_mistake() {
    let mut case = received();
    assert_eq!(
        case.does(DIRECTOR, "handover", &json!({})),
        ["director.saw", "complaint.handed_over"]
    );
    assert!(case.does(DIRECTOR, "sighting", &json!({})).is_empty());
    assert!(case.does(DIRECTOR, "handover", &json!({})).is_empty());
    assert_eq!(case.does(DIRECTOR, "handover", &json!({"to": "care"})), ["complaint.handed_over"]);
}

#[test]
fn a_mixed_case_has_one_lead_and_a_unit_that_helps() {
    let mut case = received_with(&json!({"about": "both"}));
    case.does(DIRECTOR, "handover", &json!({}));
    assert_eq!(case.complaint.department, Some(department("care")));
    assert_eq!(case.complaint.joined_units, [department("technical")]);
    case.does(MAI, "acceptance", &json!({"accept": true}));
    let finding = json!({"check": "cable", "side": "company", "text": "Dãn"});
    assert_eq!(case.does(TUNG, "findings", &finding), ["finding.recorded"]);
}

#[test]
fn a_unit_may_return_what_is_not_its_own_and_the_director_hands_over_anew() {
    let mut case = verifying();
    let body = json!({"accept": false, "reason": "Việc của phòng khác"});
    assert_eq!(case.does(TUNG, "acceptance", &body), ["handover.returned"]);
    assert_eq!(case.effects(1), [Effect::Inform]);
    assert_eq!((case.complaint.stage, case.complaint.department.clone()), (Stage::Received, None));
    assert_eq!(case.complaint.round().verifier, None);
    case.at("2026-11-24 09:00");
    assert!(!case.tick().contains(&"complaint.handed_over"), "the route had its turn");
    case.does(DIRECTOR, "handover", &json!({"to": "care"}));
    assert_eq!(case.complaint.stage, Stage::HandedOver);
}

#[test]
fn order_changes_the_route_and_confirms_danger() {
    let mut case = received();
    let body = json!({"about": "product", "category": "NOISE"});
    assert_eq!(case.does(MAI, "classification", &body), ["complaint.classified"]);
    assert_eq!(case.complaint.round().route.to, department("care"));
    assert!(case.does(MAI, "classification", &body).is_empty());
    let danger = json!({"safety": true});
    let done = case.does(MAI, "classification", &danger);
    assert_eq!(done, ["complaint.classified", "danger.confirmed"]);
    assert_eq!(case.effects(2), [Effect::Page], "whoever is on duty is woken once");
    assert_eq!(case.complaint.severity, Severity::Critical);
    assert_eq!(case.tick(), ["complaint.handed_over"], "danger skips the wait");
    assert_eq!(case.does(MAI, "classification", &json!({"safety": false})).len(), 2);
    assert!(!case.complaint.safety);
}

#[test]
fn suggested_danger_is_confirmed_without_another_order() {
    let mut case = received_with(&json!({"danger": true}));
    assert_eq!(case.does(MAI, "classification", &json!({"safety": true})), ["danger.confirmed"]);
    assert!(case.does(MAI, "classification", &json!({"safety": true})).is_empty());
}

#[test]
fn the_head_puts_other_people_on_it() {
    let mut case = handed_over();
    assert_eq!(case.does(HUY, "assignment", &json!({"verifier": SON})), ["handover.accepted"]);
    let body = json!({"verifier": TUNG, "decider": HUY, "reason": "Sơn nghỉ"});
    assert_eq!(case.does(HUY, "assignment", &body), ["complaint.assigned"]);
    let round = case.complaint.round();
    assert_eq!(round.verifier, Some(case.member(TUNG).id));
    assert_eq!(round.decider, Some(case.member(HUY).id));
}

#[test]
fn a_mandate_is_handed_in_and_checked_by_staff_alone() {
    let mut case =
        received_with(&json!({"complainant": {"as": "representative", "phone": "0912345678"}}));
    let body = json!({"document": "upl_1", "scope": ["receive"], "until": "2027-01-01"});
    assert_eq!(case.does("customer", "mandate", &body), ["mandate.recorded"]);
    let both = json!({"document": "upl_1", "verified": true});
    let refused = (RefusalCode::NotPermitted, "who.may");
    assert_eq!(case.refuses("customer", "mandate", &both), refused);
    assert_eq!(case.does(MAI, "mandate", &json!({"verified": true})), ["mandate.verified"]);
    assert!(case.does(MAI, "mandate", &json!({"verified": true})).is_empty());
    assert_eq!(case.does(MAI, "mandate", &both), ["mandate.recorded", "mandate.verified"]);
}

/// Round 1 was approved by the Director, and nobody else with authority is left beside Sơn.
fn nobody_left() -> Case {
    let mut case = deciding();
    case.members.retain(|member| member.email != HUY);
    case.does(DIRECTOR, "approval", &approve("pro_1"));
    let mut case = answer(case);
    case.at("2026-11-26 09:00").does("customer", "disagreement", &json!({"text": "Chưa được"}));
    case.does(DIRECTOR, "handover", &json!({"to": "technical"}));
    case.does(SON, "acceptance", &json!({"accept": true}));
    case.does(SON, "findings", &json!({"check": "x", "side": "document", "text": "y"}));
    case
}

#[test]
fn when_nobody_else_is_left_the_director_decides_and_the_waiver_is_shown() {
    let mut case = nobody_left();
    case.does(SON, "decision", &decision());
    let done = case.does(DIRECTOR, "approval", &approve("pro_2"));
    assert_eq!(done, ["independence.waived", "proposal.approved"]);
    let director = case.member(DIRECTOR).id;
    assert_eq!(case.complaint.round().waived, [director]);
    assert!(case.history.iter().any(|told| matches!(&told.event,
        Event::IndependenceWaived(waived) if waived.account == director && waived.round == 2)));
}

#[test]
fn there_is_no_waiver_while_somebody_else_is_left() {
    let mut case = nobody_left();
    let head = member(20, "vinh@x.vn", "Cao Vinh", Role::Department, Some("technical"));
    case.members.push(heading(head, "technical"));
    case.does(SON, "decision", &decision());
    let refused = (RefusalCode::Independence, "rounds.other_people");
    assert_eq!(case.refuses(DIRECTOR, "approval", &approve("pro_2")), refused);
}

#[test]
fn the_proposer_is_not_the_second_pair_of_eyes_that_is_left() {
    let mut case = nobody_left();
    let son = case.members.iter_mut().find(|member| member.email == SON).expect("there");
    *son = heading(son.clone(), "technical");
    case.does(SON, "decision", &decision());
    let done = case.does(DIRECTOR, "approval", &approve("pro_2"));
    assert_eq!(done, ["independence.waived", "proposal.approved"]);
}
