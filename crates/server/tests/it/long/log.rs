//! The log of a database counted from its leaves, beside what the program says of it. Must not trust a
//! stored sum.

use redress_proof::{Frontier, leaf_hash};
use rusqlite::Connection;

/// The end of the log after so many events, counted from its leaves.
pub(super) fn counted(file: &Connection, events: u64) -> Frontier {
    let mut frontier = Frontier::default();
    let mut asked = file.prepare("SELECT leaf FROM event ORDER BY pos LIMIT ?1").expect("asked");
    let events = i64::try_from(events).unwrap_or(i64::MAX);
    let mut rows = asked.query([events]).expect("asked");
    while let Some(row) = rows.next().expect("read") {
        let leaf: String = row.get(0).expect("a text");
        frontier.append(leaf_hash(leaf.as_bytes()));
    }
    frontier
}

/// The end of the log as it is kept.
pub(super) fn kept(file: &Connection) -> Frontier {
    let bytes: Vec<u8> =
        file.query_row("SELECT frontier FROM head", [], |row| row.get(0)).expect("it has one");
    Frontier::parse(&bytes).expect("it can be read")
}
