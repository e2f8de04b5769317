//! The same complaint moved by many at once: nothing happens twice, nothing is lost.
//! Must not test intake.

use std::thread;

use serde_json::{Value, json};

use super::house::{A, AUDITOR, B, CARE, DIRECTOR, House};
use super::http::Answer;
use super::life::Life;

/// Runs the same command by `times` callers at once.
fn at_once(
    life: &Life<'_>,
    times: usize,
    who: &[&str],
    command: &str,
    body: &Value,
) -> Vec<Answer> {
    thread::scope(|scope| {
        let running: Vec<_> = (0..times)
            .map(|n| scope.spawn(move || life.tried(who[n % who.len()], command, body)))
            .collect();
        running.into_iter().map(|thread| thread.join().expect("answered")).collect()
    })
}

fn happened(life: &Life<'_>, kind: &str) -> usize {
    let path = format!("/api/v1/complaints/{}/events", life.case.reference);
    let token = life.house.token(AUDITOR);
    let page = life.house.client.get(&path).token(token).send().is(200).json();
    let events = page["items"].as_array().expect("a list");
    events.iter().filter(|event| event["type"] == kind).count()
}

fn with_status(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

#[test]
fn a_step_taken_by_ten_at_once_happens_once() {
    let house = House::open();
    let life = Life::begin(&house);
    at_once(&life, 10, &[DIRECTOR], "sighting", &json!({}));
    assert_eq!(happened(&life, "director.saw"), 1);
    at_once(&life, 10, &[DIRECTOR], "handover", &json!({"to": "technical"}));
    assert_eq!(happened(&life, "complaint.handed_over"), 1);
    at_once(&life, 10, &[A, B], "acceptance", &json!({"accept": true}));
    assert_eq!(happened(&life, "handover.accepted"), 1);
    let holder = house.show(CARE, &life.case.reference)["holder"].clone();
    let holder = holder.as_str().expect("somebody");
    let finding = super::life::finding();
    life.step(holder, "findings", &finding, "verifying");
    let decision = json!({"outcome": "upheld", "reasons": "Lệch 38 mm."});
    let answers = at_once(&life, 10, &[A, B], "decision", &decision);
    assert_eq!((with_status(&answers, 200), happened(&life, "decision.proposed")), (1, 1));
    at_once(&life, 10, &[DIRECTOR], "approval", &json!({"proposal": "pro_1", "approve": true}));
    assert_eq!(happened(&life, "proposal.approved"), 1);
    life.told_by(holder, "pro_1");
    let no = json!({"text": "Vẫn lệch."});
    let answers = at_once(&life, 10, &[life.me()], "disagreement", &no);
    assert_eq!((with_status(&answers, 200), happened(&life, "round.opened")), (1, 1));
}

#[test]
fn what_many_write_at_once_is_all_kept() {
    let house = House::open();
    let life = Life::begin(&house);
    let answers = at_once(&life, 20, &[CARE, DIRECTOR], "notes", &json!({"text": "Đã gọi."}));
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200; 20]);
    assert_eq!(happened(&life, "note.added"), 20);
}
