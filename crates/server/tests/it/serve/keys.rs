//! `Idempotency-Key` and the limit of public submissions. Must not test what a notice holds.

use std::collections::BTreeSet;
use std::thread;

use serde_json::json;

use super::house::{CARE, DIRECTOR, House, noise, with};
use super::http::{Answer, Ask};

const KEY: &str = "2f1c9d0e-6b7a-4c55";

fn ask(house: &House, key: &str) -> Ask {
    house.client.post("/api/v1/complaints").header("idempotency-key", key)
}

fn count(house: &House) -> usize {
    let path = "/api/v1/complaints?state=all&limit=200";
    let page = house.client.get(path).token(house.token(DIRECTOR)).send().is(200).json();
    page["items"].as_array().expect("a list").len()
}

#[test]
fn a_key_has_16_to_255_characters() {
    let house = House::open();
    for key in ["short", &"k".repeat(15), &"k".repeat(256), "                "] {
        ask(&house, key).json(&noise()).send().problem(400);
    }
    for key in [&"k".repeat(16), &"k".repeat(255)] {
        ask(&house, key).json(&noise()).send().is(201);
    }
    assert_eq!(count(&house), 2);
}

#[test]
fn a_repeated_submission_gets_the_same_answer_and_another_body_is_refused() {
    let mut house = House::open();
    let first = ask(&house, KEY).json(&noise()).send().is(201);
    let again = ask(&house, KEY).json(&noise()).send().is(201);
    assert_eq!((first.text(), first.header("location")), (again.text(), again.header("location")));
    let other = with(noise(), json!({"text": "Việc khác"}));
    let problem = ask(&house, KEY).json(&other).send().problem(422);
    assert_eq!(problem["type"], "/problems/key-reused");
    // The key of somebody signed in is theirs alone.
    ask(&house, KEY).token(house.token(CARE)).json(&other).send().is(201);
    house.restart();
    let later = ask(&house, KEY).json(&noise()).send().is(201);
    let port_free = |answer: &Answer| {
        let body = answer.json();
        (body["reference"].clone(), body["promises"].clone(), body["received_at"].clone())
    };
    assert_eq!(port_free(&first), port_free(&later));
    assert_eq!(count(&house), 2);
}

#[test]
fn twenty_parallel_submissions_under_one_key_make_one_complaint() {
    let house = House::open();
    let answers: BTreeSet<String> = thread::scope(|scope| {
        let one = || ask(&house, KEY).json(&noise()).send().is(201).text();
        let running: Vec<_> = (0..20).map(|_| scope.spawn(one)).collect();
        running.into_iter().map(|thread| thread.join().expect("answered")).collect()
    });
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(count(&house), 1);
}

#[test]
fn a_repeated_submission_with_a_file_gets_the_same_answer_also_in_parallel() {
    let house = House::open();
    for round in 0..3 {
        let kept = house.client.post("/api/v1/uploads").file("file", "a.png", b"picture").send();
        let body = with(noise(), json!({"attachments": [kept.is(201).json()["id"]]}));
        let key = format!("{KEY}-{round}");
        let answers: BTreeSet<String> = thread::scope(|scope| {
            let one = || ask(&house, &key).json(&body).send().is(201).text();
            let running: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            running.into_iter().map(|thread| thread.join().expect("answered")).collect()
        });
        assert_eq!(answers.len(), 1, "{answers:?}");
    }
    assert_eq!(count(&house), 3);
}

#[test]
fn submissions_over_the_limit_are_told_when_to_come_back() {
    let house = House::open_with(&[("REDRESS_LIMITS_PUBLIC_PER_MINUTE", "3")]);
    for _ in 0..3 {
        house.complain(&noise());
    }
    for lang in ["vi", "en", "lo"] {
        let ask = house.client.post("/api/v1/complaints").header("accept-language", lang);
        let answer = ask.header("x-forwarded-for", "203.0.113.9").json(&noise()).send();
        let seconds: u32 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&seconds), "{seconds}");
        answer.problem(429);
    }
    let staff = house.client.post("/api/v1/complaints").token(house.token(CARE));
    staff.json(&noise()).send().is(201);
    assert_eq!(count(&house), 4);
}

#[test]
fn behind_a_proxy_of_the_house_one_sender_uses_up_nobody_else_s_limits() {
    let house = House::open_with(&[
        ("REDRESS_LIMITS_PUBLIC_PER_MINUTE", "2"),
        ("REDRESS_FILES_PER_HOUR", "1"),
        ("REDRESS_LIMITS_PROXIES", "127.0.0.1"),
    ]);
    let complain = |said: &str| {
        let ask = house.client.post("/api/v1/complaints").header("x-forwarded-for", said);
        ask.json(&noise()).send().status
    };
    let send = |said: &str| {
        let ask = house.client.post("/api/v1/uploads").header("x-forwarded-for", said);
        ask.file("file", "a.txt", b"a").send().status
    };
    // Whatever a sender writes before the address the proxy saw is not believed.
    let one = ["203.0.113.9", "198.51.100.1, 203.0.113.9", "198.51.100.2, 203.0.113.9"];
    assert_eq!(one.map(complain), [201, 201, 429]);
    assert_eq!(one.map(send), [201, 429, 429]);
    assert_eq!((complain("203.0.113.10"), send("203.0.113.10")), (201, 201));
}
