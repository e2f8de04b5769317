//! The clock of the machine leaps three days ahead and back while the server runs: nothing is missed by a
//! clock that is wrong, recorded time never goes back, and who administers is told. Must not test an outage:
//! that is `serve::outage`.

use std::fs;
use std::path::Path;

use super::is_long;
use crate::kit::run_in;
use crate::serve::house::{AUDITOR, Case, House, noise, verb};
use crate::serve::outage::{library, other_day};
use crate::serve::wait::until;

/// How often the clock leaps and is put right in the long run.
const LEAPS: usize = 12;

/// Lets the clock of the server show so much more, or less.
fn set(file: &Path, offset: &str) {
    let new = file.with_extension("new");
    fs::write(&new, format!("{offset}\n")).expect("written");
    fs::rename(new, file).expect("in place");
}

/// How often the server said that the clock jumped.
fn told(house: &House) -> usize {
    house.log().matches("the clock of the machine jumped").count()
}

/// Names of what happened to a complaint.
fn happened(house: &House, case: &Case) -> Vec<String> {
    let path = format!("/api/v1/complaints/{}/events", case.reference);
    let events = house.client.get(&path).token(house.token(AUDITOR)).send().is(200).json();
    let items = events["items"].as_array().expect("a list").iter();
    items.map(|event| event["type"].as_str().expect("a word").to_owned()).collect()
}

#[test]
fn a_clock_that_leaps_and_is_put_right_brings_nothing_about_but_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("offset");
    set(&file, "+0");
    let library = library();
    let mut variables = other_day(&library).to_vec();
    variables.push(("FAKETIME_TIMESTAMP_FILE", file.to_str().expect("plain names")));
    variables.push(("FAKETIME_NO_CACHE", "1"));
    let house = House::open_with(&variables);
    let mut cases = vec![house.complain(&noise())];
    for leap in 0..if is_long() { LEAPS } else { 1 } {
        set(&file, "+3d");
        until("the leap ahead", || (told(&house) == 3 * leap + 1).then_some(()));
        cases.push(house.complain(&noise()));
        set(&file, "-2h");
        until("the step back", || (told(&house) == 3 * leap + 2).then_some(()));
        cases.push(house.complain(&noise()));
        // Two hours late at most: put right, it leaps ahead by two hours.
        set(&file, "+0");
        until("the right time", || (told(&house) == 3 * leap + 3).then_some(()));
        cases.push(house.complain(&noise()));
    }
    for case in &cases {
        let missed = happened(&house, case).into_iter().filter(|kind| kind == "promise.missed");
        assert_eq!(missed.count(), 0, "{}: missed by a clock that was wrong", case.reference);
    }
    let doctor = run_in(house.path(), &[], &["doctor", "--json"], "").json();
    let checks = doctor["checks"].as_array().expect("a list");
    let clock = checks.iter().find(|check| check["check"] == "clock").expect("it is looked at");
    assert_ne!(clock["status"], "ok", "{clock}");
    house.kill();
    // Among much else this finds an event that was recorded before its predecessor.
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
}
