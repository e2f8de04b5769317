//! A server killed while it works: what was answered is there once, with its promises.
//! Must not test an orderly end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use super::house::{CARE, Case, House, noise, verb, with};
use super::wait::until;

/// Who submits at the same time.
const CLIENTS: usize = 20;
/// How often the server is killed.
const KILLS: usize = 3;
/// How many answers are waited for before it is.
const ANSWERS: usize = 30;

/// What one client sent last and what it was answered.
#[derive(Debug, Default)]
pub(crate) struct Told {
    answered: Vec<Value>,
    open: Vec<(String, Value)>,
}

/// One client submits until the connection breaks.
fn submit(house: &House, name: &str, count: &AtomicUsize) -> Told {
    let mut told = Told::default();
    for n in 0.. {
        let key = format!("key-of-client-{name}-{n:04}");
        let body = with(noise(), json!({"text": format!("Thang kêu, lần {name}-{n}")}));
        let ask = house.client.post("/api/v1/complaints").header("idempotency-key", &key);
        let Some(answer) = ask.json(&body).try_send() else {
            told.open.push((key, body));
            break;
        };
        told.answered.push(answer.is(201).json());
        count.fetch_add(1, Ordering::Relaxed);
    }
    told
}

/// Twenty clients submit until the server is ended under them; starts it again.
pub(crate) fn under_load(house: &mut House, round: usize, end: impl FnOnce(&House)) -> Vec<Told> {
    let count = AtomicUsize::new(0);
    let told = thread::scope(|scope| {
        let (house, count) = (&*house, &count);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|n| scope.spawn(move || submit(house, &format!("{round}-{n:02}"), count)))
            .collect();
        until("answers", || (count.load(Ordering::Relaxed) >= ANSWERS).then_some(()));
        end(house);
        clients.into_iter().map(|client| client.join().expect("it ends")).collect()
    });
    house.restart();
    told
}

/// The references of everything that was sent: what was answered is as it was answered, and what was
/// not is answered now.
pub(crate) fn all_is_there(house: &House, told: &[Told]) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    for receipt in told.iter().flat_map(|told| &told.answered) {
        let case = Case::of(receipt);
        let seen = house.show(&case.tracking, &case.reference);
        for (n, promise) in receipt["promises"].as_array().expect("a list").iter().enumerate() {
            assert_eq!(seen["promises"][n]["due"], promise["due"], "{}", case.reference);
        }
        assert!(references.insert(case.reference), "a reference was given twice");
    }
    for (key, body) in told.iter().flat_map(|told| &told.open) {
        let ask = house.client.post("/api/v1/complaints").header("idempotency-key", key);
        let receipt = ask.json(body).send().is(201).json();
        assert!(references.insert(Case::of(&receipt).reference), "{receipt}");
    }
    references
}

/// Every complaint there is, each once, is one of these.
pub(crate) fn nothing_else_is_there(house: &House, references: &BTreeSet<String>) {
    let listed = listed(house);
    assert!(listed.values().all(|times| *times == 1), "{listed:?}");
    assert_eq!(&listed.into_keys().collect::<BTreeSet<_>>(), references);
}

/// Every complaint there is: how often its reference is listed.
pub(crate) fn listed(house: &House) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut query = "state=all&limit=200".to_owned();
    loop {
        let path = format!("/api/v1/complaints?{query}");
        let page = house.client.get(&path).token(house.token(CARE)).send().is(200).json();
        for item in page["items"].as_array().expect("a list") {
            *found.entry(item["reference"].as_str().expect("a text").to_owned()).or_default() += 1;
        }
        let Some(next) = page["next"].as_str() else { return found };
        query = format!("state=all&limit=200&after={next}");
    }
}

#[test]
fn what_was_answered_before_the_power_failed_is_there_once_with_its_promises() {
    let mut house = House::open();
    let mut answered = BTreeSet::new();
    for round in 0..KILLS {
        let told = under_load(&mut house, round, House::kill);
        let of_round = all_is_there(&house, &told);
        assert!(answered.is_disjoint(&of_round), "a reference was given twice");
        answered.extend(of_round);
    }
    nothing_else_is_there(&house, &answered);
    assert!(answered.len() >= KILLS * ANSWERS);
    house.kill();
    let log = verb(house.path(), "log verify --json").json();
    assert_eq!(log["valid"], true, "{log}");
    let rebuilt = verb(house.path(), "rebuild --json").json();
    assert_eq!(rebuilt["equal"], true, "{rebuilt}");
}
