//! `redress deadline`: the dates of the shipped policy, and their steps.

use serde_json::{Value, json};

use crate::kit::{Ran, alphatech, copy_of_alphatech, run, run_line, spoil};

fn deadline(rest: &str) -> Ran {
    let policy = alphatech().display().to_string();
    let mut arguments = vec!["deadline", "--policy", &policy, "--json"];
    arguments.extend(rest.split_whitespace());
    run(&arguments)
}

fn check(rest: &str, due: &str, due_on: &str) -> Value {
    let ran = deadline(rest);
    assert_eq!(ran.code, 0, "{rest}: {ran:?}");
    let answer = ran.json();
    assert_eq!((&answer["due"], &answer["due_on"]), (&json!(due), &json!(due_on)), "{rest}");
    answer
}

#[test]
fn the_second_result_over_new_year_is_due_after_seven_working_days() {
    let answer = check(
        "--promise resolution --round 2 --received 2026-02-13T16:00:00+07:00",
        "2026-03-04T00:00:00+07:00",
        "2026-03-03",
    );
    assert_eq!(answer["promise"], "resolution");
    assert_eq!(answer["round"], 2);
    assert_eq!(answer["policy"], "alphatech@1");
    assert_eq!(answer["received"], "2026-02-13T16:00:00+07:00");
    let steps = answer["steps"].as_array().expect("a list");
    assert_eq!(steps.len(), 19, "every day from receipt to the last");
    let receipt = json!({ "on": "2026-02-13", "counts": false, "why": "day of receipt" });
    assert_eq!(steps[0], receipt);
    assert_eq!(steps[10], json!({ "on": "2026-02-23", "counts": true, "day": 1 }));
    assert_eq!(steps[18], json!({ "on": "2026-03-03", "counts": true, "day": 7 }));
    let counted = steps.iter().filter(|step| step["counts"] == true).count();
    assert_eq!(counted, 7);
}

#[test]
fn the_first_result_is_due_after_three_calendar_days() {
    let rest = "--promise resolution --round 1 --received 2026-04-24T09:00:00+07:00";
    check(rest, "2026-04-28T00:00:00+07:00", "2026-04-27");
    let rest = "--promise resolution --received 2026-04-24";
    check(rest, "2026-04-28T00:00:00+07:00", "2026-04-27");
}

#[test]
fn the_first_reply_is_due_three_hours_later_day_and_night() {
    let rest = "--promise first-reply --received 2026-04-24T22:30:00+07:00";
    let answer = check(rest, "2026-04-25T01:30:00+07:00", "2026-04-25");
    let steps = answer["steps"].as_array().expect("a list");
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["counts"], true);
    assert!(steps[0]["why"].is_string());
}

#[test]
fn an_instant_elsewhere_is_told_in_the_zone_of_the_policy() {
    let rest = "--promise first-reply --received 2026-04-24T02:00:00Z";
    let answer = check(rest, "2026-04-24T12:00:00+07:00", "2026-04-24");
    assert_eq!(answer["received"], "2026-04-24T09:00:00+07:00");
}

#[test]
fn reasons_come_in_the_language_asked_for() {
    let rest = "--promise resolution --round 2 --received 2026-02-13T16:00:00+07:00 --lang";
    let reasons: Vec<Value> = ["vi", "en", "lo"]
        .iter()
        .map(|lang| deadline(&format!("{rest} {lang}")).json()["steps"][1]["why"].clone())
        .collect();
    assert_eq!(reasons[1], "weekly rest");
    assert!(reasons[0] != reasons[1] && reasons[1] != reasons[2], "{reasons:?}");
}

#[test]
fn people_read_the_day_and_the_reasons() {
    let ran = run_line(
        "deadline --promise resolution --round 2 --received 2026-02-13T16:00:00+07:00 --lang vi",
    );
    assert_eq!(ran.code, 0);
    for words in ["due on    2026-03-03", "Tết", "alphatech@1"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
}

#[test]
fn a_policy_not_yet_in_force_answers_all_the_same() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "in_force = 2026-", "in_force = 2029-");
    let dir = pack.path().display().to_string();
    let arguments = ["deadline", "--policy", &dir, "--promise", "first-reply", "--received"];
    let ran = run(&[&arguments[..], &["2026-04-24T09:00:00+07:00"]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn what_cannot_be_answered_says_why() {
    let rows = [
        ("--promise nonsense --received 2026-04-24T09:00:00+07:00", 2, "unknown-promise"),
        (
            "--promise resolution --round 9 --received 2026-04-24T09:00:00+07:00",
            2,
            "unknown-promise",
        ),
        ("--promise resolution --received yesterday", 2, "usage"),
        (
            "--promise resolution --round 2 --received 2030-12-30T09:00:00+07:00",
            1,
            "beyond-coverage",
        ),
    ];
    for (rest, code, kind) in rows {
        let ran = deadline(rest);
        assert_eq!((ran.code, ran.error_kind().as_str()), (code, kind), "{rest}");
        assert_eq!(ran.out, "", "{rest}");
    }
}
