//! Each promise lives alone: nothing but its own events moves, keeps, pauses or ends it.

use proptest::prelude::*;
use redress_core::{
    complaint::{Event, Stage, pause, promise::rule_of, state::Promise, vocabulary::Purpose},
    policy::KeptBy,
};
use redress_testkit::{CUSTOMER, Case, Chance, people::*, policy};
use serde_json::json;

use crate::{
    history::*,
    properties::{live_under, other_policy},
};

/// What holds of every clock between two moments.
pub(crate) fn step_holds(before: &Case, after: &Case) {
    let news = &after.history[before.history.len()..];
    let own = |p: &Promise, is: fn(&Event) -> Option<(&str, u8)>| {
        news.iter().any(|told| is(&told.event) == Some((p.set.promise.as_str(), p.set.round)))
    };
    for (was, is) in before.complaint.promises.iter().zip(&after.complaint.promises) {
        let same = (&was.set.promise, was.set.round, &was.set.within, was.set.from)
            == (&is.set.promise, is.set.round, &is.set.within, is.set.from);
        assert!(same, "a clock was set anew: {was:?} {is:?}");
        let told = own(is, resumed) || own(is, moved);
        assert!(was.set.due == is.set.due || told, "a date moved by itself: {is:?}");
        assert!(was.kept_at == is.kept_at || own(is, kept_or_revived), "kept by itself: {is:?}");
        assert!(was.pauses == is.pauses || own(is, paused_or_resumed), "paused by itself: {is:?}");
        let ends = was.ended_at == is.ended_at || news.iter().any(|told| ends(&told.event));
        assert!(ends, "ended or revived by itself: {is:?}");
        let silent = was.is_running() || !own(is, warned_or_missed);
        assert!(silent, "what does not run was warned of or missed: {was:?}");
        if own(is, kept) {
            kept_rightly(before, after, is);
        }
    }
    let opened = news.iter().any(|told| matches!(told.event, Event::RoundOpened(_)));
    let grown = after.complaint.promises.len() > before.complaint.promises.len();
    assert_eq!(grown, opened, "clocks are set by a round and by nothing else");
    for promise in &after.complaint.promises {
        let counted = pause::steps(promise, &after.policy).expect("within the calendar");
        let safety = rule_of(&after.policy, promise).is_some();
        assert!(
            safety && counted.at == promise.set.due,
            "another date than its steps: {promise:?}"
        );
        assert!(!(after.complaint.safety && promise.paused().is_some()), "danger waits");
        assert!(after.complaint.stage.is_open() || !promise.waits(), "runs after the end");
    }
}

/// First replies are kept by persons, results by the result alone, unless the policy says more.
fn kept_rightly(before: &Case, after: &Case, promise: &Promise) {
    let news = &after.history[before.history.len()..];
    let rule = rule_of(&after.policy, promise).expect("a rule of the policy");
    let result = |event: &Event| matches!(event, Event::ResponseSent(_) | Event::ResponseTold(_));
    let reply =
        |event: &Event| match event {
            Event::MessageTold(e) => e.purpose != Purpose::Acknowledgement,
            Event::MessageSent(e) => before.complaint.attempts.iter().any(|attempt| {
                attempt.id == e.attempt && attempt.purpose != Purpose::Acknowledgement
            }),
            other => result(other),
        };
    // What reached the person before may keep it again when something later did not arrive.
    let again = |event: &Event| matches!(event, Event::ResponseFailed(_) | Event::MessageFailed(_));
    let by = |keeps: &dyn Fn(&Event) -> bool| {
        news.iter().any(|told| keeps(&told.event) || again(&told.event))
    };
    match rule.kept_by {
        KeptBy::ResultSent => assert!(by(&result), "kept without the result: {promise:?}"),
        KeptBy::PersonReply => assert!(by(&reply), "kept without a person: {promise:?}"),
        KeptBy::AnyReply => {}
    }
}

fn kept(event: &Event) -> Option<(&str, u8)> {
    let Event::PromiseKept(e) = event else { return None };
    Some((&e.promise, e.round))
}

fn resumed(event: &Event) -> Option<(&str, u8)> {
    let Event::PromiseResumed(e) = event else { return None };
    Some((&e.promise, e.round))
}

