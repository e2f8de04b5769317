//! The floor: the very rows that moving dates wrote, written by a bare loop with group commit and
//! `synchronous=FULL`, without any of our code between them and the disk.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::{Connection, types::Value};

/// Complaints of one transaction, as the program groups them.
const GROUP: usize = 64;

/// Rows of one table: the statement that writes one, and the rows.
type Rows = (String, Vec<Vec<Value>>);

/// Writes what the applied folder has and the other lacks into the other; answers how many
/// complaints, and in what time.
pub(crate) fn write(applied: &Path, target: &Path) -> (u64, Duration) {
    let from = open(applied);
    let moved = "SELECT substr(stream, 11) FROM event WHERE kind = 'promise.moved'";
    let tables = [
        rows(&from, "event", "kind = 'promise.moved'"),
        rows(&from, "complaint", &format!("id IN ({moved})")),
        rows(&from, "complaint_department", &format!("complaint IN ({moved})")),
        rows(&from, "running_promise", &format!("complaint IN ({moved})")),
        rows(&from, "outbox", "kind = 'tell-moved'"),
    ];
    let to = open(target);
    let pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;";
    to.execute_batch(pragmas).expect("the engine takes its settings");
    let complaints = tables[1].1.len();
    let began = Instant::now();
    for first in (0..complaints).step_by(GROUP) {
        group(&to, &tables, first);
    }
    (complaints as u64, began.elapsed())
}

fn group(to: &Connection, tables: &[Rows; 5], first: usize) {
    to.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    let gone = [
        ("DELETE FROM complaint_department WHERE complaint = ?1", 2),
        ("DELETE FROM running_promise WHERE complaint = ?1", 3),
    ];
    for (sql, table) in gone {
        let mut statement = to.prepare_cached(sql).expect("the statement is ours");
        let column = if table == 2 { 0 } else { 2 };
        for row in tables[table].1.iter().skip(first).take(GROUP) {
            statement.execute([&row[column]]).expect("the row goes");
        }
    }
    for (sql, rows) in tables {
        let mut statement = to.prepare_cached(sql).expect("the statement is ours");
        for row in rows.iter().skip(first).take(GROUP) {
            statement.execute(rusqlite::params_from_iter(row)).expect("the row is written");
        }
    }
    to.execute_batch("COMMIT").expect("the disk takes it");
}

fn open(folder: &Path) -> Connection {
    Connection::open(folder.join("redress.sqlite")).expect("the database opens")
}

fn rows(from: &Connection, table: &str, which: &str) -> Rows {
    let mut statement =
        from.prepare(&format!("SELECT * FROM {table} WHERE {which}")).expect("a table of ours");
    let columns = statement.column_count();
    let read = statement
        .query_map([], |row| (0..columns).map(|column| row.get::<_, Value>(column)).collect())
        .expect("the rows are readable");
    let rows = read.map(|row| row.expect("a row is readable")).collect();
    let marks = vec!["?"; columns].join(", ");
    (format!("INSERT OR REPLACE INTO {table} VALUES ({marks})"), rows)
}
