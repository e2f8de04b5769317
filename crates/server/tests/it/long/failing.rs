//! The nth write, flush, opening or renaming fails, once or for ever: what was answered is there, nothing
//! is there twice, and a server that cannot know what its disk kept ends with 3. Must not lack room: that
//! is `full`.

use super::disk::{EIO, FOR_EVER, Failing, VARIABLES};
use super::is_long;
use super::load::{Sent, all_is_there, nothing_else_is_there};
use super::whole::log_and_rows_are_whole;

/// Complaints each house is sent, every other with a picture of its own.
const COMPLAINTS: usize = 3;
/// No run of the story makes so many calls of one kind.
const CALLS_MAX: u32 = 2_000;

fn is_of_database(path: &str) -> bool {
    path.contains("redress.sqlite")
}

/// Tells the story of one house whose calls `from` to `to` fail; answers whether any did.
fn fail_between(call: &'static str, (from, to): (u32, u32)) -> bool {
    let case = format!("{call} {from}..{to}");
    let disk = Failing::new(call, (from, to), EIO);
    let mut house = disk.house();
    disk.fail();
    let mut sent = Vec::new();
    for n in 0..COMPLAINTS {
        let needs_flush = call == "flush"
            && disk.failed_on().is_some_and(|path| to == FOR_EVER || is_of_database(&path));
        let one = Sent::new(&house, &format!("{n}"), n % 2 == 1);
        assert!(!needs_flush || one.receipt.is_none(), "{case}: answered without a flush");
        sent.push(one);
    }
    let failed_on = disk.failed_on();
    if call == "flush" && failed_on.as_deref().is_some_and(is_of_database) {
        assert_eq!(house.ended(), Some(3), "{case}: what is durable is in doubt");
    }
    if !house.runs() {
        assert_eq!(house.ended(), Some(3), "{case}: {}", house.log());
        assert!(failed_on.is_some(), "{case}: it ended without a failure");
    }
    house.restart_without(VARIABLES);
    let references = all_is_there(&house, &sent, &case);
    nothing_else_is_there(&house, &references, &case);
    house.kill();
    log_and_rows_are_whole(house.path(), &case);
    failed_on.is_some()
}

/// Once and for ever from the nth call on, for some n, or for each until the story has no nth call;
/// answers how many calls failed.
fn fail_each(call: &'static str, some: &[u32]) -> u32 {
    let numbers = if is_long() { (1..CALLS_MAX).collect() } else { some.to_vec() };
    let mut failed = 0;
    for n in numbers {
        if [(n, n), (n, FOR_EVER)].map(|calls| fail_between(call, calls)) == [false, false] {
            assert!(is_long(), "{call} {n}: the story is shorter than that");
            return failed;
        }
        failed += 1;
    }
    assert!(!is_long(), "{call}: {CALLS_MAX} calls are not the whole story");
    failed
}

#[test]
fn whatever_write_fails_what_was_answered_is_there_once() {
    println!("{} writes failed, each once and for ever", fail_each("write", &[1, 150]));
}

#[test]
fn whatever_flush_fails_nothing_is_answered_without_one() {
    println!("{} flushes failed, each once and for ever", fail_each("flush", &[2, 8]));
}

#[test]
fn whatever_opening_or_renaming_fails_what_was_answered_is_there_once() {
    println!("{} openings failed, each once and for ever", fail_each("open", &[1, 2]));
    println!("{} renamings failed, each once and for ever", fail_each("name", &[1]));
}
