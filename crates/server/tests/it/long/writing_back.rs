//! A disk that fails where the log of changes is written back into the database: nobody waits for that,
//! and the server must end all the same. Must not fail a commit: that is `failing`.

use std::fs;

use super::disk::{EIO, FOR_EVER, Failing, VARIABLES};
use super::is_long;
use super::load::{Sent, all_is_there, nothing_else_is_there};
use super::whole::{database_and_files_are_whole, log_and_rows_are_whole};

/// By so many complaints the log of changes was written back.
const COMPLAINTS_MAX: usize = 3_000;

/// Complaints until the `from`th to `to`th flush of the database file fails; answers how many.
fn fail_at(from: u32, to: u32) -> usize {
    let told = format!("flushes {from} to {to}");
    let disk = Failing::new("flush", (from, to), EIO).at("redress.sqlite");
    let mut house = disk.house();
    disk.fail();
    let mut sent = Vec::new();
    while house.runs() {
        assert!(sent.len() < COMPLAINTS_MAX, "{told}: it still runs");
        sent.push(Sent::new(&house, &format!("{}", sent.len()), false));
    }
    assert_eq!(house.ended(), Some(3), "{told}: {}", house.log());
    assert!(disk.failed_on().is_some(), "{told}");
    let log = house.path().join("redress-data/redress.sqlite-wal");
    assert!(
        fs::metadata(log).is_ok_and(|log| log.len() > 0),
        "{told}: the log stays for the next start"
    );
    house.restart_without(VARIABLES);
    let references = all_is_there(&house, &sent, &told);
    nothing_else_is_there(&house, &references, &told);
    database_and_files_are_whole(house.path(), &told);
    house.kill();
    log_and_rows_are_whole(house.path(), &told);
    references.len()
}

#[test]
fn a_server_whose_database_cannot_be_flushed_ends_with_3_and_keeps_the_log_of_changes() {
    let all = [(1, 1), (1, FOR_EVER), (2, 2), (2, FOR_EVER), (3, 3)];
    for (from, to) in if is_long() { &all[..] } else { &all[..1] } {
        let complaints = fail_at(*from, *to);
        println!("flushes {from} to {to} of the database: {complaints} complaints, all there once");
    }
}
