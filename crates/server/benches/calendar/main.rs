//! What a late decree costs: listing the dates that move among 100,000 open complaints, and moving
//! them, against a bare loop that group-commits the very same rows.
//!
//! Run by `cargo xtask bench calendar`. Must not be part of any test: machines differ.

mod bare;
mod pack;

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use redress_testkit::bench::{Client, Program, Server, count, median, say, tell};

/// Open complaints whose dates are counted.
const LISTED: u64 = 100_000;
/// Open complaints whose dates are moved in each round.
const MOVED: u64 = 20_000;
/// Interleaved rounds.
const ROUNDS: usize = 5;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let room = tempfile::tempdir().expect("there is room for a folder");
    let packs = pack::Packs::make(room.path());
    let data = room.path().join("data");
    let mut server = Some(serve(&data, &packs.before));
    fill(server.as_ref().expect("it runs"), MOVED);
    drop(server.take());
    apply_rate(room.path(), &data, &packs);
    let server = serve(&data, &packs.before);
    fill(&server, LISTED - MOVED);
    drop(server);
    listing(&data, &packs);
}

/// How long the whole command takes that lists every date that moves.
fn listing(data: &Path, packs: &pack::Packs) {
    let times = (0..ROUNDS).map(|_| {
        let began = Instant::now();
        let listed = check(data, &packs.after, false);
        let took = began.elapsed().as_secs_f64();
        assert_eq!(listed, LISTED, "every date moves");
        took
    });
    let took = median(times.collect());
    say("counting and listing 100,000 dates that move", took, "s", took < 2.0, "under 2 s");
}

/// Moved dates a second, against the bare loop on the same rows in the same groups.
fn apply_rate(room: &Path, data: &Path, packs: &pack::Packs) {
    let (mut rates, mut bares, mut ratios) = (vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        let applied = copy(data, &room.join(format!("applied-{round}")));
        let began = Instant::now();
        let moved = check(&applied, &packs.after, true);
        let rate = per_second(moved, began);
        assert_eq!(moved, MOVED, "every date moves");
        let loose = copy(data, &room.join(format!("bare-{round}")));
        let (written, took) = bare::write(&applied, &loose);
        assert_eq!(written, MOVED, "the same complaints");
        let bare = count(written) / took.as_secs_f64();
        ratios.push(rate / bare);
        rates.push(rate);
        bares.push(bare);
        for folder in [applied, loose] {
            std::fs::remove_dir_all(folder).expect("it is ours");
        }
    }
    tell(&format!(
        "dates moved {:.0}/s, bare group commit of the same rows {:.0}/s (medians of {ROUNDS})",
        median(rates),
        median(bares)
    ));
    let ratio = median(ratios);
    say("moving dates / bare group commit", ratio, "ratio", ratio >= 0.5, "at least 0.5");
}

/// The server on this folder under this policy.
fn serve(data: &Path, policy: &Path) -> Server {
    let binary = Path::new(env!("CARGO_BIN_EXE_redress"));
    Program { binary, data }.serve_under(policy)
}

fn per_second(done: u64, began: Instant) -> f64 {
    count(done) / began.elapsed().as_secs_f64()
}

/// Runs the command; answers how many dates move or moved.
fn check(data: &Path, pack: &Path, apply: bool) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.args(["calendar", "check", "--json", "--policy"]).arg(pack).arg("--data").arg(data);
    if apply {
        command.arg("--apply");
    }
    let output = command.output().expect("the program runs");
    let error = String::from_utf8_lossy(&output.stderr);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect(&error);
    if apply {
        return answer["applied"]["moved"].as_u64().expect("a number");
    }
    answer["moved"].as_array().expect("a list").len() as u64
}

/// A copy of a data folder nobody has open.
fn copy(from: &Path, to: &Path) -> PathBuf {
    std::fs::create_dir(to).expect("a new folder");
    for entry in std::fs::read_dir(from).expect("it is listed") {
        let entry = entry.expect("it is listed");
        if entry.file_type().expect("known").is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("it is copied");
        }
    }
    to.to_owned()
}

fn fill(server: &Server, complaints: u64) {
    let clients = 32;
    std::thread::scope(|scope| {
        for client in 0..clients {
            scope.spawn(move || {
                let mut connection = Client::new(server.address);
                for number in 0..complaints / clients {
                    let body = pack::complaint(client, number);
                    let answer = connection.post("/api/v1/complaints", "application/json", &body);
                    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                }
            });
        }
    });
}
