//! Who may try what, walked: every shape of every command, everybody of the house.

use redress_core::{
    complaint::{
        people::{Actor, may_see},
        registry::COMMANDS,
    },
    kinds::Role,
};
use redress_testkit::{Case, moves::ACTORS, people::*};
use serde_json::json;

use crate::history::*;

/// Shape, and who may try it while the technical unit verifies and Customer Care helps.
const MATRIX: &str = "
sighting: giamdoc
classification: giamdoc lan mai huy tung son dat
handover: giamdoc lan mai
acceptance: huy tung son dat
return: huy tung son dat
assignment: giamdoc huy
mandate: customer lan mai huy tung son dat
mandate-check: lan mai huy tung son dat
notes: giamdoc lan mai huy tung son dat
write: customer
enter: giamdoc lan mai huy tung son dat
tell-words: giamdoc lan mai huy tung son dat
send: giamdoc lan mai huy tung son dat
evidence-request: giamdoc lan mai huy tung son dat
findings: lan mai huy tung son dat
undertaking-moved: giamdoc lan mai huy tung son dat
undertaking-settled: giamdoc lan mai huy tung son dat
undertaking: giamdoc lan mai huy tung son dat
pause: giamdoc lan mai huy tung son dat
resumption: giamdoc lan mai huy tung son dat
decision: giamdoc huy tung son dat
refusal: giamdoc huy tung son dat
approval: giamdoc huy tung son dat
give-back: giamdoc huy tung son dat
response-failed: giamdoc lan mai huy tung son dat
response-told: giamdoc lan mai huy tung son dat
response: giamdoc lan mai huy tung son dat
agreement: customer giamdoc lan mai huy tung son dat
disagreement: customer
disagreement-entered: giamdoc lan mai huy tung son dat
withdraw: customer
withdrawal: giamdoc lan mai
rating: customer
closure: giamdoc lan mai huy tung son dat
reopening: giamdoc
unjoining: giamdoc lan mai
joining: giamdoc lan mai
redaction: giamdoc lan mai
hold-lifting: giamdoc
hold: giamdoc
";

/// The technical unit verifies, Customer Care helps.
fn station() -> Case {
    let mut case = received();
    case.does(DIRECTOR, "handover", &json!({"to": "technical", "join": ["care"]}));
    case.does(TUNG, "acceptance", &json!({"accept": true}));
    case
}

#[test]
fn everybody_may_try_what_the_table_says_and_nothing_else() {
    let case = station();
    let mut walked = String::from("\n");
    for shape in COMMANDS.iter().flat_map(|command| command.shapes) {
        let may: Vec<&str> = ACTORS
            .iter()
            .filter(|who| case.actor(who).is_one_of(shape.who, &case.complaint))
            .map(|who| who.trim_end_matches("@x.vn"))
            .collect();
        walked.extend([shape.id, ": ", &may.join(" "), "\n"]);
    }
    assert_eq!(walked, MATRIX);
}

#[test]
fn a_deputy_may_try_what_they_and_the_director_may_and_nothing_else() {
    let case = station();
    for who in [SON, MAI] {
        let own = case.member(who).clone();
        let [own, deputy] = [own.clone(), standing_in(own)].map(Actor::Staff);
        assert_eq!(deputy.in_own_right().as_ref(), Some(&own));
        for shape in COMMANDS.iter().flat_map(|command| command.shapes) {
            let may = |actor: &Actor| actor.is_one_of(shape.who, &case.complaint);
            let expected = may(&own) || may(&case.actor(DIRECTOR));
            assert_eq!(may(&deputy), expected, "{who} {}", shape.id);
        }
    }
    assert_eq!(case.actor(DIRECTOR).in_own_right(), None);
    let received = received();
    let son = received.member(SON).clone();
    assert!(!may_see(&son, &received.complaint));
    assert!(may_see(&standing_in(son), &received.complaint));
}

#[test]
fn the_program_itself_asks_for_nothing() {
    let case = station();
    for shape in COMMANDS.iter().flat_map(|command| command.shapes) {
        assert!(!Actor::System("timer").is_one_of(shape.who, &case.complaint), "{}", shape.id);
    }
}

#[test]
fn a_department_sees_what_was_handed_to_it_and_what_it_had_a_hand_in() {
    let sees = |case: &Case, who: &str| may_see(case.member(who), &case.complaint);
    let mut case = received();
    for (who, expected) in
        [(DIRECTOR, true), (MAI, true), (KIEM, true), (TUNG, false), (ADMIN, false)]
    {
        assert_eq!(sees(&case, who), expected, "{who}");
    }
    case.does(DIRECTOR, "handover", &json!({"to": "care"}));
    assert!(!sees(&case, TUNG));
    let visit =
        json!({"kind": "visit", "what": "Đo", "owner": TUNG, "due": "2026-11-24T14:00:00+07:00"});
    case.does(MAI, "undertakings", &visit);
    assert!(sees(&case, TUNG), "whoever undertook something sees what it is about");
    assert!(!sees(&case, SON));
    let case = second_round();
    assert!(sees(&case, TUNG), "who verified round 1 keeps seeing it");
    let mut outsider = member(30, "khac@x.vn", "Người Khác", Role::Department, Some("sales"));
    assert!(!may_see(&outsider, &case.complaint));
    outsider = heading(outsider, "technical");
    assert!(may_see(&outsider, &case.complaint));
}

#[test]
fn whoever_undertook_something_may_say_how_it_went_whatever_their_unit() {
    let mut case = received();
    case.does(DIRECTOR, "handover", &json!({"to": "care"}));
    let settles = |case: &Case| {
        let (_, shape) = redress_core::complaint::registry::find_shape("undertaking-settled")
            .expect("the registry has this shape");
        case.actor(TUNG).is_one_of(shape.who, &case.complaint)
    };
    assert!(!settles(&case));
    let due = case.now + jiff::SignedDuration::from_hours(5);
    case.does(
        LAN,
        "undertakings",
        &json!({"kind": "visit", "what": "Đến đo lại", "owner": TUNG, "due": due.to_string()}),
    );
    assert!(settles(&case));
    case.does(TUNG, "undertakings", &json!({"id": "und_1", "outcome": "kept"}));
}
