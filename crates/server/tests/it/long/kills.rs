//! A server killed at random moments while twenty clients submit: what was answered is there once, and
//! it is ready again soon. Must not take the disk away with it: that is `power`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use redress_testkit::Chance;

use super::is_long;
use super::load::{Moment, all_is_there, nothing_else_is_there, until_the_end};
use super::whole::{database_and_files_are_whole, log_and_rows_are_whole};
use crate::serve::house::House;

/// Houses and how often each is killed.
const LONG: (u64, usize) = (20, 25);
const SHORT: (u64, usize) = (1, 5);
/// How long a killed server may take until it is ready again, on a machine that does nothing else.
const READY: Duration = Duration::from_secs(2);
/// Each kill comes after fewer answers than this.
const ANSWERS_BELOW: u64 = 50;

/// What was seen of all houses.
#[derive(Debug, Default)]
struct Seen {
    kills: usize,
    answered: usize,
    unanswered: usize,
    ready: Vec<Duration>,
}

/// One house that is killed again and again; the seed says when. Answers how many complaints it has.
fn kill_again_and_again(seed: u64, kills: usize, seen: &mut Seen) -> usize {
    let mut house = House::open();
    let (mut chance, mut references) = (Chance::new(seed), BTreeSet::new());
    for kill in 0..kills {
        let moment = Moment::some(&mut chance, ANSWERS_BELOW);
        let told = format!("seed {seed}, kill {kill}, {moment:?}");
        let sent = until_the_end(&house, &format!("{kill}"), true, moment, |_| house.kill());
        assert!(sent.iter().all(|one| matches!(one.status, None | Some(201))), "{told}: {sent:?}");
        let began = Instant::now();
        house.restart();
        house.client.get("/readyz").send().is(200);
        seen.ready.push(began.elapsed());
        let answered = sent.iter().filter(|one| one.receipt.is_some()).count();
        seen.answered += answered;
        seen.unanswered += sent.len() - answered;
        let of_kill = all_is_there(&house, &sent, &told);
        assert!(references.is_disjoint(&of_kill), "{told}: a reference was given twice");
        references.extend(of_kill);
        database_and_files_are_whole(house.path(), &told);
        seen.kills += 1;
    }
    let told = format!("seed {seed}, after {kills} kills");
    nothing_else_is_there(&house, &references, &told);
    house.kill();
    log_and_rows_are_whole(house.path(), &told);
    references.len()
}

#[test]
fn what_was_answered_before_a_kill_is_there_once_and_the_server_is_ready_soon() {
    let (houses, kills) = if is_long() { LONG } else { SHORT };
    let mut seen = Seen::default();
    for seed in 0..houses {
        let complaints = kill_again_and_again(seed, kills, &mut seen);
        println!("seed {seed}: {kills} kills, {complaints} complaints, all there once");
    }
    seen.ready.sort_unstable();
    let (median, longest) = (seen.ready[seen.ready.len() / 2], seen.ready[seen.ready.len() - 1]);
    let Seen { kills, answered, unanswered, .. } = seen;
    println!(
        "{kills} kills: {answered} answered and all there, {unanswered} cut off and there once"
    );
    println!("ready again after {median:?} (median), {longest:?} (longest)");
    assert!(!is_long() || longest <= READY, "ready only after {longest:?}");
}
