//! A backup while many submit, restored on an empty machine: everything that was answered before it began
//! is in it, and its log ends where the log ended at that moment. Must not test what a restored house can
//! do: that is `serve::backup`.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{is_long, log};
use crate::kit::run_in;
use crate::serve::backup::answered_with_picture;
use crate::serve::house::{Case, House, noise, verb, with};
use crate::serve::uploads::PIXEL;
use crate::serve::wait::until;

/// Who submits at the same time, and how many answers there are before the backup begins.
const LONG: (usize, usize) = (20, 4_000);
const SHORT: (usize, usize) = (4, 20);

/// Submits until told to stop, every other time with a picture; keeps what was answered.
fn submit(house: &House, stop: &AtomicBool, answered: &Mutex<Vec<Value>>) {
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let mut body = noise();
        if n % 2 == 1 {
            let bytes = [PIXEL, format!("{n}{:?}", thread::current().id()).as_bytes()].concat();
            let kept = house.client.post("/api/v1/uploads").file("file", "a.png", &bytes).send();
            body = with(body, json!({"attachments": [kept.is(201).json()["id"]]}));
        }
        let receipt = house.client.post("/api/v1/complaints").json(&body).send().is(201).json();
        answered.lock().expect("nobody panics holding it").push(receipt);
    }
}

/// Waits until there are so many, as long as ever more come.
fn wait_for(answered: &Mutex<Vec<Value>>, count: usize) {
    let there = || answered.lock().expect("nobody panics holding it").len();
    let mut before = there();
    while before < count {
        before = until("more answers", || Some(there()).filter(|now| *now > before));
    }
}

#[test]
fn what_was_answered_before_a_backup_is_in_it_and_its_log_ends_where_the_log_did() {
    let (clients, count) = if is_long() { LONG } else { SHORT };
    let bounds = [("REDRESS_FILES_PER_HOUR", "0"), ("REDRESS_FILES_DAY_MB", "0")];
    let mut house = House::open_with(&bounds);
    let case = answered_with_picture(&house);
    let (stop, answered) = (AtomicBool::new(false), Mutex::default());
    let (made, before, took) = thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| submit(&house, &stop, &answered));
        }
        wait_for(&answered, count);
        let before = answered.lock().expect("nobody panics holding it").clone();
        let begun = Instant::now();
        let made = run_in(house.path(), &[], &["backup", "copy.tar", "--json"], "");
        let took = begun.elapsed();
        wait_for(&answered, before.len() + 1);
        stop.store(true, Ordering::Relaxed);
        (made, before, took)
    });
    assert_eq!(made.code, 0, "{made:?}");
    let events = made.json()["events"].as_u64().expect("a number");
    let live = Connection::open(house.path().join("redress-data/redress.sqlite")).expect("opened");
    let then = log::counted(&live, events);
    assert_ne!(then, log::kept(&live), "others went on meanwhile");
    drop(live);
    let bytes = fs::metadata(house.path().join("copy.tar")).expect("it is there").len();
    let mut restoring = None;
    house.replaced(|folder| {
        let begun = Instant::now();
        let restored = verb(folder, "restore copy.tar --data redress-data --json").json();
        restoring = Some(begun.elapsed());
        assert_eq!(restored["events"].as_u64(), Some(events));
        let file = Connection::open(folder.join("redress-data/redress.sqlite")).expect("opened");
        let kept = log::kept(&file);
        assert_eq!(kept, log::counted(&file, u64::MAX), "counted again from its leaves");
        assert_eq!(kept, then, "the end of the log at the moment of the backup");
    });
    for receipt in &before {
        let case = Case::of(receipt);
        let seen = house.show(&case.tracking, &case.reference);
        for field in ["reference", "received_at"] {
            assert_eq!(seen[field], receipt[field], "{}", case.reference);
        }
        for (n, promise) in receipt["promises"].as_array().expect("a list").iter().enumerate() {
            assert_eq!(seen["promises"][n]["due"], promise["due"], "{}", case.reference);
        }
    }
    assert_eq!(house.show(&case.tracking, &case.reference)["state"], "answered");
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true);
    println!(
        "{events} events and {} files in {bytes} bytes, backed up in {took:.1?} while {clients} \
         submitted, restored in {:.1?}; {} answers from before are in it",
        made.json()["files"],
        restoring.expect("it was restored"),
        before.len()
    );
}
