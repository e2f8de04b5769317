//! The figures of the store: commits of real intakes by many submitters at once, against a bare
//! group commit of the same rows and against the disk itself.
//!
//! Run by `cargo xtask bench store`. Every figure is a ratio of interleaved medians. Must not be part
//! of any test: machines differ.

#[expect(dead_code, reason = "other benches start the program and fill an installation")]
#[path = "../kit/mod.rs"]
mod kit;

use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use kit::{
    bare::{Bare, flushes},
    fill::{House, runtime},
};
use redress_app::Following;
use redress_store::{Commit, Options, Store};
use redress_testkit::{
    bench::{count, median, say, tell},
    lives::Lives,
};

/// Interleaved rounds for each number of submitters.
const ROUNDS: usize = 7;
/// Intakes of a round.
const INTAKES: usize = 6_000;
/// The seed of the complaints.
const SEED: u64 = 4;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    for submitters in [32, 64] {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        runtime().block_on(measure(folder.path(), submitters));
    }
}

async fn measure(folder: &Path, submitters: usize) {
    let house = House::open(&folder.join("house"), SEED).await;
    let source = folder.join("store.sqlite");
    let clock = house.clock.clone();
    let store = Store::open(&source, Options::new(Arc::new(move || clock.now())));
    let store = store.expect("it opens");
    let mut bare = Bare::beside(&source, &folder.join("bare.sqlite"));
    let until = "2026-11-23T16:00:00+07:00".parse().expect("an instant");
    let pack = house.app.pack();
    let members = house.app.members().await.expect("the company");
    let all = (INTAKES * (ROUNDS + 1)) as u64;
    let mut lives = Lives::new(SEED, (&pack.policy, members), all, until);
    let (mut rates, mut bares, mut disks) = (vec![], vec![], vec![]);
    for round in 0..=ROUNDS {
        let mut commits = VecDeque::with_capacity(INTAKES);
        for mut past in lives.by_ref().take(INTAKES) {
            past.events.clear();
            let commit = house.app.adoption(past, Following::Waits).await;
            commits.push_back(commit.expect("it is a commit"));
        }
        let mark = bare.mark();
        let took = submit(&store, commits, submitters).await;
        let (written, loose) = bare.again(&mark, submitters);
        assert_eq!(written, INTAKES, "the same intakes");
        let disk = flushes(folder, Duration::from_millis(300));
        // The first round only warms up.
        if round > 0 {
            rates.push(count(INTAKES as u64) / took.as_secs_f64());
            bares.push(count(INTAKES as u64) / loose.as_secs_f64());
            disks.push(disk);
        }
    }
    report(submitters, rates, bares, disks);
}

/// Lets the submitters commit everything; answers how long it took.
async fn submit(store: &Store, commits: VecDeque<Commit>, submitters: usize) -> Duration {
    let waiting = Arc::new(Mutex::new(commits));
    let began = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..submitters {
        let (store, waiting) = (store.clone(), Arc::clone(&waiting));
        running.spawn(async move {
            loop {
                let next = waiting.lock().expect("nobody panics while holding it").pop_front();
                let Some(commit) = next else { return };
                store.commit(commit).await.expect("it is made durable");
            }
        });
    }
    running.join_all().await;
    began.elapsed()
}

fn report(submitters: usize, rates: Vec<f64>, bares: Vec<f64>, disks: Vec<f64>) {
    let ratio = median(rates.iter().zip(&bares).map(|(rate, bare)| rate / bare).collect());
    let of_disk = rates.iter().zip(&disks);
    let of_disk =
        median(of_disk.map(|(rate, disk)| rate / (disk * count(submitters as u64))).collect());
    tell(&format!(
        "{submitters} submitters: {:.0}/s inside the store, {:.0}/s bare, the disk flushes {:.0}/s",
        median(rates),
        median(bares),
        median(disks)
    ));
    let figure = format!("intake inside the store, {submitters} submitters / bare group commit");
    say(&figure, ratio, "ratio", ratio >= 0.85, "at least 0.85");
    tell(&format!("of what the disk would flush in groups of {submitters}: {of_disk:.3}"));
}
