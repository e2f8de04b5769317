//! A reading of the database that never ends: the log of changes cannot be written back, which is told,
//! and is written back by itself once the reading ends. Must not test ordinary work: that is `soak`.

use std::fs::{self, OpenOptions};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::json;

use crate::kit::run_in;
use crate::serve::house::{House, noise, verb, with};
use crate::serve::wait::until;

/// What of the log of changes is kept once it was written back, in bytes: as the program has it.
const KEPT: u64 = 32 << 20;
/// What is too long, and for how long it may be, as the program has it.
const GROWN: u64 = 64 << 20;
const HELD: Duration = Duration::from_mins(5);
/// Complaints by which it has grown beyond every bound.
const COMPLAINTS_MAX: usize = 4_000;

/// Many words, none of them like another complaint's: a search index writes each down.
fn much(n: usize) -> serde_json::Value {
    let words = (0..600).map(|word| format!("thang{n}lan{word}"));
    with(noise(), json!({"text": words.collect::<Vec<_>>().join(" ")}))
}

fn ready(house: &House) -> String {
    house.client.get("/readyz").send().is(200).text()
}

/// What `doctor` says of the log of changes.
fn doctor(house: &House) -> (i32, String) {
    let ran = run_in(house.path(), &house.variables(), &["doctor", "--json"], "");
    let checks = ran.json()["checks"].clone();
    let mut checks = checks.as_array().expect("a list").iter();
    let found = checks.find(|check| check["check"] == "changes").expect("it is looked at");
    (ran.code, found["status"].as_str().expect("a word").to_owned())
}

#[test]
fn a_reading_that_never_ends_is_told_and_what_waited_is_written_back_after_it() {
    let house = House::open();
    let reader =
        Connection::open(house.path().join("redress-data/redress.sqlite")).expect("opened");
    reader.execute_batch("BEGIN; SELECT count(*) FROM event").expect("begun");
    assert_eq!(doctor(&house), (0, "ok".to_owned()));
    let changes = house.path().join("redress-data/redress.sqlite-wal");
    let length = || fs::metadata(&changes).expect("it is there").len();
    let sent = (0..COMPLAINTS_MAX).find(|n| {
        house.complain(&much(*n));
        length() > GROWN
    });
    println!("too long after {} complaints", sent.expect("it grows"));
    let mark = house.path().join("redress-data/changes-held");
    let mark = until("it is remembered", || OpenOptions::new().write(true).open(&mark).ok());
    assert_eq!((ready(&house).as_str(), doctor(&house)), ("ready\n", (0, "ok".to_owned())));
    let since = mark.metadata().and_then(|mark| mark.modified()).expect("a time");
    // It grew for the last time a moment before that was seen.
    mark.set_modified(since - 2 * HELD).expect("set");
    assert!(ready(&house).contains("degraded changes "), "it was held for five minutes");
    assert_eq!(doctor(&house), (1, "fail".to_owned()));
    until("a line in the log", || house.log().contains("the log of changes grows").then_some(()));
    drop(reader);
    until("the log of changes to be given back, though nobody complains", || {
        (length() <= KEPT).then_some(())
    });
    assert_eq!((ready(&house).as_str(), doctor(&house)), ("ready\n", (0, "ok".to_owned())));
    until("a line in the log", || house.log().contains("is written back again").then_some(()));
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
}
