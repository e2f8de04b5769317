//! The floor: the very rows of real intakes, written by a bare loop with group commit and
//! `synchronous=FULL`, without any of our code between them and the disk.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::{Connection, types::Value};

/// Tables an intake writes to.
const TABLES: &[&str] = &[
    "event",
    "commit_log",
    "complaint",
    "complaint_department",
    "person",
    "person_contact",
    "notice",
    "outbox",
];
/// How many intakes are copied and written again and again under other keys.
const SAMPLE: usize = 1_000;

/// A bare database with rows to write.
pub(crate) struct Bare {
    database: Connection,
    inserts: Vec<(String, Vec<Vec<Value>>, usize)>,
    group: usize,
    round: i64,
}

impl Bare {
    /// Copies schema and rows of `source` into a database of its own.
    pub(crate) fn new(source: &Path, target: &Path, group: usize) -> Self {
        let from = Connection::open(source).expect("the server's database opens");
        let database = Connection::open(target).expect("a new database opens");
        let pragmas =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;";
        database.execute_batch(pragmas).expect("the engine takes its settings");
        let mut inserts = Vec::new();
        for table in TABLES {
            let schema = "SELECT sql FROM sqlite_master WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY type DESC";
            let mut statement = from.prepare(schema).expect("the schema is readable");
            let texts = statement
                .query_map([table], |row| row.get::<_, String>(0))
                .expect("the schema is readable");
            for text in texts {
                database
                    .execute_batch(&text.expect("the schema is text"))
                    .expect("the schema is copied");
            }
            inserts.push(rows(&from, table));
        }
        Self { database, inserts, group, round: 0 }
    }

    /// Writes groups of intakes for a while; answers intakes a second.
    pub(crate) fn run(&mut self, span: Duration) -> f64 {
        let began = Instant::now();
        let mut written = 0_usize;
        while began.elapsed() < span {
            for first in (0..SAMPLE).step_by(self.group) {
                if began.elapsed() >= span {
                    break;
                }
                self.group(first);
                written += self.group;
            }
            self.round += 1;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a bench are small")]
        let written = written as f64;
        written / began.elapsed().as_secs_f64()
    }

    fn group(&mut self, first: usize) {
        self.database.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
        for (sql, rows, per_intake) in &self.inserts {
            let mut statement = self.database.prepare_cached(sql).expect("the statement is ours");
            let range = first * per_intake..((first + self.group) * per_intake).min(rows.len());
            for row in rows.get(range).unwrap_or_default() {
                let fresh = row.iter().map(|value| again(value, self.round));
                statement.execute(rusqlite::params_from_iter(fresh)).expect("the row is new");
            }
        }
        self.database.execute_batch("COMMIT").expect("the disk takes it");
    }
}

/// A value under another key: the same bytes in number, so that the indexes work as hard.
fn again(value: &Value, round: i64) -> Value {
    match value {
        Value::Text(text) if text.len() >= 36 && text.is_ascii() && !text.contains('{') => {
            let mark = format!("{round:08x}");
            let cut = text.len() - 8;
            Value::Text(format!("{}{mark}", &text[..cut]))
        }
        Value::Text(text) if text.starts_with("KN-") => Value::Text(format!("{text}{round:04x}")),
        Value::Blob(bytes) if bytes.len() >= 16 => {
            let mut bytes = bytes.clone();
            let cut = bytes.len() - 3;
            bytes[cut..].copy_from_slice(&round.to_be_bytes()[5..]);
            Value::Blob(bytes)
        }
        Value::Integer(number) if (1..1_000_000_000).contains(number) && *number > 4 => {
            Value::Integer(number + round * 1_000_000)
        }
        other => other.clone(),
    }
}

fn rows(from: &Connection, table: &str) -> (String, Vec<Vec<Value>>, usize) {
    let intakes: usize = from
        .query_row("SELECT count(*) FROM complaint", [], |row| row.get::<_, i64>(0))
        .map_or(0, |count| usize::try_from(count).unwrap_or(0));
    let all: usize = from
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
        .map_or(0, |count| usize::try_from(count).unwrap_or(0));
    let per_intake = (all / intakes.max(1)).max(1);
    let mut statement =
        from.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("a table of ours");
    let columns = statement.column_count();
    let skip = all.saturating_sub(SAMPLE * per_intake);
    let read = statement
        .query_map([], |row| (0..columns).map(|column| row.get::<_, Value>(column)).collect())
        .expect("the rows are readable");
    let rows: Vec<Vec<Value>> = read
        .skip(skip)
        .take(SAMPLE * per_intake)
        .map(|row| row.expect("a row is readable"))
        .collect();
    assert!(rows.len() >= SAMPLE * per_intake, "the warm-up made too few rows in {table}");
    let marks = vec!["?"; columns].join(", ");
    (format!("INSERT INTO {table} VALUES ({marks})"), rows, per_intake)
}
