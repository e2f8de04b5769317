//! Time goes on: warnings, lapses, the hand-over by the route, silence.

use redress_core::{
    complaint::{Effect, Event, Stage, decide::next_timer_at},
    policy::{parse_stored, shipped_files},
};
use redress_testkit::{CUSTOMER, Case, people::*};
use serde_json::json;

use crate::history::*;

/// Lets the program act whenever something is due until `end`, and lists what it did.
fn log(case: &mut Case, end: &str) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    let end = {
        let mut clock = case.clone();
        clock.at(end).now
    };
    while let Some(at) = next_timer_at(&case.complaint, &case.policy).filter(|at| *at <= end) {
        assert!(at >= case.now || seen.is_empty(), "the timer goes back");
        case.now = case.now.max(at);
        let before = case.history.len();
        assert!(!case.tick().is_empty(), "nothing to do at {at}");
        let time = local(case, case.now);
        seen.extend(case.history[before..].iter().map(|told| (time.clone(), line(&told.event))));
    }
    case.now = end;
    seen
}

fn line(event: &Event) -> String {
    match event {
        Event::PromiseWarned(e) => format!("{} warned {} to {}", e.promise, e.step, e.to.join(" ")),
        Event::PromiseMissed(e) => format!("{} missed", e.promise),
        other => other.name().to_owned(),
    }
}

fn check(case: &mut Case, end: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> =
        expected.iter().map(|(at, what)| ((*at).to_owned(), (*what).to_owned())).collect();
    assert_eq!(log(case, end), expected);
}

#[test]
fn warnings_climb_at_once_for_hours_and_in_working_time_for_days() {
    check(
        &mut received(),
        "2026-11-28 12:00",
        &[
            ("2026-11-23 09:17", "complaint.handed_over"),
            ("2026-11-23 09:47", "first-reply warned 1 to duty"),
            ("2026-11-23 10:41", "first-reply warned 2 to duty head"),
            ("2026-11-23 11:17", "first-reply warned 3 to duty head director"),
            ("2026-11-23 11:17", "first-reply missed"),
            ("2026-11-25 08:00", "resolution warned 1 to holder"),
            ("2026-11-26 08:00", "resolution warned 2 to holder head"),
            ("2026-11-27 00:00", "resolution missed"),
            ("2026-11-27 08:00", "resolution warned 3 to holder head director"),
        ],
    );
}

#[test]
fn at_night_the_three_hours_warn_at_once() {
    let mut case = Case::received("2026-11-21 23:30", &web());
    check(
        &mut case,
        "2026-11-22 03:00",
        &[
            ("2026-11-22 00:30", "complaint.handed_over"),
            ("2026-11-22 01:00", "first-reply warned 1 to duty"),
            ("2026-11-22 01:54", "first-reply warned 2 to duty head"),
            ("2026-11-22 02:30", "first-reply warned 3 to duty head director"),
            ("2026-11-22 02:30", "first-reply missed"),
        ],
    );
}

#[test]
fn danger_skips_the_wait_and_pages_whoever_is_on_duty() {
    let mut case = received_with(&json!({"danger": true}));
    assert!(case.effects(1).contains(&Effect::Page));
    assert_eq!(case.tick(), ["complaint.handed_over"]);
    assert_eq!(case.effects(1), [Effect::TellUnit(department("technical"))]);
    check(
        &mut case,
        "2026-11-25 06:00",
        &[
            ("2026-11-23 09:47", "first-reply warned 1 to duty"),
            ("2026-11-23 10:41", "first-reply warned 2 to duty head"),
            ("2026-11-23 11:17", "first-reply warned 3 to duty head director"),
            ("2026-11-23 11:17", "first-reply missed"),
            ("2026-11-25 04:08", "resolution warned 1 to duty holder"),
        ],
    );
}

#[test]
fn the_route_hands_over_after_the_wait_and_says_so() {
    let mut case = received();
    assert!(case.at("2026-11-23 09:16").tick().is_empty());
    assert_eq!(case.at("2026-11-23 09:17").tick(), ["complaint.handed_over"]);
    assert!(matches!(&case.history[1].event, Event::HandedOver(e) if e.automatic));
    assert!(case.tick().is_empty());
}

#[test]
fn a_server_that_was_down_catches_up_without_a_storm() {
    let mut case = received();
    let done = case.at("2026-12-01 09:00").tick();
    let ladder = ["promise.warned", "promise.warned", "promise.warned", "promise.missed"];
    let expected = [&ladder[..], &ladder, &["complaint.handed_over"]].concat();
    assert_eq!(done, expected, "each step is an event of its own");
    let warnings: Vec<_> = case.effects(done.len()).into_iter().filter(is_warning).collect();
    let all = |first: &str| {
        let to = [first, "head", "director"].map(str::to_owned).to_vec();
        move |promise: &str| Effect::Warn { promise: promise.to_owned(), round: 1, step: 3, to }
    };
    assert_eq!(warnings, [all("duty")("first-reply"), all("holder")("resolution")]);
    assert!(case.tick().is_empty());
}

fn is_warning(effect: &Effect) -> bool {
    matches!(effect, Effect::Warn { .. })
}

