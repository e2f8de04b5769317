//! Fifty requests at once under one key while the server is killed: one complaint, the same answer byte by
//! byte before and after, and another body is refused. Must not test what a key may be: that is
//! `serve::keys`.

use std::collections::BTreeSet;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use redress_testkit::Chance;
use serde_json::{Value, json};

use super::is_long;
use super::load::listed;
use crate::serve::house::{Case, House, noise, verb, with};

/// Who asks at the same time.
const CROWD: usize = 50;
/// How often the server is killed under them.
const KILLS: (usize, usize) = (60, 3);
const SEED: u64 = 10;
/// The longest it lives.
const LIFE_MILLISECONDS: u64 = 1_500;

/// Everybody sends this under one key; what each was answered, if anything. Where the server listens is
/// left out, for it moves with each start.
fn crowd(house: &House, key: &str, body: &Value) -> BTreeSet<(String, String)> {
    let one = || {
        let ask = house.client.post("/api/v1/complaints").header("idempotency-key", key);
        let answer = ask.json(body).try_send()?.is(201);
        Some((
            answer.text().replace(house.client.address(), ""),
            answer.header("location").to_owned(),
        ))
    };
    thread::scope(|scope| {
        let asked: Vec<_> = (0..CROWD).map(|_| scope.spawn(one)).collect();
        asked.into_iter().filter_map(|asked| asked.join().expect("it ends")).collect()
    })
}

#[test]
fn a_crowd_under_one_key_makes_one_complaint_whenever_the_server_dies() {
    let mut house = House::open();
    let kills = if is_long() { KILLS.0 } else { KILLS.1 };
    let (mut chance, mut references, mut told) = (Chance::new(SEED), BTreeSet::new(), 0);
    let (_silent, woken) = channel::<()>();
    for n in 0..kills {
        let key = format!("a-key-of-a-crowd-{n:04}");
        let body = with(noise(), json!({"text": format!("Thang kêu to, lần {n}")}));
        let mut answers = thread::scope(|scope| {
            let asking = scope.spawn(|| crowd(&house, &key, &body));
            // Nobody sends: this only lets some be answered.
            let life = Duration::from_millis(chance.below(LIFE_MILLISECONDS));
            woken.recv_timeout(life).expect_err("nobody sends");
            house.kill();
            asking.join().expect("it ends")
        });
        told += answers.len();
        house.restart();
        answers.extend(crowd(&house, &key, &body));
        assert_eq!(answers.len(), 1, "{answers:?}");
        let receipt: Value =
            serde_json::from_str(&answers.first().expect("one").0).expect("a receipt");
        references.insert(Case::of(&receipt).reference);
        let other = with(noise(), json!({"text": "Việc khác"}));
        let ask = house.client.post("/api/v1/complaints").header("idempotency-key", &key);
        let problem = ask.json(&other).send().problem(422);
        assert_eq!(problem["type"], "/problems/key-reused");
    }
    let there = listed(&house);
    assert!(there.values().all(|times| *times == 1), "{there:?}");
    assert_eq!(references.len(), kills);
    assert_eq!(there.into_keys().collect::<BTreeSet<_>>(), references);
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    println!("{kills} crowds of {CROWD}; {told} of them were answered before the server died");
}