fn moved(event: &Event) -> Option<(&str, u8)> {
    let Event::PromiseMoved(e) = event else { return None };
    Some((&e.promise, e.round))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only these touch it")]
fn kept_or_revived(event: &Event) -> Option<(&str, u8)> {
    match event {
        Event::PromiseKept(e) => Some((&e.promise, e.round)),
        Event::PromiseRevived(e) => Some((&e.promise, e.round)),
        _ => None,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only these touch it")]
fn paused_or_resumed(event: &Event) -> Option<(&str, u8)> {
    match event {
        Event::PromisePaused(e) => Some((&e.promise, e.round)),
        Event::PromiseResumed(e) => Some((&e.promise, e.round)),
        _ => None,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only these touch it")]
fn warned_or_missed(event: &Event) -> Option<(&str, u8)> {
    match event {
        Event::PromiseWarned(e) => Some((&e.promise, e.round)),
        Event::PromiseMissed(e) => Some((&e.promise, e.round)),
        _ => None,
    }
}

fn ends(event: &Event) -> bool {
    matches!(
        event,
        Event::Closed(_)
            | Event::Reopened(_)
            | Event::Unjoined(_)
            | Event::RoundOpened(_)
            | Event::PromiseRevived(_)
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_promise_lives_alone_whatever_anybody_does(
        seed: u64, moves in prop::collection::vec(any::<u64>(), 1..90),
    ) {
        let policy = other_policy(policy().clone(), &mut Chance::new(seed));
        let case = live_under(policy, seed, &moves);
        prop_assert_eq!(case.replayed(true), Some(case.complaint.clone()));
    }
}

#[test]
fn random_lives_pause_and_go_on() {
    let names = |seed: u64| {
        let mut chance = Chance::new(seed);
        let mut policy = other_policy(policy().clone(), &mut chance);
        policy.pause.allowed = true;
        let moves: Vec<u64> = (0..80).map(|_| chance.next()).collect();
        let case = live_under(policy, seed, &moves);
        case.history.iter().map(|told| told.event.name()).collect::<Vec<_>>()
    };
    let seen: Vec<_> = (0..60).flat_map(names).collect();
    assert!(seen.contains(&"promise.paused") && seen.contains(&"promise.resumed"));
}

fn resolution(case: &Case) -> &Promise {
    let running = case.complaint.round().number;
    let found = case.complaint.promises.iter();
    found.clone().find(|p| p.set.promise == "resolution" && p.set.round == running).expect("set")
}

fn word(case: &Case) -> &'static str {
    resolution(case).word(case.now)
}

fn pausing() -> Case {
    let mut case = verifying();
    case.policy.pause.allowed = true;
    case.at("2026-11-24 10:00");
    case
}

fn pause(case: &mut Case) {
    let pause = json!({
        "promise": "resolution", "category": "waiting-for-complainant", "reason": "Chờ ảnh",
        "at": "2026-11-24T09:30:00+07:00",
    });
    assert_eq!(case.does(TUNG, "pause", &pause), ["promise.paused"]);
}

#[test]
fn what_was_paused_is_given_back_and_nothing_is_missed_meanwhile() {
    let mut case = pausing();
    pause(&mut case);
    assert_eq!(word(&case), "paused");
    case.at("2026-11-28 10:00");
    let names = case.tick();
    assert!(!names.iter().any(|name| *name == "promise.missed" && case_missed_resolution(&case)));
    assert!(!resolution(&case).missed);
    case.does(
        TUNG,
        "resumption",
        &json!({"promise": "resolution", "at": "2026-11-28T09:00:00+07:00"}),
    );
    // Four midnights passed: 27 November 00:00 becomes 1 December 00:00.
    assert_eq!(resolution(&case).set.due.to_string(), "2026-11-30T17:00:00Z");
    assert_eq!(resolution(&case).set.due_on.to_string(), "2026-11-30");
    assert_eq!(word(&case), "running");
    let told = case.history.iter().find(|told| matches!(told.event, Event::PromisePaused(_)));
    let happened = told.expect("it was paused").happened;
    assert_ne!(happened.at, happened.recorded_at, "stated and recorded are two dates");
}

fn case_missed_resolution(case: &Case) -> bool {
    case.history
        .iter()
        .any(|told| matches!(&told.event, Event::PromiseMissed(e) if e.promise == "resolution"))
}

#[test]
fn danger_ends_a_pause_at_once() {
    let mut case = pausing();
    pause(&mut case);
    let names = case.does(MAI, "classification", &json!({"safety": true, "reason": "Cửa kẹt"}));
    assert_eq!(names, ["complaint.classified", "danger.confirmed", "promise.resumed"]);
    assert_eq!(word(&case), "running");
}

#[test]
fn a_result_in_a_pause_is_judged_by_its_own_time() {
    let mut case = deciding();
    case.policy.pause.allowed = true;
    case.at("2026-11-24 10:00");
    pause(&mut case);
    case.at("2026-11-30 09:00").does(
        HUY,
        "approval",
        &json!({"proposal": "pro_1", "approve": true}),
    );
    let told = json!({"by": "phone", "to": "bà Hà", "words": "Đã xong"});
    let names = case.does(TUNG, "response", &json!({"proposal": "pro_1", "told": told}));
    assert!(names.ends_with(&["promise.resumed", "promise.kept"]), "{names:?}");
    assert_eq!(word(&case), "kept");
}

#[test]
fn a_closed_complaint_has_ended_promises_and_reopening_revives_their_dates() {
    let mut case = verifying();
    let due = resolution(&case).set.due;
    case.does(CUSTOMER, "withdrawal", &json!({"reason": "Đã ổn"}));
    assert_eq!(word(&case), "running");
    case.does(MAI, "closure", &json!({"as": "withdrawn"}));
    assert_eq!(word(&case), "ended");
    case.at("2026-12-20 10:00");
    assert_eq!(word(&case), "ended", "frozen at its end");
    assert!(case.tick().is_empty(), "no warning and no miss afterwards");
    case.does(DIRECTOR, "reopening", &json!({"reason": "Vẫn lệch"}));
    assert_eq!((case.complaint.stage, word(&case)), (Stage::Verifying, "late"));
    assert_eq!(resolution(&case).set.due, due);
}

#[test]
fn looking_back_keeps_a_promise_whose_time_is_over_only_with_proof() {
    let mut case = verifying();
    case.at("2026-11-23 12:00");
    let told = json!({
        "direction": "out", "text": "Đã gọi",
        "by_hand": {"at": "2026-11-23T10:30:00+07:00", "with": "bà Hà", "proof": ["upl_2"]},
    });
    assert_eq!(case.does(MAI, "messages", &told), ["message.told", "promise.kept"]);
    let reply = case.complaint.promises.iter().find(|p| p.set.promise == "first-reply");
    assert_eq!(reply.map(|promise| promise.word(case.now)), Some("kept"));
}

#[test]
fn an_owner_is_reminded_once_before_and_once_with_the_head_when_overdue() {
    let mut case = verifying();
    let due = "2026-11-26T14:00:00+07:00";
    case.does(TUNG, "undertakings", &json!({"kind": "visit", "what": "Tới đo lại", "due": due}));
    case.at("2026-11-25 13:00");
    assert!(!case.tick().contains(&"undertaking.reminded"));
    case.at("2026-11-25 20:00");
    assert!(case.tick().contains(&"undertaking.reminded"));
    assert!(!case.tick().contains(&"undertaking.reminded"), "once");
    let moved = json!({
        "id": "und_1", "outcome": "moved", "due": "2026-11-30T14:00:00+07:00", "reason": "Khách bận",
    });
    case.does(TUNG, "undertakings", &moved);
    // The server was down from before the reminder until after the date.
    case.at("2026-12-02 08:00");
    let reminded: Vec<_> = {
        case.tick();
        let steps = case.history.iter().filter_map(|told| match &told.event {
            Event::UndertakingReminded(e) => Some((e.step, e.to.join(" "))),
            _ => None,
        });
        steps.collect()
    };
    assert_eq!(reminded, [(1, "owner".to_owned()), (2, "owner head".to_owned())]);
    assert_eq!(case.complaint.undertakings[0].word(case.now), "late", "nobody said it was broken");
    assert_eq!(case.complaint.undertakings[0].moves.len(), 1);
}
