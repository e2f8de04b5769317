//! An installation as the first version of the program left it: whole lives of complaints under the first
//! schema, with a log that holds. Must not know what an upgrade does.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::long::log;

#[path = "../../../../benches/kit/fill.rs"]
mod fill;

const SEED: u64 = 21;
/// The first schema, as it was released.
const SCHEMA: [&str; 2] = [
    include_str!("../../../../../store/migrations/0001_start.sql"),
    include_str!("../../../../../store/migrations/0001_start.sqlite.sql"),
];
/// The one stream of events which only a later version writes.
const LATER: &str = "calendar/%";

/// Makes the folder of a program of the first version with so many complaints in it.
pub(super) fn furnish(folder: &Path, complaints: u64) {
    let of_today = folder.join("of-today");
    fs::create_dir(&of_today).expect("made");
    let made = of_today.metadata().and_then(|made| made.modified()).expect("a time");
    let until = jiff::Timestamp::try_from(made).expect("a time");
    let until = jiff::Timestamp::from_second(until.as_second()).expect("the same time");
    fill::runtime().block_on(async {
        let house = fill::House::open(&of_today, SEED).await;
        house.fill(SEED, complaints, until).await;
        house.app.close().await.expect("it ends in order");
    });
    first_version(&of_today.join("redress.sqlite"), &folder.join("redress.sqlite"));
    fs::rename(of_today.join("installation.key"), folder.join("installation.key")).expect("moved");
    fs::remove_dir_all(of_today).expect("removed");
}

/// Carries every row over into the first schema, as far as it has a place for it.
fn first_version(today: &Path, earlier: &Path) {
    let file = Connection::open(earlier).expect("made");
    let sql = SCHEMA
        .join("\n")
        .replace("{{BYTES}}", "BLOB")
        .replace("{{POS}}", "INTEGER PRIMARY KEY")
        .replace("{{KEY}}", "TEXT")
        .replace("{{CLUSTERED}}", " WITHOUT ROWID");
    file.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF").expect("set");
    file.execute_batch(&sql).expect("the first schema");
    let attach = format!("ATTACH '{}' AS today; BEGIN", today.display());
    file.execute_batch(&attach).expect("opened");
    let later = "SELECT min(pos), count(*) FROM today.event WHERE stream LIKE ?1";
    let (at, count): (i64, i64) =
        file.query_row(later, [LATER], |row| Ok((row.get(0)?, row.get(1)?))).expect("asked");
    assert_eq!(count, 1, "one event has no place there, and the rest moves up by one");
    for (table, columns) in tables(&file, "main") {
        carry(&file, &table, &columns, at);
    }
    let frontier = log::counted(&file, u64::MAX).to_bytes();
    file.execute("UPDATE head SET frontier = ?1", [frontier]).expect("counted again");
    file.execute_batch(
        "CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL); \
         INSERT INTO migration VALUES ('0001_start', 0); COMMIT; DETACH today",
    )
    .expect("it is whole");
}

fn carry(file: &Connection, table: &str, columns: &[String], later: i64) {
    let moved = |column: &String| match column.as_str() {
        "pos" | "first_pos" | "end_pos" => format!("{column} - ({column} > {later})"),
        _ => column.clone(),
    };
    let values: Vec<String> = columns.iter().map(moved).collect();
    let but = match table {
        "event" => format!("WHERE pos <> {later}"),
        "commit_log" => format!("WHERE first_pos <> {later}"),
        _ => String::new(),
    };
    let (columns, values) = (columns.join(", "), values.join(", "));
    let carried = file.execute_batch(&format!(
        "DELETE FROM main.{table}; \
         INSERT INTO main.{table} ({columns}) SELECT {values} FROM today.{table} {but}"
    ));
    assert!(carried.is_ok(), "{table}: {carried:?}");
}

/// The tables of a database that hold rows, with their columns.
pub(super) fn tables(file: &Connection, schema: &str) -> Vec<(String, Vec<String>)> {
    let names = format!(
        "SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
         AND sql NOT LIKE 'CREATE VIRTUAL %' AND name <> 'migration' ORDER BY name"
    );
    let names = texts(file, &names);
    names
        .into_iter()
        .map(|name| {
            let columns = format!("SELECT name FROM pragma_table_info('{name}', '{schema}')");
            let columns = texts(file, &columns);
            (name, columns)
        })
        .collect()
}

fn texts(file: &Connection, sql: &str) -> Vec<String> {
    let mut asked = file.prepare(sql).expect("a question");
    let rows = asked.query_map([], |row| row.get(0)).expect("asked");
    rows.collect::<Result<_, _>>().expect("read")
}
