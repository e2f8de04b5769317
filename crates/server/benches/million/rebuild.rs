//! Read rows made anew from the events of a large installation and compared with the live ones, and
//! the search index after them.

use std::{path::Path, time::Instant};

use redress_testkit::bench::{count, say};

use super::kit::program;

pub(crate) fn measure(folder: &Path, complaints: u64) {
    let began = Instant::now();
    let answer = program(folder).run(&["rebuild", "--json"]);
    let rate = count(complaints) / began.elapsed().as_secs_f64();
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("the answer is JSON");
    assert_eq!(answer["equal"], true, "{answer}");
    say("complaints rebuilt and compared", rate, "/s", rate >= 5_000.0, "at least 5,000/s");
    let began = Instant::now();
    program(folder).run(&["rebuild", "--search", "--json"]);
    let rate = count(complaints) / began.elapsed().as_secs_f64();
    say("complaints indexed anew", rate, "/s", rate >= 1_000.0, "at least 1,000/s");
}