#[test]
fn a_clock_that_leaps_back_and_forth_repeats_nothing() {
    let mut case = received();
    assert!(!case.at("2026-11-23 10:50").tick().is_empty());
    for time in ["2026-11-23 08:20", "2026-11-22 00:00", "2026-11-23 10:50", "2026-11-23 11:16"] {
        assert!(case.at(time).tick().is_empty(), "{time}");
    }
    let lapsed = case.at("2027-11-23 00:00").tick();
    let count = |name| lapsed.iter().filter(|done| **done == name).count();
    assert_eq!((count("promise.warned"), count("promise.missed")), (1 + 3, 2));
    for time in ["2026-11-23 10:50", "2027-11-24 00:00"] {
        assert!(case.at(time).tick().is_empty(), "{time}");
    }
}

#[test]
fn danger_that_comes_to_light_later_stops_waiting_for_working_time() {
    let mut case = received();
    case.at("2026-11-23 08:30");
    case.does(LAN, "classification", &json!({"safety": true, "reason": "Cửa mở khi thang chạy"}));
    let night: Vec<_> = log(&mut case, "2026-11-25 06:00")
        .into_iter()
        .filter(|(_, what)| what.starts_with("resolution"))
        .collect();
    let expected = ("2026-11-25 04:08", "resolution warned 1 to duty holder");
    assert_eq!(night, [(expected.0.to_owned(), expected.1.to_owned())]);
}

/// A complaint of Saturday night under the shipped policy with texts of it replaced.
fn case_under(changes: &[(&str, &str)]) -> Case {
    let mut files = shipped_files();
    let mut text = files.text("policy.toml").expect("the pack has it").to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "policy.toml has {old}");
        text = text.replacen(old, new, 1);
    }
    files.insert("policy.toml", text);
    let pack = parse_stored(&files).expect("a good pack");
    Case::received_by("2026-11-21 23:30", &web(), false, &pack.policy)
}

#[test]
fn elapsed_hours_warn_the_person_on_duty_at_once_whatever_the_pack_says() {
    let mut case = case_under(&[(
        "warn = { at = [0.5, 0.8, 1.0], when = \"at-once\", to = [\"duty\", \"head\", \"director\"] }",
        "warn = { at = [0.5, 1.0], when = \"working-time\", to = [\"head\", \"deputy\"] }",
    )]);
    check(
        &mut case,
        "2026-11-22 03:00",
        &[
            ("2026-11-22 00:30", "complaint.handed_over"),
            ("2026-11-22 01:00", "first-reply warned 1 to duty head"),
            ("2026-11-22 02:30", "first-reply warned 2 to duty head deputy"),
            ("2026-11-22 02:30", "first-reply missed"),
        ],
    );
}

#[test]
fn working_hours_warn_at_shares_of_working_time() {
    let mut case = case_under(&[
        ("within = \"PT3H\"", "within = \"PT4H working\""),
        ("when = \"at-once\"", "when = \"working-time\""),
    ]);
    check(
        &mut case,
        "2026-11-23 12:30",
        &[
            ("2026-11-22 00:30", "complaint.handed_over"),
            ("2026-11-23 10:00", "first-reply warned 1 to duty"),
            ("2026-11-23 11:12", "first-reply warned 2 to duty head"),
            ("2026-11-23 11:45", "resolution warned 1 to holder"),
            ("2026-11-23 12:00", "first-reply warned 3 to duty head director"),
            ("2026-11-23 12:00", "first-reply missed"),
        ],
    );
}

#[test]
fn silence_closes_when_the_term_is_over_and_never_before() {
    let mut case = answered();
    assert!(case.at("2026-12-10 23:59").tick().is_empty());
    assert_eq!(case.at("2026-12-11 00:00").tick(), ["complaint.closed", "complaint.archived"]);
    assert!(matches!(&case.history[case.history.len() - 2].event,
        Event::Closed(e) if e.closed_as.as_str() == "no-objection"));
    assert_eq!(next_timer_at(&case.complaint, &case.policy), None);
}

#[test]
fn silence_never_closes_where_people_were_in_danger() {
    let mut case = answered_danger();
    assert!(!case.at("2027-03-01 09:00").tick().contains(&"complaint.closed"));
    assert_eq!(case.complaint.stage, Stage::Answered);
    case.does(CUSTOMER, "agreement", &json!({}));
    assert_eq!(case.tick(), ["complaint.closed", "complaint.archived"], "agreement is no silence");
}

#[test]
fn a_revived_promise_is_missed_when_its_old_due_date_passed() {
    let mut case = answered();
    case.at("2026-11-28 09:00");
    case.does(MAI, "response", &json!({"attempt": "att_1", "failed": "Nhầm người nghe"}));
    let done = case.tick();
    assert!(done.contains(&"promise.missed"), "{done:?}");
    assert_eq!(word(&case, "resolution"), "late");
}

#[test]
fn a_warning_comes_before_the_weekend_in_which_the_promise_ends() {
    // Thursday 10:00: three days end with Sunday, and half of them with Saturday.
    let received = "2026-12-03T10:00:00+07:00".parse().expect("an instant");
    let set = redress_core::complaint::promise::set(redress_testkit::policy(), 1, received, false);
    let set = set.expect("it is counted");
    let resolution = set.iter().find(|set| set.promise == "resolution").expect("it is promised");
    let shown: Vec<String> = resolution
        .warn_at
        .iter()
        .map(|at| at.in_tz("Asia/Ho_Chi_Minh").expect("a zone").strftime("%a %H:%M").to_string())
        .collect();
    assert_eq!(shown, ["Fri 16:59", "Fri 16:59", "Mon 08:00"], "two before, and that it is over");
}
