//! The figures of a large installation: pages and search at 1,000,000 complaints against 10,000,
//! start, memory, a backup under load, and a rebuild.
//!
//! Run by `cargo xtask bench million [-- COMPLAINTS [FOLDER]]`; a million takes some twenty
//! gigabytes of disk, three times that while the backup is taken and the rows are rebuilt, and about
//! an hour. A named folder is filled once, kept, and used again. Must not be part of any test:
//! machines differ.

mod backup;
#[expect(dead_code, reason = "other benches measure against a bare loop")]
#[path = "../kit/mod.rs"]
mod kit;
mod pages;
mod rebuild;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use kit::{
    fill::{House, runtime},
    program,
};
use redress_testkit::bench::{count, median, say, tell};

/// Complaints of the installation that is measured against.
const FEW: u64 = 10_000;
/// Complaints of the large one, unless another number is asked for.
const MANY: u64 = 1_000_000;
/// The seed of the complaints.
const SEED: u64 = 4;
/// Starts of the server.
const STARTS: usize = 5;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let first = arguments.next();
    if first.as_deref() == Some("--test") {
        return;
    }
    let many = first.map_or(MANY, |number| number.parse().expect("how many complaints"));
    let kept = arguments.next().map(PathBuf::from);
    let room = tempfile::tempdir().expect("there is room for a folder");
    let room = kept.as_deref().unwrap_or(room.path());
    let (few, large) = (filled(room, FEW), filled(room, many));
    pages::measure((&few, FEW), (&large, many));
    starts(&large, many);
    backup::measure(&large, room, many);
    rebuild::measure(&large, many);
}

/// The folder of this many complaints, filled if it is not there yet.
fn filled(room: &Path, complaints: u64) -> PathBuf {
    let folder = room.join(complaints.to_string());
    if folder.exists() {
        return folder;
    }
    let part = room.join(format!("{complaints}-part"));
    let until = now(room);
    let began = Instant::now();
    let events = runtime().block_on(async {
        let house = House::open(&part, SEED).await;
        let events = house.fill(SEED, complaints, until).await;
        house.app.close().await.expect("it ends in order");
        events
    });
    let rate = count(complaints) / began.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(part.join("redress.sqlite")).expect("it is there").len();
    std::fs::rename(&part, &folder).expect("it is ours");
    tell(&format!("{complaints} complaints made, {events} events, {} MB", bytes / 1_000_000));
    say("complaints made", rate, "/s", rate >= 5_000.0, "at least 5,000/s");
    folder
}

/// How soon the server is ready, and what it holds while nobody asks.
fn starts(folder: &Path, complaints: u64) {
    let (mut starts, mut memory) = (vec![], vec![]);
    for _ in 0..STARTS {
        let server = program(folder).serve();
        starts.push(server.ready_after.as_secs_f64());
        memory.push(server.megabytes());
    }
    let (start, memory) = (median(starts), median(memory));
    say(&format!("ready after start on {complaints}"), start, "s", start < 0.5, "within 0.5 s");
    say("memory while nobody asks", memory, "MB", memory < 60.0, "under 60 MB");
}

/// The time of this machine, by its disk: complaints come until now.
fn now(room: &Path) -> jiff::Timestamp {
    let mark = tempfile::tempfile_in(room).expect("there is room for a file");
    let made = mark.metadata().and_then(|made| made.modified()).expect("a time");
    let made = jiff::Timestamp::try_from(made).expect("a time");
    jiff::Timestamp::from_second(made.as_second()).expect("the same time")
}
