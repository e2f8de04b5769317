//! What the complainant says to the result: in time, late, after the last round, taking back.

use redress_core::{
    complaint::{Effect, Event, RefusalCode, Stage},
    policy::AgainFrom,
};
use redress_testkit::{CUSTOMER, people::*};
use serde_json::json;

use crate::history::*;

#[test]
fn staff_enter_a_disagreement_with_the_time_it_came() {
    let mut case = answered();
    case.at("2026-11-30 09:00");
    let body = json!({"text": "Chưa đồng ý", "channel": "letter", "received_at": "2026-11-27T10:00:00+07:00"});
    assert_eq!(case.does(MAI, "disagreement", &body), ["complaint.disagreed", "round.opened"]);
    assert_eq!(due(&case, "first-reply"), "2026-11-27 13:00");
    assert_eq!(due(&case, "resolution"), "2026-12-09 00:00", "seven working days from receipt");
}

#[test]
fn findings_and_proposals_of_round_one_stay_with_round_one() {
    let case = disagreed();
    let [first, second] = &case.complaint.rounds[..] else { panic!("two rounds") };
    assert_eq!((first.findings.len(), second.findings.len()), (1, 0));
    assert!(first.answered_at.is_some());
    assert!(second.took_part.is_empty());
    assert!(case.complaint.current_proposal().is_none());
}

#[test]
fn a_new_round_may_begin_with_the_unit_where_the_policy_says_so() {
    let mut case = answered();
    case.policy.rounds.again_from = AgainFrom::Verification;
    case.does(CUSTOMER, "disagreement", &json!({"text": "Chưa"}));
    assert_eq!(case.complaint.stage, Stage::HandedOver);
    assert_eq!(case.complaint.department, Some(department("technical")));
}

#[test]
fn a_letter_in_time_that_is_entered_after_silence_closed_opens_the_round() {
    let mut case = answered();
    case.at("2026-12-11 00:00").tick();
    let body =
        json!({"text": "Chưa", "channel": "letter", "received_at": "2026-12-10T15:00:00+07:00"});
    case.at("2026-12-11 09:00");
    assert_eq!(case.does(MAI, "disagreement", &body), ["complaint.disagreed", "round.opened"]);
    assert_eq!((case.complaint.stage, case.complaint.closed_as), (Stage::Received, None));
    assert!(!case.complaint.late_objection);
}

#[test]
fn a_late_objection_goes_to_the_director_who_reopens() {
    let mut case = answered();
    case.at("2026-12-11 00:00").tick();
    assert_eq!(case.complaint.stage, Stage::Archived);
    case.at("2026-12-20 09:00");
    let done = case.does(CUSTOMER, "disagreement", &json!({"text": "Lại lệch"}));
    assert_eq!(done, ["complaint.disagreed"]);
    assert_eq!(case.effects(1), [Effect::Inform]);
    assert!(case.complaint.late_objection);
    case.at("2026-12-21 09:00");
    let done = case.does(DIRECTOR, "reopening", &json!({"reason": "Xem lại", "round": 2}));
    assert_eq!(done, ["complaint.reopened", "round.opened"]);
    assert_eq!(case.complaint.stage, Stage::Received);
    let from = case.complaint.round().from;
    assert_eq!(local(&case, from), "2026-12-20 09:00", "counted from receipt of the objection");
}

#[test]
fn a_late_objection_is_not_silence() {
    let mut case = answered_danger();
    case.at("2026-12-20 09:00").does(CUSTOMER, "disagreement", &json!({"text": "Chưa"}));
    case.complaint.safety = false;
    let refused = (RefusalCode::NotAgreed, "rounds.objection.late");
    assert_eq!(case.refuses(MAI, "closure", &json!({"as": "no-objection"})), refused);
    assert_eq!(case.tick(), Vec::<&str>::new());
}

#[test]
fn an_objection_after_the_last_round_goes_to_the_director_who_may_open_a_third() {
    let mut case = second_answered();
    case.does(CUSTOMER, "disagreement", &json!({"text": "Vẫn chưa"}));
    assert!(case.complaint.late_objection);
    assert_eq!(case.complaint.rounds.len(), 2);
    case.does(DIRECTOR, "reopening", &json!({"reason": "Xem lại", "round": 3}));
    assert_eq!(due(&case, "resolution"), "2026-12-09 00:00", "the promises of the last round");
    case.does(DIRECTOR, "handover", &json!({}));
    let again = (RefusalCode::Independence, "rounds.other_people");
    assert_eq!(case.refuses(SON, "acceptance", &json!({"accept": true})), again);
    case.does(DAT, "acceptance", &json!({"accept": true}));
}

#[test]
fn whoever_agreed_may_still_disagree_in_time() {
    let mut case = answered();
    case.does(CUSTOMER, "agreement", &json!({}));
    assert!(case.does(CUSTOMER, "agreement", &json!({})).is_empty());
    let done = case.does(CUSTOMER, "disagreement", &json!({"text": "Nghĩ lại thì chưa"}));
    assert_eq!(done, ["complaint.disagreed", "round.opened"]);
    assert!(!case.complaint.round().agreed);
}

#[test]
fn what_is_taken_back_is_closed_as_withdrawn() {
    let mut case = handed_over();
    assert_eq!(
        case.does(CUSTOMER, "withdrawal", &json!({"reason": "Xong rồi"})),
        ["complaint.withdrawn"]
    );
    assert!(case.does(CUSTOMER, "withdrawal", &json!({})).is_empty());
    assert!(case.complaint.stage.is_open(), "a person looks before it is closed");
    let done = case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    assert_eq!(done, ["complaint.closed", "complaint.archived"]);
}

#[test]
fn each_round_is_rated_once() {
    let mut case = disagreed();
    let rating = json!({"round": 1, "result": 1, "handling": 4, "text": "Nhiệt tình"});
    assert_eq!(case.does(CUSTOMER, "rating", &rating), ["rating.given"]);
    assert_eq!(case.complaint.rounds[0].rated, Some((1, 4)));
    let refused = (RefusalCode::NoResultYet, "rounds");
    let second = json!({"round": 2, "result": 1, "handling": 4});
    assert_eq!(case.refuses(CUSTOMER, "rating", &second), refused);
}

#[test]
fn a_disagreement_by_staff_comes_by_the_channel_of_the_complaint_unless_told() {
    let mut case = answered();
    case.does(MAI, "disagreement", &json!({"text": "Chưa"}));
    let came = case.history.iter().find_map(|told| match &told.event {
        Event::Disagreed(e) => Some(e.channel),
        _ => None,
    });
    assert_eq!(came, Some(case.complaint.channel));
}
